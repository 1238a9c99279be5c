"""The rows of a pasted table: by its lines, by pipes that open them, or by its labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tasks.clean.text.labels import Kind, kind
from tasks.clean.text.lines import BLANKS, Line
from tasks.clean.text.pasted_cells import (
    BLANK,
    PIPE,
    Found,
    Row,
    label_reach,
    piped_spans,
    spaced_cells,
    stripped,
    value_pair,
)

_MOST_SKIPPED = 15  # cells: the widest official table has as many columns


def rows_of(text: str, lines: Sequence[Line]) -> list[Row]:
    """The rows of the table that takes `lines`."""
    piped = [line for line in lines if PIPE.search(line.text)]
    if len(piped) * 5 < sum(bool(line.text) for line in lines):
        return [row for row in _by_labels(_stacked(text, lines)) if row]
    return _without_padding(_without_glued(text, _piped_rows(text, lines, piped)))


def _piped_rows(text: str, lines: Sequence[Line], piped: Sequence[Line]) -> list[Row]:
    several = sum(sum(end > start for start, end in piped_spans(line)) >= 2 for line in piped)
    if several * 3 >= len(piped):
        return _by_lines(text, lines, piped)
    lone = sum(bool(PIPE.fullmatch(line.text)) for line in piped)
    if lone < len(piped) and PIPE.fullmatch(next(line.text for line in lines if line.text)):
        return _opened(text, lines)
    return _by_labels([_segments(text, lines[0].start, lines[-1].end)])


def _by_lines(text: str, lines: Sequence[Line], piped: Sequence[Line]) -> list[Row]:
    """One line a row; a line that a pipe should have ended goes on in the next, where most lines end with one."""
    closed = sum(bool(PIPE.match(line.text[-1])) for line in piped) * 3 >= len(piped) * 2
    rows: list[Row] = []
    start = -1
    filled = [line for line in lines if line.text]
    for line, follows in zip(filled, [*filled[1:], None], strict=True):
        start = line.start if start < 0 else start
        is_open = closed and not PIPE.match(line.text[-1]) and PIPE.search(line.text)
        if is_open and follows and _goes_on(follows):
            continue
        rows.append(_segments(text, start, line.end))
        start = -1
    return rows


def _goes_on(line: Line) -> bool:
    """Whether a line of cells begins with the rest of one."""
    return not PIPE.match(line.text[0]) and bool(PIPE.search(line.text)) and not kind(_head(line)).sure


def _head(line: Line) -> str:
    return PIPE.split(line.text, maxsplit=1)[0].strip(BLANKS)


def _opened(text: str, lines: Sequence[Line]) -> list[Row]:
    """A pipe alone on its line opens a row, or is a blank cell: where another follows, or values alone."""
    starts = [line.start for line in lines if PIPE.fullmatch(line.text)] + [lines[-1].end + 1]
    rows: list[Row] = []
    for start, end in pairwise(starts):
        row = _segments(text, start + 1, end - 1)
        if rows and all(cell.kind.role == "value" for cell in row) and not _is_head(rows[-1]):
            rows[-1] += [Found(start, start, BLANK), *row]
        else:
            rows.append(row)
    return rows


def _is_head(row: Row) -> bool:
    return all(cell.kind.role in ("part", "column", "fragment") for cell in row)


def _segments(text: str, start: int, end: int) -> Row:
    """What stands between the pipes of a stretch of text; a pipe at either end opens or closes, and parts nothing."""
    cells: Row = []
    at = start
    for stop in [*(match.start() for match in PIPE.finditer(text, start, end)), end]:
        span = stripped(text, at, stop)
        if span[1] > span[0] or (cells and stop < end):
            cells.append(Found(*span, kind(text[span[0] : span[1]]) if span[1] > span[0] else BLANK))
        at = stop + 1
    return cells


def _stacked(text: str, lines: Sequence[Line]) -> Iterator[Row]:
    """Cells one a line, a cut label as one cell; a line of several cells as a row that stays together."""
    apart = sum(not line.text and not line.raw for line in lines) * 2 >= sum(bool(line.text) for line in lines)
    skipped = _skipped(lines) if apart else {}
    stack: Row = []
    index = 0
    while index < len(lines):
        line = lines[index]
        row = spaced_cells(line) if line.text else []
        if stack and stack[-1].kind.role in ("row", "unit") and not row:
            row = value_pair(line)
        if row:
            yield stack
            stack = []
            yield row
        elif line.text:
            reach = label_reach(lines, index)
            end = lines[reach].end
            stack.append(Found(line.start, end, kind(text[line.start : end])))
            index = reach
        elif line.raw:
            stack += [Found(line.start, line.start, BLANK)] * _is_blank_cell(lines, index, apart)
        else:
            last = _last_empty(lines, index)
            stack += [Found(lines[place].start, lines[place].start, BLANK) for place in skipped.get(index, ())]
            index = last
        index += 1
    yield stack


def _is_blank_cell(lines: Sequence[Line], index: int, apart: bool) -> bool:
    """Whether a line of blanks is a cell, and does not merely set cells `apart` as empty lines do."""
    if not apart:
        return sum(not line.text for line in lines) * 3 < len(lines)
    around = [lines[place] for place in (index - 1, index + 1) if 0 <= place < len(lines)]
    return not any(line.raw for line in around)


def _last_empty(lines: Sequence[Line], index: int) -> int:
    while index + 1 < len(lines) and not lines[index + 1].raw:
        index += 1
    return index


def _skipped(lines: Sequence[Line]) -> dict[int, range]:
    """By the first of several empty lines before a value, where one sets cells apart: those that are blank cells.

    All but the first of them are; of two the second only in a table that shows by three and more that it keeps blanks.
    """
    found: dict[int, range] = {}
    index = 0
    while index < len(lines):
        last = _last_empty(lines, index) if not lines[index].raw else index
        if 1 <= last - index <= _MOST_SKIPPED and last + 1 < len(lines) and kind(lines[last + 1].text).role == "value":
            found[index] = range(index + 1, last + 1)
        index = last + 1
    return found if any(len(places) > 1 for places in found.values()) else {}


def _by_labels(stretches: Iterable[Row]) -> list[Row]:
    """Cut stretches of cells into rows where a label or the first value below column labels begins one."""
    rows: list[Row] = []
    for stretch in stretches:
        row: Row = []
        for cell in stretch:
            if row and _breaks(row, cell.kind):
                rows.append(row)
                row = []
            row.append(cell)
        if row:
            rows.append(row)
    return rows


def _breaks(row: Row, new: Kind) -> bool:
    last = row[-1].kind.role
    if new.role == "row" and new.is_first and row[-1].kind.is_group and len(row) == 1:
        return False
    if new.role in ("part", "row") or last == "part":
        return True
    if new.role in ("value", "unit"):
        return len(row) > 1 and all(cell.kind.role in ("column", "fragment") for cell in row)
    if new.role in ("column", "fragment"):
        return last in ("value", "unit", "row") or (row[-1].end == row[-1].start)
    return last in ("value", "unit")


def _without_glued(text: str, rows: list[Row]) -> list[Row]:
    """The rows without the pipes at their ends that nothing parts (0 | ||): they stand for no cell.

    Unless the table writes its blank cells so.
    """
    if any(_is_glued(text, cell) and behind.end > behind.start for row in rows for cell, behind in pairwise(row)):
        return rows
    return [_unpadded(text, row) for row in rows]


def _unpadded(text: str, row: Row) -> Row:
    end = len(row)
    while end > 1 and _is_glued(text, row[end - 1]):
        end -= 1
    has_value = any(cell.end > cell.start and cell.kind.role == "value" for cell in row)
    return row[: end - 1] if end < len(row) and has_value and row[end - 1].end == row[end - 1].start else row


def _is_glued(text: str, cell: Found) -> bool:
    """Whether a cell is what stands between two pipes with not so much as a blank between them."""
    return cell.end == cell.start and len(PIPE.findall(text, cell.start - 1, cell.start + 1)) == 2


def _without_padding(rows: Sequence[Row]) -> list[Row]:
    """Drop blanks at the rows' ends beyond the width of the widest row of the same part."""
    kept: list[Row] = []
    part: list[Row] = []
    for row in [*rows, []]:
        opens = (
            bool(row)
            and row[0].kind.role in ("part", "column")
            and not (part and part[-1][0].kind.role in ("part", "column"))
        )
        if not row or opens:
            kept += _trimmed(part)
            part = []
        if row:
            part.append(row)
    return [row for row in kept if any(cell.end > cell.start for cell in row)]


def _trimmed(part: list[Row]) -> list[Row]:
    filled = [max((place + 1 for place, cell in enumerate(row) if cell.end > cell.start), default=0) for row in part]
    width = max(filled, default=0)
    return [
        row[: filled[index] if row[0].kind.role in ("part", "column") else max(filled[index], width)]
        for index, row in enumerate(part)
    ]
