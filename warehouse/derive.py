"""What publishing makes from what documents state: who the bodies are, sentences to compare, the search index."""

from __future__ import annotations

from dataclasses import asdict

import duckdb
import pyarrow as pa

from warehouse.bodies import Stated, identify
from warehouse.schema import FOLDER, tables

SENTENCES_AND_SEARCH = ("passages", "search")  # each a file of sql/derive/ that follows the documents in `changed`


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Bring what is derived up to date, in the open transaction over the database `w`."""
    _bodies(db)
    for name in SENTENCES_AND_SEARCH:
        db.execute((FOLDER / "sql" / "derive" / f"{name}.sql").read_text("utf-8"))


def _bodies(db: duckdb.DuckDBPyConnection) -> None:
    """All bodies anew: a new report may decide whose an old one is."""
    rows = db.execute(
        "SELECT DISTINCT publisher, region_code, level, publisher_kind, year FROM w.main.reports"
        " WHERE publisher IS NOT NULL ORDER BY ALL"
    ).fetchall()
    bodies, ids = identify((Stated(*row[:4]), row[4]) for row in rows)
    made = pa.Table.from_pylist([asdict(body) for body in bodies], schema=tables()["bodies"].arrow)
    stated = pa.table(
        {name: [getattr(each, name) for each in ids] for name in Stated._fields} | {"body_id": list(ids.values())}
    )
    db.register("made_bodies", made)
    db.register("stated_bodies", stated)
    db.execute("DELETE FROM w.main.bodies; INSERT INTO w.main.bodies SELECT * FROM made_bodies ORDER BY body_id")
    db.execute((FOLDER / "sql" / "derive" / "body_reports.sql").read_text("utf-8"))
