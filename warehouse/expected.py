"""Whether a run has found what a source says that it must find, before it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.home import Home
from warehouse.schema import literal


@dataclass(frozen=True, slots=True)
class Expected:
    """What a source must give: so many reports, none older, and of what its last good run stated a least share."""

    reports: int = 0
    not_before: int | None = None  # a year
    fill: Mapping[str, float] = field(default_factory=dict)  # indicator: share of the share it was stated in


def unmet(home: Home, staging: Path, source: str, documents: list[str], expected: Expected) -> Iterator[str]:
    """What is not as expected of the reports that a source has now, a line each.

    `documents`: the ids of what its addresses hold, staged or published. What they held in the last good run says the
    published table `availability`.
    """
    with duckdb.connect(":memory:") as db:
        db.execute("SET enable_progress_bar = false")
        db.register("mine", pa.table({"document_id": pa.array(documents, pa.string())}))
        _see(db, home, staging, source)
        count, oldest = db.execute("SELECT count(DISTINCT report_id), min(year) FROM after").fetchall()[0]
        if count < expected.reports:
            yield f"{count} reports, at least {expected.reports} are expected"
        if expected.not_before is not None and oldest is not None and oldest < expected.not_before:
            yield f"a report of {oldest}, none is expected from before {expected.not_before}"
        for indicator, least in expected.fill.items():
            before, now = (_share(db, name, indicator) for name in ("before", "after"))
            if before is not None and (now or 0.0) < least * before:
                yield f"{indicator} in {now or 0.0:.0%} of the reports, {before:.0%} in the last good run"


def _see(db: duckdb.DuckDBPyConnection, home: Home, staging: Path, source: str) -> None:
    """Views `before` and `after`: report, year, document; `before_facts` and `after_facts`: document, indicator."""
    published = home.warehouse.exists()
    if published:
        db.execute(f"ATTACH {literal(str(home.warehouse))} AS w (READ_ONLY)")
    held = f"SELECT document_id FROM w.main.availability WHERE source = {literal(source)}" if published else "SELECT ''"
    read = _staged(staging, "documents", "document_id") or "SELECT ''"
    for name, table, columns in (
        ("", "internal.reports", "report_id, year, document_id"),
        ("_facts", "main.facts", "document_id, indicator_id"),
    ):
        kept = f"SELECT {columns} FROM w.{table}" if published else None
        new = _staged(staging, table.partition(".")[2], columns)
        nothing = f"SELECT {', '.join(f'NULL AS {column}' for column in columns.split(', '))} WHERE false"
        now = [f"{kept} WHERE document_id NOT IN ({read})"] if kept else []
        now += [new] if new else []
        for when, rows, mine in (
            ("before", kept or nothing, held),
            ("after", " UNION ALL ".join(now) or nothing, "SELECT document_id FROM mine"),
        ):
            db.execute(f"CREATE TEMP VIEW {when}{name} AS SELECT * FROM ({rows}) WHERE document_id IN ({mine})")


def _staged(staging: Path, table: str, columns: str) -> str | None:
    """The query for what is staged of a table; None where nothing is."""
    if not any((staging / table).glob("*.parquet")):
        return None
    return f"SELECT {columns} FROM read_parquet({literal(str(staging / table / '*.parquet'))})"


def _share(db: duckdb.DuckDBPyConnection, name: str, indicator: str) -> float | None:
    """The share of reports that state an indicator; None where there are no reports."""
    share: float | None = db.execute(
        f"SELECT avg((document_id IN (SELECT document_id FROM {name}_facts WHERE indicator_id = ?))::INTEGER)"
        f" FROM {name}",
        [indicator],
    ).fetchall()[0][0]
    return share
