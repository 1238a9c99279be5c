"""Questions to a published warehouse, and their answers for people and for machines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from warehouse.as_of import AsOfError, look_back, moment

FORMATS = ("table", "csv", "json", "parquet")


class QueryError(Exception):
    """There is no answer: one line for a person."""


@contextmanager
def opened(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The home's warehouse, to read; what DuckDB says against it or against a query becomes a QueryError."""
    path = home / "warehouse.duckdb"
    if not path.exists():
        raise QueryError(f"there is no warehouse in {home}: make one with gongkai run --input DIR --home {home}")
    try:
        with duckdb.connect(str(path), read_only=True) as db:
            db.execute("SET enable_progress_bar = false")  # it would print into the answer
            yield db
    except (duckdb.Error, AsOfError) as error:
        raise QueryError(str(error).split("\n\n")[0]) from None


def answer(home: Path, query: str, form: str, as_of: str = "") -> None:
    """Print the answer to a query: a table, csv, json (one array of objects), or parquet (to a file or a pipe).

    `as_of`: a date (or a time, in UTC), for what was known at its end.
    """
    if form not in FORMATS:
        raise QueryError(f"--format {form}: expected {', '.join(FORMATS)}")
    if form == "parquet" and sys.stdout.isatty():
        raise QueryError(
            "--format parquet writes bytes: send them to a file, as in … --format parquet > answer.parquet"
        )
    with opened(home) as db:
        if as_of:
            look_back(db, moment(as_of))
        try:
            _print(db, query, form)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader, such as `head`, has had enough
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(db: duckdb.DuckDBPyConnection, query: str, form: str) -> None:
    if form == "parquet":
        _parquet(db.sql(query))
        return
    found = db.execute(query)
    if found is None or not found.description:
        raise QueryError("that is no query: it has no answer to show")
    names = [column[0] for column in found.description]
    {"csv": _csv, "json": _json, "table": _table}[form](names, found)


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(1000):
        yield from rows


def _parquet(found: duckdb.DuckDBPyRelation) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 — a table need not wait for it

    pq.write_table(found.to_arrow_table(), sys.stdout.buffer)


def _csv(names: list[str], found: duckdb.DuckDBPyConnection) -> None:
    import csv  # noqa: PLC0415

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(_rows(found))


def _json(names: list[str], found: duckdb.DuckDBPyConnection) -> None:
    separator = "["
    for row in _rows(found):
        print(separator + json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str), end="")
        separator = ",\n"
    print("]" if separator != "[" else "[]")


def _table(names: list[str], found: duckdb.DuckDBPyConnection) -> None:
    """A table that wraps where the terminal is narrow, rather than cut a Chinese text."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    rows = list(_rows(found))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, name in enumerate(names):
        numeric = any(isinstance(row[place], (int, float)) for row in rows)
        table.add_column(Text(name), overflow="fold", justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(_text(value)) for value in row))
    # Into a file or a pipe a row is a line, however long.
    console = Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=100_000)
    console.print(table)
    console.print(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
