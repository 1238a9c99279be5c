"""Bringing a database to the schema of this version.

What SQL must decide is a numbered file of `sql/migrations/`; new tables, and new columns that may be null, come from
their declaration alone. A database of a later version is left alone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

from warehouse.home import HomeError
from warehouse.schema import FOLDER, TYPES, Table, tables

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


def refuse_newer(found: int) -> None:
    """Raise HomeError for a database of a later version."""
    if found > latest():
        raise HomeError(
            f"the warehouse was written by a newer gongkai (schema {found}, this one knows {latest()}): update gongkai"
        )


def upgrade(db: duckdb.DuckDBPyConnection) -> None:
    """Bring the attached database `w`, new or of an earlier version, to this version's tables."""
    found = _columns(db)
    if found:
        before = version(db, "w")
        refuse_newer(before)
        db.execute("USE w")
        for number, path in migrations().items():
            if number > before:
                db.execute(path.read_text("utf-8"))
    db.execute("USE w")
    db.execute((FOLDER / "sql/internal.sql").read_text("utf-8"))
    for table in tables().values():
        _complete(db, table, found.get(table.name))
        if table.name in INTERNAL and not found:
            db.execute(table.ddl("internal"))
    db.execute("DELETE FROM internal.version")
    db.execute(f"INSERT INTO internal.version VALUES ({latest()})")
    db.execute("USE memory")
    expected = {table.name: _types(table) for table in tables().values()}
    if _columns(db) != expected:
        raise HomeError("the warehouse was written by another version of gongkai: use another home for this one")


def _complete(db: duckdb.DuckDBPyConnection, table: Table, found: dict[str, str] | None) -> None:
    """Make a table that is missing, and add the columns that it lacks and that may be null."""
    if found is None:
        if not _columns(db).get(table.name):
            db.execute(table.ddl())
        return
    for column in table.columns:
        if column.name not in _columns(db)[table.name] and column.nullable:
            db.execute(f'ALTER TABLE main.{table.name} ADD COLUMN "{column.name}" {TYPES[column.type][1]}')
            if table.name in INTERNAL and not column.at_publish:
                db.execute(f'ALTER TABLE internal.{table.name} ADD COLUMN "{column.name}" {TYPES[column.type][1]}')
    db.execute(table.comments())


def _types(table: Table) -> dict[str, str]:
    return {column.name: TYPES[column.type][1] for column in table.columns}


def _columns(db: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The columns of the public tables of `w`, with their types."""
    rows = db.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() c"
        " WHERE database_name = 'w' AND schema_name = 'main' AND table_name IN"
        " (SELECT table_name FROM duckdb_tables() WHERE database_name = 'w' AND schema_name = 'main')"
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found
