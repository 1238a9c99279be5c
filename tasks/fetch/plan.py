"""What of an input folder is new to a home, and under which address each document stands."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tasks.batches import Item, Sighting
from tasks.fetch.folder import Entry, Seen, see
from tasks.model import Quarantine, RawDocument, Rejected
from warehouse.known import Fetch, Known


@dataclass(frozen=True, slots=True)
class Planned:
    """A document to fetch, and the file to read it from; or an address that gave none, with the reason."""

    item: Item
    entry: Entry | None = None
    byte_count: int = 0


def plan(every: Iterable[Entry], known: Known, code_version: str, look: Callable[[Entry], Seen] = see) -> list[Planned]:
    """What of these files the home does not know yet as it is now, by the addresses of the documents.

    An address is new where its bytes or its line in the manifest are, where what makes its document's rows has changed,
    or where the raw store has lost its document; one that gave no bytes, where the code that reads it (`code_version`)
    has changed. Equal bytes at several addresses are one document, under the smallest of them. A file that no manifest
    dates is dated by its last change, once: that date stays where a later copy of the folder has another. `look` tells
    what a file holds (an index need not read it for that).
    """
    found: dict[str, list[tuple[Entry, Seen]]] = defaultdict(list)
    planned: list[Planned] = []
    new: set[str] = set()
    anew = known.outdated | known.lost
    for entry in every:
        try:
            seen = look(entry)
        except Rejected as rejected:
            failed = unread(entry, rejected, code_version)
            if known.states.get(entry.source_ref) != failed.sightings[0].state:
                planned.append(Planned(failed))
            continue
        found[seen.document_id].append((entry, seen))
        if known.states.get(entry.source_ref) != _state(seen.document_id, entry) or seen.document_id in anew:
            new.add(seen.document_id)
    before = known.fetched(new)
    planned.extend(_document(document_id, found[document_id], before.get(document_id, [])) for document_id in new)
    return sorted(planned, key=lambda each: each.item.sightings[0].source_ref)


def unread(entry: Entry, rejected: Rejected, code_version: str) -> Item:
    """What stands for an address that gave no bytes."""
    row = Quarantine(entry.source_ref, None, "fetch", rejected.error_code, rejected.message)
    state = _state(rejected.error_code, entry, code_version)
    sighting = Sighting(entry.source_ref, None, 0, state, datetime.now(UTC), declared=False, url=entry.declared.url)
    return Item(None, (sighting,), quarantine=(row,))


def _sighting(entry: Entry, seen: Seen, before: datetime | None) -> Sighting:
    """`before`: when these bytes were first found there."""
    declared_at = entry.declared.fetched_at
    return Sighting(
        source_ref=entry.source_ref,
        document_id=seen.document_id,
        byte_count=seen.byte_count,
        state=_state(seen.document_id, entry),
        fetched_at=declared_at or before or seen.changed_at,
        declared=declared_at is not None,
        url=entry.declared.url,
    )


def _state(what: str, entry: Entry, code_version: str = "") -> str:
    declared = entry.declared
    moment = declared.fetched_at.isoformat() if declared.fetched_at else None
    facts = [what, declared.url, moment, declared.media_type, declared.charset, code_version]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _document(document_id: str, found: list[tuple[Entry, Seen]], before: list[Fetch]) -> Planned:
    dates = {fetch.source_ref: fetch.fetched_at for fetch in before}
    sightings = tuple(_sighting(entry, seen, dates.get(entry.source_ref)) for entry, seen in found)
    entry, sighting = found[0][0], sightings[0]  # the smallest of the folder
    raw = RawDocument(
        document_id=document_id,
        source_ref=entry.source_ref,
        content=b"",
        fetched_at=sighting.fetched_at,
        url=entry.declared.url,
        media_type=entry.declared.media_type,
        charset=entry.declared.charset,
    )
    if before and before[0].source_ref < raw.source_ref:
        raw = replace(raw, source_ref=before[0].source_ref, fetched_at=before[0].fetched_at, url=before[0].url)
    return Planned(Item(raw, sightings), entry, sighting.byte_count)


def batches(planned: Iterable[Planned], size: int, max_bytes: int) -> list[list[Planned]]:
    """The planned documents in batches of at most `size`, and of at most `max_bytes` where more than one."""
    result: list[list[Planned]] = []
    room, count = 0, 0
    for each in planned:
        if not result or count >= size or each.byte_count > room:
            result.append([])
            room, count = max_bytes, 0
        result[-1].append(each)
        room, count = room - each.byte_count, count + 1
    return result
