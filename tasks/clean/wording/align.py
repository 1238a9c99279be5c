"""Text made from a source by edits, with the way back.

An edit says what source characters [start, end) become. What no edit covers is copied, character for character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from tasks.model import Alignment, Span


class Edit(NamedTuple):
    """Characters [start, end) become `text`; `rule` names what did it."""

    start: int
    end: int
    text: str
    rule: str = ""


class Runs:
    """The runs of an alignment, in the order of the text."""

    def __init__(self) -> None:
        self.length = 0
        self._text_starts: list[int] = []
        self._source_starts: list[int] = []
        self._source_ends: list[int] = []

    def add(self, length: int, start: int, end: int) -> None:
        """`length` more characters of text, made from source [start, end); joined to the last run if exact."""
        if not length:
            return
        if self._continues(length, start, end):
            self._source_ends[-1] = end
        else:
            self._text_starts.append(self.length)
            self._source_starts.append(start)
            self._source_ends.append(end)
        self.length += length

    def alignment(self) -> Alignment:
        """The runs as they stand."""
        return Alignment(tuple(self._text_starts), tuple(self._source_starts), tuple(self._source_ends), self.length)

    def _continues(self, length: int, start: int, end: int) -> bool:
        """Do both runs map one to one, and does the new one begin where the last one ends?"""
        if not self._text_starts or self._source_ends[-1] != start or end - start != length:
            return False
        return self._source_ends[-1] - self._source_starts[-1] == self.length - self._text_starts[-1]


class Moved:
    """A text after edits (ascending, not overlapping), the way back, and where its offsets have moved to."""

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        pieces: list[str] = []
        runs = Runs()
        done = 0
        for start, end, becomes, _ in edits:
            pieces += (text[done:start], becomes)
            runs.add(start - done, done, start)
            runs.add(len(becomes), start, end)
            done = end
        pieces.append(text[done:])
        runs.add(len(text) - done, done, len(text))
        self.text = "".join(pieces)
        self.alignment = runs.alignment()
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        self._shifts = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in edits)]

    def span(self, start: int, end: int) -> Span:
        """Where [start, end) is now; its bounds must not cut an edit."""
        if not self._ends:
            return start, end
        before, within = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return start + self._shifts[before], end + self._shifts[within]


def compose(first: Alignment, second: Alignment) -> Alignment:
    """The way back through two steps: `second` leads from the text to what `first` leads from."""
    runs = Runs()
    spans = pairwise((*second.text_starts, second.text_length))
    for (text_start, text_end), start, end in zip(spans, second.source_starts, second.source_ends, strict=True):
        if text_end - text_start != end - start:
            runs.add(text_end - text_start, *first.source_span(start, end))
            continue
        inner = first.text_starts[bisect_right(first.text_starts, start) : bisect_left(first.text_starts, end)]
        bounds = (start, *inner, end)
        for piece_start, piece_end in pairwise(bounds):
            runs.add(piece_end - piece_start, *first.source_span(piece_start, piece_end))
    return runs.alignment()
