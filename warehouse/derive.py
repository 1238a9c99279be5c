"""What publishing makes from what documents state: who the bodies are, sentences to compare, the search index."""

from __future__ import annotations

from dataclasses import asdict

import duckdb
import pyarrow as pa

from warehouse.between import terms
from warehouse.bodies import identify
from warehouse.body_keys import Stated, family
from warehouse.history import remember_neighbours
from warehouse.schema import script, tables

TEXTS = 2000  # whose pairs are counted at a time


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Bring what is derived up to date with `changed` and `affected`, in the open transaction over `w`."""
    _bodies(db)
    db.execute(script("derive/figures"))
    remember_neighbours(db)
    db.register("between_terms", terms())
    db.execute(script("derive/between_reports"))
    db.execute(script("derive/passages"))
    _search(db)


def _search(db: duckdb.DuckDBPyConnection) -> None:
    """Add the texts of the changed documents to the search index."""
    db.execute(script("derive/search_texts"))
    first, last = db.execute("SELECT min(text_no), max(text_no) FROM new_texts").fetchone() or (None, None)
    for start in range(first, last + 1, TEXTS) if first is not None else ():
        db.execute(script("derive/search_pairs"), {"first": start, "last": start + TEXTS - 1})
    db.execute(script("derive/search_postings"))


def _bodies(db: duckdb.DuckDBPyConnection) -> None:
    """The bodies of every family that has an affected report: a new report may decide whose an old one is."""
    affected = _stated(db, "affected")
    families = {stated: family(stated) for stated in {stated for _, stated, _ in affected}}
    _register(db, "report_families", {report_id: families[stated] for report_id, stated, _ in affected}, "family_id")
    db.execute(script("derive/families"))
    reports = _stated(db, "neighbours")
    bodies, ids = identify((stated, year) for _, stated, year in reports)
    db.register("made_bodies", pa.Table.from_pylist([asdict(body) for body in bodies], schema=tables()["bodies"].arrow))
    _register(db, "report_bodies", {report_id: ids[stated] for report_id, stated, _ in reports}, "body_id")
    db.execute(script("derive/bodies"))


def _stated(db: duckdb.DuckDBPyConnection, of: str) -> list[tuple[str, Stated, int | None]]:
    """The reports of a table that name their body: their ids, the body as they name it, the year."""
    columns = ", ".join(Stated._fields)
    rows = db.execute(
        f"SELECT report_id, year, {columns} FROM w.main.reports"
        f" WHERE publisher IS NOT NULL AND report_id IN (SELECT report_id FROM {of}) ORDER BY {columns}, year"
    ).fetchall()
    return [(report_id, Stated(*named), year) for report_id, year, *named in rows]


def _register(db: duckdb.DuckDBPyConnection, name: str, ids: dict[str, str], column: str) -> None:
    """A view of reports, each with the id that `column` names."""
    schema = pa.schema([("report_id", pa.string()), (column, pa.string())])
    db.register(name, pa.table([[*ids], [*ids.values()]], schema=schema))
