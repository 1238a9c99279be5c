"""Questions to a published warehouse, and their answers for people and for machines."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.as_of import AsOfError, look_back, moment
from warehouse.home import Home
from warehouse.migrate import is_ours
from warehouse.told import GongkaiError, until_enough, visible

if TYPE_CHECKING:
    from rich.console import Console

FORMATS = ("table", "csv", "json", "parquet")
NARROWEST = 12  # a column of a table, before a terminal shows each row as a list of its own
_NO_QUERY = "that is no query: it has no answer to show"
_DAMAGE = (
    "not a valid DuckDB database",
    "Corrupt database",
    "Could not read enough bytes",
    "checksum",
    "Is a directory",
)


class QueryError(GongkaiError):
    """There is no answer: one line for a person."""


@contextmanager
def opened(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The home's warehouse, to read; what DuckDB says against it or against a query becomes a QueryError."""
    if not home.warehouse.exists():
        raise QueryError(home.no_warehouse)
    try:
        with duckdb.connect(str(home.warehouse), read_only=True) as db:
            db.execute("SET enable_progress_bar = false")  # it would print into the answer
            if not is_ours(db):
                raise QueryError(home.unusable)
            yield db
    except (duckdb.Error, AsOfError) as error:
        raise QueryError(_said(error, home)) from None


def _said(error: Exception, home: Home) -> str:
    """What DuckDB says, without the lines that show where in the query, and what to do about it."""
    said = str(error).split("\n\n")[0]
    if any(sign in said for sign in _DAMAGE) and (home.warehouse.name in said or "database" in said):
        return f"{home.unusable} ({said})"
    return f"{said} SHOW TABLES lists what there is." if said.startswith("Catalog Error: Table") else said


def answer(home: Home, query: str, form: str, as_of: str = "") -> None:
    """Print the answer to a query: a table, csv or json (one array of objects) in UTF-8 wherever it runs, or parquet
    (to a file or a pipe).

    `as_of`: a date (or a time, in UTC), for what was known at its end.
    """
    if form not in FORMATS:
        raise QueryError(f"--format {form}: expected {', '.join(FORMATS)}")
    if form == "parquet" and sys.stdout.isatty():
        raise QueryError(
            "--format parquet writes bytes: send them to a file, as in … --format parquet > answer.parquet"
        )
    if form in ("csv", "json") and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    with opened(home) as db:
        if as_of:
            look_back(db, moment(as_of))
        with until_enough():
            _print(db, query, form)


def _print(db: duckdb.DuckDBPyConnection, query: str, form: str) -> None:
    if form == "parquet":
        _parquet(db.sql(query))
        return
    found = db.execute(query)
    if found is None or not found.description:
        raise QueryError(_NO_QUERY)
    names = [column[0] for column in found.description]
    {"csv": _csv, "json": _json, "table": _table}[form](names, found)


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(1000):
        yield from rows


def _parquet(found: duckdb.DuckDBPyRelation | None) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 — a table need not wait for it

    if found is None:
        raise QueryError(_NO_QUERY)
    pq.write_table(found.to_arrow_table(), sys.stdout.buffer)


def _csv(names: list[str], found: duckdb.DuckDBPyConnection) -> None:
    import csv  # noqa: PLC0415

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(_rows(found))


def _json(names: list[str], found: duckdb.DuckDBPyConnection) -> None:
    if len(set(names)) < len(names):
        raise QueryError("two columns of the answer have one name, which JSON cannot hold: name them apart with AS")
    separator = "["
    for row in _rows(found):
        values = dict(zip(names, map(_plain, row), strict=True))
        print(separator + json.dumps(values, ensure_ascii=False, default=str), end="")
        separator = ",\n"
    print("]" if separator != "[" else "[]")


def _plain(value: Any) -> Any:
    """As JSON has it: a decimal is a number, and infinity or not-a-number is null."""
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, dict) else value


def _table(names: list[str], found: duckdb.DuckDBPyConnection) -> None:
    """A table that wraps where the terminal is narrow, rather than cut a Chinese text; where it has too many columns
    for that, a list of its own for each row."""
    from rich.console import Console  # noqa: PLC0415

    answered = list(_rows(found))
    rows = [[_text(value) for value in row] for row in answered]
    # Into a file or a pipe a row is a line, however long.
    console = Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=100_000)
    with console.capture() as shown:  # rich itself would take a closed pipe for a failure
        _lay_out(console, names, rows, answered)
    sys.stdout.write(shown.get())


def _lay_out(console: Console, names: list[str], rows: list[list[str]], answered: list[tuple[Any, ...]]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.cells import cell_len  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    widths = [max(map(cell_len, column)) for column in zip(names, *rows, strict=True)]
    if sum(min(width, NARROWEST) + 3 for width in widths) > console.width:
        for number, row in enumerate(rows, 1):
            console.print(Text(f"row {number}", style="bold"))
            for name, value in zip(names, row, strict=True):
                console.print(Text(f"  {name:{max(map(len, names))}}  {value}"), soft_wrap=True)
    else:
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for place, name in enumerate(names):
            numeric = any(isinstance(row[place], (int, float)) for row in answered)
            table.add_column(Text(name), overflow="fold", justify="right" if numeric else "left")
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)
    console.print(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return visible(str(value))
