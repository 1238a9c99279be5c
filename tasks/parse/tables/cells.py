"""The rows of the public table `cells`: every cell of a report's tables, and what it is."""

from __future__ import annotations

from tasks.model import CellRow, CellStatus, Table
from tasks.parse.source import SourceMap
from tasks.parse.tables.forms import Slot
from tasks.parse.tables.placing import Reading
from tasks.parse.tables.read import TableReading
from tasks.parse.tables.stream import Token
from tasks.parse.tables.turned import as_printed


def cell_rows(source: SourceMap, tables: TableReading) -> tuple[CellRow, ...]:
    """Every cell of every table. What was read from lines outside stands as one more table, a row a label."""
    reading = tables.reading
    slots: dict[int, Slot | None] = {}
    for assigned in reading.assigned:
        no = assigned.token.no
        slots[no] = None if no in slots else assigned.slot  # digits of several columns are of none
    blocks = [block for block in tables.document.blocks if isinstance(block, Table)]
    cells = iter([cell for block in blocks for cell in as_printed(block)])
    outside = {token.no for token in reading.labels if token.table < 0}
    rows: list[CellRow] = []
    row = column = -1
    for token in tables.stream.tokens:
        no, table = token.no, token.table
        if table >= 0:
            cell = next(cells)
            place = (table + 1, cell.row, cell.column, cell.row_span, cell.column_span)
        elif no in outside or no in slots or no in reading.unread:
            row, column = (row + 1, 0) if no in outside or row < 0 else (row, column + 1)
            place = (len(blocks) + 1, row, column, 1, 1)
        else:
            continue
        found = slots.get(no)
        rows.append(
            CellRow(
                source.document_id,
                *place,
                token.text,
                _status(token, reading),
                found.indicator_id if found else None,
                found.applicant_type if found else None,
                *source.span(token.start, token.end),
            )
        )
    return tuple(rows)


def _status(token: Token, reading: Reading) -> CellStatus:
    if token.no in reading.unread:
        return "unread"
    if token.state == "text" and (token.table in reading.tables or token.table < 0):
        return "label"
    return token.state
