"""Tables that were pasted as text: found among the lines, and cut into rows of cells.

A table is a run of lines that hold pipes, known labels or bare values. Its cells keep their order and exact spans; its
rows are as the text has them:

    a | b | c            one line a row, where lines hold several cells
    |                    a pipe alone on its line opens a row, where the table begins with one
    a                    one cell a line (with or without a pipe before, behind or between): a part's heading and each
                         row label begins a row, and so do the values below column labels
    a 0 0 0              blanks between, where a line ends with values or consists of labels

Blank cells stay where the text keeps them: between two pipes, or as a line of blanks; at a row's end only up to the
width of the widest row of the same part, since pipes there may stand for spans that were lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.clean.labels import Kind, is_label, kind
from tasks.clean.lines import BLANKS, Line
from tasks.model import Cell, Span, Table

_PIPE = re.compile("[|｜│┃]")
_HEADING = re.compile(r"(?:[一二三四五六七八九十]{1,3}\s*[、.．,，]|第[一二三四五六七八九十]{1,2}(?:部分|章|篇))")
_SENTENCE = re.compile("[。；;！!]|[：:]$")
_NOTE = re.compile(r"[(（][^()（）]{4,}[)）]")
_LONGEST_CELL = 60  # characters of an unknown label
_LABEL_LINES = 6  # lines over which a label may be cut
_BLANK_KIND = Kind("value", False, False)


class PastedTable(NamedTuple):
    """A table, and the lines that it takes: indices into the lines, end exclusive."""

    first: int
    last: int
    table: Table


class _Found(NamedTuple):
    start: int
    end: int
    kind: Kind


_Row = list[_Found]


def find_tables(text: str, lines: Sequence[Line], taken: frozenset[int]) -> list[PastedTable]:
    """The tables among `lines`, in order; lines in `taken` are something else and end a table."""
    found: list[PastedTable] = []
    at = 0
    while at < len(lines):
        if at in taken or not _opens(text, lines, at):
            at += 1
            continue
        first, last = _begin(lines, at, taken, found[-1].last if found else 0), _end(lines, at, taken)
        rows = _rows(text, lines[first:last])
        if _is_table(lines[first:last], rows):
            found.append(PastedTable(first, last, _table(rows)))
        at = last
    return found


def _opens(text: str, lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if not line.text or _PIPE.search(line.text):
        return bool(line.text)
    found = kind(line.text)
    if found.role in ("fragment", "column") and not found.sure:  # a label may be cut over lines
        found = kind(text[line.start : lines[_label_reach(text, lines, at)].end])
    return found.sure or any(part.kind.sure for part in _spaced(line))


def _begin(lines: Sequence[Line], at: int, taken: frozenset[int], low: int) -> int:
    """Column labels that are plain words too (行政复议, 项目) and stand right above belong to the table."""
    first = at
    for index in range(at - 1, low - 1, -1):
        text = lines[index].text
        if index in taken or (text and not (kind(text).role in ("column", "fragment") or _all_labels(lines[index]))):
            break
        if text:
            first = index
    return first


def _end(lines: Sequence[Line], at: int, taken: frozenset[int]) -> int:
    """The line behind the last one of the table that begins at line `at`."""
    last = at + 1
    index = at + 1
    while index < len(lines) and index not in taken:
        line = lines[index]
        if line.text:
            if not (_fits(line) or _is_cell_before(lines, index, taken)):
                break
            last = index + 1
        index += 1
    while last > at + 1 and _is_loose(lines[last - 1]):
        last -= 1
    return last


def _fits(line: Line) -> bool:
    return bool(_PIPE.search(line.text)) or kind(line.text).role != "text" or bool(_spaced(line))


def _is_cell_before(lines: Sequence[Line], index: int, taken: frozenset[int]) -> bool:
    """An unknown label: short, no sentence, no section heading, and a value, pipe or known label follows soon."""
    for line in [
        line for place, line in enumerate(lines[index : index + 8], index) if line.text and place not in taken
    ][:3]:
        if _fits(line) and line is not lines[index]:
            return kind(line.text).role in ("value", "unit") or not kind(line.text).numbered
        if len(line.text) > _LONGEST_CELL or _SENTENCE.search(line.text) or _HEADING.match(line.text):
            return False
    return False


def _is_loose(line: Line) -> bool:
    """A last line that is rather a heading, or nothing, than a cell."""
    if not line.text or _PIPE.search(line.text):
        return not line.text
    found = kind(line.text)
    return found.numbered and not found.sure and not _spaced(line)


def _is_table(lines: Sequence[Line], rows: Sequence[_Row]) -> bool:
    kinds = [cell.kind for row in rows for cell in row if cell.end > cell.start]
    sure, values = sum(one.sure for one in kinds), sum(one.role == "value" for one in kinds)
    if sum(bool(_PIPE.search(line.text)) for line in lines) >= 2:
        return len(kinds) >= 4 or sure > 0
    return sure >= 3 or (sure >= 1 and values >= 1 and len(kinds) >= 3)


# --- cells of one line


def _piped(line: Line) -> Iterator[Span]:
    at = 0
    for stop in [*(match.start() for match in _PIPE.finditer(line.text)), len(line.text)]:
        yield _stripped(line.text, at, stop, line.start)
        at = stop + 1


def _stripped(text: str, start: int, end: int, offset: int = 0) -> Span:
    """The span without the blanks and breaks at its ends; of blanks alone an empty one at its start."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(BLANKS + "\r\n"))
    if left == len(piece):
        return offset + start, offset + start
    return offset + start + left, offset + start + len(piece.rstrip(BLANKS + "\r\n"))


def _spaced(line: Line) -> list[_Found]:
    """The cells of a row whose columns are set apart by blanks; nothing where the line is no such row."""
    pieces = list(re.finditer(r"\S+", line.text))
    if len(pieces) < 2 or is_label(line.text):
        return []
    words = [
        _Found(line.start + start, line.start + end, kind(line.text[start:end])) for start, end in _closed_up(pieces)
    ]
    if all(word.kind.role in ("column", "row", "part", "fragment", "value", "unit") for word in words):
        return words if len(words) > 2 or not all(word.kind.role == "value" for word in words) else []
    values = len(words)
    while values and words[values - 1].kind.role in ("value", "unit"):
        values -= 1
    if values in (0, len(words)):
        return []
    label = _Found(words[0].start, words[values - 1].end, kind(line.text[: words[values - 1].end - line.start]))
    if label.kind.role == "text" and (len(words) - values < 3 or _SENTENCE.search(line.text)):
        return []
    return [label, *words[values:]]


def _closed_up(pieces: Sequence[re.Match[str]]) -> Iterator[Span]:
    """The words of a line; a label with its characters set apart (指 标 名 称) is one."""
    index = 0
    while index < len(pieces):
        reach = index
        if len(pieces[index][0]) == 1 and not pieces[index][0].isdigit():
            texts = [piece[0] for piece in pieces[index : index + _LABEL_LINES]]
            joined = (count for count in range(len(texts), 1, -1) if max(map(len, texts[:count])) <= 2)
            reach = index + next((count for count in joined if is_label("".join(texts[:count]))), 1) - 1
        yield pieces[index].start(), pieces[reach].end()
        index = reach + 1


def _all_labels(line: Line) -> bool:
    words = line.text.split()
    return len(words) > 1 and all(kind(word).role in ("column", "fragment") for word in words)


# --- rows


def _rows(text: str, lines: Sequence[Line]) -> list[_Row]:
    piped = [line for line in lines if _PIPE.search(line.text)]
    if len(piped) * 5 < sum(bool(line.text) for line in lines):
        return [row for row in _by_labels(_stacked(text, lines)) if row]
    several = sum(sum(end > start for start, end in _piped(line)) >= 2 for line in piped)
    if several * 3 >= len(piped):
        return _without_padding(_by_lines(text, lines, piped))
    lone = sum(bool(_PIPE.fullmatch(line.text)) for line in piped)
    if lone < len(piped) and _PIPE.fullmatch(next(line.text for line in lines if line.text)):
        return _without_padding(_opened(text, lines))
    return _without_padding(_by_labels([_segments(text, lines[0].start, lines[-1].end)]))


def _by_lines(text: str, lines: Sequence[Line], piped: Sequence[Line]) -> list[_Row]:
    """One line a row; a line that a pipe should have ended goes on in the next, where most lines end with one."""
    closed = sum(bool(_PIPE.match(line.text[-1])) for line in piped) * 3 >= len(piped) * 2
    rows: list[_Row] = []
    start = -1
    for index, line in enumerate(lines):
        if not line.text:
            continue
        start = line.start if start < 0 else start
        follows = next((later for later in lines[index + 1 :] if later.text), None)
        goes_on = closed and not _PIPE.match(line.text[-1]) and _PIPE.search(line.text) and follows
        if (
            goes_on
            and follows
            and not _PIPE.match(follows.text[0])
            and _PIPE.search(follows.text)
            and not kind(_head(follows)).sure
        ):
            continue
        rows.append(_segments(text, start, line.end))
        start = -1
    return rows


def _head(line: Line) -> str:
    return _PIPE.split(line.text, maxsplit=1)[0].strip(BLANKS)


def _opened(text: str, lines: Sequence[Line]) -> list[_Row]:
    """A pipe alone on its line opens a row."""
    starts = [line.start for line in lines if _PIPE.fullmatch(line.text)] + [lines[-1].end + 1]
    return [_segments(text, start + 1, end - 1) for start, end in pairwise(starts)]


def _segments(text: str, start: int, end: int) -> _Row:
    """What stands between the pipes of a stretch of text; a pipe at either end opens or closes, and parts nothing."""
    cells: _Row = []
    at = start
    for stop in [*(match.start() for match in _PIPE.finditer(text, start, end)), end]:
        span = _stripped(text, at, stop)
        if span[1] > span[0] or (cells and stop < end):
            cells.append(_Found(*span, kind(text[span[0] : span[1]]) if span[1] > span[0] else _BLANK_KIND))
        at = stop + 1
    return cells


def _stacked(text: str, lines: Sequence[Line]) -> Iterator[_Row]:
    """Cells one a line, a cut label as one cell; a line of several cells as a row that stays together."""
    apart = sum(not line.text and not line.raw for line in lines) * 2 >= sum(bool(line.text) for line in lines)
    stack: _Row = []
    index = 0
    while index < len(lines):
        line = lines[index]
        row = _spaced(line) if line.text else []
        if row:
            yield stack
            stack = []
            yield row
        elif line.text:
            reach = _label_reach(text, lines, index)
            end = lines[reach].end
            stack.append(_Found(line.start, end, kind(text[line.start : end])))
            index = reach
        elif _is_blank_cell(lines, index, apart):
            stack.append(_Found(line.start, line.start, _BLANK_KIND))
        index += 1
    yield stack


def _is_blank_cell(lines: Sequence[Line], index: int, apart: bool) -> bool:
    """Whether a line without words is a cell, where cells stand `apart` (an empty line between) or close together.

    A line of blanks is one where lines of that kind do not merely set cells apart, and of three or more empty lines
    where one sets cells apart each but the first.
    """
    if lines[index].raw:
        if not apart:
            return sum(not line.text for line in lines) * 3 < len(lines)
        around = [lines[place] for place in (index - 1, index + 1) if 0 <= place < len(lines)]
        return not any(line.raw for line in around)
    first = last = index
    while first > 0 and not lines[first - 1].raw:
        first -= 1
    while last + 1 < len(lines) and not lines[last + 1].raw:
        last += 1
    return apart and last - first >= 2 and index > first


def _label_reach(text: str, lines: Sequence[Line], index: int) -> int:
    """The last line of the label that begins at a line: the longest that is known, else the line; then its note."""
    if kind(lines[index].text).role in ("value", "unit"):
        return index
    places = [index]
    for place in range(index + 1, min(index + 2 * _LABEL_LINES, len(lines))):
        if lines[place].raw and (not lines[place].text or kind(lines[place].text).role == "value"):
            break
        if lines[place].text:
            places.append(place)
    pieces = [lines[place].text for place in places[:_LABEL_LINES]]
    whole = next((count for count in range(len(pieces), 1, -1) if is_label("".join(pieces[:count]))), 1)
    if whole < len(pieces) and _NOTE.fullmatch(pieces[whole]) and kind(pieces[whole]).role == "text":
        whole += 1
    return places[whole - 1]


def _by_labels(stretches: Iterator[_Row] | list[_Row]) -> list[_Row]:
    """Cut stretches of cells into rows where a label or the first value below column labels begins one."""
    rows: list[_Row] = []
    for stretch in stretches:
        row: _Row = []
        for cell in stretch:
            if row and _breaks(row, cell.kind):
                rows.append(row)
                row = []
            row.append(cell)
        if row:
            rows.append(row)
    return rows


def _breaks(row: _Row, new: Kind) -> bool:
    last = row[-1].kind.role
    if new.role in ("part", "row") or last == "part":
        return True
    if new.role in ("value", "unit"):
        return len(row) > 1 and all(cell.kind.role in ("column", "fragment") for cell in row)
    if new.role in ("column", "fragment"):
        return last in ("value", "unit", "row") or (row[-1].end == row[-1].start)
    return last in ("value", "unit")


def _without_padding(rows: Sequence[_Row]) -> list[_Row]:
    """Drop blanks at the rows' ends beyond the width of the widest row of the same part."""
    kept: list[_Row] = []
    part: list[_Row] = []
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


def _trimmed(part: list[_Row]) -> list[_Row]:
    filled = [max((place + 1 for place, cell in enumerate(row) if cell.end > cell.start), default=0) for row in part]
    width = max(filled, default=0)
    return [
        row[: filled[index] if row[0].kind.role in ("part", "column") else max(filled[index], width)]
        for index, row in enumerate(part)
    ]


def _table(rows: Sequence[_Row]) -> Table:
    cells = tuple(
        Cell(row, column, 1, 1, cell.start, cell.end, "", "text")
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
    )
    return Table(cells[0].start, cells[-1].end, len(rows), max(len(row) for row in rows), cells, ragged=True)
