"""Which time a figure is about: the report's year, the year before, all years together, a change, a plan."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from tasks.model import Period
from tasks.parse.prose_rules import load_yaml

Scope = Period | Literal["target", "other_body", "other_year"]


@cache
def _patterns() -> tuple[tuple[Scope, str, re.Pattern[str], bool], ...]:
    return tuple(
        (entry["scope"], entry["where"], re.compile(entry["pattern"]), entry.get("departments_only", False))
        for entry in load_yaml("scope.yaml")
    )


def scope_of(mask: str, position: int, *, of_department: bool = False) -> Scope:
    """What the numeral at that place of the masked sentence is about, by the first rule of `scope.yaml` that fits.

    `before` rules see the sentence up to the numeral, `clause` rules the words since the numeral before it,
    `after` rules what follows it. `of_department`: a department reports, which has no figures for a whole government.
    """
    before = mask[max(0, mask.rfind(";", 0, position) + 1) : position]
    clause = before[before.rfind("#") + 1 :]
    after = mask[position + 1 : position + 25]
    places = {"before": before, "clause": clause, "after": after}
    for scope, where, pattern, departments_only in _patterns():
        if (of_department or not departments_only) and pattern.search(places[where]):
            return scope
    return "year"
