"""Who reports: the fullest name that the document states for its body.

Order of trust: title, preamble (由…编制, 现公布…), signature, the lines beside the title, a heading that names a
place and no more (北京市|政府信息公开), contact (请与…联系, less the office that answers), prose (2015年,某局认真…),
the index card (发布机构 may be a successor, or who reposts). The first that names somebody decides who it is; a name of
the same body further down may only make it fuller, and a township gets the county that the text names it with.
Patterns are in `rules/publisher.yaml`, how names are put together in `rules/bodies.yaml`.
"""

from __future__ import annotations

import re
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
from tasks.parse.identity.offices import answers_for_government, governing
from tasks.parse.identity.opening import Opening
from tasks.parse.identity.page_owner import owns_page
from tasks.parse.identity.places import begins_with_region
from tasks.parse.identity.same_body import fullness, is_short_for, same_body
from tasks.parse.identity.self_word import may_say, self_word, speaker
from tasks.parse.identity.signatures import beside_title, signed
from tasks.parse.identity.title import Title
from tasks.parse.rulefile import read
from tasks.parse.stated import Finding, unsettled

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


@cache
def _patterns() -> tuple[_Pattern, ...]:
    data = read("publisher.yaml")
    return tuple(
        _Pattern(
            entry["source"],
            entry.get("office", False),
            entry.get("unnamed", False),
            entry.get("own", False),
            re.compile(entry["pattern"].replace("{B}", data["name_characters"]), re.M),
        )
        for entry in data["witnesses"]
    )


def find_publisher(opening: Opening, title: Title | None) -> Publisher:
    """The body that reports, as far as the document says."""
    own_word = self_word(opening)
    witnesses = tuple(_witnesses(opening, title, own_word))
    believed = [each for each in witnesses if each.source in _STRONG or may_say(each.name, own_word)]
    anchor = next((each for each in believed if each.source != "site"), None)
    if anchor is None or all(each.name.is_bare for each in believed if same_body(anchor.name, each.name)):
        believed += _mentions(opening, anchor, own_word)
        anchor = anchor or next(iter(believed), None)
    if anchor is None:
        return Publisher(None, witnesses, own_word, (_unnamed(title, own_word),))
    name = _fullest(anchor, believed)
    if len(name.places) == 1 and name.places[0].kind == "township":
        name = mentions.in_county(name, opening.prose) or name
    return Publisher(name, witnesses, own_word, tuple(_conflicts(name, believed)))


def _witnesses(opening: Opening, title: Title | None, own_word: str | None) -> list[Witness]:
    found: dict[str, list[BodyName]] = {source: [] for source in _SOURCES}
    if title and title.body:  # a government's name without a year heads the pages of its departments, too
        heads = title.year is None and title.body.kind == "government"
        found["heading" if heads else "title"].append(title.body)
    found["signature"] += [governing(name, own_word) for name in signed(opening)]
    beside = (name for name in beside_title(opening) if not owns_page(name, own_word))
    found["beside"] += [governing(name, own_word) for name in beside]
    cards = (read_name(value.split()[0]) for value in opening.field("publisher"))
    found["card"] += [governing(name, own_word) for name in cards if name]
    for rule in _patterns():
        if rule.unnamed and any(_names_self(source, name, own_word) for source in found for name in found[source]):
            continue
        for match in islice(rule.pattern.finditer(opening.head), 4):
            if name := _name_in(match, office=rule.office):
                own = rule.own and ">" not in match[0]  # the path of a page is no sentence: 某区政府办>信息公开年报
                answering = rule.source == "contact" and answers_for_government(name)
                found["answering" if answering else rule.source].append(name if own else governing(name, own_word))
                break
    return [Witness(source, name) for source, names in found.items() for name in names]


def _names_self(source: str, name: BodyName, own_word: str | None) -> bool:
    """Whether a witness says enough: not the owner of the site, nor a government where an office of it speaks."""
    return not name.is_bare and source not in _WEAK and (source in _STRONG or may_say(name, own_word))


def _mentions(opening: Opening, anchor: Witness | None, own_word: str | None) -> list[Witness]:
    """What the running text adds, where no witness names more than 县卫生局."""
    found: list[BodyName | None] = []
    if anchor and anchor.name.core:
        found.append(mentions.fuller(anchor.name, opening.prose))
    elif speaker(own_word) == "township":
        found.append(mentions.township(opening.prose))
    elif anchor is None:
        found += [name for name in mentions.subjects(opening.head) if may_say(name, own_word)][:1]
        if not found and own_word and speaker(own_word) == "government":
            found.append(mentions.government(own_word, opening.prose))
    return [Witness("mention", name) for name in found if name]


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


def _unnamed(title: Title | None, own_word: str | None) -> Finding:
    if title and title.body_text and is_damaged(title.body_text):
        detail = "the title's name was replaced by other words, and no other place names the body"
    elif own_word:
        detail = f"the text speaks only of 我{own_word}"
    else:
        detail = "no place names the body"
    return unsettled("identity.publisher", detail)
