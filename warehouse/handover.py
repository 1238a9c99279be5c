"""Handing over: the public tables as files for other tools, in a folder of one's own choosing.

Parquet: a file a table, and of the tables with a row a number or a sentence a folder `<table>/year=<year>/`, so that
who asks for a year reads that year alone. CSV: a file a table, for spreadsheets (UTF-8 with a byte order mark, times in
ISO 8601). Beside them the data package, the dictionary and the manifest of hashes (see `package.py`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pyarrow.csv

from warehouse.export import ROWS, write_parquet
from warehouse.home import Home
from warehouse.migrate import refuse_newer, version
from warehouse.package import MANIFEST, describe, exported
from warehouse.query import QueryError, opened
from warehouse.schema import Table, tables

FORMATS = ("csv", "parquet")
BY_YEAR = ("cells", "facts", "numerals", "passages", "sections")  # tables with a row a document's number or sentence
MARK = b"\xef\xbb\xbf"  # by which a spreadsheet knows UTF-8


def hand_over(home: Home, form: str, folder: Path) -> list[Path]:
    """Write the files, in the place of those that an earlier call left there; returns their paths within the folder.

    Raises QueryError for another form, and where the folder holds files of somebody else; HomeError where a later
    version wrote the warehouse.
    """
    if form not in FORMATS:
        raise QueryError(f"--format {form}: expected {' or '.join(FORMATS)}")
    if folder.is_file():
        raise QueryError(f"{folder} is a file: name a folder to write into")
    place = folder.resolve()
    _refuse(home, place)
    made = place.with_name(f".{place.name}.unfinished")
    with opened(home) as db:
        refuse_newer(version(db, home.warehouse.stem))
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        write = _parquet if form == "parquet" else _csv
        files = {table: write(db, table, made) for table in tables().values()}
        describe(db, made, files, form)
    shutil.rmtree(place, ignore_errors=True)
    made.replace(place)
    return [path for paths in files.values() for path in paths]


def _refuse(home: Home, place: Path) -> None:
    """Raise QueryError for a folder that cannot be replaced as a whole without a loss."""
    if place == Path.cwd():
        raise QueryError(f"{place} is the folder that you are in: name another to write into")
    if place == home.export.resolve() or place.is_relative_to(home.exports.resolve()):
        raise QueryError(f"{place} is where each run writes its own files: name another folder")
    written = {MANIFEST, *exported(place)}
    there = (path for path in place.rglob("*") if not path.is_dir())
    if any(path.relative_to(place).as_posix() not in written for path in there):
        raise QueryError(f"{place} holds other files: name an empty folder, or one that does not exist")


def _parquet(db: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> list[Path]:
    if table.name not in BY_YEAR:
        write_parquet(db, table, folder / f"{table.name}.parquet")
        return [Path(f"{table.name}.parquet")]
    made = []
    for year, documents in _years(db, table):
        path = Path(table.name, f"year={year}", "rows.parquet")
        (folder / path).parent.mkdir(parents=True)
        write_parquet(db, table, folder / path, documents)
        made.append(path)
    return made


def _years(db: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[str, str]]:
    """The years of the reports, each with the condition on its documents.

    Last what has no year, as Hive names it, where there is such a row: pandas reads no folder whole that has one.
    """
    of_year = "SELECT document_id FROM internal.reports WHERE year"
    years = db.execute("SELECT DISTINCT year FROM internal.reports WHERE year IS NOT NULL ORDER BY year").fetchall()
    known = [(str(year), f"document_id IN ({of_year} = {year})") for (year,) in years]
    without = f"document_id NOT IN ({of_year} IS NOT NULL)"
    if known and not db.execute(f"SELECT 1 FROM {table.name} WHERE {without} LIMIT 1").fetchall():
        return known
    return [*known, ("__HIVE_DEFAULT_PARTITION__", without)]


def _csv(db: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> list[Path]:
    path = Path(f"{table.name}.csv")
    columns = (
        f"strftime({column.name}, '%Y-%m-%dT%H:%M:%SZ') AS {column.name}" if column.type == "timestamp" else column.name
        for column in table.columns
    )
    rows = db.sql(f"SELECT {', '.join(columns)} FROM {table.name} ORDER BY {', '.join(table.sort)}").to_arrow_reader(
        ROWS
    )
    with (folder / path).open("wb") as file:
        file.write(MARK)
        with pyarrow.csv.CSVWriter(file, rows.schema) as writer:
            for batch in rows:
                writer.write_batch(batch)
    return [path]
