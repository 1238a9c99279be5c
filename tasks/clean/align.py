"""Text made from a source by edits, with the way back.

An edit says what source characters [start, end) become. What no edit covers is copied, character for character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
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


class AlignedText:
    """A text put together from pieces of a source, taken in order."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._runs = Runs()
        self._copied = (0, 0)  # the source that is copied next: pieces that join are written at once

    def copy(self, start: int, end: int, edits: Iterable[Edit] = ()) -> Span:
        """Append source [start, end) with `edits` (ascending, within it, not overlapping); its span in the text."""
        text_start = self._length()
        for edit in edits:
            self._take(start, edit.start)
            self._write(edit.text, edit.start, edit.end)
            start = edit.end
        self._take(start, end)
        return text_start, self._length()

    def separate(self, sign: str) -> None:
        """Append one character between two pieces: for the blank that is next in the source, or else from nothing."""
        position = self._copied[1]
        blank = self._source[position : position + 1]
        if blank == sign:
            self._take(position, position + 1)
        else:
            self._write(sign, position, position + blank.isspace())

    def text(self) -> str:
        """All that was appended."""
        self._flush()
        return "".join(self._pieces)

    def alignment(self) -> Alignment:
        """The way back to the source."""
        self._flush()
        return self._runs.alignment()

    def _length(self) -> int:
        return self._runs.length + self._copied[1] - self._copied[0]

    def _take(self, start: int, end: int) -> None:
        """Copy source [start, end)."""
        low, high = self._copied
        if start == high:
            self._copied = (low, end)
        elif start < end:
            self._flush()
            self._copied = (start, end)

    def _write(self, text: str, start: int, end: int) -> None:
        """Write `text` for source [start, end)."""
        self._flush()
        if text:
            self._pieces.append(text)
            self._runs.add(len(text), start, end)
        self._copied = (end, end)

    def _flush(self) -> None:
        low, high = self._copied
        if low < high:
            self._pieces.append(self._source[low:high])
            self._runs.add(high - low, low, high)
            self._copied = (high, high)


class Moved:
    """A text after edits of its own, and where its offsets have moved to."""

    def __init__(self, text: str, edits: list[Edit]) -> None:
        whole = AlignedText(text)
        whole.copy(0, len(text), edits)
        self.text = whole.text()
        self.alignment = whole.alignment()
        self._ends = [edit.end for edit in edits]
        self._shifts = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in edits)]

    def span(self, start: int, end: int) -> Span:
        """Where [start, end) is now; its bounds must not cut an edit."""
        if not self._ends:
            return start, end
        return start + self._shifts[bisect_right(self._ends, start)], end + self._shifts[bisect_right(self._ends, end)]


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
