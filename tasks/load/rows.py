"""From what the stages made of a document to the rows of the tables: field names are column names.

A document has some hundreds of rows: as plain tuples, they cost the least.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tasks.batches import Item
from tasks.model import (
    CellRow,
    Check,
    Citation,
    Document,
    Fact,
    Numeral,
    Parsed,
    Part,
    Quarantine,
    RawDocument,
    Report,
    Section,
)
from warehouse.contract import ContractError
from warehouse.schema import tables

Row = tuple[Any, ...]
COLUMNS = {  # of each table's rows, in their order
    "inputs": ("source_ref", "document_id", "state", "declared_at"),
    "fetches": ("source_ref", "document_id", "url", "fetched_at", "byte_count", "run_id"),
    "made": ("document_id", "media_type", "charset"),
    "documents": tuple(column.name for column in tables()["documents"].staged),
    "reports": (*Report._fields, "run_id"),
    "facts": (*Fact._fields, "is_document_primary", "run_id"),
    "parts": (*Part._fields, "document_id"),
    "checks": (*Check._fields, "document_id"),
    "sections": Section._fields,
    "cells": CellRow._fields,
    "citations": Citation._fields,
    "numerals": Numeral._fields,
    "quarantine": (*Quarantine._fields, "run_id"),
}


def rows(item: Item, run_id: str) -> Iterator[tuple[str, Row]]:
    """Every row that an item gives, its values in the order of COLUMNS, with the name of its table."""
    yield from _addresses(item, run_id)
    if item.raw is not None:
        yield "made", (item.raw.document_id, item.raw.media_type, item.raw.charset)
    body = pickle.loads(item.body) if item.body is not None else None
    if isinstance(body, Parsed):
        yield "documents", _document(body.document, run_id)
        yield from _parsed(body, run_id)
    elif isinstance(body, Document):
        yield "documents", _document(body, run_id)
    elif item.raw is not None:
        yield "documents", _ordered(_unread(item.raw, run_id))
    for row in item.quarantine:
        yield "quarantine", (*row, run_id)


def _addresses(item: Item, run_id: str) -> Iterator[tuple[str, Row]]:
    for seen in item.sightings:
        fetched_at = _naive(seen.fetched_at)
        yield "inputs", (seen.source_ref, seen.document_id, seen.state, fetched_at if seen.declared else None)
        if seen.document_id is not None:
            yield "fetches", (seen.source_ref, seen.document_id, seen.url, fetched_at, seen.byte_count, run_id)


def _parsed(parsed: Parsed, run_id: str) -> Iterator[tuple[str, Row]]:
    document_id = parsed.document.raw.document_id
    if parsed.report is not None:
        yield "reports", (*parsed.report, run_id)
    for fact in parsed.facts:
        _hold_quote(parsed.document.source_text, fact.char_start, fact.char_end, fact.quote, fact.value_text)
        yield "facts", (*fact, fact.is_primary, run_id)
    for name, found in (("parts", parsed.parts), ("checks", parsed.checks)):
        for row in found:
            yield name, (*row, document_id)
    yield from (("sections", row) for row in parsed.sections)
    yield from (("cells", row) for row in parsed.cells)
    yield from (("citations", row) for row in parsed.citations)
    yield from (("numerals", row) for row in parsed.numerals)
    for quarantined in parsed.quarantine:
        yield "quarantine", (*quarantined, run_id)


def _hold_quote(source: str, start: int, end: int, quote: str, value_text: str) -> None:
    if source[start:end] != quote or value_text not in quote:
        raise ContractError(
            f"facts: the quote {quote!r} is not what the source has at {start}:{end}, or lacks its value"
        )


def _document(document: Document, run_id: str) -> Row:
    return _ordered(
        {
            **_unread(document.raw, run_id),
            "media_type": document.media_type,
            "charset": document.charset,
            "script": document.script,
            "wording": document.wording,
            "source_text": document.source_text,
            "text": document.text,
            "page": document.part,
        }
    )


def _ordered(document: dict[str, Any]) -> Row:
    return tuple(document[name] for name in COLUMNS["documents"])


def _unread(raw: RawDocument, run_id: str) -> dict[str, Any]:
    """A document that was fetched and could not be read."""
    return {
        "document_id": raw.document_id,
        "source_ref": raw.source_ref,
        "url": raw.url,
        "fetched_at": _naive(raw.fetched_at),
        "media_type": raw.media_type,
        "charset": raw.charset,
        "script": None,
        "wording": None,
        "source_text": None,
        "text": None,
        "page": None,
        "run_id": run_id,
    }


def _naive(moment: datetime) -> datetime:
    """The moment in UTC, as the warehouse keeps it: without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def broken(item: Item, fault: ContractError) -> Item:
    """The item without what cannot be loaded, and with the reason."""
    assert item.raw is not None
    row = Quarantine(item.raw.source_ref, item.raw.document_id, "load", "broken_contract", str(fault))
    return Item(item.raw, item.sightings, None, (*item.quarantine, row))
