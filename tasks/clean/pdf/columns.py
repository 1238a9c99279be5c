"""A page whose text stands in two columns is read column by column, as a gazette is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from tasks.clean.pdf.furniture import PageFlow
from tasks.clean.pdf.lines import Line, lines_of, parts_of

GUTTER = 1.2  # of a line's size: what is nearer is of one column
NARROWEST = 12.0  # likewise: a narrower column is of labels or figures
FEWEST_LINES = 4  # on either side: fewer are a list, or signatures
FULL = 0.4  # of the lines of a column are as long as it is wide: of labels most are shorter
ROOM = 2.0  # of a line's size: by so much a full line may be longer or shorter


def in_columns(page: PageFlow) -> Iterator[tuple[PageFlow, bool]]:
    """The pieces of a page in the order in which they are read, and whether each is a column of it."""
    parts = {id(item): parts_of(item, GUTTER) for item in page.items if isinstance(item, Line)}
    gutter = _gutter([part for own in parts.values() for part in own])
    whole = []
    for is_free, group in groupby(page.items, lambda item: _is_free(parts.get(id(item), []), gutter)):
        items = list(group)
        sides = _sides([part for item in items for part in parts[id(item)]], gutter) if is_free else None
        if not sides:
            whole += items
            continue
        if whole:
            yield replace(page, items=whole), False
            whole = []
        for lines in sides:
            left = min(line.left for line in lines)
            right = sorted(line.right for line in lines)[-2]  # one may be the end of what stands above
            yield replace(page, width=left + right, items=lines), True
    if whole:
        yield replace(page, items=whole), False


def _gutter(parts: Sequence[Line]) -> float:
    """Where a right column would begin: where most parts of lines do that stand far from the left; 0 if nowhere."""
    left = min((part.left for part in parts), default=0.0)
    lefts = Counter(round(part.left) for part in parts if part.left > left + NARROWEST * part.size)
    at, count = max(lefts.items(), key=lambda one: one[1], default=(0, 0))
    return at - 1.0 if count >= FEWEST_LINES else 0.0


def _is_free(parts: Sequence[Line], gutter: float) -> bool:
    """Whether a line, given in its parts, leaves the gutter free; a table does not, nor does a page without one."""
    return gutter > 0 and len(parts) > 0 and not any(part.left < gutter < part.right for part in parts)


def _sides(parts: Sequence[Line], gutter: float) -> list[list[Line]] | None:
    """The lines on the left and on the right, where both are columns of text of one width."""
    left = [part for part in parts if part.right <= gutter]
    right = [part for part in parts if part.left >= gutter]
    if min(len(left), len(right)) < FEWEST_LINES:
        return None
    width = sorted(part.right for part in left)[3 * len(left) // 4] - min(part.left for part in left)
    sides = [lines_of(run for part in side for run in part.runs) for side in (left, right)]
    is_wide = width > NARROWEST * left[0].size
    return sides if is_wide and all(_is_text(lines, width) for lines in sides) else None


def _is_text(lines: Sequence[Line], width: float) -> bool:
    """Whether enough lines of a column reach as far as the column is wide."""
    end = min(line.left for line in lines) + width
    return sum(abs(line.right - end) < ROOM * line.size for line in lines) >= FULL * len(lines)
