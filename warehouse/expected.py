"""Whether a run has found what a source says that it must find, before it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.home import Home
from warehouse.schema import literal


def unmet(
    home: Home, staging: Path, documents: list[str], reports: int, not_before: int | None, fill: Mapping[str, float]
) -> Iterator[str]:
    """What is not as expected of the reports of these documents, staged or published, a line each."""
    with duckdb.connect(":memory:") as db:
        db.execute("SET enable_progress_bar = false")
        db.register("mine", pa.table({"document_id": pa.array(documents, pa.string())}))
        _see(db, home, staging)
        count, oldest = db.execute("SELECT count(DISTINCT report_id), min(year) FROM after").fetchall()[0]
        if count < reports:
            yield f"{count} reports, at least {reports} are expected"
        if not_before is not None and oldest is not None and oldest < not_before:
            yield f"a report of {oldest}, none is expected from before {not_before}"
        for indicator, least in fill.items():
            before, now = (_share(db, name, indicator) for name in ("before", "after"))
            if before is not None and (now or 0.0) < least * before:
                yield f"{indicator} in {now or 0.0:.0%} of the reports, {before:.0%} in the last good run"


def _see(db: duckdb.DuckDBPyConnection, home: Home, staging: Path) -> None:
    """Views `before` and `after`: report, year, document; `before_facts` and `after_facts`: document, indicator."""
    old_reports = "SELECT NULL::VARCHAR AS report_id, NULL::INTEGER AS year, NULL::VARCHAR AS document_id WHERE false"
    old_facts = "SELECT NULL::VARCHAR AS document_id, NULL::VARCHAR AS indicator_id WHERE false"
    if home.warehouse.exists():
        db.execute(f"ATTACH {literal(str(home.warehouse))} AS w (READ_ONLY)")
        old_reports = "SELECT report_id, year, document_id FROM w.internal.reports"
        old_facts = "SELECT document_id, indicator_id FROM w.main.facts"
    for name, old in (("reports", old_reports), ("facts", old_facts)):
        columns = "report_id, year, document_id" if name == "reports" else "document_id, indicator_id"
        new = (
            f"SELECT * FROM ({old}) WHERE false"
            if not any((staging / name).glob("*.parquet"))
            else (f"SELECT {columns} FROM read_parquet({literal(str(staging / name / '*.parquet'))})")
        )
        read = "SELECT NULL::VARCHAR AS document_id WHERE false"
        if any((staging / "documents").glob("*.parquet")):
            read = f"SELECT document_id FROM read_parquet({literal(str(staging / 'documents' / '*.parquet'))})"
        kept = f"SELECT * FROM ({old}) WHERE document_id NOT IN ({read})"
        suffix = "" if name == "reports" else "_facts"
        mine = "document_id IN (SELECT document_id FROM mine)"
        db.execute(f"CREATE TEMP VIEW before{suffix} AS SELECT * FROM ({old}) WHERE {mine}")
        db.execute(f"CREATE TEMP VIEW after{suffix} AS SELECT * FROM ({kept} UNION ALL {new}) WHERE {mine}")


def _share(db: duckdb.DuckDBPyConnection, name: str, indicator: str) -> float | None:
    """The share of reports that state an indicator; None where there are no reports."""
    share: float | None = db.execute(
        f"SELECT avg((document_id IN (SELECT document_id FROM {name}_facts WHERE indicator_id = ?))::INTEGER)"
        f" FROM {name}",
        [indicator],
    ).fetchall()[0][0]
    return share
