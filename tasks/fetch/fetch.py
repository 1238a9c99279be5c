"""A planned document into the raw store."""

from __future__ import annotations

import pickle
from pathlib import Path

from tasks.batches import Item
from tasks.fetch.folder import read
from tasks.fetch.plan import Planned, unread
from tasks.fetch.store import keep
from tasks.model import Rejected


def fetch(planned: Planned, raw: Path, code_version: str) -> Item:
    """The document's bytes in the store, and what the next stage needs to find them; raises OSError for a full disk."""
    item = planned.item
    if item.raw is None or planned.entry is None:
        return item
    try:
        content = read(planned.entry)
        if content.seen.document_id != item.raw.document_id:
            raise Rejected("changed_while_read", "the file changed while the run read it: the next run takes it up")
    except Rejected as rejected:
        return unread(planned.entry, rejected, code_version)
    path = keep(raw, content.seen.document_id, content.data)
    return Item(item.raw, item.sightings, pickle.dumps((item.raw, str(path))))
