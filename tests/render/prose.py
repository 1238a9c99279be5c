"""Sentences from patterns: what states figures, what looks as if it did, and what fills a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.render.facts import Figures, Key, Quirks, ReportFacts, Truth
from tests.render.numbers import chinese, in_ten_thousands, plain, styled

CHOICE = re.compile(r"<([^<>]*)>")
SLOT = re.compile(r"\{([^{}]+)\}")
DATED = ("{last}", "{next}", "历年", "施行以来")
RANGE = re.compile(r"#(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of sentences.yaml."""

    text: str
    keys: tuple[Key, ...]  # of the figures in its slots
    none: tuple[str, ...]
    forms: frozenset[str]
    positive: bool
    leans: bool  # says what it counts only after the sentence before it

    @property
    def indicators(self) -> tuple[str, ...]:
        return (*(indicator for indicator, _ in self.keys), *(name.rstrip("?") for name in self.none))

    def fits(self, generation: str, figures: Figures, stated: set[str]) -> bool:
        """Whether a report of the generation can say this truly, and hasn't said it yet."""
        if (self.forms and generation not in self.forms) or stated.intersection(self.indicators):
            return False
        if any(key not in figures for key in self.keys):
            return False
        if self.positive and any(figures[key] <= 0 for key in self.keys):
            return False
        return all(figures.get((name.rstrip("?"), "total"), 0) == 0 for name in self.none)


def key_of(name: str) -> Key:
    """The figure that a slot names: request.received.new, request.received.new@natural_person."""
    indicator, _, applicant = name.partition("@")
    return indicator, applicant or "total"


@cache
def load(name: str) -> Any:
    """A data file of this folder."""
    return yaml.load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


@cache
def patterns(part: str) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(
            entry["text"],
            tuple(key_of(slot.split(":")[0]) for slot in SLOT.findall(entry["text"]) if "." in slot),
            tuple(entry.get("none", ())),
            frozenset(entry.get("forms", ())),
            entry.get("positive", False),
            entry.get("leans", False),
        )
        for entry in load("sentences").get(part, ())
    )


@dataclass(frozen=True, slots=True)
class Trap:
    """A sentence whose numbers are no indicator's. After a dated one, an undated sentence would be of that date."""

    text: str
    dated: bool


class Writer:
    """Writes the sentences of one report, and notes in its truth what they state."""

    def __init__(self, facts: ReportFacts, figures: Figures, rng: Random, quirks: Quirks, truth: Truth) -> None:
        self.facts, self.figures, self.rng, self.quirks, self.truth = facts, figures, rng, quirks, truth
        self.stated: set[str] = set()
        self.used: set[str] = set()  # sentences that state nothing, once each
        fillers = load("fillers")
        self.words: dict[str, str] = {
            "year": str(facts.year),
            "last": str(facts.year - 1),
            "next": str(facts.year + 1),
            "we": facts.body.we,
            "area": facts.body.area
            if facts.body.kind == "government"
            else facts.body.we,  # others speak for themselves
            "body": facts.body.name,
            "short": facts.body.short,
            "office": facts.body.office,
            "site": rng.choice(fillers["sites"]),
            "street": rng.choice(fillers["streets"]),
        }

    def fill(self, text: str, **words: str) -> str:
        """A pattern with its choices made and its slots filled; figures are noted as stated."""
        chosen: str = CHOICE.sub(lambda match: self.rng.choice(match[1].split("|")), text)
        return SLOT.sub(lambda match: words.get(match[1]) or self._slot(match[1]), chosen)

    def _slot(self, slot: str) -> str:
        if slot in self.words:
            return self.words[slot]
        if slot == "%":
            return str(self.rng.choice((12.5, 30, 8.4, 96, 99.2)))
        span = RANGE.fullmatch(slot)
        if span:
            return str(self.rng.randint(int(span[1]), int(span[2])))
        name, _, manner = slot.partition(":")
        key = key_of(name)
        value = self.figures[key]
        self.stated.add(key[0])
        if manner == "万" and value >= 10_000 and key not in self.truth.facts:
            shown, value = in_ten_thousands(value)
            self.truth.state(key, value, "prose")
            return shown
        self.truth.state(key, value, "prose")
        if manner == "元":
            return plain(value * 10_000)
        return chinese(value) if manner == "中" else styled(value, self.quirks)

    def stating(self, part: str, most: int) -> tuple[list[str], bool]:
        """Up to `most` sentences that state figures of the part, and whether one of them leans on its context."""
        out: list[str] = []
        leaning = False
        for pattern in self.rng.sample(patterns(part), len(patterns(part))) if self.facts.has_prose else ():
            if len(out) == most:
                break
            if pattern.fits(self.facts.generation, self.figures, self.stated):
                out.append(self.fill(pattern.text))
                self._note_none(pattern)
                leaning |= pattern.leans
        return out, leaning

    def _note_none(self, pattern: Pattern) -> None:
        for name in pattern.none:
            key = (name.rstrip("?"), "total")
            self.stated.add(key[0])
            if name.endswith("?"):
                self.truth.tolerated[key] = 0
            else:
                self.truth.state(key, 0, "prose")

    def traps(self, part: str, count: int) -> list[Trap]:
        fresh = [entry["text"] for entry in load("traps").get(part, ()) if entry["text"] not in self.used]
        chosen = self.rng.sample(fresh, min(count, len(fresh)))
        self.used.update(chosen)
        return [Trap(self.fill(text), dated=any(word in text for word in DATED)) for text in chosen]

    def filler(self, part: str, count: int) -> list[str]:
        """Sentences of the part that this report hasn't yet; fewer than `count` where they run out."""
        fresh = [text for text in load("fillers").get(part, ()) if text not in self.used]
        chosen = self.rng.sample(fresh, min(count, len(fresh)))
        self.used.update(chosen)
        return [self.fill(text) for text in chosen]
