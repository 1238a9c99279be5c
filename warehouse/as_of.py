"""A warehouse as it was known at a moment: temporary views take the place of what has a history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import duckdb

from warehouse.reads import tables_read
from warehouse.schema import literal, tables

PAST = ("facts", "reports")  # each with a table `<name>_past`
KEPT = ("runs", "documents", "changes")  # what was there by then
TIMELESS = ("bodies", "body_reports")  # who a publisher is, as it is known today


class AsOfError(ValueError):
    """No such moment: one line for a person."""


def moment(text: str) -> datetime:
    """The moment in UTC: a date stands for its end. Raises AsOfError."""
    try:
        if len(text) == len("2024-01-31"):
            day = date.fromisoformat(text)  # the last one of the calendar has no end that a datetime can name
            return datetime.max if day == date.max else datetime.combine(day + timedelta(days=1), datetime.min.time())
        given = datetime.fromisoformat(text)
        return given.astimezone(UTC).replace(tzinfo=None) if given.tzinfo else given
    except (ValueError, OverflowError):
        raise AsOfError(f"--as-of {text}: expected a date such as 2024-01-31") from None


def look_back(db: duckdb.DuckDBPyConnection, at: datetime) -> None:
    """Put what was known just before a moment in the place of the tables, and have the views read it.

    Checks, parts and the rest have no history: whoever asks for them, or for a view that reads them, gets an error that
    says what can be asked instead, not today's rows.
    """
    database = str(db.execute("SELECT current_database()").fetchall()[0][0])
    time = f"TIMESTAMP {literal(at.isoformat(sep=' '))}"
    runs = f"SELECT run_id FROM {database}.main.runs WHERE ended_at < {time}"
    shown = {name: f"SELECT * FROM {database}.main.{name} WHERE run_id IN ({runs})" for name in KEPT}
    for name in PAST:
        then = f"valid_from < {time} AND valid_to >= {time}"
        past = f"SELECT * EXCLUDE (valid_to) FROM {database}.main.{name}_past WHERE {then}"
        shown[name] = f"SELECT * FROM {database}.main.{name} WHERE valid_from < {time} UNION ALL BY NAME {past}"
    views = _views(db, database)
    lacking = {
        name: name
        for name, table in tables().items()
        if table.source is None and not name.endswith("_past") and name not in shown and name not in TIMELESS
        if db.execute(f"FROM {database}.main.{name} LIMIT 1").fetchall()  # without a row there is nothing to keep back
    }
    for name, query in views.items():
        if sources := tables_read(db, query) & lacking.keys():
            lacking[name] = lacking[min(sources)]
    whole = sorted(views.keys() - lacking.keys())
    instead = f"{', '.join(sorted((*PAST, *KEPT)))} or the views {', '.join(whole)}"
    for name, table_name in lacking.items():
        why = f"the view {name} reads {table_name}, which" if name in views else name
        message = f"{why} has no history: with --as-of ask {instead}"
        shown[name] = _refusal(db, f"{database}.main.{name}", message)
    for name, query in (shown | {name: views[name] for name in views if name not in lacking}).items():
        db.execute(f"CREATE TEMP VIEW {name} AS {query}")


def _refusal(db: duckdb.DuckDBPyConnection, name: str, message: str) -> str:
    """A query with the columns of a table or view that only raises the message: it reads no row, and needs none."""
    refusal = f"error({literal(message)})"  # in every column, too: a condition on nulls would do away with the query
    columns = ", ".join(f'{refusal}::{row[1]} AS "{row[0]}"' for row in db.execute(f"DESCRIBE {name}").fetchall())
    return f"SELECT {columns} WHERE (SELECT {refusal})"


def _views(db: duckdb.DuckDBPyConnection, database: str) -> dict[str, str]:
    """The query of each view that tells of one time, those that another one reads before it."""
    rows = db.execute(
        "SELECT view_name, sql FROM duckdb_views() WHERE database_name = ? AND schema_name = 'main' AND NOT internal"
        " ORDER BY view_oid",
        [database],
    ).fetchall()
    return {name: definition.split(" AS ", 1)[1] for name, definition in rows if not name.endswith("_history")}
