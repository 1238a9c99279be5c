"""Bringing a database to the schema of this version.

What SQL must decide is a numbered file of `sql/migrations/`; new tables, and new columns that may be null, come from
their declaration alone. A database of a later version is left alone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

from warehouse.home import HomeError
from warehouse.schema import FOLDER, TYPES, Table, script, tables

INTERNAL = ("reports", "parts", "checks")  # public tables with a row a report, chosen from a row a document


@cache
def migrations() -> dict[int, Path]:
    """The migrations by their numbers; each leads to the schema of its number."""
    return {int(path.name[:4]): path for path in sorted((FOLDER / "sql/migrations").glob("*.sql"))}


def latest() -> int:
    """The number of this version's schema."""
    return max(migrations())


def version(db: duckdb.DuckDBPyConnection, database: str) -> int:
    """The number of the schema of an attached database; 0 before there were numbers."""
    has = db.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'internal' AND table_name = 'version'",
        [database],
    ).fetchone()
    return int(db.execute(f"SELECT max(number) FROM {database}.internal.version").fetchall()[0][0]) if has else 0


def is_ours(db: duckdb.DuckDBPyConnection) -> bool:
    """Whether an open database is a warehouse, of whatever version."""
    return bool(db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'facts' LIMIT 1").fetchall())


def refuse_newer(found: int) -> None:
    """Raise HomeError for a database of a later version."""
    if found > latest():
        raise HomeError(
            f"the warehouse was written by a newer gongkai (schema {found}, this one knows {latest()}): update gongkai"
        )


def upgrade(db: duckdb.DuckDBPyConnection) -> None:
    """Bring the attached database `w`, new or of an earlier version, to this version's tables.

    Raises HomeError where a later version wrote it.
    """
    found = _columns(db)
    before = version(db, "w") if found else latest()
    refuse_newer(before)
    db.execute("USE w")
    for number, path in migrations().items():
        if number > before:
            db.execute(path.read_text("utf-8"))
    db.execute(script("internal"))
    now = _columns(db) if before < latest() else found
    for table in tables().values():
        _complete(db, table, now.get(table.name))
        if table.name in INTERNAL and not found:
            db.execute(table.ddl("internal"))
    db.execute(f"DELETE FROM internal.version; INSERT INTO internal.version VALUES ({latest()})")
    db.execute("USE memory")
    kinds = {name: {column: kind for column, (kind, _) in columns.items()} for name, columns in _columns(db).items()}
    if kinds != {table.name: {c.name: TYPES[c.type][1] for c in table.columns} for table in tables().values()}:
        raise HomeError("the warehouse was written by another version of gongkai: use another home for this one")


def _complete(db: duckdb.DuckDBPyConnection, table: Table, found: dict[str, tuple[str, str | None]] | None) -> None:
    """Make a table that is missing, add the columns that it lacks and that may be null, and say what each means."""
    if found is None:
        db.execute(table.ddl())
        return
    for column in table.columns:
        if column.name not in found and column.nullable:
            db.execute(f'ALTER TABLE main.{table.name} ADD COLUMN "{column.name}" {TYPES[column.type][1]}')
            if table.name in INTERNAL and not column.at_publish:
                db.execute(f'ALTER TABLE internal.{table.name} ADD COLUMN "{column.name}" {TYPES[column.type][1]}')
    if {name: comment for name, (_, comment) in found.items()} != {c.name: c.comment for c in table.columns}:
        db.execute(table.comments())


def _columns(db: duckdb.DuckDBPyConnection) -> dict[str, dict[str, tuple[str, str | None]]]:
    """The columns of the public tables of `w`, with their types and comments."""
    rows = db.execute(
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns()"
        " WHERE database_name = 'w' AND schema_name = 'main' AND table_name NOT IN"
        " (SELECT view_name FROM duckdb_views() WHERE database_name = 'w')"
    ).fetchall()
    found: dict[str, dict[str, tuple[str, str | None]]] = {}
    for table, column, kind, comment in rows:
        found.setdefault(table, {})[column] = (kind, comment)
    return found
