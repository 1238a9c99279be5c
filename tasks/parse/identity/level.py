"""The level of the government that a body belongs to: its words are in `rules/level.yaml`."""

from __future__ import annotations

import re

from tasks.model import Level
from tasks.parse.identity.names import BodyName
from tasks.parse.identity.opening import Opening, uncited
from tasks.parse.rulefile import pattern_at, read
from warehouse.regions import Region, regions
from warehouse.zones import zones


def _told(name: str) -> re.Pattern[str]:
    return pattern_at("level.yaml", name)


def level_of(
    name: BodyName | None, region: Region | None, self_word: str | None, opening: Opening, year: int | None
) -> Level | None:
    """By the name; without one, by the report's word for itself and the governments that it answers to."""
    if name and name.ministry:
        return "national"
    if name and name.kind == "zone" and not of_known_zone(name) and superiors(opening) & {"区", "县"}:
        return "county"
    if name and (stated := _of_name(name, year)):
        return stated
    if region:
        return region.level
    in_zone = self_word == "区" and bool(_told("zone").search(opening.prose))  # 我区 may be the zone itself
    level = (None if in_zone else _of_word(self_word or "")) or _of_superiors(opening)
    # 市安监局 that cites the province's government is the city's.
    is_citys = name is not None and bool(name.places) and name.places[-1].name.endswith("市")
    return None if level == "province" and is_citys else level


def _of_name(name: BodyName, year: int | None) -> Level | None:
    if not name.places:
        return None
    corps = [place for place in name.places if place.kind == "corps"]
    place = corps[-1] if corps else name.places[-1]  # 第六师|五家渠市: the division and its city are one body
    if place.kind == "township":
        return "township"
    if place.kind == "zone":
        return zones()[place.name].level
    if place.codes:
        standing = [code for code in place.codes if year is None or regions().stood(code, year)]
        levels = {regions()[code].level for code in standing or place.codes}
        return levels.pop() if len(levels) == 1 else None
    return _of_word(place.name)


def _of_word(word: str) -> Level | None:
    words: dict[str, Level] = read("level.yaml")["words"]
    return next((level for end, level in words.items() if word.endswith(end)), None)


def superiors(opening: Opening) -> set[str]:
    """The levels whose committees and governments the text speaks of without their names (区委, not 山东省政府)."""
    text = uncited(opening.prose)
    named = regions().named
    return {
        match[1]
        for match in _told("superior").finditer(text)
        if not any(named(text[match.start() - before : match.start() + 1]) for before in (2, 3))
    }


def _of_superiors(opening: Opening) -> Level | None:
    """区委、区政府 is the district's; 市委 may be a county-level city's, unless the city has counties of its own."""
    named = superiors(opening)
    if named & {"区", "县", "旗"}:
        return "county"
    if named & {"州", "盟"} or ("市" in named and _told("has_counties").search(opening.prose)):
        return "prefecture"
    if named == {"省"} and not _told("of_a_city").search(opening.prose):
        return "province"
    return None


def of_known_zone(name: BodyName) -> bool:
    """Whether the name says which zone it is of."""
    return bool(name.places) and name.places[-1].kind == "zone"
