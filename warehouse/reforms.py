"""The reforms of departments, as `catalogue/reforms.csv` has them: which offices of different names are one body."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from warehouse.catalogue import catalogue_rows


class Reform(NamedTuple):
    """One line of `reforms.csv`: offices as `office` gives them."""

    predecessor: str
    successor: str
    year: int
    local_year: int
    successor_is_new: bool
    verdict: str  # same, apart, undecided
    reason: str
    reason_zh: str
    source: str


@cache
def reforms() -> tuple[Reform, ...]:
    """The reforms of departments, in the file's order."""
    return tuple(
        Reform(before, after, int(year), int(local), new == "true", *said)
        for before, after, year, local, new, *said in catalogue_rows("reforms.csv")
    )
