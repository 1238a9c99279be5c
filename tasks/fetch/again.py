"""What of the raw store is to be read again."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from tasks.batches import Item
from tasks.fetch.plan import Planned
from tasks.model import RawDocument
from warehouse.home import Home, HomeError, raw_path
from warehouse.known import Known
from warehouse.reading import reading


def plan_again(home: Home, known: Known) -> list[Planned]:
    """The outdated documents, as they were fetched. Raises HomeError where the raw store lacks one."""
    if not known.outdated:
        return []
    return [
        Planned(Item(raw, (), pickle.dumps((raw, str(path)))), byte_count=path.stat().st_size)
        for raw, path in as_fetched(home, known.outdated)
    ]


def as_fetched(home: Home, wanted: frozenset[str] | None = None) -> Iterator[tuple[RawDocument, Path]]:
    """The documents of a home, or those `wanted` by their ids, without their bytes, and the path of these.

    Media type and charset are those that were declared, not those that were found. Raises HomeError where the home
    cannot be read, and where the raw store lacks a document.
    """
    with reading(home) as db:
        rows = db.execute(
            "SELECT d.document_id, d.source_ref, d.url, d.fetched_at, m.media_type, m.charset"
            " FROM documents d LEFT JOIN internal.made m USING (document_id) ORDER BY d.source_ref"
        ).fetchall()
    for document_id, source_ref, url, fetched_at, media_type, charset in rows:
        if wanted is not None and document_id not in wanted:
            continue
        path = raw_path(home.raw, document_id)
        if not path.exists():
            raise HomeError(home.lacks(document_id, source_ref))
        yield RawDocument(document_id, source_ref, b"", fetched_at.replace(tzinfo=UTC), url, media_type, charset), path
