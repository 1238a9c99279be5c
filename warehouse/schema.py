"""The public tables, as `tables/*.yaml` declare them: one file a table, one line a column.

From this one declaration come the DDL and the comments of the database, the Arrow schema with the descriptions as field
metadata (and so of the Parquet files), and the contract that every batch is held to before it is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

FOLDER = Path(__file__).parent
TYPES: dict[str, tuple[pa.DataType, str]] = {
    "string": (pa.string(), "VARCHAR"),
    "int": (pa.int32(), "INTEGER"),
    "bigint": (pa.int64(), "BIGINT"),
    "double": (pa.float64(), "DOUBLE"),
    "bool": (pa.bool_(), "BOOLEAN"),
    "date": (pa.date32(), "DATE"),
    "timestamp": (pa.timestamp("us"), "TIMESTAMP"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its types, whether it may be null, which values it may hold, and what it means in two languages."""

    name: str
    type: str  # a key of TYPES
    nullable: bool
    en: str
    zh: str
    unit: str | None
    values: tuple[str, ...]
    at_publish: bool  # filled when a run publishes: staged rows lack it

    @property
    def comment(self) -> str:
        """What it means, in both languages."""
        return f"{self.en} · {self.zh}"

    @property
    def field(self) -> pa.Field:
        """The Arrow field, with the descriptions as metadata."""
        metadata = {"description": self.en, "description_zh": self.zh, "unit": self.unit}
        return pa.field(
            self.name,
            TYPES[self.type][0],
            nullable=self.nullable,
            metadata={key: text for key, text in metadata.items() if text},
        )


@dataclass(frozen=True, slots=True)
class Table:
    """One public table. `source`: the file of the catalogue that it holds; None where runs write it."""

    name: str
    en: str
    zh: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    source: Path | None
    sort: tuple[str, ...]  # the order of exported rows: what readers look for first

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def staged(self) -> tuple[Column, ...]:
        """The columns that staged rows have."""
        return tuple(column for column in self.columns if not column.at_publish)

    @property
    def staged_key(self) -> tuple[str, ...]:
        """The key of staged rows: of what has a row a report, each of its documents stages its own."""
        return tuple("document_id" if name == "report_id" else name for name in self.key)

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema of its rows."""
        return self._arrow(self.columns)

    @property
    def staged_arrow(self) -> pa.Schema:
        """The Arrow schema of a batch of its staged rows."""
        return self._arrow(self.staged)

    def _arrow(self, columns: tuple[Column, ...]) -> pa.Schema:
        return pa.schema(
            [column.field for column in columns],
            metadata={"table": self.name, "description": self.en, "description_zh": self.zh, "key": ",".join(self.key)},
        )

    def ddl(self, schema: str = "main") -> str:
        """The statements that make the table in a schema of the database, with its comments; not public, as staged."""
        columns = ", ".join(
            f'"{column.name}" {TYPES[column.type][1]}{"" if column.nullable else " NOT NULL"}'
            for column in (self.columns if schema == "main" else self.staged)
        )
        return f"CREATE TABLE {schema}.{self.name} ({columns}); {self.comments() if schema == 'main' else ''}"

    def comments(self) -> str:
        """The statements that describe the public table and its columns."""
        comments = [f"COMMENT ON TABLE main.{self.name} IS {literal(f'{self.en} {self.zh}')}"]
        comments += [
            f'COMMENT ON COLUMN main.{self.name}."{column.name}" IS {literal(column.comment)}'
            for column in self.columns
        ]
        return "; ".join(comments) + ";"


def literal(text: str) -> str:
    """`text` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def script(place: str) -> str:
    """The SQL of a file of `sql/`, named from there: publish/1_changed."""
    return (FOLDER / "sql" / f"{place}.sql").read_text("utf-8")


@cache
def tables() -> dict[str, Table]:
    """Every public table by its name."""
    return {path.stem: _table(path) for path in sorted((FOLDER / "tables").glob("*.yaml"))}


def _table(path: Path) -> Table:
    declared: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Table(
        name=path.stem,
        en=declared["en"],
        zh=declared["zh"],
        key=tuple(declared["key"]),
        columns=tuple(
            Column(
                name=name,
                type=column["type"].removesuffix("?"),
                nullable=column["type"].endswith("?"),
                en=column["en"],
                zh=column["zh"],
                unit=column.get("unit"),
                values=tuple(column.get("values", ())),
                at_publish=column.get("filled") == "publish",
            )
            for name, column in declared["columns"].items()
        ),
        source=FOLDER / "catalogue" / declared["source"] if "source" in declared else None,
        sort=tuple(declared.get("sort") or declared["key"] or declared["columns"]),
    )
