"""The text of a document, laid out from the blocks of its source: a line a paragraph or row, a tab between cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tasks.clean.align import AlignedText, Edit
from tasks.clean.normalise import Where, edits, stripped
from tasks.model import Alignment, Block, Paragraph, Span, Table


class Placed(NamedTuple):
    """A block of the source, and where its paragraph or its cells stand in the text."""

    block: Block
    spans: tuple[Span, ...]


class Draft(NamedTuple):
    """The text, the way back to the source, and the blocks that have a character."""

    text: str
    alignment: Alignment
    placed: tuple[Placed, ...]
    applied: tuple[Edit, ...]  # of the edits that were handed in, those within a block


def draft(source: str, blocks: Sequence[Block], given: Sequence[Edit]) -> Draft:
    """Lay out `blocks`, normalised; `given` are edits of the source, ascending, made beside the normalisation."""
    return _Writer(source, given).write(blocks)


class _Writer:
    def __init__(self, source: str, given: Sequence[Edit]) -> None:
        self._source = source
        self._given = given
        self._starts = [edit.start for edit in given]
        self._applied: list[Edit] = []
        self._text = AlignedText(source)

    def write(self, blocks: Sequence[Block]) -> Draft:
        placed = []
        for block in blocks:
            if isinstance(block, Paragraph):
                low, high = stripped(self._source, block.start, block.end)
                if low == high:
                    continue
                spans: tuple[Span, ...] = (self._piece(low, high, "text"),)
            else:
                spans = self._table(block)
            placed.append(Placed(block, spans))
            self._text.separate("\n")
        return Draft(self._text.text(), self._text.alignment(), tuple(placed), tuple(self._applied))

    def _table(self, table: Table) -> tuple[Span, ...]:
        spans: list[Span] = []
        row = table.cells[0].row if table.cells else 0
        for cell in table.cells:
            if cell.row > row:
                self._text.separate("\n")
            elif spans:
                self._text.separate("\t")
            row = cell.row
            spans.append(self._piece(*stripped(self._source, cell.start, cell.end), "cell"))
        return tuple(spans)

    def _piece(self, start: int, end: int, where: Where) -> Span:
        changes = edits(self._source, start, end, where)
        if self._given:
            low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
            chosen = self._given[low:high]
            self._applied += chosen
            changes = _merged(chosen, changes)
        return self._text.copy(start, end, changes)


def _merged(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Both in order; of two that overlap, the one of `first`."""
    kept = [edit for edit in second if all(edit.end <= other.start or other.end <= edit.start for other in first)]
    return sorted([*first, *kept])
