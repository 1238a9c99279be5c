"""Tables without ruling lines, found by what stands in columns.

A table is a run of lines that are parted by wide gaps at the same places, with a column of figures. Cells that span
are not to be seen in it: each cell is of one row and one column.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.clean.grid import ITEM, Fragment, Piece
from tasks.clean.pdf.lines import Line, parts_of

GAP = 1.2  # of a line's size: a wider one parts two columns
SMALL_GAP = 0.35  # likewise, where the columns are known
FEWEST_ROWS = 3
FARTHEST = 3.0  # of a line's size: lines whose baselines are further apart are of two tables
UNBOUNDED = 1e6  # points: where no rule bounds a cell, nothing shows that its text runs on
FIGURES = 0.5  # of the cells of some column that must be figures


class AlignedTable(NamedTuple):
    """A table and the lines that it takes."""

    fragment: Fragment
    lines: tuple[Line, ...]


def aligned_tables(lines: Sequence[Line]) -> Iterator[AlignedTable]:
    """The tables among the lines of a page, which come from top to bottom."""
    parted = [(line, parts_of(line, GAP)) for line in lines]
    run: list[tuple[Line, list[Line]]] = []
    for line, parts in [*parted, (None, [])]:
        near = run and line and line.baseline - run[-1][0].baseline <= FARTHEST * max(line.size, run[-1][0].size)
        if run and not near:
            yield from _table(run)
            run = []
        if line and (run or len(parts) > 1):
            run.append((line, parts))


def _table(run: list[tuple[Line, list[Line]]]) -> Iterator[AlignedTable]:
    """The table that a run of lines is, without the lines after its last parted one."""
    while run and len(run[-1][1]) < 2:
        run.pop()
    rows = _alike([parts for _, parts in run if len(parts) > 1])
    if len(rows) < FEWEST_ROWS:
        return
    xs = _edges(rows)
    if len(xs) < 3 or not _has_figures(rows, xs):
        return
    pieces = [
        Piece(number, column, 1, 1, "\n".join(cell), room_left=UNBOUNDED)
        for number, row in enumerate(_rows([line for line, _ in run], xs))
        for column, cell in enumerate(row)
    ]
    fragment = Fragment(tuple(xs), pieces[-1].row + 1, tuple(pieces), is_aligned=True)
    yield AlignedTable(fragment, tuple(line for line, _ in run))


def _alike(rows: list[list[Line]]) -> list[list[Line]]:
    """The rows with as many parts as most have: a heading or a blank cell has fewer, and shows no column."""
    counts = Counter(map(len, rows))
    usual = max(counts, key=lambda count: (counts[count], count), default=0)
    return [row for row in rows if len(row) == usual]


def _edges(rows: list[list[Line]]) -> list[float]:
    """The edges of the columns: the middles of the gaps that no part of any row stands in."""
    reach: list[tuple[float, float]] = []
    for left, right in sorted((part.left, part.right) for row in rows for part in row):
        if reach and left <= reach[-1][1] + 1.0:
            reach[-1] = (reach[-1][0], max(reach[-1][1], right))
        else:
            reach.append((left, right))
    inner = [(one[1] + other[0]) / 2 for one, other in itertools.pairwise(reach)]
    return [reach[0][0], *inner, reach[-1][1]]


def _column(part: Line, xs: list[float]) -> int:
    return next((column for column, x in enumerate(xs[1:]) if part.middle <= x), len(xs) - 2)


def _has_figures(rows: list[list[Line]], xs: list[float]) -> bool:
    """Whether some column but the first holds mostly figures."""
    columns: list[list[bool]] = [[] for _ in xs[1:]]
    for row in rows:
        for part in row:
            columns[_column(part, xs)].append(Piece(0, 0, 1, 1, part.text).is_figure)
    return any(sum(column) > FIGURES * len(rows) for column in columns[1:])


def _rows(lines: list[Line], xs: list[float]) -> list[list[list[str]]]:
    """The lines of print as rows of cells: what runs on, or stands beside a label of several lines, is one row."""
    rows: list[list[list[str]]] = []
    above: list[list[Line]] = []
    for line in lines:
        row: list[list[Line]] = [[] for _ in xs[1:]]
        for part in parts_of(line, SMALL_GAP):
            row[_column(part, xs)].append(part)
        texts = [["".join(part.text for part in cell)] if cell else [] for cell in row]
        if above and _is_same_row(above, row, xs):
            rows[-1] = [old + more for old, more in zip(rows[-1], texts, strict=True)]
            above = [more or old for old, more in zip(above, row, strict=True)]
        else:
            rows.append(texts)
            above = row
    return rows


def _is_same_row(above: list[list[Line]], row: list[list[Line]], xs: list[float]) -> bool:
    if not row[0]:  # words run on; figures stand beside a label that begins higher, if that has none yet
        return not any(above[1:]) or not any(Piece(0, 0, 1, 1, part.text).is_figure for cell in row for part in cell)
    if any(row[1:]) or not above[0] or ITEM.match(row[0][0].text):
        return False
    room = xs[1] - above[0][-1].right
    return room < row[0][0].first_word_width() + GAP * row[0][0].size
