"""A row's values as the labels delimit them, and what labels and heads say of them; nothing is placed yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.parse.tables.forms import Row, TableName
from tasks.parse.tables.stream import Token


@dataclass(slots=True)
class RowRun:
    """The values of one row, as they follow each other. `row` None where no label told it."""

    table: TableName
    row: Row | None
    label: Token | None
    tokens: list[Token]
    words: str  # what stands before the values
    before: str = ""  # what stands before the key in the label
    periods: tuple[str, ...] = ()  # of the value columns, in the forms of one figure a row
    heads: dict[int, str] = field(default_factory=dict)  # in those forms, by column, what stands above it
    head_columns: tuple[int, ...] = ()  # the grid columns of the heads, where every column's head was read
    units: dict[str, str] = field(default_factory=dict)  # by measure, or under "" the row's own
    foreign: frozenset[int] = frozenset()  # columns whose head is another than the form's
    applicants: tuple[int, ...] = ()  # the form's columns of section three that the table has, where it lacks some
    closed_up: bool = False  # what cells span leaves no blanks before the values: those beyond the form are behind them
