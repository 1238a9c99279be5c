"""Which time a figure is about, and whose it is: the report's year, the year before, a change, a plan, another body."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from tasks.model import Period
from tasks.parse.prose.rules import load_yaml

_FARTHEST = 100  # characters before a numeral that may say which time it is about
Scope = Period | Literal["target", "other_body", "other_year", "part_of_year", "to_date"]

# Words that name whose figure follows: what was said before of another body holds until one of them.
_HOLDER = re.compile(
    r"全[省市州县区镇乡旗局系]|[我本][省市州县区镇乡旗局委办厅关部机单级]|[省市县区]政府|共计|合计|总计|总数"
)
_LOWER = re.compile(
    r"(?:市、县|县、区|区县|县区|县市区|市县|镇街|县[（(]市、?区[)）]|各(?:市|县|区|乡|镇|街道))"
    r"[^\n。；;，,\d]{0,16}(?:受理|收到|接到|答复|公开)[^\n。；;\d]{0,20}\d"
)


class _Rule(NamedTuple):
    scope: Scope
    where: str
    pattern: re.Pattern[str]
    departments_only: bool
    divided_only: bool


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            entry["scope"],
            entry["where"],
            re.compile(entry["pattern"]),
            entry.get("departments_only", False),
            entry.get("divided_only", False),
        )
        for entry in load_yaml("scope.yaml")
    )


@cache
def _any_pattern() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """By place, one pattern that fits wherever one of its rules does: most numerals are spared the single rules."""
    by_place: dict[str, list[str]] = {}
    for rule in _rules():
        by_place.setdefault(rule.where, []).append(f"(?:{rule.pattern.pattern})")
    return tuple((where, re.compile("|".join(patterns))) for where, patterns in by_place.items())


def is_divided(text: str) -> bool:
    """Whether the report gives figures for the bodies below its own: 省政府及其部门受理9件 is then a part."""
    return _LOWER.search(text) is not None


def scope_of(mask: str, position: int, *, of_department: bool = False, divided: bool = False) -> Scope:
    """What the numeral at that place of the masked sentence is about, by the first rule of `scope.yaml` that fits.

    `before` rules see the sentence up to the numeral, `clause` rules the words since the numeral before it,
    `after` rules what follows it. `of_department`: a department reports, which has no figures for a whole government.
    `divided`: the report has figures for the bodies below its own too.
    """
    start = mask.rfind(";", 0, position) + 1
    return _scope(mask[start:], position - start, of_department, divided)


@lru_cache(maxsize=64)  # each numeral of a sentence asks for the one before it
def _scope(mask: str, position: int, of_department: bool, divided: bool) -> Scope:
    stated = _stated_scope(mask, position, of_department, divided)
    earlier = mask.rfind("#", 0, position)
    if stated != "year" or earlier < 0 or _HOLDER.search(mask, earlier, position):
        return stated
    if _scope(mask, earlier, of_department, divided) != "other_body":
        return "year"
    was_part = "其中" in mask[:earlier] and _stated_scope(mask, earlier, of_department, divided) == "other_body"
    return "year" if was_part else "other_body"  # 90件,其中县区60件,答复88件: what follows a part is of the whole again


def _stated_scope(mask: str, position: int, of_department: bool, divided: bool) -> Scope:
    before = mask[:position] if position <= _FARTHEST else "…" + mask[position - _FARTHEST : position]
    clause = before[before.rfind("#") + 1 :]
    after = mask[position + 1 : position + 25]
    places = {"before": before, "clause": clause, "after": after}
    if not any(pattern.search(places[where]) for where, pattern in _any_pattern()):
        return "year"
    for rule in _rules():
        applies = (of_department or not rule.departments_only) and (divided or not rule.divided_only)
        if applies and rule.pattern.search(places[rule.where]):
            return rule.scope
    return "year"
