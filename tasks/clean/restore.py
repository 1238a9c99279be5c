"""Taiwan words in a Mainland text, read back into the words they stood for.

Mirrors of Mainland pages run them through a converter that writes 檔案 for 文件. Which word stood there is decided by
what stands beside it; which words the converter changes at all is visible in the document: where 信息 stands as it is,
there is no rule from 信息 to 資訊. The rules are `data/restorations.csv`, in Simplified characters because they run
after the conversion of the characters; they say of each reading where it holds, in which wording, and why.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.clean.align import Edit, Moved
from tasks.clean.script import evidence, wording_of
from tasks.model import Wording

DATA = Path(__file__).parent / "data" / "restorations.csv"
REACH = 6  # characters beside a word that may decide
UNCONVERTED = 0.34  # times the Taiwan word's count: a Mainland word that stands so often was not converted


class Reading(NamedTuple):
    """One line of the table: a word that a pattern may stand for, and where it does."""

    restoration: str
    before: re.Pattern[str] | None  # at the end of what stands before; None: anything
    after: re.Pattern[str] | None  # at the beginning of what follows
    wordings: frozenset[str]
    foreign: bool  # in this place no Mainland text has the pattern: it proves a mirror

    def fits(self, text: str, start: int, end: int) -> bool:
        """Does it hold for the pattern at text [start, end)?"""
        if self.before and not self.before.search(text[max(0, start - REACH) : start]):
            return False
        return not self.after or self.after.match(text[end : end + REACH]) is not None


class Place(NamedTuple):
    """A pattern in a text."""

    start: int
    end: int
    pattern: str


class Restoration:
    """What was decided for a document, its text given in Simplified characters."""

    def __init__(self, text: str) -> None:
        places = _places(text)
        self._gate = Gate(text, places)
        foreign = sum(_is_foreign(text, place, self._gate) for place in places)
        self.wording: Wording = wording_of(evidence(text), foreign)
        self.edits = self._edits(text, places)

    def apply(self, line: str) -> str:
        """Another line of the same document, restored."""
        return Moved(line, self._edits(line, _places(line))).text

    def _edits(self, text: str, places: list[Place]) -> list[Edit]:
        if self.wording not in ("mirror", "s2twp"):
            return []
        found: list[Edit] = []
        for place in places:
            reading = reading_of(text, place, self.wording)
            if not reading or reading.restoration == place.pattern:
                continue
            if self.wording == "s2twp" or self._gate.is_open(place, reading):
                found.append(Edit(place.start, place.end, reading.restoration, place.pattern))
        return found


def _places(text: str) -> list[Place]:
    patterns, automaton = _search()
    return [Place(start, end, patterns[index]) for index, start, end in automaton.find_matches_as_indexes(text)]


def reading_of(text: str, place: Place, wording: Wording) -> Reading | None:
    """The first reading of the pattern that holds in this wording and place."""
    for reading in rules()[place.pattern]:
        if wording in reading.wordings and reading.fits(text, place.start, place.end):
            return reading
    return None


class Gate:
    """Shuts a rule where the document shows that its converter had no such rule."""

    def __init__(self, text: str, places: list[Place]) -> None:
        self._text = text
        self._counts = Counter(place.pattern for place in places)
        self._standing: dict[str, int] = {}

    def is_open(self, place: Place, reading: Reading) -> bool:
        """Is the Mainland word, as it is, rare beside the Taiwan word?"""
        word = reading.restoration
        if word not in self._standing:
            self._standing[word] = self._text.count(word)
        return self._standing[word] < UNCONVERTED * self._counts[place.pattern]


def _is_foreign(text: str, place: Place, gate: Gate) -> bool:
    reading = reading_of(text, place, "mirror")
    return reading is not None and reading.foreign and gate.is_open(place, reading)


@cache
def rules() -> dict[str, tuple[Reading, ...]]:
    """The readings of each pattern, in the order of the table."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {
        pattern: tuple(
            Reading(
                row["restoration"],
                _context(row["before"], "(?:{})$"),
                _context(row["after"], "(?:{})"),
                frozenset(row["wordings"].split()),
                row["foreign"] == "yes",
            )
            for row in group
        )
        for pattern, group in groupby(rows, key=lambda row: row["pattern"])
    }


def _context(alternatives: str, form: str) -> re.Pattern[str] | None:
    return re.compile(form.format(alternatives)) if alternatives else None


@cache
def _search() -> tuple[tuple[str, ...], AhoCorasick]:
    patterns = tuple(rules())
    return patterns, AhoCorasick(list(patterns), matchkind=MatchKind.LeftmostLongest)
