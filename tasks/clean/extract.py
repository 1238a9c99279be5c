"""What every reader of a format hands to the assembly: the source's characters and the blocks they form.

A reader is a pure function `extract_xxx(raw: RawDocument) -> Extract` that raises `Rejected` and nothing else.
The blocks are those of `tasks.model`, with every span in `source_text`. A cell has its place and its span only: its
`text` is '' and its `state` 'text' until the assembly has restored and normalised the characters of the span.

How `source_text` is laid out, for all formats:

    a paragraph     one line
    a table         one line a row, cells separated by a tab; a spanning cell stands once, in its first row
    a cell          exactly the characters of its span, its own line breaks and blanks as the source has them

so a row holds the cells that begin in it, and a line break inside a cell is no end of a row: the spans decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tasks.clean.limits import check_cells, check_length
from tasks.model import Block, Cell, MetadataItem, Paragraph, ParagraphKind, Table


@dataclass(frozen=True, slots=True)
class Extract:
    """A document as its format gives it, before restoration and normalisation."""

    source_text: str
    blocks: tuple[Block, ...]  # in reading order, spans into source_text ascending
    title_candidates: tuple[str, ...] = ()  # best first, as the source writes them
    metadata: tuple[MetadataItem, ...] = ()
    charset: str | None = None  # None where the format has none (PDF) or fixes it (DOCX)
    media_type: str = "application/octet-stream"


class GridCell(NamedTuple):
    """One cell of a grid that is not yet in `source_text`; a spanning cell stands once, at its upper left corner."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


class SourceWriter:
    """Writes `source_text` from its beginning to its end and notes each block's span as it goes.

    Raises Rejected `too_large` where it becomes more than a report can be.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._length = self._cells = 0

    def paragraph(self, text: str, kind: ParagraphKind = "paragraph") -> None:
        """Write one paragraph on a line of its own; nothing where it is blank."""
        text = text.strip()
        if text:
            start = self._write(text)
            self.blocks.append(Paragraph(start, self._length, kind))
            self._write("\n")

    def table(self, cells: Iterable[GridCell], *, ragged: bool = False) -> None:
        """Write a grid, one line a row; nothing where it has no cell."""
        ordered = sorted(cells)
        if not ordered:
            return
        self._cells += len(ordered)
        check_cells(self._cells)
        table_start, above = self._length, 0
        done: list[Cell] = []
        pieces: list[str] = []
        end = table_start
        for row, column, row_span, column_span, text in ordered:
            between = "\n" * (row - above) if row > above else "\t" if done else ""
            start = end + len(between)
            end = start + len(text)
            pieces += (between, text)
            done.append(Cell(row, column, row_span, column_span, start, end, "", "text"))
            above = row
        self._write("".join(pieces))
        row_count = max(cell.row + cell.row_span for cell in ordered)
        column_count = max(cell.column + cell.column_span for cell in ordered)
        self.blocks.append(Table(table_start, self._length, row_count, column_count, tuple(done), ragged))
        self._write("\n")

    def source_text(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    def _write(self, text: str) -> int:
        """Append `text`; the offset at which it begins."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        check_length(self._length)
        return start
