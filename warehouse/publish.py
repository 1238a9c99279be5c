"""Publishing: a finished copy takes the place of the old file, so that a reader never waits and never sees half a run.

The copy is changed in one transaction, closed, opened again read-only, read through and counted; only then, with all of
it on the disk, is it renamed over the published file. Who holds the old file open goes on reading the old file.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.derive import derive
from warehouse.home import Home, HomeError
from warehouse.schema import FOLDER, Table, literal, tables
from warehouse.views import check_views, make_views

STORAGE_VERSION = "v1.2.0"  # what DuckDB 1.2 and later open
BY_DOCUMENT = ("documents", "sections", "facts", "cells", "citations", "numerals")
INTERNAL = ("reports", "parts", "checks")  # public tables with a row a report, chosen from a row a document


class DamagedError(Exception):
    """The copy does not hold what was written to it: it is not published."""


@dataclass(frozen=True, slots=True)
class Run:
    """The run that publishes."""

    run_id: str
    flow: str
    started_at: datetime
    code_version: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some of a run's documents are in quarantine, with one of them."""

    error_code: str
    count: int
    source_ref: str
    message: str


@dataclass(frozen=True, slots=True)
class Published:
    """What a run worked on: the counts of its row in `runs`, and the reasons of its rows in `quarantine`."""

    counts: dict[str, int]
    reasons: tuple[Reason, ...]


def publish(home: Home, run: Run, staging: Path) -> Published:
    """Publish what a run has staged under `staging/<table>/*.parquet`."""
    copy = home.path / f"warehouse-{run.run_id}.tmp"
    discard(home)
    if home.warehouse.exists():
        shutil.copyfile(home.warehouse, copy)
    published, rows = _change(copy, run, staging)
    verify(copy, rows)
    sync(copy)
    copy.replace(home.warehouse)
    sync(home.path)
    return published


def discard(home: Home) -> None:
    """Remove what a run that was killed has left of its copy."""
    for left in home.path.glob("warehouse-*.tmp*"):
        left.unlink()


def sync(path: Path) -> None:
    """Have the disk hold a file's content, or a folder's entries."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _change(copy: Path, run: Run, staging: Path) -> tuple[Published, dict[str, int]]:
    """Write the staged rows into the copy, in one transaction; returns the rows of each table, too."""
    db = duckdb.connect(":memory:", config={"memory_limit": "600MB", "temp_directory": str(staging / "spill")})
    try:
        db.execute(f"ATTACH {literal(str(copy))} AS w (STORAGE_VERSION {literal(STORAGE_VERSION)})")
        _make_tables(db)
        _see_staged(db, staging)
        db.execute(_sql("publish/1_changed.sql"))
        for name in (*BY_DOCUMENT, "quarantine", "fetches"):
            _remember(db, tables()[name], f"w.main.{name}")
        for name in INTERNAL:
            _remember(db, tables()[name], f"w.internal.{name}")
        db.execute("BEGIN")
        for name in BY_DOCUMENT:
            _replace(db, tables()[name], f"w.main.{name}", "document_id IN (SELECT document_id FROM changed)")
        for name in INTERNAL:
            _replace(db, tables()[name], f"w.internal.{name}", "document_id IN (SELECT document_id FROM changed)")
        seen = "source_ref IN (SELECT source_ref FROM staged_inputs)"
        again = "(source_ref, document_id) IN (SELECT (source_ref, document_id) FROM staged_fetches)"
        _replace(
            db,
            tables()["quarantine"],
            "w.main.quarantine",
            f"{seen} OR document_id IN (SELECT document_id FROM changed)",
        )
        _replace(db, tables()["fetches"], "w.main.fetches", again)
        db.execute(f"DELETE FROM w.internal.inputs WHERE {seen}")
        db.execute("INSERT INTO w.internal.inputs SELECT * FROM staged_inputs ORDER BY ALL")
        db.execute(_sql("publish/2_primary.sql"))
        db.execute(_sql("publish/3_reports.sql"))
        derive(db)
        _load_catalogue(db)
        make_views(db)
        published = Published(_count(db), _reasons(db))
        _record(db, run, published.counts)
        db.execute("COMMIT")
        rows = {name: _rows(db, f"w.main.{name}") for name in tables()}
        db.execute("DETACH w")
    finally:
        db.close()
    return published, rows


def _sql(name: str) -> str:
    return (FOLDER / "sql" / name).read_text("utf-8")


def _make_tables(db: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of a new file; of an old one, make sure that they are those of this version."""
    found = db.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()"
        " WHERE database_name = 'w' AND schema_name = 'main' GROUP BY ALL"
    ).fetchall()
    if found:
        expected = {table.name: list(table.names) for table in tables().values()}
        if dict(found) != expected:
            raise HomeError("the warehouse was written by another version of gongkai: use another home for this one")
        return
    db.execute("USE w")
    db.execute(_sql("internal.sql"))
    for table in tables().values():
        db.execute(table.ddl())
        if table.name in INTERNAL:
            db.execute(table.ddl("internal"))
    db.execute("USE memory")


def _see_staged(db: duckdb.DuckDBPyConnection, staging: Path) -> None:
    """A view `staged_<table>` over each table's staged files, empty where a run staged none."""
    for name in (*BY_DOCUMENT, *INTERNAL, "quarantine", "fetches", "inputs"):
        if any((staging / name).glob("*.parquet")):
            source = f"SELECT * FROM read_parquet({literal(str(staging / name / '*.parquet'))})"
        else:
            source = f"SELECT * FROM w.{'internal' if name == 'inputs' else 'main'}.{name} LIMIT 0"
        db.execute(f"CREATE TEMP VIEW staged_{name} AS {source}")


def _content(table: Table) -> str:
    """The hash of a row's content: all but the run that wrote it, and what is chosen among several documents."""
    return f"hash({', '.join(f's.{name}' for name in table.names if name not in ('run_id', 'is_primary'))})"


def _remember(db: duckdb.DuckDBPyConnection, table: Table, target: str) -> None:
    """Which run first wrote each content that this run may write again."""
    if "run_id" in table.names:
        content = _content(table)
        db.execute(
            f"CREATE TEMP TABLE old_{table.name} AS SELECT {content} AS content, min(run_id) AS run_id FROM {target} s"
            f" WHERE content IN (SELECT {content} FROM staged_{table.name} s) GROUP BY 1"
        )


def _replace(db: duckdb.DuckDBPyConnection, table: Table, target: str, outdated: str) -> None:
    """Put a table's staged rows in the place of those that `outdated` names."""
    db.execute(f"DELETE FROM {target} WHERE {outdated}")
    columns, join = "s.*", ""
    if "run_id" in table.names:
        columns = "s.* REPLACE (coalesce(o.run_id, s.run_id) AS run_id)"
        join = f"LEFT JOIN old_{table.name} o ON o.content = {_content(table)}"
    order = ", ".join(f"s.{name}" for name in table.key or table.names)
    db.execute(f"INSERT INTO {target} BY NAME SELECT {columns} FROM staged_{table.name} s {join} ORDER BY {order}")


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
    answer = db.execute(_sql("publish/4_counts.sql"))
    names = [column[0] for column in answer.description or ()]
    return dict(zip(names, answer.fetchone() or (), strict=True))


def _reasons(db: duckdb.DuckDBPyConnection) -> tuple[Reason, ...]:
    return tuple(Reason(*row) for row in db.execute(_sql("publish/5_reasons.sql")).fetchall())


def _record(db: duckdb.DuckDBPyConnection, run: Run, counts: dict[str, int]) -> None:
    row = {
        "run_id": run.run_id,
        "flow": run.flow,
        "started_at": run.started_at.astimezone(UTC).replace(tzinfo=None),
        "ended_at": datetime.now(UTC).replace(tzinfo=None),
        "state": "Completed",
        "code_version": run.code_version,
        **counts,
    }
    db.execute(f"INSERT INTO w.main.runs ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def _rows(db: duckdb.DuckDBPyConnection, name: str) -> int:
    return int((db.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,))[0])


def verify(copy: Path, rows: dict[str, int]) -> None:
    """Open the finished copy, read every column of every table, and hold counts and keys against what was written."""
    if copy.with_name(copy.name + ".wal").exists():
        raise DamagedError("the new warehouse was closed with changes outstanding")
    with duckdb.connect(str(copy), read_only=True) as db:
        for name, table in tables().items():
            db.execute(
                f"SELECT {', '.join(f'bit_xor(hash({column}))' for column in table.names)} FROM {name}"
            ).fetchall()
            if (found := _rows(db, name)) != rows[name]:
                raise DamagedError(f"{name} holds {found} rows, {rows[name]} were written")
            if table.key:
                distinct = _rows(db, f"(SELECT DISTINCT {', '.join(table.key)} FROM {name})")
                if distinct != found:
                    raise DamagedError(f"{name}: {found - distinct} rows repeat the key {', '.join(table.key)}")
        check_views(db)
