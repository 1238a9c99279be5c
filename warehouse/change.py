"""One run's staged rows into a copy of the warehouse, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse import history, made, shelves
from warehouse.derive import derive
from warehouse.gate import Worse, compare, measure
from warehouse.home import MEMORY_LIMIT, HomeError, check_clock, first_line
from warehouse.made import MadeBy
from warehouse.migrate import INTERNAL, upgrade
from warehouse.schema import Table, literal, script, tables
from warehouse.views import make_views

STORAGE_VERSION = "v1.2.0"  # what DuckDB 1.2 and later open
BY_DOCUMENT = ("documents", "sections", "facts", "cells", "citations", "numerals")
STAGED_INTERNAL = ("inputs", "made")


@dataclass(frozen=True, slots=True)
class Run:
    """The run that publishes."""

    run_id: str
    flow: str
    started_at: datetime
    code_version: str
    made_by: MadeBy = field(default_factory=MadeBy)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some of a run's documents are in quarantine, with one of them."""

    error_code: str
    count: int
    source_ref: str
    message: str


@dataclass(frozen=True, slots=True)
class Difference:
    """So many rows of a table that the run added, removed or changed, for one cause."""

    table: str
    change: str
    rows: int
    cause: str
    detail: str  # of one of them


@dataclass(frozen=True, slots=True)
class Published:
    """What a run worked on (the counts of its row in `runs`, the reasons of its rows in `quarantine`), and changed."""

    counts: dict[str, int]
    reasons: tuple[Reason, ...]
    changes: tuple[Difference, ...]


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
        _see_staged(db, staging)
        before = measure(db, of_the_run=False)
        db.execute(script("publish/1_changed"))
        another_version = history.remember(db, run.made_by)
        for name in (*BY_DOCUMENT, "quarantine", "fetches"):
            _remember(db, tables()[name], f"w.main.{name}")
        for name in INTERNAL:
            _remember(db, tables()[name], f"w.internal.{name}")
        db.execute("BEGIN")
        _replace_all(db)
        db.execute(script("publish/2_primary"))
        db.execute(script("publish/3_reports"))
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


def _replace_all(db: duckdb.DuckDBPyConnection) -> None:
    """Put the staged rows in the place of those that they outdate."""
    changed = "document_id IN (SELECT document_id FROM changed)"
    for name in BY_DOCUMENT:
        _replace(db, tables()[name], f"w.main.{name}", changed)
    for name in INTERNAL:
        _replace(db, tables()[name], f"w.internal.{name}", changed)
    seen = "source_ref IN (SELECT source_ref FROM staged_inputs)"
    again = "(source_ref, document_id) IN (SELECT (source_ref, document_id) FROM staged_fetches)"
    # What is said of bytes stands while an address holds them, what is said of an address that gave none until it is
    # seen again: so that it is the same whatever runs led here.
    _replace(db, tables()["quarantine"], "w.main.quarantine", f"document_id IS NULL AND {seen} OR {changed}")
    _replace(db, tables()["fetches"], "w.main.fetches", again)
    _replace(db, tables()["availability"], "w.main.availability", "url IN (SELECT url FROM staged_availability)")
    db.execute(f"DELETE FROM w.internal.inputs WHERE {seen}")
    db.execute("INSERT INTO w.internal.inputs SELECT * FROM staged_inputs ORDER BY ALL")
    held = "SELECT document_id FROM w.internal.inputs WHERE document_id IS NOT NULL"
    db.execute(f"DELETE FROM w.main.quarantine WHERE document_id NOT IN ({held})")


def _see_staged(db: duckdb.DuckDBPyConnection, staging: Path) -> None:
    """A view `staged_<table>` over each table's staged files, empty where a run staged none."""
    for name in (*BY_DOCUMENT, *INTERNAL, "quarantine", "fetches", "availability", *STAGED_INTERNAL):
        if any((staging / name).glob("*.parquet")):
            source = f"SELECT * FROM read_parquet({literal(str(staging / name / '*.parquet'))})"
            try:
                db.execute(f"SELECT count(*) FROM ({source})")
            except duckdb.Error as error:
                raise HomeError(f"the staged files of {name} are damaged ({first_line(error)}): run again") from None
        else:
            kept = name in STAGED_INTERNAL
            columns = "*" if kept else ", ".join(column.name for column in tables()[name].staged)
            source = f"SELECT {columns} FROM w.{'internal' if kept else 'main'}.{name} LIMIT 0"
        db.execute(f"CREATE TEMP VIEW staged_{name} AS {source}")


def _content(table: Table) -> str:
    """The hash of a row's content: all but the run that wrote it, and what is chosen among several documents."""
    names = [column.name for column in table.staged if column.name not in ("run_id", "is_primary")]
    return f"hash({', '.join(f's.{name}' for name in names)})"


def _remember(db: duckdb.DuckDBPyConnection, table: Table, target: str) -> None:
    """Which run first wrote each content that this run may write again."""
    if "run_id" in table.names:
        content = _content(table)
        again = f"s.document_id IS NULL OR s.document_id IN (SELECT document_id FROM staged_{table.name})"
        if table.name in BY_DOCUMENT:
            again = "s.document_id IN (SELECT document_id FROM known_documents)"
        db.execute(
            f"CREATE TEMP TABLE old_{table.name} AS SELECT {content} AS content, min(run_id) AS run_id"
            f" FROM (SELECT * FROM {target} s WHERE {again}) s"
            f" WHERE content IN (SELECT {content} FROM staged_{table.name} s) GROUP BY 1"
        )


def _replace(db: duckdb.DuckDBPyConnection, table: Table, target: str, outdated: str) -> None:
    """Put a table's staged rows in the place of those that `outdated` names."""
    db.execute(f"DELETE FROM {target} WHERE {outdated}")
    columns, join = "s.*", ""
    if "run_id" in table.names:
        columns = "s.* REPLACE (coalesce(o.run_id, s.run_id) AS run_id)"
        join = f"LEFT JOIN old_{table.name} o ON o.content = {_content(table)}"
    if "valid_from" in table.names and target.startswith("w.main"):
        columns += ", getvariable('moment') AS valid_from"
    # In the order in which they were staged, that of the input: a sort of documents does not fit into memory.
    db.execute(f"INSERT INTO {target} BY NAME SELECT {columns} FROM staged_{table.name} s {join}")


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
    answer = db.execute(script("publish/4_counts"))
    names = [column[0] for column in answer.description or ()]
    return dict(zip(names, answer.fetchone() or (), strict=True))


def _reasons(db: duckdb.DuckDBPyConnection) -> tuple[Reason, ...]:
    return tuple(Reason(*row) for row in db.execute(script("publish/5_reasons")).fetchall())


def _differences(db: duckdb.DuckDBPyConnection) -> tuple[Difference, ...]:
    return tuple(Difference(*row) for row in db.execute(script("publish/6_changes")).fetchall())


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
