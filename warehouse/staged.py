"""Staged rows: how they are seen, and how they take the place of those that they outdate.

A row that is written again with the same content keeps the `run_id` of the run that first wrote it. So `remember` looks
for it before anything is changed, and `replace_all` puts it back.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.home import HomeError, first_line
from warehouse.migrate import INTERNAL
from warehouse.schema import Table, literal, tables

BY_DOCUMENT = ("documents", "sections", "facts", "cells", "citations", "numerals")
STAGED_INTERNAL = ("inputs", "made")


def make_views(db: duckdb.DuckDBPyConnection, staging: Path) -> None:
    """A view `staged_<table>` over the staged files of each table, empty where a run staged none. Raises HomeError."""
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


def remember(db: duckdb.DuckDBPyConnection) -> None:
    """Tables `old_<table>`: which run first wrote each content that this run may write again."""
    for name in (*BY_DOCUMENT, "quarantine", "fetches"):
        _remember(db, tables()[name], f"w.main.{name}")
    for name in INTERNAL:
        _remember(db, tables()[name], f"w.internal.{name}")


def replace_all(db: duckdb.DuckDBPyConnection) -> None:
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
