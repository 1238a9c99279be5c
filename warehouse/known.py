"""What a home holds already: enough to tell what of an input is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb

from warehouse.home import Home, HomeError, check_clock
from warehouse.made import MadeBy, outdated
from warehouse.migrate import refuse_newer, version


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
    outdated: frozenset[str] = frozenset()  # the documents that other code, rules or libraries read
    publishing: bool = False  # another version published: what it derives is to be made anew


def known(home: Home, made_by: MadeBy | None = None) -> Known:
    """What the home's published warehouse holds, and what of it is outdated; nothing where there is none.

    Raises HomeError: it is damaged, of a later version, or was written after what the clock says.
    """
    if not home.warehouse.exists():
        return Known()
    try:
        with duckdb.connect(str(home.warehouse), read_only=True) as db:
            refuse_newer(version(db, home.warehouse.stem))
            states = db.execute("SELECT source_ref, state FROM internal.inputs").fetchall()
            last = db.execute("SELECT max(ended_at) FROM runs").fetchall()[0][0]
            old = outdated(db, made_by) if made_by else []
            published = db.execute("SELECT fingerprint FROM internal.published").fetchall()
            fetches = db.execute(
                "SELECT source_ref, document_id, url, fetched_at FROM fetches ORDER BY source_ref DESC"
            ).fetchall()
    except duckdb.Error:
        raise HomeError(home.unusable) from None
    check_clock(datetime.now(UTC).replace(tzinfo=None), last)
    found = [Fetch(ref, document, url, moment.replace(tzinfo=UTC)) for ref, document, url, moment in fetches]
    return Known(
        dict(states),
        {(fetch.source_ref, fetch.document_id): fetch for fetch in found},
        {fetch.document_id: fetch for fetch in found},
        frozenset(old),
        made_by is not None and published != [(made_by.publish.fingerprint,)],
    )
