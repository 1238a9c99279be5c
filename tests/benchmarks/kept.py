"""What of a known document stands in what a reader gives: its prose, its cells, and the site's own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.clean.extract import Extract
from tasks.model import Table
from tests.render.document import Grid, NeutralDocument

NEAR = 40  # entries within which the next cell of a table must follow
CellTuple = tuple[int, int, int, int, str]


def bare(text: str) -> str:
    """Characters only: blanks and widths are what readers may change."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@dataclass(slots=True)
class Kept:
    """Sums over documents."""

    prose: int = 0  # characters of paragraphs, and of those that came whole
    prose_kept: int = 0
    cells: int = 0  # that print something
    cells_kept: int = 0
    exact: int = 0  # of all cells: with row, column and both spans
    all_cells: int = 0
    chrome: int = 0
    chrome_left: int = 0

    def add(self, document: NeutralDocument, text: str, entries: Sequence[str], chrome: Iterable[str] = ()) -> None:
        """Count a document that a reader gave as one text, and its tables' cells one after the other."""
        text = bare(text)
        for line in document.lines:
            self.prose += len(line.text)
            self.prose_kept += len(line.text) if bare(line.text) in text else 0
        for words in chrome:
            self.chrome += 1
            self.chrome_left += bare(words) in text
        entries = [entry for entry in map(bare, entries) if entry]
        at = 0
        for grid in document.grids:
            first = bare(grid.cells[0].text)  # prose may stand before it
            at = entries.index(first, at) if first in entries[at:] else at
            for cell in grid.cells:
                if wanted := bare(cell.text):
                    self.cells += 1
                    if wanted in entries[at : at + NEAR]:
                        at = entries.index(wanted, at) + 1
                        self.cells_kept += 1

    def add_grids(self, grids: Sequence[Grid], read: Sequence[Sequence[CellTuple]]) -> None:
        """Count tables whose cells a reader gave with their places; two that touch may be read as one."""
        for grid in grids:
            wanted = {(c.row, c.column, c.row_span, c.column_span, bare(c.text)) for c in grid.cells}
            first = bare(grid.cells[0].text)
            tops = [(table, cell[0]) for table in read for cell in table if cell[4] == first and cell[1] == 0]
            self.all_cells += len(wanted)
            self.exact += max(
                (len(wanted & {(cell[0] - top, *cell[1:]) for cell in table}) for table, top in tops), default=0
            )


def cells_of(extract: Extract) -> list[list[CellTuple]]:
    """The tables of an extract."""
    text = extract.source_text
    return [
        [(c.row, c.column, c.row_span, c.column_span, bare(text[c.start : c.end])) for c in table.cells]
        for table in extract.blocks
        if isinstance(table, Table)
    ]


def add_extract(kept: Kept, document: NeutralDocument, extract: Extract, chrome: Iterable[str] = ()) -> None:
    """Count what a reader of this project gave."""
    tables = cells_of(extract)
    kept.add(document, extract.source_text, [cell[4] for table in tables for cell in table], chrome)
    kept.add_grids(document.grids, tables)
