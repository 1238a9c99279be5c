"""Public bodies over time: which reports are one body's, through renamings of regions and reforms of departments.

A body is known by the region as it is today, its level, and its office: its name without the place and without the
rank (部, 厅, 局, 委). `catalogue/reforms.csv` says which offices of different names are one. A region that was merged
with another, and an office that a reform merged or split, stay apart; so does what the names alone cannot tell.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from warehouse.reforms import reforms
from warehouse.regions import Region, Regions, regions

_RANK = re.compile(r"(?<=..)(?:部|厅|局|委员会|委)$")
_STATE = re.compile(r"^(?:中华人民共和国|国家(?!税务)|中国|国务院(?!办公))+")
_GOVERNMENT = re.compile(r"^人民政府(?=[^办]|办事)")  # 市人民政府法制办公室 is the office that 市法制办公室 is
_TOWNSHIP = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)$")


class Stated(NamedTuple):
    """A body as a report names it."""

    publisher: str
    region_code: str | None
    level: str | None
    publisher_kind: str | None


class Key(NamedTuple):
    """What makes two names one body: equal keys."""

    region_code: str | None
    level: str | None
    office: str


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


def office(stated: Stated, index: Regions) -> str:
    """The name without its place and rank: 福州市仓山区民政局 is 民政, 济南市长清区平安街道办事处 平安街道办事处."""
    name = _STATE.sub("", stated.publisher)
    if stated.region_code is not None and stated.region_code in index:
        chain = [above.name for above in index.upwards(stated.region_code)][::-1]
        for place in chain:
            name = name.removeprefix(place)
        lowest = chain[-1]
        if stated.level != "township" and name != lowest:
            name = name.replace(lowest, "", 1)  # 国家税务总局某市税务局
            name = _GOVERNMENT.sub("", name)
    name = name or stated.publisher
    return _RANK.sub("", name)


def lineage(code: str, index: Regions) -> tuple[str, str | None]:
    """The code that a region is known by over time, and a note where it was merged into another.

    It is today's code, except of a region that stood beside another one that has today the same code: the two merged.
    """
    region = index[code]
    if region.code == region.present_code or not any(
        _overlap(region, other) for other in index.history(code) if other.code != code
    ):
        return region.present_code, None
    today = index[region.present_code].name
    return code, f"{region.name} merged into {today}. {region.name}并入{today}。"


def identify(reports: Iterable[tuple[Stated, int | None]]) -> tuple[list[Body], dict[Stated, str]]:
    """The bodies of some reports, by their ids, and the id of each body as a report names it.

    With a report all those must be there that are of its `family`.
    """
    index = regions()
    years: dict[Stated, set[int]] = {}
    for stated, year in reports:
        years.setdefault(stated, set()).update(() if year is None else (year,))
    own = {stated: _key(stated, index) for stated in years}
    clashing = _clashing(own, years)
    members: dict[Key, list[Stated]] = {}
    for stated, key in own.items():
        renamed = _renamed(key)
        members.setdefault(key if renamed in clashing else renamed, []).append(stated)
    towns = Counter(_town(key) for key in members if key.level == "township")
    made = []
    for key, names in members.items():
        doubts = _doubts(key, clashing, towns)
        made.append(_body(key, {stated: years[stated] for stated in names}, doubts, index))
    ids = {stated: _id(key) for key, names in members.items() for stated in names}
    return sorted(made, key=lambda body: body.body_id), ids


def family(stated: Stated) -> str:
    """What is equal of all names that may be one body's or that bear on whether they are: no other name does."""
    key = _renamed(_key(stated, regions()))
    return _id(key._replace(office=_town(key)[1]) if key.level == "township" else key)


def _key(stated: Stated, index: Regions) -> Key:
    if stated.region_code is None or stated.region_code not in index:
        return Key(None, stated.level, office(stated, index))
    return Key(lineage(stated.region_code, index)[0], stated.level, office(stated, index))


@cache
def _successors() -> dict[str, str]:
    return {reform.predecessor: reform.successor for reform in reforms() if reform.verdict == "same"}


def _renamed(key: Key) -> Key:
    """The key under the newest name of its office."""
    name = key.office
    while name in _successors():
        name = _successors()[name]
    return key._replace(office=name)


def _line(office_name: str) -> set[str]:
    """An office under its names before each renaming."""
    line = {office_name}
    while before := {old for old, new in _successors().items() if new in line and old not in line}:
        line |= before
    return line


def _clashing(own: dict[Stated, Key], years: dict[Stated, set[int]]) -> set[Key]:
    """Where the office before a renaming and the one after both report for the same year, they are not one body."""
    offices: dict[Key, dict[str, set[int]]] = {}
    for stated, key in own.items():
        offices.setdefault(_renamed(key), {}).setdefault(key.office, set()).update(years[stated])
    return {
        key
        for key, by_office in offices.items()
        if sum(map(len, by_office.values())) > len(set().union(*by_office.values()))
    }


def _town(key: Key) -> tuple[str | None, str]:
    """A township's county and its name without 乡, 镇 or 街道."""
    return key.region_code, _TOWNSHIP.sub("", key.office)


def _doubts(key: Key, clashing: set[Key], towns: Counter[tuple[str | None, str]]) -> list[str]:
    """Why a body may be the same as another one of the table."""
    doubts = []
    if key.region_code is None and key.level != "national":
        doubts.append(
            "Its region is not known: bodies elsewhere may have the same name. 行政区未知，他处可能有同名机关。"
        )
    if _renamed(key) in clashing:
        doubts.append(
            "The office before a renaming and the one after report for the same year. 更名前后的机关有同一年度的报告。"
        )
    if key.level == "township" and towns[_town(key)] > 1:
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
    line = _line(key.office)
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
        body_id=_id(key),
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


def _overlap(one: Region, other: Region) -> bool:
    return (one.valid_from or 0) <= (other.valid_to or 9999) and (other.valid_from or 0) <= (one.valid_to or 9999)


def _id(key: Key) -> str:
    """Stable as long as region, level and office are."""
    return hashlib.sha256("\n".join(map(str, key)).encode()).hexdigest()[:20]
