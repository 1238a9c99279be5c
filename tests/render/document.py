"""A made-up report before it takes a format: lines and grids in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.render.facts import Key

LineKind = Literal["title", "heading", "paragraph", "sign", "caption"]


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    kind: LineKind = "paragraph"
    depth: int = 0  # of a heading: 1 for 一、, 2 for （一）


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its upper left corner. `key` is the figure it prints; None for labels and figures of no indicator."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    name: str
    rows: int
    columns: int
    header_rows: int  # how many a printer repeats on each page
    cells: tuple[GridCell, ...]

    def by_row(self) -> list[list[GridCell]]:
        """The cells that begin in each row, from the left."""
        rows: list[list[GridCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class NeutralDocument:
    page_title: str  # what a browser shows
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = field(default=())

    @property
    def lines(self) -> list[Line]:
        return [block for block in self.blocks if isinstance(block, Line)]

    @property
    def grids(self) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid)]
