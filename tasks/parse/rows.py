"""From what the readers found, in `Document.text`, to the rows of the public tables, in `source_text`.

A report has some thousand spans, so the way back to the source is laid out once (`SourceMap`), not asked for each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from tasks.model import CellRow, Check, Document, Fact, Generation, Numeral, Report, Span
from tasks.parse.checks.primary import Key
from tasks.parse.identity.identify import Identity
from tasks.parse.outline.tree import Outline
from tasks.parse.prose.numerals import NumeralToken
from tasks.parse.stated import Finding, Stated
from tasks.parse.tables.read import CellReading

_ID = 20  # hexadecimal digits
_PLACE = attrgetter("quote_span", "indicator_id", "applicant_type")


class SourceMap:
    """The way from spans of `Document.text` to those of `source_text`."""

    def __init__(self, document: Document) -> None:
        self.document_id = document.raw.document_id
        self.source = document.source_text
        self._starts, self._ends = document.alignment.character_map()

    def span(self, start: int, end: int) -> Span:
        """The source span of text [start, end), which holds at least one character."""
        low = self._starts[start]
        return low, max(low, self._ends[end - 1])

    def empty(self, offset: int) -> Span:
        """The empty span at a place of the source."""
        place = self._starts[offset] if offset < len(self._starts) else len(self.source)
        return place, place


class PlacedFact(NamedTuple):
    """A stated number with its id and its place in the source."""

    fact_id: str
    item: Stated
    span: Span
    value_span: Span


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


def cell_rows(source: SourceMap, cells: Iterable[CellReading]) -> tuple[CellRow, ...]:
    """The rows of the public table `cells`."""
    return tuple(
        CellRow(
            source.document_id,
            *cell[:-2],
            *(source.span(cell.start, cell.end) if cell.end > cell.start else source.empty(cell.start)),
        )
        for cell in cells
    )


def place_facts(source: SourceMap, stated: Sequence[Stated]) -> tuple[PlacedFact, ...]:
    """The stated numbers in the order of the text. Identical statements of one place are one fact.

    A fact's id depends on the bytes, the place and the indicator alone.
    """
    placed: dict[str, PlacedFact] = {}
    of_document = hashlib.sha256(f"fact\x1f{source.document_id}".encode())
    for item in sorted(stated, key=_PLACE):
        span = source.span(*item.quote_span)
        value_span = span if item.value_span == item.quote_span else source.span(*item.value_span)
        digest = of_document.copy()
        what = f"\x1f{item.indicator_id}\x1f{item.applicant_type}\x1f{item.period}\x1f{span[0]}:{value_span[0]}"
        digest.update(what.encode())
        fact_id = digest.hexdigest()[:_ID]
        placed.setdefault(fact_id, PlacedFact(fact_id, item, span, value_span))
    return tuple(placed.values())


def fact_rows(
    source: SourceMap, of_report: str, placed: Iterable[PlacedFact], primary: Mapping[Key, Stated], outline: Outline
) -> tuple[Fact, ...]:
    """The rows of the public table `facts`, in the order of the text."""
    rows = []
    for fact_id, item, (start, end), value_span in placed:
        heading = outline.at(item.quote_span[0])
        rows.append(
            Fact(
                fact_id,
                of_report,
                source.document_id,
                item.indicator_id,
                item.applicant_type,
                item.value,
                item.unit,
                source.source[value_span[0] : value_span[1]],
                item.qualifier,
                item.period,
                item.method,
                item.rule_id,
                heading.section_no if heading else None,
                start,
                end,
                source.source[start:end],
                primary.get((item.indicator_id, item.applicant_type)) is item,
            )
        )
    return tuple(rows)


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
    source: SourceMap,
    tokens: Iterable[NumeralToken],
    placed: Iterable[PlacedFact],
    reasons: Mapping[Span, str],
    covered: Sequence[Span],
) -> tuple[Numeral, ...]:
    """The rows of the public table `numerals`: for every numeral the fact that took it, or why none did."""
    taken: dict[int, str] = {}
    for fact in placed:
        for offset in range(*fact.item.value_span):
            taken.setdefault(offset, fact.fact_id)
    rows = []
    for token in tokens:
        start, end = source.span(token.start, token.end)
        fact_id = taken.get(token.start)
        reason = None if fact_id else reasons.get((token.start, token.end))
        if fact_id is None and reason is None:
            in_table = any(low <= token.start < high for low, high in covered)
            reason = "table_text" if in_table else "unexplained"
        rows.append(Numeral(source.document_id, start, end, source.source[start:end], token.value, fact_id, reason))
    return tuple(rows)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_ID]
