"""A warehouse as it was known at a moment: temporary views take the place of what has a history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import duckdb

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
            return datetime.combine(date.fromisoformat(text) + timedelta(days=1), datetime.min.time())
        given = datetime.fromisoformat(text)
        return given.astimezone(UTC).replace(tzinfo=None) if given.tzinfo else given
    except (ValueError, OverflowError):
        raise AsOfError(f"--as-of {text}: expected a date such as 2024-01-31") from None


def look_back(db: duckdb.DuckDBPyConnection, at: datetime) -> None:
    """Put what was known just before a moment in the place of the tables, and have the views read it.

    Checks, parts and the rest have no history: whoever asks for them gets an error, not today's rows.
    """
    database = str(db.execute("SELECT current_database()").fetchall()[0][0])
    time = f"TIMESTAMP {literal(at.isoformat(sep=' '))}"
    runs = f"SELECT run_id FROM {database}.main.runs WHERE ended_at < {time}"
    shown = {name: f"SELECT * FROM {database}.main.{name} WHERE run_id IN ({runs})" for name in KEPT}
    for name in PAST:
        then = f"valid_from < {time} AND valid_to >= {time}"
        past = f"SELECT * EXCLUDE (valid_to) FROM {database}.main.{name}_past WHERE {then}"
        shown[name] = f"SELECT * FROM {database}.main.{name} WHERE valid_from < {time} UNION ALL BY NAME {past}"
    for name, table in tables().items():
        if table.source is None and not name.endswith("_past") and name not in shown and name not in TIMELESS:
            message = literal(f"{name} has no history: with --as-of ask facts, reports, documents, runs or changes")
            shown[name] = f"SELECT * FROM {database}.main.{name} WHERE error({message})"
    for name, query in shown.items():
        db.execute(f"CREATE TEMP VIEW {name} AS {query}")
    views = db.execute(
        "SELECT view_name, sql FROM duckdb_views() WHERE database_name = ? AND schema_name = 'main' AND NOT internal"
        " ORDER BY view_oid",
        [database],
    ).fetchall()
    for name, definition in views:
        if not name.endswith("_history"):
            db.execute(f"CREATE TEMP VIEW {name} AS {definition.split(' AS ', 1)[1]}")
