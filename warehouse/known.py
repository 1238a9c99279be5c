"""What a home holds already: enough to tell what of an input is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb

from warehouse.home import Home, HomeError


@dataclass(frozen=True, slots=True)
class Fetch:
    """Where and when a document was first found."""

    source_ref: str
    document_id: str
    url: str | None
    fetched_at: datetime  # in UTC


@dataclass(frozen=True, slots=True)
class Known:
    """What was read at each address, and where each document was found."""

    states: dict[str, str] = field(default_factory=dict)  # by source_ref
    fetches: dict[tuple[str, str], Fetch] = field(default_factory=dict)  # by source_ref and document_id
    first_fetch: dict[str, Fetch] = field(default_factory=dict)  # by document_id: at its smallest source_ref


def known(home: Home) -> Known:
    """What the home's published warehouse holds; nothing where there is none."""
    if not home.warehouse.exists():
        return Known()
    try:
        with duckdb.connect(str(home.warehouse), read_only=True) as db:
            states = db.execute("SELECT source_ref, state FROM internal.inputs").fetchall()
            fetches = db.execute(
                "SELECT source_ref, document_id, url, fetched_at FROM fetches ORDER BY source_ref DESC"
            ).fetchall()
    except duckdb.Error:
        raise HomeError(f"{home.warehouse} is no warehouse of gongkai, or is damaged") from None
    found = [Fetch(ref, document, url, moment.replace(tzinfo=UTC)) for ref, document, url, moment in fetches]
    return Known(
        dict(states),
        {(fetch.source_ref, fetch.document_id): fetch for fetch in found},
        {fetch.document_id: fetch for fetch in found},
    )
