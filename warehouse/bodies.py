"""Public bodies over time: which reports are one body's, through renamings of regions and reforms of departments.

`body_keys.py` says which names may be one body's; here the years of their reports decide, what stays in doubt is
noted, and the lists of regions and reforms give each body its time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from warehouse.body_keys import Key, Stated, id_of, key_of, line_of, lineage, renamed, town
from warehouse.reforms import reforms
from warehouse.regions import Regions, regions


@dataclass(frozen=True, slots=True)
class Body:
    """One body: a row of the public table `bodies`."""

    body_id: str
    name: str
    names: str
    region_code: str | None
    region: str | None
    level: str | None
    publisher_kind: str | None
    first_year: int | None
    last_year: int | None
    valid_from: int | None
    valid_to: int | None
    is_decided: bool
    note: str | None


def identify(reports: Iterable[tuple[Stated, int | None]]) -> tuple[list[Body], dict[Stated, str]]:
    """The bodies of some reports, by their ids, and the id of each body as a report names it.

    With a report all those must be there that are of its `family`.
    """
    index = regions()
    years: dict[Stated, set[int]] = {}
    for stated, year in reports:
        years.setdefault(stated, set()).update(() if year is None else (year,))
    own = {stated: key_of(stated, index) for stated in years}
    clashing = _clashing(own, years)
    members: dict[Key, list[Stated]] = {}
    for stated, key in own.items():
        newest = renamed(key)
        members.setdefault(key if newest in clashing else newest, []).append(stated)
    towns = Counter(town(key) for key in members if key.level == "township")
    made = []
    for key, names in members.items():
        doubts = _doubts(key, clashing, towns)
        made.append(_body(key, {stated: years[stated] for stated in names}, doubts, index))
    ids = {stated: id_of(key) for key, names in members.items() for stated in names}
    return sorted(made, key=lambda body: body.body_id), ids


def _clashing(own: dict[Stated, Key], years: dict[Stated, set[int]]) -> set[Key]:
    """Where the office before a renaming and the one after both report for the same year, they are not one body."""
    offices: dict[Key, dict[str, set[int]]] = {}
    for stated, key in own.items():
        offices.setdefault(renamed(key), {}).setdefault(key.office, set()).update(years[stated])
    return {
        key
        for key, by_office in offices.items()
        if sum(map(len, by_office.values())) > len(set().union(*by_office.values()))
    }


def _doubts(key: Key, clashing: set[Key], towns: Counter[tuple[str | None, str]]) -> list[str]:
    """Why a body may be the same as another one of the table."""
    doubts = []
    if key.region_code is None and key.level != "national":
        doubts.append(
            "Its region is not known: bodies elsewhere may have the same name. 行政区未知，他处可能有同名机关。"
        )
    if renamed(key) in clashing:
        doubts.append(
            "The office before a renaming and the one after report for the same year. 更名前后的机关有同一年度的报告。"
        )
    if key.level == "township" and towns[town(key)] > 1:
        doubts.append(
            "The county has a township and a town or street of this name: whether one became the other is not known."
            " 该县有同名的乡、镇或街道，是否改制不明。"
        )
    doubts += [
        f"Reform of {reform.year}, {reform.predecessor} and {reform.successor}: {reform.reason}. {reform.reason_zh}。"
        for reform in reforms()
        if reform.verdict == "undecided" and key.office in (reform.predecessor, reform.successor)
    ]
    return doubts


def _body(key: Key, years: dict[Stated, set[int]], doubts: list[str], index: Regions) -> Body:
    names = sorted(years, key=lambda stated: (min(years[stated], default=0), stated.publisher))
    newest = max(years, key=lambda stated: (max(years[stated], default=0), stated.publisher))
    every = set().union(*years.values())
    line = line_of(key.office)
    notes = list(doubts)
    if key.region_code is not None and (merged := lineage(key.region_code, index)[1]):
        notes.append(merged)
    notes += [
        f"Reform of {reform.year}, {reform.predecessor} to {reform.successor or 'nothing'}:"
        f" {reform.reason}. {reform.reason_zh}。"
        for reform in reforms()
        if reform.verdict == "apart" and (reform.predecessor in line or reform.successor in line)
    ]
    first, last = _span(key, line, index)
    first = first and min([first, *every])
    last = last and max([last, *every])
    return Body(
        body_id=id_of(key),
        name=newest.publisher,
        names="|".join(dict.fromkeys(stated.publisher for stated in names)),
        region_code=key.region_code,
        region=index[key.region_code].name if key.region_code else None,
        level=key.level,
        publisher_kind=newest.publisher_kind,
        first_year=min(every, default=None),
        last_year=max(every, default=None),
        valid_from=first,
        valid_to=last,
        is_decided=not doubts,
        note=" ".join(notes) or None,
    )


def _span(key: Key, line: set[str], index: Regions) -> tuple[int | None, int | None]:
    """The first and last year that the lists of regions and reforms leave to a body; None where they set none.

    Where it has a report outside of them it existed then: localities went ahead of the centre, or took longer.
    """
    starts: list[int | None] = []
    ends: list[int | None] = []
    if key.region_code is not None:
        codes = [each for each in index.history(key.region_code) if lineage(each.code, index)[0] == key.region_code]
        starts.append(min(each.valid_from or 0 for each in codes) or None)
        last = max(each.valid_to or 9999 for each in codes)
        ends.append(None if last == 9999 else last)
    for reform in reforms():
        if reform.verdict == "apart" and reform.successor_is_new and reform.successor in line:
            starts.append(reform.year)
        if reform.verdict == "apart" and reform.predecessor == key.office:
            ends.append(reform.year if key.level == "national" else reform.local_year)
    known_starts, known_ends = [y for y in starts if y is not None], [y for y in ends if y is not None]
    return max(known_starts, default=None), min(known_ends, default=None)
