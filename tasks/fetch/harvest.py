"""What the ledger holds as an input: the same entries that a folder of files gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tasks.fetch.folder import NOWHERE, Entry
from tasks.fetch.ledger import Address
from tasks.fetch.manifest import Declared
from warehouse.home import raw_path


def harvest(addresses: Iterable[Address], raw: Path) -> list[Entry]:
    """The last document of each address, or why it never gave one, by address. Lists stand here only with a fault."""
    return sorted(_entries(addresses, raw), key=lambda entry: entry.source_ref)


def _entries(addresses: Iterable[Address], raw: Path) -> Iterator[Entry]:
    for known in addresses:
        if known.role == "robots" or (known.role == "list" and known.error_code is None):
            continue
        if known.sha256 is not None and known.role != "list":
            fetched_at = datetime.fromtimestamp(known.fetched_at or 0, UTC)
            declared = Declared(known.url, fetched_at, known.media_type, known.charset)
            yield Entry(str(raw_path(raw, known.sha256)), known.url, declared)
        elif known.error_code is not None:
            yield Entry(NOWHERE, known.url, Declared(known.url), (known.error_code, known.message or ""))
