"""A table of a page: layout, or a grid of cells with their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from tasks.clean.extract import GridCell
from tasks.clean.grid import fold_phantom_columns
from tasks.clean.html.tags import pieces_of, tags_of
from tasks.clean.limits import MOST_COLUMNS, MOST_ROWS, check_cells, check_rows
from tasks.clean.stacked import unstack

_BREAK_IN_WORDS = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]\\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
_BLANKS = re.compile("[ \t\r\n\f]+")
_EDGE = " \t\r\n\f\u00a0\u3000\u200b\ufeff"
_SPANS = re.compile(r' (col|row)span="\s*(\d{1,9})')
_PROSE = 300  # characters of a cell that holds a text rather than a value

_Cell = tuple[str, list[str]]  # its attributes, and the text of each of its blocks


def words(text: str) -> str:
    """Characters as a browser shows them: a run of blanks is one; a line's end between Chinese characters is none."""
    text = text.strip(_EDGE)
    if " " in text or not text.isprintable():
        text = _BLANKS.sub(" ", _BREAK_IN_WORDS.sub("", text))
    return text


def read_grid(table: str) -> list[GridCell] | None:
    """The cells of a table; None where it only lays out the page: a single row or column, or cells full of prose."""
    cells = list(_place(_rows(table)))
    if len({cell.row for cell in cells}) < 2 or len({cell.column for cell in cells}) < 2:
        return None
    if any(len(cell.text) > _PROSE and cell.text.count("。") >= 3 for cell in cells):
        return None
    if not any(cell.text for cell in cells):
        return []
    return fold_phantom_columns(_close_gaps(unstack(cells)))


def _rows(table: str) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    lines: list[str] = []
    for between, _, text in pieces_of(table):
        tags = tags_of(between)
        for closes, tag, attributes in tags.marks:
            if closes:
                continue
            if tag == "tr":
                rows.append([])
            elif tag == "caption":
                lines = []
            elif tag in ("td", "th") and rows:
                lines = []
                rows[-1].append((attributes, lines))
        if tags.is_break or not lines:
            lines.append(unescape(text))
        else:
            lines[-1] += unescape(text)
    return rows


def _place(rows: list[list[_Cell]]) -> Iterator[GridCell]:
    """Each cell at the first free column of its row; spans end where the table does."""
    check_rows(len(rows))
    check_cells(sum(map(len, rows)))
    taken: dict[int, int] = {}  # column -> row at which it is free again
    for row, cells in enumerate(rows):
        column = 0
        for attributes, lines in cells:
            while taken.get(column, 0) > row:
                column += 1
            if column >= MOST_COLUMNS:
                break
            wide = high = 1
            if "span=" in attributes:
                spans = dict(_SPANS.findall(attributes))
                wide = min(int(spans.get("col", 1)) or 1, MOST_COLUMNS - column)
                high = min(int(spans.get("row", 1)) or MOST_ROWS, len(rows) - row)
                if high > 1:
                    taken.update(dict.fromkeys(range(column, column + wide), row + high))
            text = words(lines[0]) if len(lines) == 1 else "\n".join(filter(None, map(words, lines)))
            yield GridCell(row, column, high, wide, text)
            column += wide


def _close_gaps(cells: list[GridCell]) -> list[GridCell]:
    """The same cells with columns that no edge sets apart taken as one."""
    edges = sorted({cell.column for cell in cells} | {cell.column + cell.column_span for cell in cells})
    if edges[-1] == len(edges) - 1:
        return cells
    place = {edge: index for index, edge in enumerate(edges)}
    return [
        cell._replace(column=(at := place[cell.column]), column_span=place[cell.column + cell.column_span] - at)
        for cell in cells
    ]
