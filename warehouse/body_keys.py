"""What makes two names one body: the region as it is today, the level, and the office.

The office is the name without the place and without the rank (部, 厅, 局, 委). `catalogue/reforms.csv` says which
offices of different names are one. A region that was merged with another, and an office that a reform merged or split,
stay apart; so does what the names alone cannot tell.
"""

from __future__ import annotations

import hashlib
import re
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


def office(stated: Stated, index: Regions) -> str:
    """The name without its place and rank: 福州市仓山区民政局 is 民政, 济南市长清区平安街道办事处 平安街道办事处."""
    name = _STATE.sub("", stated.publisher)
    if stated.region_code is not None and stated.region_code in index:
        chain = [_called(above, index) for above in index.upwards(stated.region_code)][::-1]
        for places in chain:
            name = name.removeprefix(next(filter(name.startswith, places), ""))
        lowest = chain[-1]
        if stated.level != "township" and name not in lowest:
            name = name.replace(next((place for place in lowest if place in name), ""), "", 1)  # 国家税务总局某市税务局
            name = _GOVERNMENT.sub("", name)
    name = name or stated.publisher
    return _RANK.sub("", name)


def _called(region: Region, index: Regions) -> tuple[str, ...]:
    """A region's names under its code: today's and those before it (襄阳市, 襄樊市).

    Not one that was another region's: 万盛区 had the code of 綦江区 while 綦江县 stood beside it.
    """
    history = index.history(region.code)
    others = [each for each in history if each.code != region.code]
    before = (each for each in history if each.code == region.code and each.name != region.name)
    return (region.name, *(each.name for each in before if not any(_overlap(each, other) for other in others)))


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


def family(stated: Stated) -> str:
    """What is equal of all names that may be one body's or that bear on whether they are: no other name does."""
    key = renamed(key_of(stated, regions()))
    return id_of(key._replace(office=town(key)[1]) if key.level == "township" else key)


def key_of(stated: Stated, index: Regions) -> Key:
    """The key of a body as a report names it, under the name that its office has there."""
    if stated.region_code is None or stated.region_code not in index:
        return Key(None, stated.level, office(stated, index))
    return Key(lineage(stated.region_code, index)[0], stated.level, office(stated, index))


def id_of(key: Key) -> str:
    """Stable as long as region, level and office are."""
    return hashlib.sha256("\n".join(map(str, key)).encode()).hexdigest()[:20]


@cache
def _successors() -> dict[str, str]:
    return {reform.predecessor: reform.successor for reform in reforms() if reform.verdict == "same"}


def renamed(key: Key) -> Key:
    """The key under the newest name of its office."""
    name = key.office
    while name in _successors():
        name = _successors()[name]
    return key._replace(office=name)


def line_of(office_name: str) -> set[str]:
    """An office under its names before each renaming."""
    line = {office_name}
    while before := {old for old, new in _successors().items() if new in line and old not in line}:
        line |= before
    return line


def town(key: Key) -> tuple[str | None, str]:
    """A township's county and its name without 乡, 镇 or 街道."""
    return key.region_code, _TOWNSHIP.sub("", key.office)


def _overlap(one: Region, other: Region) -> bool:
    return (one.valid_from or 0) <= (other.valid_to or 9999) and (other.valid_from or 0) <= (one.valid_to or 9999)
