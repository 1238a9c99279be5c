"""What publishing makes from what documents state: who the bodies are, sentences to compare, the search index."""

from __future__ import annotations

from dataclasses import asdict

import duckdb
import pyarrow as pa

from warehouse.between import terms
from warehouse.bodies import Stated, identify
from warehouse.schema import FOLDER, tables

TEXTS = 2000  # whose pairs are counted at a time


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Bring what is derived up to date with the documents in `changed`, in the open transaction over `w`."""
    _bodies(db)
    _between_reports(db)
    db.execute(_sql("passages"))
    _search(db)


def _sql(name: str) -> str:
    return (FOLDER / "sql" / "derive" / f"{name}.sql").read_text("utf-8")


def _search(db: duckdb.DuckDBPyConnection) -> None:
    """Add the texts of the changed documents to the search index."""
    db.execute(_sql("search_texts"))
    first, last = db.execute("SELECT min(text_no), max(text_no) FROM new_texts").fetchone() or (None, None)
    for start in range(first, last + 1, TEXTS) if first is not None else ():
        db.execute(_sql("search_pairs"), {"first": start, "last": start + TEXTS - 1})
    db.execute(_sql("search_postings"))


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
    db.execute(_sql("body_reports"))


def _between_reports(db: duckdb.DuckDBPyConnection) -> None:
    """The checks that need two reports, all anew."""
    db.register("between_terms", terms())
    db.execute(_sql("between_reports"))
