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
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.clean.wording.align import Edit, Moved
from tasks.clean.wording.script import evidence, kept, wording_of
from tasks.model import Wording

DATA = Path(__file__).parents[1] / "data" / "restorations.csv"
REACH = 6  # characters beside a word that may decide
DOCUMENT = 5  # times that a document has the words that say what it is about
UNCONVERTED = 0.34  # times the Taiwan word's count: a Mainland word that stands so often was not converted


class Place(NamedTuple):
    """A pattern in a text."""

    start: int
    end: int
    pattern: str


class Reading(NamedTuple):
    """One line of the table: a word that a pattern may stand for, and where it does."""

    restoration: str
    before: re.Pattern[str] | None  # at the end of what stands before; None: anything
    after: re.Pattern[str] | None  # at the beginning of what follows
    wordings: frozenset[str]
    document: re.Pattern[str] | None  # found in the document at least DOCUMENT times: what it is about decides
    foreign: bool  # in this place no Mainland text has the pattern: it proves a mirror

    def fits(self, text: str, place: Place) -> bool:
        """Does what stands beside the pattern allow it?"""
        if self.before and not self.before.search(text[max(0, place.start - REACH) : place.start]):
            return False
        return not self.after or self.after.match(text[place.end : place.end + REACH]) is not None


class Restoration:
    """What was decided for a document, its text given in Simplified characters."""

    def __init__(self, text: str) -> None:
        places = _places(text)
        self._gate = Gate(text, places)
        found = evidence(text)
        self.wording: Wording = wording_of(found, self._is_from_mirror(text, places))
        self._is_mainland = found.mainland > 0
        self.edits = list(self._edits(text, places))

    def apply(self, line: str) -> str:
        """Another line of the same document, restored."""
        return Moved(line, list(self._edits(line, _places(line)))).text

    def _edits(self, text: str, places: list[Place]) -> Iterator[Edit]:
        for place in places if self._is_mainland else ():
            reading = self._reading(text, place, self.wording)
            if not reading:
                continue
            word = reading.restoration
            if word != place.pattern and (self.wording == "s2twp" or self._gate.is_open(place.pattern, word)):
                yield Edit(place.start, place.end, word, place.pattern)

    def _reading(self, text: str, place: Place, wording: Wording) -> Reading | None:
        """The first reading of the pattern that holds in this wording, document and place."""
        for reading in rules()[place.pattern]:
            if wording in reading.wordings and reading.fits(text, place) and self._gate.is_about(reading.document):
                return reading
        return None

    def _is_from_mirror(self, text: str, places: list[Place]) -> bool:
        """One word proves a mirror that no Mainland text has there, or two different ones that are only unusual."""
        unusual: set[str] = set()
        for place in places:
            reading = self._reading(text, place, "mirror")
            if reading and self._gate.is_open(place.pattern, reading.restoration):
                if reading.foreign:
                    return True
                if reading.restoration != place.pattern and "mainland" not in reading.wordings:
                    unusual.add(place.pattern)
        return len(unusual) > 1


def _places(text: str) -> list[Place]:
    patterns, automaton = _search()
    return [Place(start, end, patterns[index]) for index, start, end in automaton.find_matches_as_indexes(text)]


class Gate:
    """What the whole document says: which words its converter left alone, and what it is about."""

    def __init__(self, text: str, places: list[Place]) -> None:
        self._text = text
        self._counts = Counter(place.pattern for place in places)
        self._standing: dict[str, int] = {}
        self._about: dict[re.Pattern[str], bool] = {}

    def is_open(self, pattern: str, word: str) -> bool:
        """Is the Mainland word, as it is, rare beside the Taiwan word?"""
        if word not in self._standing:
            within = sum(self._text.count(expression) for expression in kept() if word in expression)
            self._standing[word] = self._text.count(word) - within
        count = self._counts[pattern]
        return self._standing[word] - pattern.count(word) * count < UNCONVERTED * max(1, count)

    def is_about(self, words: re.Pattern[str] | None) -> bool:
        """Has the document these words often enough to be about their subject?"""
        if words is None:
            return True
        if words not in self._about:
            self._about[words] = len(words.findall(self._text)) >= DOCUMENT
        return self._about[words]


@cache
def rules() -> dict[str, tuple[Reading, ...]]:
    """The readings of each pattern, in the order of the table."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return readings(csv.DictReader(lines))


def readings(rows: Iterable[dict[str, str]]) -> dict[str, tuple[Reading, ...]]:
    """The readings that rows of the table state, by pattern; the rows of one pattern stand together."""
    return {
        pattern: tuple(
            Reading(
                row["restoration"],
                _context(row["before"], "(?:{})$"),
                _context(row["after"], "(?:{})"),
                frozenset(row["wordings"].split()),
                _context(row["document"], "{}"),
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
