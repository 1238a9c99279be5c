"""One run's staged rows into a copy of the warehouse, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse import history, made, shelves, staged
from warehouse.derive import derive
from warehouse.gate import Worse, compare, measure
from warehouse.home import MEMORY_LIMIT, check_clock
from warehouse.migrate import upgrade
from warehouse.runs import Difference, Published, Reason, Run
from warehouse.schema import literal, script, tables
from warehouse.views import make_views

STORAGE_VERSION = "v1.2.0"  # what DuckDB 1.2 and later open


@dataclass(frozen=True, slots=True)
class Changed:
    """A copy that is written: what the run did, the rows of each table, whose rows it wrote, and what got worse."""

    published: Published
    rows: dict[str, int]
    documents: tuple[str, ...]
    worse: tuple[Worse, ...]


def change(copy: Path, run: Run, staging: Path) -> Changed:
    """Write the staged rows into the copy, in one transaction."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(staging / "spill"),
    }
    db = duckdb.connect(":memory:", config=config)
    try:
        db.execute("SET enable_progress_bar = false")  # it would print into what a run says
        db.execute(f"ATTACH {literal(str(copy))} AS w (STORAGE_VERSION {literal(STORAGE_VERSION)})")
        upgrade(db)
        moment = _moment(db)
        db.execute("SET VARIABLE moment = ?::TIMESTAMP", [moment])
        staged.make_views(db, staging)
        before = measure(db, of_the_run=False)
        db.execute(script("publish/1_changed"))
        another_version = history.remember(db, run.made_by)
        staged.remember(db)
        db.execute("BEGIN")
        staged.replace_all(db)
        db.execute(script("publish/2_primary"))
        db.execute(script("publish/3_reports"))
        history.remember_turned(db)
        db.execute(script("publish/4_turned"))
        derive(db)
        if another_version:
            _load_catalogue(db)
            make_views(db)
        history.record(db, run.run_id)
        shelves.record(db, run.run_id, another_version)
        made.record(db, run.made_by)
        published = Published(_count(db), _reasons(db), _differences(db))
        _record(db, run, published.counts, moment)
        db.execute("COMMIT")
        worse = compare(before, measure(db, of_the_run=True))
        rows = {name: row_count(db, f"w.main.{name}") for name in tables()}
        documents = tuple(row[0] for row in db.execute("SELECT document_id FROM changed").fetchall())
        db.execute("DETACH w")
    finally:
        db.close()
    return Changed(published, rows, documents, worse)


def _moment(db: duckdb.DuckDBPyConnection) -> datetime:
    """The moment of publishing, in UTC; raises HomeError where the clock is behind the last one."""
    now = datetime.now(UTC).replace(tzinfo=None)
    last = db.execute("SELECT max(ended_at) FROM w.main.runs").fetchall()[0][0]
    check_clock(now, last)
    return now


def _load_catalogue(db: duckdb.DuckDBPyConnection) -> None:
    for table in tables().values():
        if table.source is not None:
            kinds = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in table.names)
            db.execute(f"DELETE FROM w.main.{table.name}")
            db.execute(
                f"INSERT INTO w.main.{table.name} BY NAME SELECT * FROM"
                f" read_csv({literal(str(table.source))}, header = true, all_varchar = true, columns = {{{kinds}}})"
            )


def _count(db: duckdb.DuckDBPyConnection) -> dict[str, int]:
    answer = db.execute(script("publish/5_counts"))
    names = [column[0] for column in answer.description or ()]
    return dict(zip(names, answer.fetchone() or (), strict=True))


def _reasons(db: duckdb.DuckDBPyConnection) -> tuple[Reason, ...]:
    return tuple(Reason(*row) for row in db.execute(script("publish/6_reasons")).fetchall())


def _differences(db: duckdb.DuckDBPyConnection) -> tuple[Difference, ...]:
    return tuple(Difference(*row) for row in db.execute(script("publish/7_changes")).fetchall())


def _record(db: duckdb.DuckDBPyConnection, run: Run, counts: dict[str, int], moment: datetime) -> None:
    row = {
        "run_id": run.run_id,
        "flow": run.flow,
        "started_at": run.started_at.astimezone(UTC).replace(tzinfo=None),
        "ended_at": moment,
        "state": "Completed",
        "code_version": run.code_version,
        **counts,
    }
    db.execute(f"INSERT INTO w.main.runs ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def row_count(db: duckdb.DuckDBPyConnection, name: str) -> int:
    """How many rows a table has."""
    return int((db.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,))[0])
