"""Runs of characters into lines, by their baselines and from left to right."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from tasks.clean.pdf.runs import Run

SAME_BASELINE = 0.45  # of a character's height: baselines of two fonts in one line differ by less
PRINTED_TWICE = 0.3  # of a character's height: the same character no further aside is printed again, to look bold
LEAST_GAP = 0.1  # of a line's size: nothing nearer is apart
WORD_GAP = 0.2  # likewise: Latin letters further apart are two words
FIGURE_GAP = 0.4  # likewise: digits further apart are two figures
COLUMN_GAP = 1.6  # likewise: anything further apart is set apart by a blank
_OPENING = "（【《〈「『〔"
_CLOSING = "，。、；：？！）】》〉」』〕"
NEVER_FIRST = frozenset(_CLOSING + "”’…％%,.;:?!)]}")  # on a line: they stand with what is before them
NEVER_LAST = frozenset(_OPENING + "“‘([{")
_ALSO_WIDE = "“”‘’—…·"

_NARROW = rf"[^\u2e80-\U0010ffff{_ALSO_WIDE}\s]"
_WORD = re.compile(rf"[{re.escape(''.join(NEVER_LAST))}]*(?:{_NARROW}+|.)[{re.escape(''.join(NEVER_FIRST))}]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Line(NamedTuple):
    """One line of print."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float  # about the height of a Chinese character
    runs: tuple[Run, ...]  # from left to right

    @property
    def middle(self) -> float:
        """The middle between left and right."""
        return (self.left + self.right) / 2

    def first_word_width(self) -> float:
        """How much room the line's beginning needs, so that it could have stood on the line before."""
        word = _WORD.match(self.text)
        end = word.end() if word else 1
        for run in self.runs:
            if end <= len(run.rights):
                return run.rights[end - 1] - self.left
            end -= len(run.rights)
        return self.right - self.left


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """The lines that the characters form, from top to bottom."""
    rows: list[list[Run]] = []
    baseline = height = 0.0
    for run in sorted(runs, key=attrgetter("baseline")):
        if not rows or run.baseline - baseline > SAME_BASELINE * max(height, run.size):
            rows.append([])
            baseline, height = run.baseline, 0.0
        height = max(height, run.size)
        rows[-1].append(run)
    return list(map(_line, rows))


def parts_of(line: Line, gap: float) -> list[Line]:
    """The line, parted where a gap is wider than `gap` times its size."""
    groups = [[line.runs[0]]]
    for one, other in itertools.pairwise(line.runs):
        if other.left - one.right > gap * line.size:
            groups.append([])
        groups[-1].append(other)
    return [part for group in groups for part in lines_of(group)] if len(groups) > 1 else [line]


def is_wide(character: str) -> bool:
    """Whether a character is set as wide as it is high: Chinese, its punctuation, full-width forms."""
    return character >= "\u2e80" or character in _ALSO_WIDE


def _line(row: list[Run]) -> Line:
    if len(row) == 1:
        only = row[0]
        return Line(_whole(only.text), *only[1:7], (only,))
    row = _once(sorted(row, key=attrgetter("left")))
    size = max(run.size for run in row)
    text = row[0].text
    for one, other in itertools.pairwise(row):
        text += (" " if _are_apart(one, other, size) else "") + other.text
    return Line(
        _whole(text),
        row[0].left,
        min(run.top for run in row),
        row[-1].right,
        max(run.bottom for run in row),
        row[0].baseline,
        size,
        tuple(row),
    )


def _once(row: list[Run]) -> list[Run]:
    """Without what is printed twice, a little aside, to look bold."""
    if all(one.right - other.left < PRINTED_TWICE * one.size for one, other in itertools.pairwise(row)):
        return row
    singles = [run.cut(index, index + 1) for run in row for index in range(len(run.text))]
    kept: list[Run] = []
    for single in sorted(singles, key=attrgetter("left")):
        if not kept or single.text != kept[-1].text or single.left - kept[-1].left >= PRINTED_TWICE * single.size:
            kept.append(single)
    return kept


def _are_apart(one: Run, other: Run, size: float) -> bool:
    """Whether a blank is between two runs of a line of that size."""
    gap = (other.left - one.right) / size
    if other.after_blank or gap > COLUMN_GAP:
        return True
    before, after = one.text[-1], other.text[0]
    if gap <= LEAST_GAP or is_wide(before) or is_wide(after):
        return False
    return gap > (WORD_GAP if before.isalpha() and after.isalpha() else FIGURE_GAP)


def _whole(text: str) -> str:
    """A text in which two surrogates are one character; half of one shows as damaged."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
