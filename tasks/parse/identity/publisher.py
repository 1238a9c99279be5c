"""Who reports: the fullest name that the document states for its body.

Order of trust: title, preamble (由…编制, 现公布…), signature, the lines beside the title, a heading that names a
place and no more (北京市|政府信息公开), contact (请与…联系, less the office that answers), prose (2015年,某局认真…),
the index card (发布机构 may be a successor, or who reposts). The first that names somebody decides who it is; a name of
the same body further down may only make it fuller, and a township gets the county that the text names it with.
Patterns are in `rules/publisher.yaml`, how names are put together in `rules/bodies.yaml`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice

from tasks.parse.identity import mentions
from tasks.parse.identity.names import (
    BodyName,
    is_damaged,
    read_name,
    trimmed,
    without_disclosure_office,
    without_office,
)
from tasks.parse.identity.opening import Opening
from tasks.parse.identity.places import begins_with_region
from tasks.parse.identity.same_body import fullness, is_short_for, same_body
from tasks.parse.identity.signatures import beside_title, signed
from tasks.parse.identity.title import Title
from tasks.parse.rulefile import read
from tasks.parse.stated import Finding

_SELF = re.compile(
    r"[我本](局|厅|委|办|镇|乡|街道|街|部|中心|院|队|馆|公司|苏木|市|县|区|州|省|旗|盟)(?![级着质身月年])"
)
_GOVERNMENT_OFFICES = {
    "人民政府办公室",
    "人民政府办公厅",
    "政府办",
    "政府办公室",
    "政府办公厅",
    "人民政府办",
    "府办",
    "政办",
}
_TOWNSHIP_OFFICES = {"办公室", "党政办公室", "党政办", "综合办公室", "党政综合办公室", "综合办", "党政综合办"}
_ZONE_OFFICE = re.compile(r"(管委会|管理委员会)(?:党政|综合|党政综合|行政)?办公室$")
_TOWNSHIP_WORDS = {"镇", "乡", "街道", "街", "苏木"}
_NEW_AREA = re.compile(r"[一-龥]{2}新区")  # 银湖湾滨海新区 is not of 滨海新区
_WORDS_BEFORE = 16
_SOURCES = ("title", "preamble", "signature", "beside", "heading", "contact", "prose", "answering", "card", "site")
_WEAK = ("answering", "site")
_STRONG = ("title", "preamble", "signature", "beside")
_OF_THE_PAGE = ("beside", "card")  # which may be headed by a successor


@dataclass(frozen=True, slots=True)
class Witness:
    """One place where the document names a body."""

    source: str
    name: BodyName


@dataclass(frozen=True, slots=True)
class Publisher:
    """The body, every witness (in the order of trust), and what the report calls itself (局, 镇 …) most often."""

    name: BodyName | None
    witnesses: tuple[Witness, ...]
    self_word: str | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    source: str
    office: bool
    unnamed: bool
    own: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    patterns: tuple[_Pattern, ...]
    selves: dict[str, re.Pattern[str]]
    office_speaks: re.Pattern[str]
    answers_for: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = read("publisher.yaml")
    characters = data["name_characters"]
    patterns = tuple(
        _Pattern(
            entry["source"],
            entry.get("office", False),
            entry.get("unnamed", False),
            entry.get("own", False),
            re.compile(entry["pattern"].replace("{B}", characters), re.M),
        )
        for entry in data["witnesses"]
    )
    return _Rules(
        patterns,
        {word: re.compile(end) for word, end in data["self"].items()},
        re.compile(data["office_speaks"]["pattern"], re.M),
        re.compile(data["answers_for"]["pattern"]),
    )


def find_publisher(opening: Opening, title: Title | None) -> Publisher:
    """The body that reports, as far as the document says."""
    self_word = _self_word(opening)
    witnesses = tuple(_witnesses(opening, title, self_word))
    believed = [each for each in witnesses if each.source in _STRONG or _fits_self(each.name, self_word)]
    anchor = next((each for each in believed if each.source != "site"), None)
    if anchor is None or all(each.name.is_bare for each in believed if same_body(anchor.name, each.name)):
        believed += _mentions(opening, anchor, self_word)
        anchor = anchor or next(iter(believed), None)
    if anchor is None:
        return Publisher(None, witnesses, self_word, (_unnamed(title, self_word),))
    name = _fullest(anchor, believed)
    if len(name.places) == 1 and name.places[0].kind == "township":
        name = mentions.in_county(name, opening.prose) or name
    return Publisher(name, witnesses, self_word, tuple(_conflicts(name, believed)))


def _witnesses(opening: Opening, title: Title | None, self_word: str | None) -> list[Witness]:
    found: dict[str, list[BodyName]] = {source: [] for source in _SOURCES}
    if title and title.body:  # a government's name without a year heads the pages of its departments, too
        heads = title.year is None and title.body.kind == "government"
        found["heading" if heads else "title"].append(title.body)
    found["signature"] += [_governing(name, self_word) for name in signed(opening)]
    found["beside"] += [_governing(name, self_word) for name in beside_title(opening)]
    cards = (read_name(value.split()[0]) for value in opening.field("publisher"))
    found["card"] += [_governing(name, self_word) for name in cards if name]
    for rule in _rules().patterns:
        if rule.unnamed and any(_names_self(source, name, self_word) for source in found for name in found[source]):
            continue
        for match in islice(rule.pattern.finditer(opening.head), 4):
            if name := _name_in(match, office=rule.office):
                own = rule.own and ">" not in match[0]  # the path of a page is no sentence: 某区政府办>信息公开年报
                answering = rule.source == "contact" and _rules().answers_for.search(name.core)
                found["answering" if answering else rule.source].append(name if own else _governing(name, self_word))
                break
    return [Witness(source, name) for source, names in found.items() for name in names]


def _names_self(source: str, name: BodyName, self_word: str | None) -> bool:
    """Whether a witness says enough: not the owner of the site, nor a government where an office of it speaks."""
    return not name.is_bare and source not in _WEAK and (source in _STRONG or _fits_self(name, self_word))


def _mentions(opening: Opening, anchor: Witness | None, self_word: str | None) -> list[Witness]:
    """What the running text adds, where no witness names more than 县卫生局."""
    found: list[BodyName | None] = []
    if anchor and anchor.name.core:
        found.append(mentions.fuller(anchor.name, opening.prose))
    elif self_word in _TOWNSHIP_WORDS:
        found.append(mentions.township(opening.prose))
    elif anchor is None:
        found += [name for name in mentions.subjects(opening.head) if _fits_self(name, self_word)][:1]
        if not found and self_word in {"县", "区", "旗", "市"}:
            found.append(mentions.government(self_word, opening.prose))
    return [Witness("mention", name) for name in found if name]


def _governing(name: BodyName, self_word: str | None) -> BodyName:
    """An office of a government or zone that compiles or answers stands for it, unless the office is what reports."""
    if self_word in {"办", "室"}:
        return name
    answers = name.core.startswith("人民政府") and self_word is None and _rules().answers_for.search(name.core)
    if name.core.replace("政府政府", "政府") in _GOVERNMENT_OFFICES or answers:  # 绥德县人民政府|政府办公室
        return read_name(name.text.removesuffix(name.core) + "人民政府") or name
    if name.core in _TOWNSHIP_OFFICES and name.places and name.places[-1].kind == "township":
        return read_name(name.text.removesuffix(name.core)) or name
    return read_name(_ZONE_OFFICE.sub(r"\1", name.text)) or name


def _name_in(match: re.Match[str], *, office: bool) -> BodyName | None:
    text = trimmed(match["body"])
    shorter = without_office(text) if office else without_disclosure_office(text)
    shorter += "政府" if shorter.endswith("人民") else ""
    name = read_name(shorter) or read_name(text)
    if name is None or not (name.places or name.ministry):  # other words may stand before the name's place
        starts = range(1, min(_WORDS_BEFORE, len(shorter) - 3))
        later = (
            read_name(shorter[start:])
            for start in starts
            if begins_with_region(shorter, start) and not _NEW_AREA.match(shorter, start)
        )
        return next((each for each in later if each), name)
    return name


def _self_word(opening: Opening) -> str | None:
    said = [match[0] for match in _SELF.finditer(opening.prose)]
    if counts := Counter(word[1:] for word in said):
        return max(counts, key=lambda word: (counts[word], "我" + word in said))  # 本镇 is soon copied from another's
    return "办" if _rules().office_speaks.search(opening.head) else None


def _fits_self(name: BodyName, self_word: str | None) -> bool:
    """Whether the body can be the one that calls itself 我局: a contact line often names the government instead."""
    end = _rules().selves.get(self_word or "")
    return end is None or bool(end.search(name.core or name.text))


def _fullest(anchor: Witness, witnesses: list[Witness]) -> BodyName:
    best = anchor.name
    for each in witnesses:
        if not same_body(best, each.name):
            continue
        longer_core = is_short_for(best.core, each.name.core)
        if each.source in _OF_THE_PAGE and longer_core and not best.is_bare:
            continue
        if is_short_for(each.name.core, best.core) and not best.is_bare:
            continue
        if fullness(each.name) > fullness(best):
            best = each.name
    return best


def _conflicts(name: BodyName, witnesses: list[Witness]) -> list[Finding]:
    strangers = {each.name.text: each.source for each in witnesses if not same_body(name, each.name)}
    return [
        Finding("identity.publisher", "total", None, None, "fail", "warning", f"{source} names {text}, not {name.text}")
        for text, source in strangers.items()
    ]


def _unnamed(title: Title | None, self_word: str | None) -> Finding:
    if title and title.body_text and is_damaged(title.body_text):
        detail = "the title's name was replaced by other words, and no other place names the body"
    elif self_word:
        detail = f"the text speaks only of 我{self_word}"
    else:
        detail = "no place names the body"
    return Finding("identity.publisher", "total", None, None, "incomplete", "warning", detail)
