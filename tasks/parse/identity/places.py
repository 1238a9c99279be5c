"""Reads the places that a name begins with: regions by the catalogue, known zones, townships, the corps in Xinjiang
with its divisions and regiments, and bare words such as 区.

A name may stand within a name: 北京街道 is no 北京, 市场监督管理局 has no 市, 南平市政和县 is no 市政.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from warehouse.regions import regions
from warehouse.zones import zones

PlaceKind = Literal["region", "zone", "township", "corps", "word"]

_LONGEST_PLACE = 16
_TOWNSHIP = re.compile(r"(?:街道|镇|乡|苏木)$")
# A level's word alone (区卫生局), where it is none of a longer word (市场监督管理局, 城乡建设局).
_WORD = re.compile(
    r"(?:自治[区州县]|省(?![级直])|市(?!场|级|政(?!府|务)|容|民(?!政|族|宗|防|航)|直|属)|区(?![域])|县(?![域级直])|州|盟|旗|镇|乡(?![村])|街道)(?=.)"
)
_UNLISTED = re.compile(
    r"(?:(?!政府)[一-龥]){1,7}?(?:街道|镇|乡|苏木)(?=$|人民政府|政府|办事处|街道办|管委会|管理委员会|党政|办公室)"
)
_CORPS = re.compile(r"(?:新疆)?(?:生产建设)?兵团|第[一二三四五六七八九十]{1,2}师(?!范)")
_REGIMENT = re.compile(r"[一二三四五六七八九十〇]{1,4}团")
_NO_PLACE_BEFORE = re.compile(r"街道|镇|乡|路|大学|学院|湖|江|河|山|港|岛")  # 北京路, 浙江大学, 长兴岛
_NO_CITY_BEFORE = re.compile(r"场|容|政(?!府|务)")  # 市场, 市容, 市政
_OF_A_COUNTY = re.compile(  # what a county's bare name may stand before
    r".{0,8}(?:开发区|产业园|工业园|园区|分局|税务局|[地国]税局|气象局|邮政局|烟草专卖局|供电公司|调查队|新城|管委会)"
)
_LINK = re.compile(r"(?:人民政府|政府)(?=.*(?:街道|镇|乡|办事处|开发区|管委会))")


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a name; `codes` are the regions that are called so, or that a zone lies in (none for a township, a
    division, a bare 区)."""

    name: str
    kind: PlaceKind
    codes: tuple[str, ...] = ()


def read_places(text: str, within: tuple[Place, ...] = ()) -> tuple[tuple[Place, ...], str]:
    """The places at the text's start, after those that it lies within, and the rest."""
    places = list(within)
    position = 0
    while position < len(text):
        if places and (link := _LINK.match(text, position)) and _place_at(text, link.end(), places):
            position = link.end()
        place = _place_at(text, position, places)
        if place is None:
            break
        places.append(place)
        position += len(place.name)
    return tuple(places[len(within) :]), text[position:]


def _place_at(text: str, position: int, before: list[Place]) -> Place | None:
    return _of_corps(text, position, before) or _listed(text, position, before) or _unlisted(text, position)


def _of_corps(text: str, position: int, before: list[Place]) -> Place | None:
    in_corps = bool(before) and before[0].kind == "corps"
    match = _CORPS.match(text, position) or (_REGIMENT.match(text, position) if in_corps else None)
    return Place(match[0], "corps") if match else None


def _listed(text: str, position: int, before: list[Place]) -> Place | None:
    """The longest name of the catalogue that stands there."""
    index = regions()
    for length in range(min(_LONGEST_PLACE, len(text) - position), 1, -1):
        name = text[position : position + length]
        if found := index.named(name):
            if not _shadowed(text, position + length, found[0].level):
                return Place(name, "region", tuple(region.code for region in found))
        elif zone := zones().get(name):
            return Place(name, "zone", (zone.region_code,))
        elif _TOWNSHIP.search(name) and index.is_township(name):
            return Place(name, "township")
        elif (codes := _bare(name, text[position + length :], before)) is not None:
            return Place(name, "region", codes)
    return None


def _unlisted(text: str, position: int) -> Place | None:
    """A township that is none today, or a level's word alone."""
    if match := _UNLISTED.match(text, position):
        return Place(match[0], "word" if match[0] == "街道" else "township")
    match = _WORD.match(text, position)
    return Place(match[0], "word") if match else None


def _shadowed(text: str, end: int, level: str) -> bool:
    """Whether a place's end is the next word's: 滨江区市场, but not 南平市|政和县."""
    rest = text[end : end + 6]
    if text[end - 1] != "市" or level == "province" or not _NO_CITY_BEFORE.match(rest):
        return False
    return not begins_with_place(rest)


def _bare(name: str, rest: str, before: list[Place]) -> tuple[str, ...] | None:
    """The regions that a name without suffix may mean here: a province or prefecture, or a county before its body.

    A county's bare name is one only inside its prefecture or before a zone, a branch or a bureau of its own.
    """
    found = regions().bare(name)
    if not found or (_NO_PLACE_BEFORE.match(rest) and not begins_with_zone(rest)):
        return None
    if before:
        parents = [code for place in before for code in place.codes]
        inside = tuple(region.code for region in found if any(regions().within(region.code, code) for code in parents))
        return inside or None
    for level in ("province", "prefecture"):  # 海南 is the province, not the prefecture in 青海
        if wide := tuple(region.code for region in found if region.level == level):
            return wide
    return tuple(region.code for region in found) if len(name) > 1 and _OF_A_COUNTY.match(rest) else None


def called(name: str, level: str) -> tuple[str, ...]:
    """The regions of the level that a name with or without suffix may mean."""
    found = regions().named(name) or regions().bare(name)
    return tuple(region.code for region in found if region.level == level)


def begins_with_place(name: str) -> bool:
    """Whether the catalogue has a place that the name begins with: 本溪市, or 本溪 alone, is not 本 before a name."""
    index = regions()
    starts = (name[:end] for end in range(2, min(_LONGEST_PLACE, len(name)) + 1))
    return any(index.named(start) or index.is_township(start) or index.bare(start) for start in starts)


def begins_with_zone(text: str) -> bool:
    """Whether a known zone stands at the text's start (南京|江北新区)."""
    return any(text[:end] in zones() for end in range(2, min(_LONGEST_PLACE, len(text)) + 1))


def begins_with_region(text: str, start: int) -> bool:
    """Whether a region stands at that place under its name with suffix (金水区)."""
    return any(regions().named(text[start:end]) for end in range(start + 3, min(start + _LONGEST_PLACE, len(text)) + 1))
