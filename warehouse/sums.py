"""Totals that a form asks for by their parts alone, as `catalogue/sums.csv` has them: its table has no row of them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from warehouse.catalogue import catalogue_rows


class Sum(NamedTuple):
    """An indicator that a form has no row of, and the rows whose sum it is."""

    indicator_id: str
    generation: str
    parts: tuple[str, ...]


@cache
def sums() -> tuple[Sum, ...]:
    """The sums of each form, in the file's order."""
    return tuple(
        Sum(indicator, generation, tuple(parts.split("|")))
        for indicator, generations, parts in catalogue_rows("sums.csv")
        for generation in generations.split("|")
    )
