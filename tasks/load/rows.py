"""From what the stages made of a document to the rows of the tables: field names are column names."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from tasks.batches import Item
from tasks.model import Document, Parsed, Quarantine, RawDocument
from warehouse.contract import ContractError

Row = dict[str, Any]


def rows(item: Item, run_id: str) -> Iterator[tuple[str, Row]]:
    """Every row that an item gives, with the name of its table."""
    yield from _addresses(item, run_id)
    if item.raw is not None:
        declared = {"media_type": item.raw.media_type, "charset": item.raw.charset}
        yield "made", {"document_id": item.raw.document_id, **declared}
    body = pickle.loads(item.body) if item.body is not None else None
    if isinstance(body, Parsed):
        yield "documents", _document(body.document, run_id)
        yield from _parsed(body, run_id)
    elif isinstance(body, Document):
        yield "documents", _document(body, run_id)
    elif item.raw is not None:
        yield "documents", _unread(item.raw, run_id)
    for row in item.quarantine:
        yield "quarantine", {**row._asdict(), "run_id": run_id}


def _addresses(item: Item, run_id: str) -> Iterator[tuple[str, Row]]:
    for sighting in item.sightings:
        fetched_at = _naive(sighting.fetched_at)
        yield (
            "inputs",
            {
                "source_ref": sighting.source_ref,
                "document_id": sighting.document_id,
                "state": sighting.state,
                "declared_at": fetched_at if sighting.declared else None,
            },
        )
        if sighting.document_id is not None:
            yield (
                "fetches",
                {
                    "source_ref": sighting.source_ref,
                    "document_id": sighting.document_id,
                    "url": sighting.url,
                    "fetched_at": fetched_at,
                    "byte_count": sighting.byte_count,
                    "run_id": run_id,
                },
            )


def _parsed(parsed: Parsed, run_id: str) -> Iterator[tuple[str, Row]]:
    document_id = parsed.document.raw.document_id
    if parsed.report is not None:
        yield "reports", {**parsed.report._asdict(), "run_id": run_id}
    for fact in parsed.facts:
        _hold_quote(parsed.document.source_text, fact.char_start, fact.char_end, fact.quote, fact.value_text)
        yield "facts", {**fact._asdict(), "is_document_primary": fact.is_primary, "run_id": run_id}
    for name, found in (("parts", parsed.parts), ("checks", parsed.checks)):
        for row in found:
            yield name, {**row._asdict(), "document_id": document_id}
    plain: Iterable[tuple[str, tuple[Any, ...]]] = (
        ("sections", parsed.sections),
        ("cells", parsed.cells),
        ("citations", parsed.citations),
        ("numerals", parsed.numerals),
    )
    for name, found in plain:
        for row in found:
            yield name, row._asdict()
    for quarantined in parsed.quarantine:
        yield "quarantine", {**quarantined._asdict(), "run_id": run_id}


def _hold_quote(source: str, start: int, end: int, quote: str, value_text: str) -> None:
    if source[start:end] != quote or value_text not in quote:
        raise ContractError(
            f"facts: the quote {quote!r} is not what the source has at {start}:{end}, or lacks its value"
        )


def _document(document: Document, run_id: str) -> Row:
    return {
        **_unread(document.raw, run_id),
        "media_type": document.media_type,
        "charset": document.charset,
        "script": document.script,
        "wording": document.wording,
        "source_text": document.source_text,
        "text": document.text,
        "page": document.part,
    }


def _unread(raw: RawDocument, run_id: str) -> Row:
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
