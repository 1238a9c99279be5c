"""Which time a figure is about: the report's year, the year before, all years together, a change, a plan."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from tasks.model import Period
from tasks.parse.prose.rules import load_yaml

_FARTHEST = 100  # characters before a numeral that may say which time it is about
Scope = Period | Literal["target", "other_body", "other_year"]


@cache
def _patterns() -> tuple[tuple[Scope, str, re.Pattern[str], bool], ...]:
    return tuple(
        (entry["scope"], entry["where"], re.compile(entry["pattern"]), entry.get("departments_only", False))
        for entry in load_yaml("scope.yaml")
    )


@cache
def _any_pattern() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """By place, one pattern that fits wherever one of its rules does: most numerals are spared the single rules."""
    by_place: dict[str, list[str]] = {}
    for _, where, pattern, _ in _patterns():
        by_place.setdefault(where, []).append(f"(?:{pattern.pattern})")
    return tuple((where, re.compile("|".join(patterns))) for where, patterns in by_place.items())


def scope_of(mask: str, position: int, *, of_department: bool = False) -> Scope:
    """What the numeral at that place of the masked sentence is about, by the first rule of `scope.yaml` that fits.

    `before` rules see the sentence up to the numeral, `clause` rules the words since the numeral before it,
    `after` rules what follows it. `of_department`: a department reports, which has no figures for a whole government.
    """
    start = mask.rfind(";", 0, position) + 1
    before = mask[start:position] if position - start <= _FARTHEST else "…" + mask[position - _FARTHEST : position]
    clause = before[before.rfind("#") + 1 :]
    after = mask[position + 1 : position + 25]
    places = {"before": before, "clause": clause, "after": after}
    if not any(pattern.search(places[where]) for where, pattern in _any_pattern()):
        return "year"
    for scope, where, pattern, departments_only in _patterns():
        if (of_department or not departments_only) and pattern.search(places[where]):
            return scope
    return "year"
