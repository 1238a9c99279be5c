"""Reads the name of a public body: the places that it stands in, and what is left, its core.

莆田市涵江区卫生局 -> places 莆田市, 涵江区; core 卫生局. How names are put together is in `rules/bodies.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tasks.model import PublisherKind
from tasks.parse.identity.places import Place, begins_with_place, called, read_places
from tasks.parse.rulefile import pattern_at, read
from warehouse.regions import regions

_SECOND_NAME = re.compile(r"\([^()]*\)$")  # 综合行政执法局(城市管理局)
# The site's other bodies in one line, the name of its column between two names, or one name twice.
_LIST = re.compile(r"局.{2,}局.{2,}局|信息公开.+[局厅委府]$|(?P<end>.{2,}[局厅委会府]).*(?P=end)$")
_STREET = re.compile(r"[一-龥]{1,6}街(?=(?:道?办事处|办|道办)?$)")
# The place of a zone that is named after the whole: 中国(福建)自由贸易试验区福州片区, 临空经济区(廊坊), 高新区(滨江).
_SEAT = re.compile(r"(?:自由贸易试验区|自贸试验区|自贸区)([一-龥]{2,4})片区|区[(]([一-龥]{2,5})[)]")
_OF_PROVINCE = re.compile(r"中国[(]([一-龥]{2,4})[)]自由贸易试验区(?!.*片区)")
_PART = re.compile(r"(?!门)[^省市县区州]{2,}局|海关")
_BRANCH = re.compile(
    r"^(?P<head>.+(?:[局队署]|委员会|中心|公司))(?P<place>[一-龥]{1,10}?)"
    r"(?P<tail>(?:开发区|新区)?分(?:[局队署]|中心|公司)|供电(?:分)?公司|[区县]?大队|交警大队)$"
)
# The owner of a site before one of its bodies: 平原县人民政府|县卫生局 (but 市政府|市场监管局).
_OWNER = re.compile(r"([省市县区州旗])(?:人民)?政府\1(?![场容政民级直域])(?=.{2})")


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
    prefixes: tuple[str, ...]
    vertical_prefixes: tuple[str, ...]
    offices: re.Pattern[str]
    disclosure_office: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    damage: re.Pattern[str]
    nobody: re.Pattern[str]
    ministries: frozenset[str]
    national: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = read("bodies.yaml")
    return _Rules(
        kinds=tuple((entry["kind"], re.compile(entry["pattern"])) for entry in data["kinds"]),
        prefixes=tuple(data["prefixes"]),
        vertical_prefixes=tuple(data["vertical_prefixes"]),
        offices=pattern_at("bodies.yaml", "offices"),
        disclosure_office=pattern_at("bodies.yaml", "disclosure_office"),
        leading=pattern_at("bodies.yaml", "leading"),
        trailing=pattern_at("bodies.yaml", "trailing"),
        damage=pattern_at("bodies.yaml", "damage"),
        nobody=pattern_at("bodies.yaml", "nobody"),
        ministries=frozenset(read("ministries.yaml")),
        national=pattern_at("bodies.yaml", "national"),
    )


def is_damaged(text: str) -> bool:
    """Whether somebody put other words where a name stood."""
    return bool(_rules().damage.search(text))


def trimmed(text: str) -> str:
    """The name without the words and marks that stand around it."""
    rules = _rules()
    name = re.sub(r"\s+", "", text)
    if (match := rules.leading.match(name)) and not begins_with_place(name):
        name = name[match.end() :]
    return rules.trailing.sub("", name)


def without_disclosure_office(text: str) -> str:
    """上海市松江区政府信息公开办公室 -> 上海市松江区; a name without such an office stays as it is."""
    return _rules().disclosure_office.sub("", text)


def without_office(text: str) -> str:
    """海口市卫生局办公室 -> 海口市卫生局; 绥德县政府信息公开办公室 -> 绥德县, which is its government."""
    for number in range(3):
        shorter = _rules().offices.sub("", text)
        if (
            shorter == text or len(shorter) < 2 or (number and not read_name(shorter))
        ):  # 外事办公室 is no office of 外事
            return text
        text = shorter
    return text


@lru_cache(maxsize=4096)
def read_name(text: str) -> BodyName | None:
    """The body that the text names, None where it names none (or is damaged)."""
    name = _OWNER.sub(r"\1", _with_street(trimmed(text)))
    rules = _rules()
    if len(name) < 2 or len(name) > 60 or rules.damage.search(name):
        return None
    if rules.nobody.search(name) and not begins_with_place(name):
        return None
    if national := _national(name, rules):
        return national
    prefixes = (*rules.vertical_prefixes, *rules.prefixes)
    prefix = next((each for each in prefixes if name.startswith(each) and len(name) > len(each)), "")
    places, rest = read_places(name[len(prefix) :])
    if len(places) > 1 and places[-1].kind == "word" and places[-2].name.endswith(places[-1].name):
        places, name = places[:-1], name[: len(name) - len(places[-1].name + rest)] + rest  # 涵江区|区|卫生局
    core = prefix + rest
    kind = _kind(rest or core, places)
    if kind == "department" and prefix in rules.vertical_prefixes:
        kind = "vertical"
    if kind is None or (not core and not places) or _LIST.search(rest):
        return None
    branch = _BRANCH.match(rest)
    if branch and places:
        inner, left = read_places(branch["place"] + "分局", places)
        places += tuple(place for place in inner if place.kind != "word" or left == "分局")
    if kind == "zone" or core.endswith(")政府"):
        places = _seat(name, places) or places
    if core.startswith("政府") and places:  # 绥德县政府 is 绥德县人民政府
        name, core = name[: len(name) - len(rest)] + "人民" + rest, "人民" + core
    if not rest and not prefix and places and all(place.kind not in {"corps", "zone"} for place in places):
        name, core, kind = _of_place(name, places[-1])
    return BodyName(name, places, core, kind)


def _seat(name: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The prefecture, the county or the province whose part of a larger zone the name says it is."""
    if match := _SEAT.search(name):
        place = match[1] or match[2]
        codes = called(place, "prefecture") or _inside(called(place, "county"), places)
    elif match := _OF_PROVINCE.search(name):
        place = match[1]
        codes = called(place, "province")
    else:
        return ()
    return (Place(place, "region", codes),) if codes else ()


def _inside(codes: tuple[str, ...], places: tuple[Place, ...]) -> tuple[str, ...]:
    """Of several regions of a name those within the places before it."""
    outer = [code for place in places for code in place.codes]
    return tuple(code for code in codes if not outer or any(regions().within(code, each) for each in outer))


def _with_street(name: str) -> str:
    """白云街 is 白云街道, where the catalogue has a street of that name."""
    match = _STREET.search(name) if "街" in name else None
    if match and any(regions().is_township(name[start : match.end()] + "道") for start in range(match.end() - 2)):
        return name[: match.end()] + "道" + name[match.end() :].removeprefix("道")
    return name


def _national(name: str, rules: _Rules) -> BodyName | None:
    """A body of the centre, a part of one that no place is named for, or all of a kind: 交通运输部海事局, 全国海关."""
    ministry = name.removeprefix("中华人民共和国")
    if ministry in rules.ministries or rules.national.fullmatch(ministry):
        return BodyName(name, (), ministry, "department", ministry=True)
    wholes = ("全国", *(name[:end] for end in range(len(name) - 2, 2, -1) if name[:end] in rules.ministries))
    whole = next((each for each in wholes if name.startswith(each)), name)
    part = name.removeprefix(whole)
    if not _PART.fullmatch(part) or (whole in rules.vertical_prefixes and read_places(part)[0]):
        return None  # 中国证监会|福建监管局 is a branch
    kind = "vertical" if whole in rules.vertical_prefixes else _kind(part, ())
    return BodyName(name, (), ministry, kind, ministry=True) if kind else None


def _of_place(name: str, place: Place) -> tuple[str, str, PublisherKind]:
    """A place that is named alone stands for its government."""
    if place.name.endswith("街道"):
        tail = "办事处"
    else:  # a prefecture that is no city has a commission of its province
        tail = "行政公署" if place.codes and place.name.endswith(("地区", "盟")) else "人民政府"
        name = name.replace("人民政府", "")  # 章贡区|人民政府|水东镇
    return name + tail, tail, "government"


def _kind(core: str, places: tuple[Place, ...]) -> PublisherKind | None:
    core = _SECOND_NAME.sub("", core)
    if not core and places and places[-1].kind == "zone":
        return "zone"
    if not core:
        return "government" if places and places[-1].kind != "word" else None
    if core == "办事处" or (places and places[-1].kind == "township" and core in {"人民政府", "政府"}):
        return "government"
    for kind, pattern in _rules().kinds:
        if pattern.search(core):
            return kind
    return "government" if core in {"政府", "人民政府"} else None
