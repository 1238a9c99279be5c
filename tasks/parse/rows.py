"""From what the readers found, in `Document.text`, to the rows of the public tables, in `source_text`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from tasks.model import CellRow, Check, Document, Fact, Generation, Numeral, Report, Span
from tasks.parse.identity import Identity
from tasks.parse.numerals import NumeralToken
from tasks.parse.outline import Outline
from tasks.parse.primary import Key
from tasks.parse.stated import Finding, Stated
from tasks.parse.tables import CellReading


def report_id(document: Document, identity: Identity) -> str:
    """The id of the body's report of the year; where either is not known, of this document alone."""
    if identity.publisher is None or identity.year is None:
        return _digest("document", document.raw.document_id)
    return _digest("report", identity.publisher, identity.region_code or "", str(identity.year))


def report_row(document: Document, of_report: str, identity: Identity, generation: Generation | None) -> Report:
    """The row of the public table `reports` that this document gives."""
    return Report(
        of_report,
        document.raw.document_id,
        identity.title,
        identity.year,
        identity.publisher,
        identity.region_code,
        identity.region,
        identity.level,
        identity.publisher_kind,
        generation,
        identity.published_on,
    )


def cell_rows(document: Document, cells: Iterable[CellReading]) -> tuple[CellRow, ...]:
    """The rows of the public table `cells`."""
    return tuple(
        CellRow(
            document.raw.document_id,
            cell.table_no,
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            cell.text,
            cell.status,
            cell.indicator_id,
            cell.applicant_type,
            *document.source_span(cell.start, cell.end),
        )
        for cell in cells
    )


def fact_rows(
    document: Document,
    of_report: str,
    stated: Sequence[Stated],
    primary: Mapping[Key, Stated],
    outline: Outline,
) -> tuple[Fact, ...]:
    """The rows of the public table `facts`, in the order of the text.

    Identical statements of one place are one fact; a fact's id depends on the bytes, the place and the indicator alone.
    """
    rows: dict[str, Fact] = {}
    for item in sorted(stated, key=lambda item: (item.quote_span, item.indicator_id, item.applicant_type)):
        start, end = document.source_span(*item.quote_span)
        heading = outline.at(item.quote_span[0])
        value_start, value_end = document.source_span(*item.value_span)
        fact_id = _digest(
            "fact",
            document.raw.document_id,
            item.indicator_id,
            item.applicant_type,
            item.period,
            f"{start}:{value_start}",
        )
        rows.setdefault(
            fact_id,
            Fact(
                fact_id=fact_id,
                report_id=of_report,
                document_id=document.raw.document_id,
                indicator_id=item.indicator_id,
                applicant_type=item.applicant_type,
                value=item.value,
                unit=item.unit,
                value_text=document.source_text[value_start:value_end],
                qualifier=item.qualifier,
                period=item.period,
                method=item.method,
                rule_id=item.rule_id,
                section_no=heading.section_no if heading else None,
                char_start=start,
                char_end=end,
                quote=document.source_text[start:end],
                is_primary=primary.get((item.indicator_id, item.applicant_type)) is item,
            ),
        )
    return tuple(rows.values())


def check_rows(of_report: str, findings: Iterable[Finding]) -> tuple[Check, ...]:
    """The rows of the public table `checks`: what is found twice is said once."""
    return tuple(
        Check(
            of_report,
            finding.identity_id,
            finding.applicant_type,
            finding.lhs,
            finding.rhs,
            finding.status,
            finding.severity,
            finding.detail,
        )
        for finding in dict.fromkeys(findings)
    )


def numeral_rows(
    document: Document,
    tokens: Sequence[NumeralToken],
    facts: Sequence[Fact],
    stated: Sequence[Stated],
    reasons: Mapping[Span, str],
    covered: Sequence[Span],
) -> tuple[Numeral, ...]:
    """The rows of the public table `numerals`: for every numeral the fact that took it, or why none did."""
    fact_at = {(fact.char_start, fact.indicator_id, fact.applicant_type): fact.fact_id for fact in facts}
    taken: dict[int, str] = {}
    for item in stated:
        place = document.source_span(*item.quote_span)[0]
        fact_id = fact_at.get((place, item.indicator_id, item.applicant_type))
        if fact_id is not None:
            for offset in range(*item.value_span):
                taken.setdefault(offset, fact_id)
    rows = []
    for token in tokens:
        start, end = document.source_span(token.start, token.end)
        fact_id = taken.get(token.start)
        reason = None if fact_id else reasons.get((token.start, token.end))
        if fact_id is None and reason is None:
            in_table = any(low <= token.start < high for low, high in covered)
            reason = "table_text" if in_table else "unexplained"
        rows.append(
            Numeral(document.raw.document_id, start, end, document.source_text[start:end], token.value, fact_id, reason)
        )
    return tuple(rows)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
