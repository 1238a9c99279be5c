"""Reads the name of a public body: the places that it stands in, and what is left, its core.

莆田市涵江区卫生局 -> places 莆田市, 涵江区; core 卫生局. How names are put together is in `rules/bodies.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from tasks.model import PublisherKind
from warehouse.regions import regions

PlaceKind = Literal["region", "township", "word"]

RULES = Path(__file__).parent / "rules"
_LONGEST_PLACE = 16
_TOWNSHIP = re.compile(r"(?:街道|镇|乡|苏木)$")
# A level's word alone (区卫生局), where it is none of a longer word (市场监督管理局, 城乡建设局).
_WORD = re.compile(
    r"(?:自治[区州县]|省|市(?!场|政(?!府|务)|容|民(?!政|族|宗|防|航)|直|属)|区(?![域])|县(?![域级直])|州|盟|旗|镇|乡(?![村])|街道)(?=.)"
)
_UNLISTED = re.compile(r"[一-龥]{1,7}?(?:街道|镇|乡|苏木)(?=$|人民政府|政府|办事处|街道办|管委会|管理委员会)")
_LINK = re.compile(r"(?:人民政府|政府)(?=.*(?:街道|镇|乡|办事处|开发区|管委会))")
_SECOND_NAME = re.compile(r"\([^()]*\)$")  # 综合行政执法局(城市管理局)
_BRANCH = re.compile(
    r"^(?P<head>.+(?:[局队署]|委员会))(?P<place>[一-龥]{1,10}?)(?P<tail>(?:开发区|新区)?分[局队署]|[区县]?大队|交警大队)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a name; `codes` are the regions that are called so (none for a township or a bare 区)."""

    name: str
    kind: PlaceKind
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name as the document states it, cleaned of what stands around it."""

    text: str
    places: tuple[Place, ...]
    core: str  # "" where a place stands alone
    kind: PublisherKind
    ministry: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether no place has a name of its own: 区卫生局, 卫生局."""
        return not self.ministry and all(place.kind == "word" for place in self.places)


@dataclass(frozen=True, slots=True)
class _Rules:
    kinds: tuple[tuple[PublisherKind, re.Pattern[str]], ...]
    same: dict[str, tuple[str, ...]]
    prefixes: tuple[str, ...]
    offices: re.Pattern[str]
    disclosure_office: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    damage: re.Pattern[str]
    nobody: re.Pattern[str]
    ministries: frozenset[str]


def load_rules(name: str) -> Any:
    """The content of one file of `rules/`."""
    return yaml.load((RULES / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def _rules() -> _Rules:
    data = load_rules("bodies.yaml")
    return _Rules(
        kinds=tuple((entry["kind"], re.compile(entry["pattern"])) for entry in data["kinds"]),
        same={short: tuple(longs) for short, longs in data["same"].items()},
        prefixes=tuple(data["prefixes"]),
        offices=re.compile(data["offices"]),
        disclosure_office=re.compile(data["disclosure_office"]),
        leading=re.compile(data["leading"]),
        trailing=re.compile(data["trailing"]),
        damage=re.compile(data["damage"]),
        nobody=re.compile(data["nobody"]),
        ministries=frozenset(load_rules("ministries.yaml")),
    )


def is_damaged(text: str) -> bool:
    """Whether somebody put other words where a name stood."""
    return bool(_rules().damage.search(text))


def trimmed(text: str) -> str:
    """The name without the words and marks that stand around it."""
    rules = _rules()
    name = re.sub(r"\s+", "", text)
    if (match := rules.leading.match(name)) and not _begins_with_place(name):
        name = name[match.end() :]
    return rules.trailing.sub("", name)


def _begins_with_place(name: str) -> bool:
    """Whether the catalogue has a place that the name begins with: 本溪市 is not 本 before a name."""
    ends = range(2, min(_LONGEST_PLACE, len(name)) + 1)
    return any(regions().named(name[:end]) or regions().is_township(name[:end]) for end in ends)


def without_disclosure_office(text: str) -> str:
    """上海市松江区政府信息公开办公室 -> 上海市松江区; a name without such an office stays as it is."""
    return _rules().disclosure_office.sub("", text)


def without_office(text: str) -> str:
    """海口市卫生局办公室 -> 海口市卫生局; 绥德县政府信息公开办公室 -> 绥德县, which is its government."""
    for _ in range(3):
        shorter = _rules().offices.sub("", text)
        if shorter == text or len(shorter) < 2:
            return text
        text = shorter
    return text


@lru_cache(maxsize=4096)
def read_name(text: str) -> BodyName | None:
    """The body that the text names, None where it names none (or is damaged)."""
    name = trimmed(text)
    rules = _rules()
    if len(name) < 2 or len(name) > 60 or rules.damage.search(name):
        return None
    if rules.nobody.search(name) and not _begins_with_place(name):
        return None
    if (ministry := name.removeprefix("中华人民共和国")) in rules.ministries:
        return BodyName(name, (), ministry, "department", ministry=True)
    prefix = next((each for each in rules.prefixes if name.startswith(each) and len(name) > len(each)), "")
    places, rest = read_places(name[len(prefix) :])
    core = prefix + rest
    kind = _kind(rest or core, places)
    if kind is None or (not core and not places):
        return None
    branch = _BRANCH.match(rest)
    if branch and places:
        inner, left = read_places(branch["place"] + "分局", places)
        places += tuple(place for place in inner if place.kind != "word" or left == "分局")
    if core.startswith("政府") and places:  # 绥德县政府 is 绥德县人民政府
        name, core = name[: len(name) - len(rest)] + "人民" + rest, "人民" + core
    if not rest and not prefix and places:
        name, core, kind = _of_place(name, places[-1])
    return BodyName(name, places, core, kind)


def _of_place(name: str, place: Place) -> tuple[str, str, PublisherKind]:
    """A place that is named alone stands for its government."""
    tail = "办事处" if place.name.endswith("街道") else "人民政府"
    return name + tail, tail, "government"


def _kind(core: str, places: tuple[Place, ...]) -> PublisherKind | None:
    core = _SECOND_NAME.sub("", core)
    if not core:
        return "government" if places and places[-1].kind != "word" else None
    if core == "办事处" or (places and places[-1].kind == "township" and core in {"人民政府", "政府"}):
        return "government"
    for kind, pattern in _rules().kinds:
        if pattern.search(core):
            return kind
    return "government" if core in {"政府", "人民政府"} else None


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
    index = regions()
    for length in range(min(_LONGEST_PLACE, len(text) - position), 1, -1):
        name = text[position : position + length]
        if found := index.named(name):
            if not _shadowed(text, position + length, found[0].level):
                return Place(name, "region", tuple(region.code for region in found))
        elif _TOWNSHIP.search(name) and index.is_township(name):
            return Place(name, "township")
        elif (codes := _bare(name, text[position + length :], before)) is not None:
            return Place(name, "region", codes)
    if match := _UNLISTED.match(text, position):
        return Place(match[0], "word" if match[0] in {"街道"} else "township")
    if match := _WORD.match(text, position):
        return Place(match[0], "word")
    return None


def _shadowed(text: str, end: int, level: str) -> bool:
    """Whether a place's end is the next word's: 市场, 市容, 市政 (but 南平市|政和县, 淮安市|政府), 新疆生产建设兵团."""
    rest = text[end : end + 6]
    if rest == "生产建设兵团":
        return True
    if text[end - 1] != "市" or level == "province" or not re.match(r"场|容|政(?!府|务)", rest):
        return False
    return not _begins_with_place(rest)


def _bare(name: str, rest: str, before: list[Place]) -> tuple[str, ...] | None:
    """The regions that a name without suffix may mean here: a province or prefecture, or a county before its body.

    A county's bare name is one only inside its prefecture or before a zone, a branch or a bureau of its own.
    """
    found = regions().bare(name)
    if not found or (rest and re.match(r"街道|镇|乡|路|大学|学院|新区|湖|江|河|山|港", rest)):
        return None
    wide = tuple(region.code for region in found if region.level != "county")
    if wide and not before:
        return wide
    if before:
        parents = [code for place in before for code in place.codes]
        inside = tuple(region.code for region in found if any(regions().within(region.code, code) for code in parents))
        return inside or None
    if len(name) > 1 and re.match(r".{0,8}(?:开发区|产业园|工业园|园区|分局|税务局|调查队|新城|管委会)", rest):
        return tuple(region.code for region in found)
    return None


def is_short_for(short: str, full: str) -> bool:
    """Whether a core abbreviates another: 卫健局 of 卫生健康局, 发改委 of 发展和改革委员会."""
    if short == full:
        return False
    if full in _rules().same.get(short, ()):
        return True
    if len(short) >= len(full) or short[0] != full[0] or len(short) < 2:
        return False
    if short[-1] != full[-1] and not (short[-1] == "委" and full.endswith("委员会")):
        return False
    characters: Iterator[str] = iter(full)
    return all(character in characters for character in short)
