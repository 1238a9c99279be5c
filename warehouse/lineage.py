"""The way back: from a fact to the bytes that state it, and from a report's text to what was made of its numerals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from warehouse.catalogue import numeral_reasons
from warehouse.home import Home, raw_path
from warehouse.query import QueryError, opened
from warehouse.schema import script

CONTEXT = 40  # characters on either side of a quote


def trace(home: Home, fact_id: str) -> list[str]:
    """A fact, its quote in its context, its section or cell, its document, the bytes, and the run, a line each.

    Raises QueryError where there is no such fact.
    """
    with opened(home) as db:
        fact = _one(db, "trace", fact_id)
    if fact is None:
        raise QueryError(
            f"there is no fact {fact_id} in {home.path}: the table facts has their ids in the column fact_id"
        )
    source, start, end = fact["source_text"], fact["char_start"], fact["char_end"]
    before = source[max(0, start - CONTEXT) : start]
    after = source[end : end + CONTEXT]
    cell = (
        f"table {fact['table_no']}, row {fact['row_no']}, column {fact['column_no']}: {fact['cell_text']}"
        if fact["table_no"] is not None
        else None
    )
    period = "" if fact["period"] == "year" else f", {fact['period']}"
    section = f"{fact['section_no']} {fact['heading'] or ''}" if fact["section_no"] else None
    shown = [
        ("fact", f"{fact['indicator_id']} ({fact['name_zh'] or 'not in the catalogue'}) [{fact['applicant_type']}]"),
        ("value", f"{fact['value']:.15g} {fact['unit']} ({fact['qualifier']}{period}), written {fact['value_text']}"),
        ("primary", "yes" if fact["is_primary"] else "no"),
        ("report", f"{fact['publisher']} {fact['year']} ({fact['report_id']})"),
        ("quote", f"{_line(before)}【{_line(fact['quote'])}】{_line(after)}"),
        ("characters", f"{start} to {end} of the source's text"),
        ("section", section),
        ("cell", cell),
        ("rule", f"{fact['rule_id']} ({fact['method']})"),
        ("document", fact["source_ref"]),
        ("address", fact["url"]),
        ("fetched", f"{fact['fetched_at']} UTC"),
        ("SHA-256", fact["document_id"]),
        ("bytes", str(raw_path(home.raw, fact["document_id"]))),
        ("run", f"{fact['run_id']} (ended {fact['ended_at']} UTC)"),
        ("code", fact["code_version"]),
    ]
    return [f"{label:11}{text}" for label, text in shown if text]


def explain(home: Home, wanted: str) -> list[str]:
    """The text of a report or document, after each numeral 【its fact's indicator】 or 〔the reason why none〕.

    The indicator is followed by the applicant type where that is not the total, and the period where not the year.

    After words that state none (未收到申请) the same, and at the end what the reasons mean. Raises QueryError where
    there is no such report or document, or it could not be read.
    """
    with opened(home) as db:
        document = _one(db, "explain", wanted)
        if document is None:
            raise QueryError(
                f"there is no report or document {wanted} in {home.path}: gongkai search finds reports, with their ids"
            )
        numerals = db.execute(
            "SELECT n.char_start, n.char_end, f.indicator_id, f.applicant_type, f.period, n.reason FROM numerals n"
            " LEFT JOIN facts f USING (fact_id) WHERE n.document_id = ? ORDER BY n.char_start, n.char_end",
            [document["document_id"]],
        ).fetchall()
        more = db.execute(
            "SELECT char_start, quote, value_text, indicator_id, applicant_type, period FROM facts f"
            " ANTI JOIN numerals n ON n.fact_id = f.fact_id WHERE f.document_id = ?",
            [document["document_id"]],
        ).fetchall()
    if document["source_text"] is None:
        raise QueryError(f"{document['source_ref']} could not be read: see the table quarantine")
    head = [
        f"{document['source_ref']}: {len(numerals)} numerals, {sum(n[2] is not None for n in numerals)} in facts",
        "",
    ]
    words = [
        (start + quote.index(stated), start + quote.index(stated) + len(stated), indicator, applicant, period, None)
        for start, quote, stated, indicator, applicant, period in more
    ]
    marks = sorted([*numerals, *words], key=lambda mark: (mark[1], mark[0], mark[2] or ""))
    reasons = sorted({mark[-1] for mark in numerals if mark[-1]} & numeral_reasons().keys())
    legend = [f"〔{reason}〕 {numeral_reasons()[reason]['en']}" for reason in reasons]
    return [*head, *"".join(_marked(document["source_text"], marks)).split("\n"), *([""] if legend else []), *legend]


def _marked(text: str, marks: list[tuple[Any, ...]]) -> Iterator[str]:
    position = 0
    for _, end, indicator, applicant, period, reason in marks:
        yield text[position:end]
        position = max(position, end)
        if indicator is None:
            yield f"〔{reason or 'no reason'}〕"
        else:
            unusual = [each for each in (applicant, period) if each not in ("total", "year")]
            yield f"【{' '.join([indicator, *unusual])}】"
    yield text[position:]


def _one(db: duckdb.DuckDBPyConnection, query: str, wanted: str) -> dict[str, Any] | None:
    found = db.execute(script(query), {"wanted": wanted})
    names = [column[0] for column in found.description or ()]
    row = found.fetchone()
    return None if row is None else dict(zip(names, row, strict=True))


def _line(text: str) -> str:
    return " ".join(text.split())
