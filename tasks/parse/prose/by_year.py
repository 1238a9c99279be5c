"""What a rule says by the report's year: `by_year` of the rule files, a first year each (2008: …, 2019: …)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

T = TypeVar("T")
ByYear = tuple[tuple[int, T], ...]  # first year, what is said from then on; the latest first


def by_year(entry: Mapping[str, Any], name: str) -> ByYear[Any]:
    """What an entry has under `by_year`; of every year what it has under `name`, where it has that instead."""
    said = entry["by_year"] if "by_year" in entry else {0: entry[name]}
    return tuple(sorted(said.items(), reverse=True))


def in_year(said: ByYear[T], year: int | None) -> T | None:
    """What is said of that year, of an unknown one (None) the latest; None before the first."""
    return next((value for first, value in said if year is None or year >= first), None)
