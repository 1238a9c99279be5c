"""From what the readers found, in `Document.text`, to the rows of the public tables, in `source_text`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from tasks.model import Check, Document, Fact, Generation, Numeral, Report, Span
from tasks.parse.checks.primary import Key
from tasks.parse.identity.identify import Identity
from tasks.parse.outline.tree import Outline
from tasks.parse.prose.numerals import Figure
from tasks.parse.source import SourceMap
from tasks.parse.spans import holds
from tasks.parse.stated import Finding, Stated

_ID = 20  # hexadecimal digits
_PLACE = attrgetter("quote_span", "indicator_id", "applicant_type")


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


def fact_rows(
    source: SourceMap, of_report: str, stated: Sequence[Stated], primary: Mapping[Key, Stated], outline: Outline
) -> dict[str, tuple[Fact, Span]]:
    """By id the rows of the public table `facts`, in the order of the text, and where in `Document.text` each value is.

    Identical statements of one place are one fact. Its id depends on the bytes, the place and the indicator alone.
    """
    rows: dict[str, tuple[Fact, Span]] = {}
    of_document = hashlib.sha256(f"fact\x1f{source.document_id}".encode())
    text = source.text
    chosen = set(map(id, primary.values()))
    ordered = sorted(stated, key=_PLACE)
    section_nos = outline.section_nos([item.quote_span[0] for item in ordered])
    for item, section_no in zip(ordered, section_nos, strict=True):
        value_span = item.value_span
        start, end = source.span(*item.quote_span)
        value_start, value_end = (start, end) if value_span == item.quote_span else source.span(*value_span)
        what = f"\x1f{item.indicator_id}\x1f{item.applicant_type}\x1f{item.period}\x1f{start}:{value_start}"
        digest = of_document.copy()
        digest.update(what.encode())
        fact_id = digest.hexdigest()[:_ID]
        if fact_id in rows:
            continue
        fact = Fact(
            fact_id,
            of_report,
            source.document_id,
            item.indicator_id,
            item.applicant_type,
            item.value,
            item.unit,
            text[value_start:value_end],
            item.qualifier,
            item.period,
            item.method,
            item.rule_id,
            section_no,
            start,
            end,
            text[start:end],
            id(item) in chosen,
        )
        rows[fact_id] = fact, value_span
    return rows


def check_rows(of_report: str, findings: Iterable[Finding]) -> tuple[Check, ...]:
    """The rows of the public table `checks`: what is found twice is said once."""
    return tuple(Check(of_report, *finding) for finding in dict.fromkeys(findings))


def numeral_rows(
    source: SourceMap,
    figures: Sequence[Figure],
    facts: dict[str, tuple[Fact, Span]],
    reasons: Mapping[Span, str],
    covered: Sequence[Span],
) -> tuple[Numeral, ...]:
    """The rows of the public table `numerals`: for every numeral the fact that took it, or why none did."""
    taken = {place: fact_id for fact_id, (_, span) in reversed(facts.items()) for place in range(*span)}
    rows = []
    for place, place_end, value in figures:
        start, end = source.span(place, place_end)
        fact_id = taken.get(place)
        reason = None if fact_id else reasons.get((place, place_end))
        if fact_id is None and reason is None:
            reason = "table_text" if holds(covered, place) else "unexplained"
        rows.append(Numeral(source.document_id, start, end, source.text[start:end], value, fact_id, reason))
    return tuple(rows)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_ID]
