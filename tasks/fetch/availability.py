"""Whether what stood at an address stands there still: rows of the table `availability`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.fetch.ledger import Address
from tasks.fetch.source import Source
from warehouse.contract import check
from warehouse.schema import tables

GONE = {"not_found", "gone", "error_page", "no_such_host"}  # said of an address that gave a document before
BLOCKED = {
    "forbidden", "login_page", "javascript_challenge", "disallowed_by_robots", "refused_address", "too_many_requests",
    "bad_certificate",
}  # fmt: skip


def state(known: Address) -> str:
    """The state of an address. A failure that may pass leaves it as it was when it was last seen."""
    if known.error_code in BLOCKED:
        return "blocked"
    if known.sha256 is None:
        return "never_seen"
    if known.error_code in GONE:
        return "gone"
    if known.moved_to is not None:
        return "moved"
    return "live" if known.sha256 == known.first_sha256 else "changed"


def rows(addresses: Iterable[Address], sources: Mapping[str, Source]) -> Iterator[dict[str, Any]]:
    """The table's rows; robots.txt is no part of it."""
    for known in addresses:
        if known.role != "robots" and known.source in sources:
            yield {
                "url": known.url,
                "source": known.source,
                "publisher": sources[known.source].publisher,
                "region_code": sources[known.source].region,
                "role": known.role,
                "parent_url": known.parent,
                "state": state(known),
                "first_seen": _moment(known.first_seen),
                "last_seen": _moment(known.last_seen),
                "last_change": _moment(known.last_change),
                "last_asked": _moment(known.last_asked),
                "document_id": known.sha256,
                "moved_to": known.moved_to,
                "error_code": known.error_code,
                "message": known.message,
            }


def stage_availability(found: Iterable[dict[str, Any]], staging: Path) -> None:
    """Stage the rows, held to the contract, as `staging/availability/sources.parquet`."""
    declared = tables()["availability"]
    folder = staging / declared.name
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        check(declared, pa.Table.from_pylist(list(found), schema=declared.arrow)), folder / "sources.parquet"
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
