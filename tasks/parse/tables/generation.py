"""Which form a report follows: its tables say, else its words and headings; the year is the last witness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from tasks.model import Document, Generation
from tasks.parse.rulefile import read
from tasks.parse.tables.forms import GENERATIONS
from tasks.parse.tables.read import TableReading

_LONGEST_HEADING = 45  # characters


@dataclass(frozen=True, slots=True)
class _Word:
    word: str
    allows: tuple[Generation, ...]
    heading: bool  # counts only in a short line
    label: bool  # stands in a table of the form alone


@dataclass(frozen=True, slots=True)
class _Rules:
    words: tuple[_Word, ...]
    years: dict[Generation, tuple[int, int]]
    automaton: ahocorasick_rs.AhoCorasick


def decide_generation(document: Document, reading: TableReading, year: int | None) -> Generation | None:
    """The form that the tables follow, else the one that the year fits best; None without witness.

    A form used after its time stays the form: a report for 2022 in the tables of 2019 is of 2019. Where only prose
    speaks, its headings tell nothing against the year, and a form is none before its time.
    """
    if reading.generation is not None:
        return reading.generation
    allowed = reading.candidates or GENERATIONS
    if year is None:
        possible = _possible(document, allowed, labels_only=False)
        return possible[0] if len(possible) == 1 else None
    standing = tuple(each for each in allowed if _rules().years[each][0] <= year) or allowed
    possible = _possible(document, standing, labels_only=not reading.candidates)
    return min(possible, key=lambda generation: _distance(generation, year))


def _possible(document: Document, allowed: Sequence[Generation], *, labels_only: bool) -> tuple[Generation, ...]:
    """Of the forms those that most words allow; `labels_only`: words of headings and of sources don't count."""
    rules = _rules()
    votes: Counter[Generation] = Counter()
    seen: set[int] = set()
    for block in document.blocks:
        short = block.end - block.start <= _LONGEST_HEADING
        for index, _, _ in rules.automaton.find_matches_as_indexes(document.text[block.start : block.end]):
            word = rules.words[index]
            counts = word.label if labels_only else short or not word.heading
            if index not in seen and counts:
                seen.add(index)
                votes.update(word.allows)
    most = max(votes[generation] for generation in allowed)
    return tuple(generation for generation in allowed if votes[generation] == most)


def _distance(generation: Generation, year: int) -> int:
    first, last = _rules().years[generation]
    return max(first - year, year - last, 0)


@cache
def _rules() -> _Rules:
    data = read("generation.yaml")
    words = tuple(
        _Word(item["word"], tuple(item["allows"]), item.get("heading", False), item.get("label", False))
        for item in data["words"]
    )
    return _Rules(
        words=words,
        years={generation: tuple(span) for generation, span in data["years"].items()},
        automaton=ahocorasick_rs.AhoCorasick([word.word for word in words]),
    )
