"""What publishing makes from what documents state: who the bodies are, sentences to compare, the search index."""

from __future__ import annotations

from dataclasses import asdict

import duckdb
import pyarrow as pa

from warehouse.between import terms
from warehouse.bodies import Stated, family, identify
from warehouse.history import remember_neighbours
from warehouse.schema import FOLDER, tables

TEXTS = 2000  # whose pairs are counted at a time


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Bring what is derived up to date with `changed` and `affected`, in the open transaction over `w`."""
    _bodies(db)
    db.execute(_sql("figures"))
    remember_neighbours(db)
    db.register("between_terms", terms())
    db.execute(_sql("between_reports"))
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
    """The bodies of every family that has an affected report: a new report may decide whose an old one is."""
    columns = ", ".join(Stated._fields)
    named = db.execute(
        f"SELECT DISTINCT {columns} FROM w.main.reports WHERE publisher IS NOT NULL AND report_id IN (FROM affected)"
    )
    _register(db, "stated_families", {Stated(*row): family(Stated(*row)) for row in named.fetchall()}, "family_id")
    db.execute(_sql("families"))
    rows = db.execute(
        f"SELECT DISTINCT {columns}, year FROM w.main.reports WHERE report_id IN (SELECT report_id FROM neighbours)"
        " ORDER BY ALL"
    ).fetchall()
    bodies, ids = identify((Stated(*row[:4]), row[4]) for row in rows)
    db.register("made_bodies", pa.Table.from_pylist([asdict(body) for body in bodies], schema=tables()["bodies"].arrow))
    _register(db, "stated_bodies", ids, "body_id")
    db.execute(_sql("bodies"))


def _register(db: duckdb.DuckDBPyConnection, name: str, ids: dict[Stated, str], column: str) -> None:
    """A view of bodies as reports name them, each with its id."""
    schema = pa.schema([(each, pa.string()) for each in (*Stated._fields, column)])
    db.register(
        name, pa.table([*([getattr(each, n) for each in ids] for n in Stated._fields), [*ids.values()]], schema=schema)
    )
