"""The statistical tables of a report: what each cell is, and the numbers that they state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tasks.model import CellStatus, Document, Generation, Period, Span, Table
from tasks.parse.amounts import in_unit, read_amount
from tasks.parse.forms import Slot, forms
from tasks.parse.placing import Assigned, Reading, Trust, place_rows
from tasks.parse.rowreader import RowReader
from tasks.parse.stated import Finding, Stated
from tasks.parse.stream import Stream, Token, stream_of


class CellReading(NamedTuple):
    """One cell of a table, and what it is. Spans in `Document.text`."""

    table_no: int
    row: int
    column: int
    row_span: int
    column_span: int
    start: int
    end: int
    text: str
    status: CellStatus
    indicator_id: str | None
    applicant_type: str | None


@dataclass(frozen=True, slots=True)
class TableReading:
    """All that the tables of a document give."""

    stated: tuple[Stated, ...]
    cells: tuple[CellReading, ...]
    generation: Generation | None  # the form that the labels follow; None where no label tells one
    candidates: tuple[Generation, ...]  # the forms that the labels leave possible
    findings: tuple[Finding, ...]
    covered: tuple[Span, ...]  # where statistical tables stand; nothing there is prose


def read_tables(document: Document) -> TableReading:
    """Read every table of a document, pasted as text or not, against the official forms."""
    stream = stream_of(document)
    if not stream.tokens:
        return TableReading((), (), None, (), (), ())
    reader = RowReader(stream, forms())
    reading = place_rows(list(reader.rows()), forms(), _trust(document, stream))
    stated, doubts = _stated(document, reading)
    generation, candidates = _generation(reader, reading)
    return TableReading(
        stated=stated,
        cells=_cells(document, stream, reading),
        generation=generation,
        candidates=candidates,
        findings=(*reading.findings, *doubts),
        covered=_covered(document, stream, reading),
    )


def _trust(document: Document, stream: Stream) -> Trust:
    """Which numbers may be damaged: those that noise touches, and the last of a text that breaks off.

    A number with the table's own sign behind it (0 |) stands whole.
    """
    last = stream.tokens[-1]
    damaged = {
        token.no
        for noise in document.noise
        for token in stream.tokens
        if token.start <= noise.end and noise.start <= token.end
    }
    if last.state == "text":
        return Trust(frozenset(damaged), None, False)
    bare = not document.source_text[document.source_span(last.start, last.end)[1] :].strip()
    if bare and document.truncated:
        damaged.add(last.no)
    return Trust(frozenset(damaged), last.no, bare)


def _stated(document: Document, reading: Reading) -> tuple[tuple[Stated, ...], list[Finding]]:
    stated: list[Stated] = []
    doubts: list[Finding] = []
    for token, assigned in reading.assigned:
        if token.state != "number" or assigned.period is None:
            continue
        if not assigned.slot.signed and _is_change(token):
            detail = f"{assigned.slot.indicator_id}: {token.text}: a change where the form counts"
            doubts.append(Finding("tables.unread", "total", None, None, "incomplete", "warning", detail))
            reading.unread.add(token.no)
            continue
        value, span = _value(document, token, assigned)
        slot = assigned.slot
        if value is None:
            detail = f"{slot.indicator_id}: {token.text}: neither cell nor head nor form says in what unit"
            doubts.append(Finding("tables.unit", slot.applicant_type, None, None, "incomplete", "warning", detail))
        else:
            stated.append(_fact(slot, value, span, (token.start, token.end), assigned.period))
    return tuple(stated), doubts


def _is_change(token: Token) -> bool:
    """Whether a cell states a fall or no change at all; a count can be neither."""
    return token.amount is not None and token.amount.signed and token.amount.value <= 0


def _fact(slot: Slot, value: float, value_span: Span, quote_span: Span, period: Period) -> Stated:
    return Stated(
        slot.indicator_id,
        slot.applicant_type,
        value,
        slot.unit,
        value_span,
        quote_span,
        "exact",
        period,
        "table",
        slot.rule_id,
    )


def _value(document: Document, token: Token, assigned: Assigned) -> tuple[float | None, Span]:
    """The number in the indicator's unit, and where it stands; None where nobody says in what unit."""
    amount = token.amount
    if amount is None:
        return None, (token.start, token.end)
    if token.end - token.start == len(token.text):
        span = (token.start + amount.span[0], token.start + amount.span[1])
    else:  # the layout's blanks stand within the cell
        written = read_amount(document.text[token.start : token.end])
        low, high = written.span if written else (0, token.end - token.start)
        span = (token.start + low, token.start + high)
    return in_unit(amount, assigned.slot.unit, assigned.unit), span


def _generation(reader: RowReader, reading: Reading) -> tuple[Generation | None, tuple[Generation, ...]]:
    votes = reader.votes
    if votes.total():
        best = max(votes, key=lambda generation: votes[generation])
        return best, (best,)
    return None, reading.candidates


def _cells(document: Document, stream: Stream, reading: Reading) -> tuple[CellReading, ...]:
    at = {token.no: assigned for token, assigned in reading.assigned}
    found: list[CellReading] = []
    index = 0
    table_no = 0
    tokens = stream.tokens
    for block in document.blocks:
        if not isinstance(block, Table):
            while index < len(tokens) and tokens[index].start < block.end:
                index += 1
            continue
        table_no += 1
        for cell in block.cells:
            token = tokens[index]
            assigned = at.get(index)
            status: CellStatus = "unread" if index in reading.unread else _status(token, index, reading)
            found.append(
                CellReading(
                    table_no,
                    cell.row,
                    cell.column,
                    cell.row_span,
                    cell.column_span,
                    cell.start,
                    cell.end,
                    token.text,
                    status,
                    assigned.slot.indicator_id if assigned else None,
                    assigned.slot.applicant_type if assigned else None,
                )
            )
            index += 1
    return tuple(found)


def _status(token: Token, index: int, reading: Reading) -> CellStatus:
    if token.state == "text":
        return "label" if token.table in reading.tables else "text"
    return token.state


def _covered(document: Document, stream: Stream, reading: Reading) -> tuple[Span, ...]:
    """The blocks of statistical tables, and the lines that hold cells of one outside."""
    spans = [
        (block.start, block.end)
        for number, block in enumerate(block for block in document.blocks if isinstance(block, Table))
        if number in reading.tables
    ]
    spans += [(token.start, token.end) for token in _outside(reading)]
    return tuple(sorted(spans))


def _outside(reading: Reading) -> Sequence[Token]:
    return [token for token, _ in reading.assigned if token.table < 0] + [
        token for token in reading.labels if token.table < 0
    ]
