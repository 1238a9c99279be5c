"""What table grids of several formats share: cells, phantom columns, and pieces of a table on two pages.

A phantom column is one that no cell occupies alone: office programs write such columns one unit wide, and every
position after one would be shifted by it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from tasks.clean.extract import GridCell

SNAP = 3.0  # points: edges of columns on two pages closer than this are one edge
SAME_WIDTH = 4.0  # points: two pieces whose widths differ by less may be of one table
FARTHEST_SHIFT = 60.0  # points: by so much a page may be set aside of the one before (mirrored margins)
MOST_HEADER_ROWS = 6
MOST_FOLDED = 1_000_000  # cells times columns: no form comes near it, and the time grows with it
PADDING = 14.0  # points: what left and right padding of a cell may come to

_FIGURE = re.compile(r"[\d\s.,，．%％+\-－—–/\\０-９]+")
_NUMERAL = re.compile(r"[\d０-９一二三四五六七八九十]+")
_OPENS = re.compile("行政复议|行政復議|指标名称|指標名稱|统计指标")  # what a form's table begins with
ITEM = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+\s*[）)、.．]|[①-⑳]|第.{1,4}条|其中|总\s*计|合\s*计)")


class Piece(NamedTuple):
    """A cell on one page, and what its print says about text that runs on to another."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    room_needed: float = 0.0  # by its first word
    room_left: float = 0.0  # on its last line

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number or a mark in the place of one."""
        return bool(_FIGURE.fullmatch(self.text))


Row = dict[tuple[int, int], Piece]  # the cells at an edge of a piece of a table, by column and column span


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one page shows of a table."""

    xs: tuple[float, ...]  # the edges of its columns, outer ones included
    row_count: int
    pieces: tuple[Piece, ...]
    is_aligned: bool = False  # no lines are ruled: its edges are of this page only

    @property
    def title(self) -> str:
        """What stands in a first row of one cell, numerals alike; nothing where that row has more cells."""
        first = self.pieces[0]
        is_alone = len(self.pieces) > 1 and first.column_span == len(self.xs) - 1 and not first.is_figure
        return _NUMERAL.sub("0", "".join(first.text.split())) if is_alone else ""

    def cells(self) -> list[GridCell]:
        """The cells, without phantom columns."""
        widths = [right - left for left, right in itertools.pairwise(self.xs)]
        return fold_phantom_columns([GridCell(*piece[:5]) for piece in self.pieces], widths)


def fold_phantom_columns(cells: Sequence[GridCell], widths: Sequence[float] = ()) -> list[GridCell]:
    """The same cells without the columns that no cell occupies alone; one such column goes at a time.

    Of two such columns side by side only one is a phantom: the narrower, where the widths of all columns are known.
    """
    cells = list(cells)
    count = max((cell.column + cell.column_span for cell in cells), default=0)
    sizes = list(widths) if len(widths) == count else [0.0] * count
    while count > 1 and count * len(cells) <= MOST_FOLDED:
        alone = {cell.column for cell in cells if cell.column_span == 1}
        phantoms = [column for column in range(count) if column not in alone]
        if not phantoms:
            break
        phantom = min(phantoms, key=lambda column: sizes[column])
        cells = [_without_column(cell, phantom) for cell in cells]
        del sizes[phantom]
        count -= 1
    return cells


def _without_column(cell: GridCell, phantom: int) -> GridCell:
    if cell.column > phantom:
        return cell._replace(column=cell.column - 1)
    if cell.column + cell.column_span > phantom:
        return cell._replace(column_span=cell.column_span - 1)
    return cell


def join_over_page(upper: Fragment, lower: Fragment, titles: Container[str] = ()) -> Fragment | None:
    """The table of which both are a piece, `lower` on the next page; None where they are two tables.

    `titles` are those that begin tables of their own elsewhere in the document.
    """
    if upper.is_aligned and lower.is_aligned and len(upper.xs) == len(lower.xs):
        lower = replace(lower, xs=upper.xs)
    shift = upper.xs[0] - lower.xs[0]
    if abs(shift) > FARTHEST_SHIFT or abs(upper.xs[-1] - lower.xs[-1] - shift) > SAME_WIDTH:
        return None
    if _begins_another(upper, lower, titles):
        return None
    xs = _union(upper.xs, [x + shift for x in lower.xs])
    above = _respan(upper, xs, 0.0)
    below = _without_repeated_header(above, _respan(lower, xs, shift))
    if not below:
        return replace(upper, xs=xs, pieces=tuple(above))
    return replace(_stack(xs, upper.row_count, above, below), is_aligned=upper.is_aligned)


def _begins_another(upper: Fragment, lower: Fragment, titles: Container[str]) -> bool:
    """Whether the lower piece opens as other tables do, with words that the upper has nowhere."""
    first = "".join(lower.pieces[0].text.split()) if lower.pieces else ""
    opens = lower.title in titles or _OPENS.fullmatch(first)
    return bool(opens) and all("".join(piece.text.split()) != first for piece in upper.pieces)


def _union(one: Iterable[float], other: Iterable[float]) -> tuple[float, ...]:
    xs: list[float] = []
    for x in sorted([*one, *other]):
        if not xs or x - xs[-1] > SNAP:
            xs.append(x)
    return tuple(xs)


def _respan(fragment: Fragment, xs: Sequence[float], shift: float) -> list[Piece]:
    """The pieces with their columns counted along `xs`."""
    at = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in (x + shift for x in fragment.xs)]
    if at == list(range(len(at))):
        return list(fragment.pieces)
    return [
        piece._replace(column=at[piece.column], column_span=at[piece.column + piece.column_span] - at[piece.column])
        for piece in fragment.pieces
    ]


def _without_repeated_header(above: list[Piece], below: list[Piece]) -> list[Piece]:
    """`below` without the rows at its head that repeat the head of `above`; figures are never a header."""
    rows = max(piece.row + piece.row_span for piece in below)
    for count in range(min(MOST_HEADER_ROWS, rows), 0, -1):
        head = _head(below, count)
        if head and head == _head(above, count):
            return [piece._replace(row=piece.row - count) for piece in below if piece.row >= count]
    return below


def _head(pieces: list[Piece], count: int) -> list[tuple[int, int, int, int, str]] | None:
    """The first rows in a form that can be compared; None where they are not closed or hold figures."""
    head = [piece for piece in pieces if piece.row < count]
    if any(piece.row + piece.row_span > count or piece.is_figure for piece in head):
        return None
    return sorted((*piece[:4], re.sub(r"\s", "", piece.text)) for piece in head)


def _stack(xs: tuple[float, ...], height: int, above: list[Piece], below: list[Piece]) -> Fragment:
    """Both pieces one over the other; what the page break cut, row or cell, is one again."""
    last = {(p.column, p.column_span): p for p in above if p.row + p.row_span == height}
    first = {(p.column, p.column_span): p for p in below if p.row == 0}
    is_cut = last.keys() == first.keys() and _is_one_row([(last[key], first[key]) for key in first])
    offset = height - 1 if is_cut else height
    joined: dict[tuple[int, int], Piece] = {}
    for key in last.keys() & first.keys():
        if is_cut or _is_one_cell(last[key], first[key], last, first):
            joined[key] = _one(last[key], first[key], is_cut)
    pieces = [joined.get((p.column, p.column_span), p) if p.row + p.row_span == height else p for p in above]
    pieces += [p._replace(row=p.row + offset) for p in below if p.row > 0 or (p.column, p.column_span) not in joined]
    rows = max(piece.row + piece.row_span for piece in pieces)
    return Fragment(xs, rows, tuple(sorted(pieces)))


def _runs_on(upper: Piece, lower: Piece) -> bool:
    """Whether the text of one cell goes on in the other: no new item, no room left for its beginning."""
    if upper.is_figure != lower.is_figure or (lower.is_figure and not _is_one_figure(upper, lower)):
        return False
    if not lower.is_figure and ITEM.match(lower.text):
        return False
    return upper.room_left < lower.room_needed + PADDING


def _is_one_row(pairs: list[tuple[Piece, Piece]]) -> bool:
    """Whether the page break went through a row: all that stands on both sides runs on, and nothing but figures."""
    both = [(upper, lower) for upper, lower in pairs if upper.text and lower.text]
    if not all(_runs_on(upper, lower) for upper, lower in both):
        return False
    if any(lower.is_figure for _, lower in both):  # a figure too long for its column: a row of figures is all new
        return any(upper.text and not lower.text for upper, lower in pairs)
    return bool(both) or _is_blank(lower for _, lower in pairs) or _is_blank(upper for upper, _ in pairs)


def _is_one_figure(upper: Piece, lower: Piece) -> bool:
    return upper.text.isdigit() and lower.text.isdigit()


def _is_blank(pieces: Iterable[Piece]) -> bool:
    return not any(piece.text for piece in pieces)


def _is_one_cell(upper: Piece, lower: Piece, last: Row, first: Row) -> bool:
    """Whether the page break went through a label that stands beside several rows."""
    if upper.text and lower.text:
        is_tall = upper.row_span > 1 or lower.row_span > 1 or _is_header(upper, last, first)
        return is_tall and _runs_on(upper, lower)
    if not lower.text:
        return lower.row_span > 1 or _has_label_at_right(lower, first) or _is_header(upper, last, first)
    return upper.row_span > 1 or _has_label_at_right(upper, last)


def _has_label_at_right(piece: Piece, row: Row) -> bool:
    return any(other.column > piece.column and other.text and not other.is_figure for other in row.values())


def _is_header(upper: Piece, last: Row, first: Row) -> bool:
    """Whether a label stands beside another that is divided on the next page, and no figure is near."""
    words = last.keys() != first.keys() and not any(piece.is_figure for piece in (*last.values(), *first.values()))
    return words and bool(upper.text)


def _one(upper: Piece, lower: Piece, is_cut: bool) -> Piece:
    apart = "" if _is_one_figure(upper, lower) else "\n"
    text = apart.join(filter(None, (upper.text, lower.text)))
    return upper._replace(
        row_span=upper.row_span + lower.row_span - is_cut,
        text=text,
        room_needed=upper.room_needed if upper.text else lower.room_needed,
        room_left=lower.room_left if lower.text else upper.room_left,
    )
