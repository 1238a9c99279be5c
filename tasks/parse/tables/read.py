"""The statistical tables of a report: what each cell is, and the numbers that they state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.model import Document, Generation, Period, Span, Table
from tasks.parse.stated import Finding, Stated, unsettled
from tasks.parse.tables.amounts import in_unit, read_amount
from tasks.parse.tables.captions import others
from tasks.parse.tables.formfiles import forms
from tasks.parse.tables.forms import Slot
from tasks.parse.tables.placing import Reading, Trust, place_rows
from tasks.parse.tables.rowreader import RowReader
from tasks.parse.tables.stream import Stream, Token, stream_of

_FEWEST_LABELS = 3  # of a table that follows a form


@dataclass(frozen=True, slots=True)
class TableReading:
    """All that the tables of a document give, and what each of their cells was read as."""

    document: Document
    stream: Stream
    reading: Reading
    stated: tuple[Stated, ...]
    generation: Generation | None  # the form that the labels follow; None where no label tells one
    candidates: tuple[Generation, ...]  # the forms that the labels leave possible
    findings: tuple[Finding, ...]
    covered: tuple[Span, ...]  # where statistical tables stand; nothing there is prose


def read_tables(document: Document, year: int | None = None, publisher: str | None = None) -> TableReading:
    """Read every table of a document, pasted as text or not, against the official forms.

    `year`, `publisher`: the report's.
    """
    stream = stream_of(document)
    if not stream.tokens:
        return TableReading(document, stream, Reading(), (), None, (), (), ())
    reader = RowReader(stream, forms())
    reading = place_rows(list(reader.rows()), forms(), _trust(document, stream), year, publisher)
    elsewhere = _elsewhere(reading, others(document, year, publisher))
    stated, doubts = _stated(document, reading)
    doubts += elsewhere
    doubts += _passed_over(stream, reader, reading)
    generation, candidates = _generation(reader, reading)
    return TableReading(
        document=document,
        stream=stream,
        reading=reading,
        stated=stated,
        generation=generation,
        candidates=candidates,
        findings=(*reading.findings, *doubts),
        covered=_covered(document, reading),
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
    return Trust(frozenset(damaged), last.no, bare, document.truncated)


def _stated(document: Document, reading: Reading) -> tuple[tuple[Stated, ...], list[Finding]]:
    stated: list[Stated] = []
    doubts: list[Finding] = []
    for assigned in reading.assigned:
        token, slot, period = assigned.token, assigned.slot, assigned.period
        amount = token.amount
        if token.state != "number" or amount is None or period is None:
            continue
        value = in_unit(amount, slot.unit, assigned.unit)
        if amount.signed and amount.value <= 0 and not slot.signed:  # a fall or no change at all: a count is neither
            doubts.append(_doubt("tables.unread", slot, token, "a change where the form counts"))
            reading.unread.add(token.no)
        elif value is None:
            doubts.append(
                _doubt("tables.unit", slot, token, "in another unit, or neither cell nor head nor form says in which")
            )
        else:
            stated.append(_fact(slot, value, document, token, period))
            if slot.doubtful_over is not None and amount.unit is None and value > slot.doubtful_over:
                doubts.append(
                    _doubt("tables.unit", slot, token, f"read in {slot.unit} as the form has it; 元 is likelier")
                )
    return tuple(stated), doubts


def _elsewhere(reading: Reading, tables: Mapping[int, Period | None]) -> list[Finding]:
    """Give the figures of other years and bodies their period; a finding for each table whose figures have none."""
    if not tables:
        return []
    left: dict[int, int] = {}
    for assigned in reading.assigned:
        token = assigned.token
        if token.table in tables:
            assigned.period = tables[token.table] if assigned.period == "year" else None
            if assigned.period is None and token.state == "number":
                left[token.table] = left.get(token.table, 0) + 1
                reading.unread.add(token.no)
    return [
        unsettled("tables.unread", f"table {table + 1}: {count} numbers: by its title of another year or body")
        for table, count in left.items()
    ]


def _passed_over(stream: Stream, reader: RowReader, reading: Reading) -> list[Finding]:
    """The tables that have labels of a form and numbers, of which none was read, nor left unread with a reason."""
    looked_at = {assigned.token.table for assigned in reading.assigned}
    looked_at |= {stream.tokens[no].table for no in reading.unread}
    found = []
    for table, labels in reader.labels.items():
        if table < 0 or table in looked_at or labels < _FEWEST_LABELS:
            continue
        numbers = [token.no for token in stream.tokens if token.table == table and token.state == "number"]
        if numbers:
            reading.unread.update(numbers)
            detail = f"table {table + 1}: {labels} labels of a form, {len(numbers)} numbers: laid out as no form is"
            found.append(unsettled("tables.unread", detail))
    return found


def _doubt(identity_id: str, slot: Slot, token: Token, why: str) -> Finding:
    detail = f"{slot.indicator_id}: {token.text}: {why}"
    return unsettled(identity_id, detail, applicant_type=slot.applicant_type)


def _fact(slot: Slot, value: float, document: Document, token: Token, period: Period) -> Stated:
    """The fact that a cell states: its value is the number in it, or all of it where the layout breaks the number."""
    start, end = token.start, token.end
    quote_span = value_span = (start, end)
    amount = token.amount if end - start == len(token.text) else read_amount(document.text[start:end])
    if amount is not None and amount.span != (0, end - start):
        value_span = (start + amount.span[0], start + amount.span[1])
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


def _generation(reader: RowReader, reading: Reading) -> tuple[Generation | None, tuple[Generation, ...]]:
    votes = reader.votes
    if votes.total():
        best = max(votes, key=lambda generation: votes[generation])
        return best, (best,)
    return None, reading.candidates


def _covered(document: Document, reading: Reading) -> tuple[Span, ...]:
    """The blocks of statistical tables, and the lines that hold cells of one outside."""
    blocks = [block for block in document.blocks if isinstance(block, Table)]
    spans = [(block.start, block.end) for number, block in enumerate(blocks) if number in reading.tables]
    outside = [*reading.labels, *(assigned.token for assigned in reading.assigned)]
    spans += [(token.start, token.end) for token in outside if token.table < 0]
    return tuple(sorted(set(spans)))
