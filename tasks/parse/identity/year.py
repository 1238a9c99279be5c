"""The year that a report is about.

Witnesses in the order of trust: the title; the stated period (统计期限); the preamble (现公布2018年度…); the year that
the sections name (2018年,我局…); the date below the text minus one; the publication date minus one and the address,
which only confirm. What each is worth, and the patterns, are in `rules/year.yaml`. A conflict is a finding.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from tasks.parse.identity.opening import Opening
from tasks.parse.identity.title import Title
from tasks.parse.rulefile import pattern_at, read
from tasks.parse.stated import Finding, unsettled

_CITED = re.compile(r"《[^》\n]{0,120}》|[〔\[【(]20\d\d[〕\]】)]")
_YEAR = re.compile(r"2(?<!\d.)0[0-4]\d(?=年)")
_IN_ADDRESS = re.compile(r"fbtime=(20[0-4]\d)|(?<!\d)(20[0-4]\d)n[bd]?(?![a-z])|nb(?:Year=)?(20[0-4]\d)")
_DAY_IN_ADDRESS = re.compile(r"/(20[0-4]\d)[-/]?([01]?\d)(?:[-/_]|(?=[0-3]\d\b))")
_PREAMBLE = 700  # characters of the head in which a preamble stands
_FIRST_SECTION = re.compile(r"(?<=[\n。])(?:一、|第一部分|1[.、])")
_FIRST_YEAR = 2003


@dataclass(frozen=True, slots=True)
class _Rules:
    trust: dict[str, int]
    needed: int
    conflict: int
    patterns: dict[str, tuple[re.Pattern[str], ...]]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = read("year.yaml")
    return _Rules(
        data["trust"],
        data["needed"],
        data["conflict"],
        {kind: tuple(re.compile(each["pattern"]) for each in entries) for kind, entries in data["patterns"].items()},
        pattern_at("year.yaml", "not_before"),
        pattern_at("year.yaml", "not_after"),
    )


def find_year(
    opening: Opening, title: Title | None, signed: date | None, published: date | None, url: str | None
) -> tuple[int | None, tuple[Finding, ...]]:
    """The year, and what was found about it."""
    rules = _rules()
    witnesses: dict[int, dict[str, int]] = defaultdict(dict)
    for kind, year in _witnesses(opening, title, signed, published, url):
        if year >= _FIRST_YEAR:
            witnesses[year][kind] = rules.trust[kind]
    worth = {  # of equals, the one that introduces the report, rather than the one that its text names
        year: (sum(kinds.values()), max(kinds.values()), "preamble" in kinds) for year, kinds in witnesses.items()
    }
    ranked = sorted(worth, key=lambda year: worth[year], reverse=True)
    tie = len(ranked) > 1 and worth[ranked[0]] == worth[ranked[1]]
    if not ranked or worth[ranked[0]][0] < rules.needed or tie:
        said = ", ".join(f"{year} ({' and '.join(witnesses[year])})" for year in ranked) or "nothing"
        detail = f"the year is not stated well enough: {said}"
        return None, (unsettled("identity.year", detail),)
    year = ranked[0]
    return (
        year,
        tuple(
            Finding(
                "identity.year",
                "total",
                float(year),
                float(other),
                "fail",
                "warning",
                f"{' and '.join(witnesses[other])} say {other}, {' and '.join(witnesses[year])} {year}",
            )
            for other in ranked[1:]
            if worth[other][0] >= rules.conflict
        ),
    )


def _witnesses(
    opening: Opening, title: Title | None, signed: date | None, published: date | None, url: str | None
) -> Iterator[tuple[str, int]]:
    if title and title.year:
        yield "title", title.year
    preamble = opening.head[:_PREAMBLE].replace(title.text, "") if title else opening.head[:_PREAMBLE]
    if section := _FIRST_SECTION.search(preamble, 1):
        preamble = preamble[: section.start()]
    for kind, patterns in _rules().patterns.items():
        for pattern in patterns:
            if match := pattern.search(preamble if kind == "preamble" else opening.head):
                yield kind, int(match["year"])
                break
    yield from _of_prose(opening.prose)
    if signed:
        yield "signature", _year_before(signed)
    if published:
        yield "published", _year_before(published)
    if url and (found := _IN_ADDRESS.search(url)):
        yield "address", int(next(group for group in found.groups() if group))
    elif url and (found := _DAY_IN_ADDRESS.search(url)):
        yield "address", int(found[1]) - (int(found[2]) != 12)


def _year_before(day: date) -> int:
    """Reports come out in the year after, a few in the December of their own."""
    return day.year if day.month == 12 else day.year - 1


def _of_prose(prose: str) -> Iterator[tuple[str, int]]:
    rules = _rules()
    text = _CITED.sub("《", prose)
    counts: Counter[int] = Counter()
    for match in _YEAR.finditer(text):
        start, end = match.span()
        if rules.not_before.search(text[max(start - 2, 0) : start]) or rules.not_after.match(text[end : end + 24]):
            continue
        counts[int(match[0])] += 1
    top = counts.most_common(2)
    if not top or (len(top) > 1 and top[0][1] == top[1][1]):
        return
    yield ("prose" if top[0][1] > 1 else "once"), top[0][0]
