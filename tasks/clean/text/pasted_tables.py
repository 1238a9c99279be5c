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
from collections.abc import Sequence
from typing import NamedTuple

from tasks.clean.text.labels import is_label, kind
from tasks.clean.text.lines import Line
from tasks.clean.text.pasted_cells import (
    PIPE,
    SENTENCE,
    Row,
    all_labels,
    is_piped,
    label_reach,
    spaced_cells,
    value_pair,
)
from tasks.clean.text.pasted_rows import rows_of
from tasks.model import Cell, Table

_HEADING = re.compile(r"(?:[一二三四五六七八九十]{1,3}\s*[、.．,，]|第[一二三四五六七八九十]{1,2}(?:部分|章|篇))")
_LONGEST_CELL = 60  # characters of an unknown label


class PastedTable(NamedTuple):
    """A table, and the lines that it takes: indices into the lines, end exclusive."""

    first: int
    last: int
    table: Table


def find_tables(text: str, lines: Sequence[Line], taken: frozenset[int]) -> list[PastedTable]:
    """The tables among `lines`, in order; lines in `taken` are something else and end a table."""
    found: list[PastedTable] = []
    at = 0
    while at < len(lines):
        if at in taken or not _opens(text, lines, at):
            at += 1
            continue
        first, last = _begin(lines, at, taken, found[-1].last if found else 0), _end(lines, at, taken)
        rows = rows_of(text, lines[first:last])
        if _is_table(lines[first:last], rows):
            found.append(PastedTable(first, last, _table(rows)))
        at = last
    return found


def _opens(text: str, lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if not line.text or is_piped(line):
        return bool(line.text)
    found = kind(line.text)
    if found.role in ("fragment", "column") and not found.sure:  # a label may be cut over lines
        found = kind(text[line.start : lines[label_reach(lines, at)].end])
    return found.sure or any(part.kind.sure for part in spaced_cells(line))


def _begin(lines: Sequence[Line], at: int, taken: frozenset[int], low: int) -> int:
    """Column labels that are plain words too (行政复议, 项目) and stand right above belong to the table."""
    first = at
    for index in range(at - 1, low - 1, -1):
        text = lines[index].text
        if index in taken or (text and not (kind(text).role in ("column", "fragment") or all_labels(lines[index]))):
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
            below = kind(lines[last - 1].text).role in ("row", "unit") and value_pair(line)
            if not (_fits(line) or below or _is_cell_before(lines, index, taken)):
                break
            last = index + 1
        index += 1
    while last > at + 1 and _is_loose(lines[last - 1]):
        last -= 1
    return last


def _fits(line: Line) -> bool:
    return is_piped(line) or kind(line.text).role != "text" or bool(spaced_cells(line))


def _is_cell_before(lines: Sequence[Line], index: int, taken: frozenset[int]) -> bool:
    """An unknown label: short, no sentence, no section heading, and a value, pipe or known label follows soon."""
    for line in [
        line for place, line in enumerate(lines[index : index + 8], index) if line.text and place not in taken
    ][:3]:
        if _fits(line) and line is not lines[index]:
            return kind(line.text).role in ("value", "unit") or not kind(line.text).numbered
        is_heading = _HEADING.match(line.text) and not _is_cut_label(lines, index)
        if len(line.text) > _LONGEST_CELL or SENTENCE.search(line.text) or is_heading:
            return False
    return False


def _is_cut_label(lines: Sequence[Line], index: int) -> bool:
    """Whether a line and the first word of the next are one label: 一、本年新收政府信息公开申 / 请数量 4 0 1."""
    words = lines[index + 1].text.split() if index + 1 < len(lines) else []
    return len(words) > 1 and is_label(lines[index].text + words[0])


def _is_loose(line: Line) -> bool:
    """A last line that is rather a heading, or nothing, than a cell."""
    if not line.text or PIPE.search(line.text):
        return not line.text
    found = kind(line.text)
    return found.numbered and not found.sure and not spaced_cells(line)


def _is_table(lines: Sequence[Line], rows: Sequence[Row]) -> bool:
    kinds = [cell.kind for row in rows for cell in row if cell.end > cell.start]
    sure, values = sum(one.sure for one in kinds), sum(one.role == "value" for one in kinds)
    if sum(bool(PIPE.search(line.text)) for line in lines) >= 2:
        return len(kinds) >= 4 or sure > 0
    return sure >= 3 or (sure >= 1 and values >= 1 and len(kinds) >= 3)


def _table(rows: Sequence[Row]) -> Table:
    cells = tuple(
        Cell(row, column, 1, 1, cell.start, cell.end, "", "text")
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
    )
    return Table(cells[0].start, cells[-1].end, len(rows), max(len(row) for row in rows), cells, ragged=True)
