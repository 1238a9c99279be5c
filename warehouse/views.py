"""The views: one file each in `sql/views/`, whose leading comment says what it is and what each of its columns means.

    -- What a row is, in English.
    -- 每行是什么。
    -- column: in English · 中文
    SELECT …

A view names its tables without a schema and uses no macro, so that it works under whatever name the file is attached.
`{{columns}}` in the panel stands for a column of each series of each indicator, `{{members}}` for what belongs to it;
`{{sums}}` for the totals that a form has no row of, a row a part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

import duckdb

from warehouse.reads import tables_read
from warehouse.schema import FOLDER, literal
from warehouse.sums import sums

_COLUMN = re.compile(r"-- (\w+): (.+) · (.+)")
_CHINESE = re.compile(r"[㐀-鿿]")
PLACEHOLDER = "{{columns}}"


class ViewError(ValueError):
    """A view's file is malformed, or does not describe its columns; the message names the view."""


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """What a column of a view means, in two languages."""

    name: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class View:
    """One view as its file declares it."""

    name: str
    en: str
    zh: str
    columns: tuple[ViewColumn, ...]
    query: str


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one indicator that may stand in one line: those of some forms, and their column in the panel."""

    indicator_id: str
    generations: tuple[str, ...]
    column: ViewColumn


@cache
def views() -> tuple[View, ...]:
    """Every view, those that another one needs before it."""
    found = {
        path.stem: _view(path.stem, path.read_text("utf-8")) for path in sorted((FOLDER / "sql/views").glob("*.sql"))
    }
    with duckdb.connect() as db:
        needs = {name: sorted(_needed(db, view.query) & found.keys()) for name, view in found.items()}
    return tuple(found[name] for name in TopologicalSorter(needs).static_order())


def _needed(db: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    """What must be there before the view: what it reads, and the series that give the panel its columns."""
    read = tables_read(db, _filled(query, [Series("", ("",), ViewColumn("one_of_many", "", ""))]))
    return read | {"series"} if PLACEHOLDER in query else read


def _view(name: str, text: str) -> View:
    lines = text.splitlines()
    length = next(number for number, line in enumerate(lines) if not line.startswith("-- "))
    columns: list[ViewColumn] = []
    en: list[str] = []
    zh: list[str] = []
    for line in lines[:length]:
        if column := _COLUMN.fullmatch(line):
            columns.append(ViewColumn(column[1], column[2], column[3]))
        else:
            (zh if _CHINESE.match(line[3:]) else en).append(line[3:])
    if not (en and zh and columns):
        raise ViewError(
            f"view {name}: its file must begin with its description in English and Chinese, and its columns"
        )
    return View(name, " ".join(en), "".join(zh), tuple(columns), "\n".join(lines[length:]))


def make_views(db: duckdb.DuckDBPyConnection) -> None:
    """Make all views of the database `w` anew, with their comments; the catalogue is loaded."""
    old = db.execute(
        "SELECT view_name FROM duckdb_views() WHERE database_name = 'w' AND schema_name = 'main' AND NOT internal"
    ).fetchall()
    db.execute("USE w")
    for (name,) in old:
        db.execute(f"DROP VIEW main.{name}")
    for view in views():
        series = _series(db) if PLACEHOLDER in view.query else []
        db.execute(f"CREATE VIEW main.{view.name} AS {_filled(view.query, series)}")
        db.execute(f"COMMENT ON VIEW main.{view.name} IS {literal(f'{view.en} {view.zh}')}")
        for column in (*view.columns, *(each.column for each in series)):
            db.execute(f'COMMENT ON COLUMN main.{view.name}."{column.name}" IS {literal(f"{column.en} · {column.zh}")}')
    db.execute("USE memory")


def _filled(query: str, series: list[Series]) -> str:
    """A view's query with the columns of the panel and the sums. By number and CASE: FILTER takes ten times as long."""
    terms = (
        f'max(CASE WHEN column_no = {no} THEN value END) AS "{each.column.name}"' for no, each in enumerate(series)
    )
    members = (
        f"({literal(each.indicator_id)}, {literal(generation)}, {no})"
        for no, each in enumerate(series)
        for generation in each.generations
    )
    parts = (
        f"({literal(each.indicator_id)}, {literal(each.generation)}, {literal(part)}, {len(each.parts)})"
        for each in sums()
        for part in each.parts
    )
    filled = query.replace(PLACEHOLDER, ",\n        ".join(terms)).replace("{{members}}", ", ".join(members))
    return filled.replace("{{sums}}", ", ".join(parts))


def _series(db: duckdb.DuckDBPyConnection) -> list[Series]:
    """The series of each indicator, with the panel's column for each."""
    rows = db.execute(
        "SELECT *, count(*) OVER (PARTITION BY indicator_id) > 1 FROM ("
        "SELECT indicator_id, name_zh, unit, series, list(generation ORDER BY generation)"
        " FROM series JOIN indicators USING (indicator_id) GROUP BY ALL) ORDER BY ALL"
    ).fetchall()
    made = []
    for indicator, name_zh, unit, series, generations, several in rows:
        name = indicator.replace(".", "_") + (f"_{series}" if several else "")
        english = f"{indicator} ({unit or 'no unit'}), forms of {', '.join(generations)}"
        column = ViewColumn(name, english, f"{name_zh}（{'、'.join(generations)}年版）")
        made.append(Series(indicator, tuple(generations), column))
    return made


def check_views(db: duckdb.DuckDBPyConnection) -> None:
    """Bind every view of an open warehouse; a view that does not work raises duckdb.Error."""
    for view in views():
        db.execute(f"SELECT * FROM {view.name} LIMIT 0")
