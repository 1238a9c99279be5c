"""The rows of the public table `cells`: every cell of a report's tables, and what it is."""

from __future__ import annotations

from tasks.model import CellRow, CellStatus, Table
from tasks.parse.source import SourceMap
from tasks.parse.tables.forms import Slot
from tasks.parse.tables.read import TableReading
from tasks.parse.tables.turned import as_printed


def cell_rows(source: SourceMap, tables: TableReading) -> tuple[CellRow, ...]:
    """Every cell of every table. What was read from lines outside stands as one more table, a row a label."""
    reading = tables.reading
    slots: dict[int, Slot | None] = {}
    for assigned in reading.assigned:
        no = assigned.token.no
        slots[no] = None if no in slots else assigned.slot  # digits of several columns are of none
    blocks = [block for block in tables.document.blocks if isinstance(block, Table)]
    places = iter([cell[:4] for block in blocks for cell in as_printed(block)])
    outside = {token.no for token in reading.labels if token.table < 0}
    unread, document_id = reading.unread, source.document_id
    rows: list[CellRow] = []
    row = column = -1
    for token in tables.stream.tokens:
        no, table = token.no, token.table
        if table >= 0:
            table_no, place = table + 1, next(places)
        elif no in outside or no in slots or no in unread:
            row, column = (row + 1, 0) if no in outside or row < 0 else (row, column + 1)
            table_no, place = len(blocks) + 1, (row, column, 1, 1)
        else:
            continue
        status: CellStatus = token.state
        if no in unread:
            status = "unread"
        elif status == "text" and (table < 0 or table in reading.tables):
            status = "label"
        slot = slots.get(no)
        indicator_id, applicant_type = (slot.indicator_id, slot.applicant_type) if slot else (None, None)
        span = source.span(token.start, token.end)
        rows.append(CellRow(document_id, table_no, *place, token.text, status, indicator_id, applicant_type, *span))
    return tuple(rows)
