"""The region of a body: the one code that its name and the rest of the document leave."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tasks.parse.identity.level import of_known_zone, superiors
from tasks.parse.identity.names import BodyName
from tasks.parse.identity.opening import Opening, uncited
from tasks.parse.identity.places import Place
from tasks.parse.identity.publisher import Publisher
from tasks.parse.identity.same_body import same_body
from tasks.parse.identity.whereabouts import only_reachable
from tasks.parse.stated import Finding, unsettled
from warehouse.regions import Region, regions

_ZONE = re.compile(r"(?:开发|高新技术产业|高新|产业园|工业园)区(?!.{0,3}分局)")
_NAMED_COUNTY = re.compile(r"[一-龥]{1,8}?[县区旗市]")
_NAMED_PROVINCE = re.compile(r"[一-龥]{2,9}?(?:省|自治区)")
_COUNTY_WORDS = frozenset("县区旗")
_PROVINCE_WORDS = frozenset({"省", "自治区"})
_MENTIONED = 2  # times that a text names the city whose bureau it leaves at 市水利局


def find_region(
    publisher: Publisher, opening: Opening, year: int | None, url: str | None
) -> tuple[Region | None, tuple[Finding, ...]]:
    """The region under the code of that year; None with a finding where the document leaves none or several.

    A functional zone has no code: its region is the district or city that its name states, if any.
    """
    name = publisher.name
    if name is None or name.ministry:
        return None, ()
    is_zone = name.kind == "zone" or bool(_ZONE.search(name.core))
    names = [name, *(each.name for each in publisher.witnesses if same_body(name, each.name))]
    codes = _candidates(names)
    if name.places and name.places[-1].kind == "township" and len(codes) != 1:
        codes = _of_superior(publisher, codes)
    if not codes:
        codes = _only_region(_words_of_region(name, opening, is_zone=is_zone), opening, year)
    codes = _standing(codes, year) or codes
    if len(codes) > 1:
        codes = _named_around(codes, opening.prose, year)
        codes = only_reachable(codes, opening, url)
    if len(codes) != 1:
        of_zone = is_zone and not codes
        return None, (_without("a functional zone has no code of its own" if of_zone else _unclear(codes)),)
    region = regions().in_year(codes[0], year)
    if region is None:
        return None, (_without(f"{regions()[codes[0]].name} had no code in {year}"),)
    if is_zone and not of_known_zone(name) and region.level != "county" and superiors(opening) & {"区", "县"}:
        return None, (_without("the zone is of a district that its name does not state"),)
    return region, ()


def _candidates(names: list[BodyName]) -> list[str]:
    """The codes that fit every place that the names state; of a township, its counties."""
    places = {place.name: place for name in names for place in name.places if place.kind != "word"}
    stated = [place for place in names[0].places if place.kind != "word"] or list(places.values())
    if not stated:
        return []
    lowest = stated[-1]
    others = [place for place in places.values() if place.name != lowest.name]
    if lowest.kind == "township":
        codes = list(regions().counties_of_township(lowest.name))
        counties = [place for place in others if place.codes]
        if not codes or not _fitting(codes, counties):
            if not counties:
                return []
            lowest, codes = counties[-1], list(counties[-1].codes)
    else:
        codes = list(lowest.codes)
    return _fitting(codes, [place for place in others if place.codes and place.name != lowest.name])


def _of_superior(publisher: Publisher, codes: list[str]) -> list[str]:
    """For a township that several counties have, or none has today, the county whose government the page names."""
    for witness in publisher.witnesses:
        place = witness.name.places[-1] if witness.name.places else None
        if place and place.codes and witness.name.core == "人民政府":
            return _fitting(codes, [place]) or list(place.codes)
    return codes


def _fitting(codes: list[str], places: Iterable[Place]) -> list[str]:
    """The codes that lie within each of the places (or hold it)."""
    index = regions()
    for place in places:
        codes = [c for c in codes if any(index.within(c, outer) or index.within(outer, c) for outer in place.codes)]
    return codes


def _standing(codes: list[str], year: int | None) -> list[str]:
    """Of several codes the ones that a region had in that year, each region once."""
    index = regions()
    codes = [code for code in codes if year is not None and index.stood(code, year)] or codes
    found = {index[code].present_code: code for code in codes if index.in_year(code, year)}
    return list(found.values())


def _named_around(codes: list[str], text: str, year: int | None) -> list[str]:
    """Of regions of one name, the one whose prefecture or province the document names."""
    index = regions()
    chains = {code: [index.in_year(code, year) or index[code], *list(index.upwards(code))[1:]] for code in codes}
    of_one_name = len({chain[0].name for chain in chains.values()}) == 1
    for level in ("prefecture", "province") if of_one_name else ("county", "prefecture", "province"):
        named = [code for code in codes if any(above.level == level and above.name in text for above in chains[code])]
        if len(named) == 1:
            return named
        codes = named or codes
    return codes


def _words_of_region(name: BodyName, opening: Opening, *, is_zone: bool) -> frozenset[str]:
    """What the region ends with that the name leaves out: 县卫生局, a township, a zone that answers to 县政府."""
    place = name.places[-1] if name.places else None
    if place is None:
        return frozenset(superiors(opening) & _COUNTY_WORDS) if is_zone else frozenset()
    if place.kind == "township" or place.name in {"镇", "乡", "街道"}:
        return _COUNTY_WORDS | {"市"}
    return frozenset({place.name} & (_COUNTY_WORDS | _PROVINCE_WORDS | {"市"}))


def _only_region(words: frozenset[str], opening: Opening, year: int | None) -> list[str]:
    """The codes of the only county that the document names, if it ends with one of the words.

    For 市水利局 it is the only city, if nothing below it is named and more than the title of a document names it.
    """
    if not words:
        return []
    if words <= _PROVINCE_WORDS:
        return _only_province(words, opening.prose)
    is_city = words == {"市"}
    text = uncited(opening.prose) if is_city else opening.prose
    found: Counter[str] = Counter()
    codes: list[str] = []
    for match in _NAMED_COUNTY.finditer(text):
        name = match[0]
        for start in range(len(name) - 2):  # no name of two characters: 县委和县政府 is not of 和县
            known = [each for each in regions().named(name[start:]) if is_city or each.level == "county"]
            standing = _standing([each.code for each in known if each.level != "province"], year)
            if standing and (is_city or name[-1] in words):
                found[name[start:]] += 1
                codes = standing
                break
    if len(found) != 1 or (is_city and (next(iter(found))[-1] != "市" or found.total() < _MENTIONED)):
        return []
    return codes


def _only_province(words: frozenset[str], text: str) -> list[str]:
    """The only province that the document names, in whatever it cites, too; more than once, since there are many."""
    found: Counter[str] = Counter()
    for match in _NAMED_PROVINCE.finditer(text):
        name = match[0]
        if not name.endswith(tuple(words)):
            continue
        known = (regions().named(name[start:]) for start in range(len(name) - 2))
        found.update(region.code for each in known for region in each if region.level == "province")
    return list(found) if len(found) == 1 and ("自治区" in words or found.total() >= _MENTIONED) else []


def _unclear(codes: list[str]) -> str:
    if not codes:
        return "no region of the catalogue is named for the body"
    options = ", ".join(f"{code} {regions()[code].name}" for code in codes[:6])
    return f"several regions are called so, and the document does not say which: {options}"


def _without(detail: str) -> Finding:
    return unsettled("identity.region", detail, "info")
