"""Characters of a page into lines, by their baselines and from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tasks.clean.pdf_page import Glyph

SAME_BASELINE = 0.45  # of a character's height: baselines of two fonts in one line differ by less
LEAST_GAP = 0.2  # of a line's size: nothing nearer is apart
WORD_GAP = 0.28  # of a line's size: Latin letters further apart are two words
FIGURE_GAP = 0.6  # of a digit's height: digits further apart are two figures (a 1 stands far from its neighbours)
COLUMN_GAP = 1.6  # likewise: anything further apart is set apart by a blank
_OPENING = frozenset("（【《〈「『〔")  # printed in the right half of the room they take
_CLOSING = frozenset("，。、；：？！）】》〉」』〕")  # printed in the left half
NEVER_FIRST = _CLOSING | frozenset("”’…％%,.;:?!)]}")  # on a line: they stand with what is before them
NEVER_LAST = _OPENING | frozenset("“‘([{")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print. Left and right are those of the room it takes: a bracket or a comma has its blank half."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float  # about the height of a Chinese character
    glyphs: tuple[Glyph, ...]  # visible ones, from left to right

    @property
    def middle(self) -> float:
        """The middle between left and right."""
        return (self.left + self.right) / 2

    def first_word_width(self) -> float:
        """How much room the line's beginning needs, so that it could have stood on the line before."""
        glyphs = self.glyphs
        last = 0
        while last + 1 < len(glyphs) and _unbreakable(glyphs[last], glyphs[last + 1]):
            last += 1
        width = _right(glyphs[last], self.size) - self.left
        return max(width, self.size) if is_wide(glyphs[last].text) else width  # a wide digit's print is narrow


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that the characters form, from top to bottom."""
    rows: list[list[Glyph]] = []
    baseline = height = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if not rows or glyph.baseline - baseline > SAME_BASELINE * max(height, glyph.size):
            rows.append([])
            baseline, height = glyph.baseline, 0.0
        height = max(height, glyph.size)
        rows[-1].append(glyph)
    return [line for line in map(_line, rows) if line]


def is_wide(character: str) -> bool:
    """Whether a character is set as wide as it is high: Chinese, its punctuation, full-width forms."""
    return character >= "\u2e80" or character in "“”‘’—…·"


def _left(glyph: Glyph, size: float) -> float:
    return min(glyph.left, glyph.right - size) if glyph.text in _OPENING else glyph.left


def _right(glyph: Glyph, size: float) -> float:
    if "０" <= glyph.text <= "９":  # printed in the middle half of the room they take
        return max(glyph.right, glyph.left + 0.75 * size)
    return max(glyph.right, glyph.left + size) if glyph.text in _CLOSING else glyph.right


def _line(row: list[Glyph]) -> Line | None:
    row.sort(key=lambda glyph: glyph.left)
    visible = [glyph for glyph in row if not glyph.text.isspace()]
    if not visible:
        return None
    size = max(glyph.size for glyph in visible)
    pieces: list[str] = []
    kept: list[Glyph] = []
    blank = False
    for glyph in row:
        if glyph.text.isspace():
            blank = True
            continue
        if kept:
            previous = kept[-1]
            if glyph.text == previous.text and glyph.left - previous.left < 0.3 * glyph.size:
                continue  # printed twice, a little aside, to look bold
            gap = glyph.left - previous.right
            if blank or (gap > LEAST_GAP * size and gap > _widest_gap(previous, glyph, size)):
                pieces.append(" ")
        pieces.append(glyph.text)
        kept.append(glyph)
        blank = False
    return Line(
        "".join(pieces),
        _left(kept[0], size),
        min(glyph.top for glyph in kept),
        _right(kept[-1], size),
        max(glyph.bottom for glyph in kept),
        kept[0].baseline,
        size,
        tuple(kept),
    )


def _unbreakable(one: Glyph, other: Glyph) -> bool:
    """Whether a line may not end between two characters."""
    if other.text in NEVER_FIRST or one.text in NEVER_LAST:
        return True
    if is_wide(one.text) or is_wide(other.text):
        return False
    size = max(one.size, other.size)
    return other.left - one.right <= _widest_gap(one, other, size)


def _widest_gap(one: Glyph, other: Glyph, size: float) -> float:
    """How far apart two neighbours on a line of that size may stand with no blank between them."""
    if is_wide(one.text) or is_wide(other.text):
        return COLUMN_GAP * size
    if one.text.isalpha() and other.text.isalpha():
        return WORD_GAP * size
    return FIGURE_GAP * max(one.size, other.size)
