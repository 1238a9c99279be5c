"""Tells a body's report on its own year from what only looks like one.

A notice about reports, the blank form, a guide, a policy text, news, half-year figures, an index page: signs for and
against are weighed (`rules/screening.yaml`). A report has its own figures, its own year, its own voice. A notice that
carries a report has all of these below its own heading, and is one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from tasks.model import Document, Rejected
from tasks.parse.identity.identify import Identity
from tasks.parse.identity.opening import Opening, uncited
from tasks.parse.identity.title import read_title
from tasks.parse.patterns import PatternSet
from tasks.parse.rulefile import pattern_at, read

_HEADLINES = 8
_OPENING = 300
_JUDGED = 5000  # characters of a text that are looked at
_PARTS = 3  # statutory parts that a page in the form of a report names, one fewer where it has more of the form


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str
    points: int
    most: int
    pattern: re.Pattern[str]
    code: str = ""
    where: str = "text"


@dataclass(frozen=True, slots=True)
class _Rules:
    signs_for: tuple[_Sign, ...]
    signs_against: tuple[_Sign, ...]
    headline: PatternSet  # the patterns of those against that are looked for there
    codes: dict[str, str]
    own: frozenset[str]
    own_topic: int
    least: int
    topic: re.Pattern[str]
    topic_least: int


@cache
def _rules() -> _Rules:
    data = read("screening.yaml")

    def sign(entry: dict[str, str | int]) -> _Sign:
        points = int(entry["points"])
        return _Sign(
            str(entry.get("name", "")),
            points,
            int(entry.get("most", points)),
            re.compile(str(entry["pattern"])),
            str(entry.get("code", "")),
            str(entry.get("where", "text")),
        )

    against = tuple(map(sign, data["against"]))
    return _Rules(
        tuple(map(sign, data["for"])),
        against,
        PatternSet({number: sign.pattern for number, sign in enumerate(against) if sign.where == "headline"}),
        data["codes"],
        frozenset(data["own"]),
        data["own_topic"],
        data["least"],
        pattern_at("screening.yaml", "topic"),
        data["topic_least"],
    )


def screen(document: Document, opening: Opening, identity: Identity) -> None:
    """Raises `Rejected` where the document is no annual report."""
    text = "\n" + opening.prose[:_JUDGED]
    rules = _rules()
    topic = len(rules.topic.findall(text))
    if topic < rules.topic_least:
        raise Rejected("not_a_report", "it does not speak of public information")
    said = {sign.name: weight for sign in rules.signs_for if (weight := _weight(sign, text))}
    speaks = sum(said.values())
    if identity.title and identity.year:
        speaks += 3 if identity.publisher else 2
    is_formal = bool(identity.title and identity.year) and _has_form(said)
    against = _against(document, opening, text, is_formal=is_formal)
    code, weight = max(against.items(), key=lambda item: item[1], default=("not_a_report", 0))
    if sum(against.values()) > speaks and weight > 3:
        raise Rejected(code, rules.codes[code])
    is_own = identity.title or rules.own & said.keys() or topic >= rules.own_topic
    if speaks < rules.least or not is_own:
        code = "index_page" if _lists_reports(opening) else code
        raise Rejected(code, rules.codes[code])


def _has_form(said: dict[str, int]) -> bool:
    """Whether the signs are those of a whole report: its parts, or the sentences that say who compiled it of when."""
    formal = said.keys() & {"period", "preamble", "table"}
    return said.get("parts", 0) >= (_PARTS - 1 if formal else _PARTS) or {"period", "preamble"} <= formal


def _weight(sign: _Sign, text: str) -> int:
    if sign.most == sign.points:
        return sign.points if sign.pattern.search(text) else 0
    found: set[str] = set()
    for match in sign.pattern.finditer(text):
        found.add(match[0])
        if len(found) * sign.points >= sign.most:
            return sign.most
    return len(found) * sign.points


def _against(document: Document, opening: Opening, text: str, *, is_formal: bool) -> Counter[str]:
    """The weight of the signs by code; of a page in the form of a report only what heads it, or a blank, counts."""
    headline = _headline(document, opening)
    places = {"headline": headline, "opening": text[1 : _OPENING + 1], "text": uncited(text)}
    found: Counter[str] = Counter()
    likely = _rules().headline.likely(headline)
    for number, sign in enumerate(_rules().signs_against):
        if number not in likely if sign.where == "headline" else is_formal and sign.code != "blank_form":
            continue
        if weight := _weight(sign, places[sign.where]):
            found[sign.code] += weight
    if _lists_reports(opening):
        found["index_page"] += 8
    return found


def _headline(document: Document, opening: Opening) -> str:
    """What the page calls itself: its title, or the first line that can be one, with the lines that go on from it."""
    titles = [uncited(re.sub(r"\s+", "", title)) for title in document.title_candidates[:2]]
    lines: list[str] = []
    for line in opening.lines[:_HEADLINES]:
        if len(line) > 60 or line.endswith(("。", ":", ":")):
            break
        lines.append(uncited(line))
    return "\n".join([*titles, *lines, "".join(lines[-3:])])


def _lists_reports(opening: Opening) -> bool:
    """Several titles of different reports, and hardly a sentence."""
    if opening.prose.count("。") > 2:
        return False
    titles = {title.text for line in opening.lines if len(line) < 60 and (title := read_title(line)) and title.year}
    return len(titles) >= 3
