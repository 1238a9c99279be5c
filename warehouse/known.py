"""What a home holds already: enough to tell what of an input is new."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.home import Home, check_clock
from warehouse.made import MadeBy, outdated
from warehouse.reading import reading

_FETCHES = pa.schema(
    [
        ("source_ref", pa.string()),
        ("document_id", pa.string()),
        ("url", pa.string()),
        ("fetched_at", pa.timestamp("us")),  # in UTC
    ]
)


@dataclass(frozen=True, slots=True)
class Fetch:
    """Where and when a document was first found."""

    source_ref: str
    url: str | None
    fetched_at: datetime  # in UTC


@dataclass(frozen=True, slots=True)
class Known:
    """What was read at each address, and where each document was found."""

    states: dict[str, str] = field(default_factory=dict)  # by source_ref
    fetches: pa.Table = field(default_factory=_FETCHES.empty_table)  # by source_ref
    outdated: frozenset[str] = frozenset()  # the documents that other code, rules or libraries read
    lost: frozenset[str] = frozenset()  # the documents whose bytes the raw store does not hold any more
    publishing: bool = False  # another version published: what it derives is to be made anew

    def fetched(self, documents: Iterable[str]) -> dict[str, list[Fetch]]:
        """Where and when each of some documents was found, by source_ref."""
        wanted = pa.array(documents, pa.string())
        found: dict[str, list[Fetch]] = {}
        for row in self.fetches.filter(pc.is_in(self.fetches["document_id"], wanted)).to_pylist():
            fetch = Fetch(row["source_ref"], row["url"], row["fetched_at"].replace(tzinfo=UTC))
            found.setdefault(row["document_id"], []).append(fetch)
        return found


def _stored(home: Home) -> set[str]:
    """The names in the raw store, the ids of its documents among them."""
    with suppress(FileNotFoundError):
        return {file.name for shelf in os.scandir(home.raw) if shelf.is_dir() for file in os.scandir(shelf)}
    return set()


def known(home: Home, made_by: MadeBy | None = None) -> Known:
    """What the home's published warehouse holds, and what of it is outdated; nothing where there is none.

    Raises HomeError: it is damaged, of a later version, or was written after what the clock says.
    """
    if not home.warehouse.exists():
        return Known()
    with reading(home) as db:
        states = db.sql("SELECT source_ref, state FROM internal.inputs").to_arrow_table()
        last = db.execute("SELECT max(ended_at) FROM runs").fetchall()[0][0]
        old = outdated(db, made_by) if made_by else []
        published = db.execute("SELECT fingerprint FROM internal.published").fetchall()
        fetches = db.sql(f"SELECT {', '.join(_FETCHES.names)} FROM fetches ORDER BY source_ref").to_arrow_table()
    check_clock(datetime.now(UTC).replace(tzinfo=None), last)
    return Known(
        dict(zip(*(column.to_pylist() for column in states.columns), strict=True)),
        fetches,
        frozenset(old),
        frozenset(fetches["document_id"].to_pylist()) - _stored(home),
        made_by is not None and published != [(made_by.publish.fingerprint,)],
    )
