"""Tables of a page: layout, or a grid of cells with their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from tasks.clean.extract import GridCell
from tasks.clean.grid import fold_phantom_columns
from tasks.clean.limits import MOST_COLUMNS, MOST_ROWS, check_cells, check_rows

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption figure"
        " footer form frameset h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody"
        " td tfoot th thead tr ul",
    )
)
_GROUPS = frozenset(("tbody", "thead", "tfoot"))
_BREAK_IN_WORDS = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]\\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
_BLANKS = re.compile("[ \t\r\n\f]+")
_EDGE = " \t\r\n\f\u00a0\u3000\u200b\ufeff"
_PROSE = 300  # characters of a cell that holds a text rather than a value


def words(text: str) -> str:
    """Characters as a browser shows them: a run of blanks is one; a line's end between Chinese characters is none."""
    if "\n" in text:
        text = _BREAK_IN_WORDS.sub("", text)
    return _BLANKS.sub(" ", text).strip(_EDGE)


def layout_tables(tree_tables: list[LexborNode], inner: list[LexborNode]) -> frozenset[int]:
    """The ids of tables around one of `inner` (nested tables, headings, forms)."""
    ids = {table.mem_id for table in tree_tables}
    layout: set[int] = set()
    for node in inner:
        above = node.parent
        while above is not None and above.mem_id not in layout:
            if above.mem_id in ids:
                layout.add(above.mem_id)
            above = above.parent
    return frozenset(layout)


def read_grid(table: LexborNode) -> list[GridCell] | None:
    """The cells of a table; None where it only lays out the page: a single row or column, or cells full of prose."""
    cells = list(_place(_rows(table)))
    if len({cell.row for cell in cells}) < 2 or len({cell.column for cell in cells}) < 2:
        return None
    if any(len(cell.text) > _PROSE and cell.text.count("。") >= 3 for cell in cells):
        return None
    if not any(cell.text for cell in cells):
        return []
    return fold_phantom_columns(_close_gaps(cells))


def _rows(table: LexborNode) -> Iterator[list[LexborNode]]:
    for group in _children(table):
        rows = _children(group) if group.tag in _GROUPS else [group]
        for row in rows:
            if row.tag == "tr":
                yield [cell for cell in _children(row) if cell.tag in ("td", "th")]


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _place(rows: Iterator[list[LexborNode]]) -> Iterator[GridCell]:
    """Each cell at the first free column of its row; spans end where the table does."""
    placed: list[GridCell] = []
    taken: dict[int, int] = {}  # column -> row at which it is free again
    count = 0
    for row, nodes in enumerate(rows):
        count = row + 1
        check_rows(count)
        check_cells(len(placed) + len(nodes))
        column = 0
        for node in nodes:
            while taken.get(column, 0) > row:
                column += 1
            attributes = node.attributes
            wide = min(_span(attributes.get("colspan")) or 1, MOST_COLUMNS - column)
            high = _span(attributes.get("rowspan"))
            if wide < 1:
                break
            if high != 1:
                end = row + high if high else MOST_ROWS
                taken.update(dict.fromkeys(range(column, column + wide), end))
            placed.append(GridCell(row, column, high or MOST_ROWS, wide, _cell_text(node)))
            column += wide
    for cell in placed:
        yield replace(cell, row_span=min(cell.row_span, count - cell.row)) if cell.row_span > 1 else cell


def _span(value: str | None) -> int:
    digits = re.match(r"\s*(\d{1,9})", value) if value else None
    return int(digits[1]) if digits else 1


def _cell_text(node: LexborNode) -> str:
    """The text of a cell, a line for each of its blocks."""
    lines: list[str] = []
    pieces: list[str] = []
    for part in node.traverse(include_text=True):
        tag = part.tag
        if tag == "-text":
            pieces.append(part.text_content or "")
        elif tag in BLOCKS and pieces:
            lines.append("".join(pieces))
            pieces = []
    lines.append("".join(pieces))
    return "\n".join(line for line in map(words, lines) if line)


def _close_gaps(cells: list[GridCell]) -> list[GridCell]:
    """The same cells with columns that no edge sets apart taken as one."""
    edges = sorted({cell.column for cell in cells} | {cell.column + cell.column_span for cell in cells})
    if edges[-1] == len(edges) - 1:
        return cells
    place = {edge: index for index, edge in enumerate(edges)}
    return [
        replace(cell, column=(at := place[cell.column]), column_span=place[cell.column + cell.column_span] - at)
        for cell in cells
    ]
