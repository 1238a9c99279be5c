"""The characters of a page of a PDF as runs: what stands on one line without a gap.

pdfium gives them in the order in which they were drawn. Its own blanks and line breaks are not used: they are wrong
on turned pages and in tables. The box of a character is the room that its font gives it, not its print.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tasks.clean.pdf.pdfium_calls import (
    call_all,
    char_angle,
    char_box,
    char_code,
    char_is_unmapped,
    char_origin,
    font_info,
    page_text,
)
from tasks.clean.pdf.turn import FARTHEST, Sides, Turn

GAP = 0.2  # of a character's height: neighbours that are no further apart, or over one another, are of one run
LARGE = 2.5  # of the usual height: what is larger and printed over other print is a watermark
MUTE = 0.25  # of a font's characters: it does not tell so many, and is not believed; a blank may be untold
DAMAGED = "\ufffd"
SAMPLE = 20  # characters that show how the page is turned
ASLANT = 0.05  # of a quarter turn: what is turned otherwise is a watermark

_WORD = re.compile("[^\\s\x01-\x1f\x7f]+")
_LATIN = re.compile("[\xc0-\xff]")  # letters that no report has: numbers below 256 pass for them
_HYPHEN = "\ufffe"  # what pdfium makes of a hyphen that ends a line


class Run(NamedTuple):
    """Visible characters that stand one after the other on a line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float  # the height of its characters
    after_blank: bool  # that the file itself has
    place: int  # of its first character in pdfium's text page, to ask for its font
    rights: list[float]  # where each character ends

    @property
    def last(self) -> int:
        """The place of its last character."""
        return self.place + len(self.text) - 1

    def cut(self, start: int, end: int) -> Run:
        """Some of its characters."""
        left = self.rights[start - 1] if start else self.left
        return self._replace(
            text=self.text[start:end],
            left=left,
            right=self.rights[end - 1],
            after_blank=self.after_blank and not start,
            place=self.place + start,
            rights=self.rights[start:end],
        )


def without_watermarks(runs: list[Run]) -> list[Run]:
    """The runs without those in large print that stand over other print, and their like."""
    if not runs:
        return runs
    large = LARGE * sorted(run.size for run in runs)[len(runs) // 2]
    marks = [mark.size for mark in runs if mark.size > large and any(_is_over(mark, run) for run in runs)]
    return [run for run in runs if not any(abs(run.size - size) < 0.1 * size for size in marks)]


def _is_over(mark: Run, run: Run) -> bool:
    x, y = (run.left + run.right) / 2, (run.top + run.bottom) / 2
    return mark.left < x < mark.right and mark.top < y < mark.bottom and run.size < mark.size / 2


def quarter_turns(text_page: int, count: int) -> int:
    """By how many quarter turns most characters are turned to the left; a sample decides."""
    turns: Counter[int] = Counter()
    for index in range(0, count, max(1, count // SAMPLE)):
        if char_code(text_page, index) > 0x20:
            angle = char_angle(text_page, index)
            if math.isfinite(angle):
                turns[-round(angle / (math.pi / 2)) % 4] += 1  # pdfium counts clockwise
    return turns.most_common(1)[0][0] if turns else 0


def runs_of(text_page: int, count: int, turn: Turn) -> list[Run]:
    """All characters of a page that leave a mark."""
    text = _text(text_page, count)
    page = itertools.repeat(text_page)
    boxes = array("f", bytes(16 * count))
    at = boxes.buffer_info()[0]
    call_all(map(char_box, page, range(count), range(at, at + 16 * count, 16)))
    lefts, tops, rights, bottoms = sides = turn.boxes(boxes)
    spans = [span for word in _WORD.finditer(text) for span in _without_gaps(*word.span(), sides)]
    origins = array("d", bytes(16 * len(spans)))
    at, end = origins.buffer_info()[0], origins.buffer_info()[0] + 16 * len(spans)
    call_all(map(char_origin, page, (start for start, _ in spans), range(at, end, 16), range(at + 8, end + 8, 16)))
    runs = []
    for (start, end), baseline in zip(spans, turn.depths(origins), strict=True):
        left, top, right, bottom = lefts[start], tops[start], rights[end - 1], bottoms[start]
        if not -FARTHEST < left + top + right + bottom + baseline < FARTHEST or (right <= left and bottom <= top):
            continue
        if end - start == 1 and _is_aslant(text_page, start):
            continue
        is_apart = start > 0 and text[start - 1].isspace() and rights[start - 1] > lefts[start - 1]
        size = bottom - top
        runs.append(Run(text[start:end], left, top, right, bottom, baseline, size, is_apart, start, rights[start:end]))
    return runs


def _text(text_page: int, count: int) -> str:
    """A character an entry of pdfium's text page: one beyond the first 65,536 is two surrogates."""
    units = (ctypes.c_ushort * (count + 1))()
    page_text(text_page, 0, count, ctypes.addressof(units))
    text = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
    if len(text) < count:
        text = "".join(map(chr, units[:count]))
    text = text.replace("\0", DAMAGED).replace(_HYPHEN, "-")
    is_unmapped = bytes(map(char_is_unmapped, itertools.repeat(text_page), range(count)))
    return _without_unmapped(text_page, text, is_unmapped) if any(is_unmapped) else text


def _without_unmapped(text_page: int, text: str, is_unmapped: bytes) -> str:
    """The text with a mark for each character that its font does not tell: pdfium gives the font's own number of it.

    Of a font with many of these nothing is believed, since some numbers pass for characters.
    """
    name = ctypes.create_string_buffer(128)
    fonts = []
    for index in range(len(text)):
        font_info(text_page, index, ctypes.addressof(name), len(name), None)
        fonts.append(name.value)
    doubtful = (is_one or _LATIN.match(character) for character, is_one in zip(text, is_unmapped, strict=True))
    printed, doubted = Counter(fonts), Counter(itertools.compress(fonts, doubtful))
    mute = {font for font, number in doubted.items() if number > MUTE * printed[font]}
    return "".join(
        DAMAGED if character not in "\r\n " and (font in mute or (is_one and character > " ")) else character
        for character, font, is_one in zip(text, fonts, is_unmapped, strict=True)
    )


def _without_gaps(start: int, end: int, sides: Sides) -> Iterator[tuple[int, int]]:
    """A word of pdfium's, parted where its characters do not touch or are not on one line."""
    lefts, tops, rights, bottoms = sides
    for index in range(start + 1, end):
        bottom = bottoms[index]
        room = GAP * (bottom - tops[index])
        if not (-room <= lefts[index] - rights[index - 1] <= room and -room <= bottom - bottoms[index - 1] <= room):
            yield start, index
            start = index
    yield start, end


def _is_aslant(text_page: int, index: int) -> bool:
    turns = char_angle(text_page, index) / (math.pi / 2)
    return math.isfinite(turns) and abs(turns - round(turns)) > ASLANT
