"""Which time a figure is about, and whose it is: the report's year, the year before, a change, a plan, another body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from tasks.model import Period
from tasks.parse.patterns import PatternSet
from tasks.parse.prose.by_year import ByYear, by_year, in_year
from tasks.parse.prose.holders import Reporter, ReportFacts, names_a_holder
from tasks.parse.rulefile import pattern_at, read

_FARTHEST = 100  # characters before a numeral that may say which time it is about
Scope = Period | Literal["target", "other_body", "other_year", "part_of_year", "part_of_total", "on_behalf", "to_date"]


class _Rule(NamedTuple):
    scopes: ByYear[Scope]
    where: str
    pattern: re.Pattern[str]
    of: frozenset[Reporter]  # empty: whoever reports
    besides: frozenset[str]


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            by_year(entry, "scope"),
            entry["where"],
            re.compile(entry["pattern"]),
            frozenset(entry.get("of", ())),
            frozenset(entry.get("besides", ())),
        )
        for entry in read("prose/scope.yaml")["rules"]
    )


def _carried(name: str) -> re.Pattern[str]:
    """One of the patterns of `scope.yaml` for a figure that says nothing of its time or body itself."""
    return pattern_at("prose/scope.yaml", name)


@cache
def _patterns(*where: str) -> PatternSet:
    """The patterns of the rules for some places, numbered as the rules are."""
    return PatternSet({number: rule.pattern for number, rule in enumerate(_rules()) if rule.where in where})


def scope_of(mask: str, position: int, report: ReportFacts) -> Scope:
    """What the numeral at that place of the masked sentence is about, by the first rule of `scope.yaml` that fits.

    `before` rules see the sentence up to the numeral, `clause` rules the words since the numeral before it,
    `after` rules what follows it.
    """
    start = mask.rfind(";", 0, position) + 1
    end = mask.find(";", position)
    return _scopes(mask[start : end if end > 0 else None], report)[position - start]


class _Numeral(NamedTuple):
    """A numeral of a mask: its place, what the words beside it say it is about, and what it is about after all."""

    position: int
    stated: Scope
    scope: Scope


@lru_cache(maxsize=64)  # the rules ask for the numerals of a sentence one by one
def _scopes(part: str, report: ReportFacts) -> Mapping[int, Scope]:
    """Place of each numeral between two semicolons -> what it is about."""
    scopes: dict[int, Scope] = {}
    count: _Numeral | None = None
    for position, sign in enumerate(part):
        if sign in "#%":
            stated = _stated_scope(part, position, report)
            if stated == "to_date" and _carried("holds_the_year").match(part, position + 1):
                stated = "cumulative"
            scope = _carried_on(part, count, position) if stated == "year" and count else stated
            scopes[position] = scope
            count = _Numeral(position, stated, scope) if sign == "#" else count
    return scopes


def _carried_on(part: str, before: _Numeral, position: int) -> Scope:
    """What a numeral is about that says nothing of it, by the count before it."""
    is_over_years = before.scope in ("cumulative", "to_date")
    if is_over_years and part[position] == "#" and part.startswith(",其中", before.position + 2):
        return (
            "year" if _carried("of_the_year").search(part, before.position, position) else before.scope
        )  # 累计90条,其中通知60条
    if before.scope == "on_behalf" and _carried("of_the_same").match(part, before.position + 1):
        return "on_behalf"  # 收到转办63件,办结63件
    if before.scope != "other_body" or names_a_holder(part, before.position, position):
        return "year"
    was_part = before.stated == "other_body" and "其中" in part[: before.position]
    return "year" if was_part else "other_body"  # 90件,其中县区60件,答复88件: what follows a part is of the whole again


def _stated_scope(mask: str, position: int, report: ReportFacts) -> Scope:
    before = mask[:position] if position <= _FARTHEST else "…" + mask[position - _FARTHEST : position]
    clause = before[before.rfind("#") + 1 :]
    after = mask[position + 1 : position + 25]
    places = {"before": before, "clause": clause, "after": after}
    likely = [*_patterns("before", "clause").likely(before), *_patterns("after").likely(after)]
    for rule in map(_rules().__getitem__, sorted(likely)):
        applies = (not rule.of or report.by in rule.of) and (not rule.besides or bool(rule.besides & report.others))
        if applies and rule.pattern.search(places[rule.where]):
            return in_year(rule.scopes, report.year or 0) or "year"
    return "year"
