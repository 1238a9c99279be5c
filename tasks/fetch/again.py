"""What of the raw store is to be read again."""

from __future__ import annotations

import pickle
from datetime import UTC

import duckdb

from tasks.batches import Item
from tasks.fetch.plan import Planned
from tasks.fetch.store import path_of
from tasks.model import RawDocument
from warehouse.home import Home, HomeError
from warehouse.known import Known


def plan_again(home: Home, known: Known) -> list[Planned]:
    """The outdated documents, as they were fetched. Raises HomeError where the raw store lacks one."""
    if not known.outdated:
        return []
    with duckdb.connect(str(home.warehouse), read_only=True) as db:
        rows = db.execute(
            "SELECT d.document_id, d.source_ref, d.url, d.fetched_at, m.media_type, m.charset"
            " FROM documents d LEFT JOIN internal.made m USING (document_id) ORDER BY d.source_ref"
        ).fetchall()
    planned = []
    for document_id, source_ref, url, fetched_at, media_type, charset in rows:
        if document_id not in known.outdated:
            continue
        raw = RawDocument(document_id, source_ref, b"", fetched_at.replace(tzinfo=UTC), url, media_type, charset)
        path = path_of(home.raw, document_id)
        if not path.exists():
            raise HomeError(home.lacks(document_id, source_ref))
        planned.append(Planned(Item(raw, (), pickle.dumps((raw, str(path)))), byte_count=path.stat().st_size))
    return planned
