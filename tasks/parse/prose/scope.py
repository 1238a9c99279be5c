"""Which time a figure is about, and whose it is: the report's year, the year before, a change, a plan, another body."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from tasks.model import Period
from tasks.parse.prose.holders import Reporter, names_a_holder
from tasks.parse.rulefile import read

_OF_THE_YEAR = re.compile("Ⓨ|本年|今年|当年|年度|新增")
_FARTHEST = 100  # characters before a numeral that may say which time it is about
Scope = Period | Literal["target", "other_body", "other_year", "part_of_year", "part_of_total", "on_behalf", "to_date"]


class _Rule(NamedTuple):
    scope: Scope
    where: str
    pattern: re.Pattern[str]
    of: Reporter | None
    besides: frozenset[str]


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            entry["scope"],
            entry["where"],
            re.compile(entry["pattern"]),
            entry.get("of"),
            frozenset(entry.get("besides", ())),
        )
        for entry in read("prose/scope.yaml")
    )


@cache
def _any_pattern() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """By place, one pattern that fits wherever one of its rules does: most numerals are spared the single rules."""
    by_place: dict[str, list[str]] = {}
    for rule in _rules():
        by_place.setdefault(rule.where, []).append(f"(?:{rule.pattern.pattern})")
    return tuple((where, re.compile("|".join(patterns))) for where, patterns in by_place.items())


def scope_of(mask: str, position: int, *, by: Reporter = "government", others: frozenset[str] = frozenset()) -> Scope:
    """What the numeral at that place of the masked sentence is about, by the first rule of `scope.yaml` that fits.

    `before` rules see the sentence up to the numeral, `clause` rules the words since the numeral before it,
    `after` rules what follows it. `by`: who reports; a department has no figures for a whole government.
    `others`: for whom the report has figures too.
    """
    start = mask.rfind(";", 0, position) + 1
    return _scope(mask[start:], position - start, by, others)


@lru_cache(maxsize=64)  # each numeral of a sentence asks for the one before it
def _scope(mask: str, position: int, by: Reporter, others: frozenset[str]) -> Scope:
    stated = _stated_scope(mask, position, by, others)
    earlier = mask.rfind("#", 0, position)
    if stated != "year" or earlier < 0:
        return stated
    inherited = _scope(mask, earlier, by, others)
    if inherited == "cumulative" and mask[position] == "#" and mask.startswith(",其中", earlier + 2):
        return "year" if _OF_THE_YEAR.search(mask, earlier, position) else inherited  # 累计90条,其中通知60条
    if inherited != "other_body" or names_a_holder(mask, earlier, position):
        return "year"
    was_part = "其中" in mask[:earlier] and _stated_scope(mask, earlier, by, others) == "other_body"
    return "year" if was_part else "other_body"  # 90件,其中县区60件,答复88件: what follows a part is of the whole again


def _stated_scope(mask: str, position: int, by: Reporter, others: frozenset[str]) -> Scope:
    before = mask[:position] if position <= _FARTHEST else "…" + mask[position - _FARTHEST : position]
    clause = before[before.rfind("#") + 1 :]
    after = mask[position + 1 : position + 25]
    places = {"before": before, "clause": clause, "after": after}
    if not any(pattern.search(places[where]) for where, pattern in _any_pattern()):
        return "year"
    for rule in _rules():
        applies = rule.of in (None, by) and (not rule.besides or bool(rule.besides & others))
        if applies and rule.pattern.search(places[rule.where]):
            return rule.scope
    return "year"
