"""The text of a document, laid out from the blocks of its source: a line a paragraph or row, a tab between cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tasks.clean.wording.align import Edit, Moved
from tasks.clean.wording.normalise import Where, edits, stripped
from tasks.model import Block, Paragraph, Span


class Placed(NamedTuple):
    """A block of the source, and where its paragraph or its cells stand in the text."""

    block: Block
    spans: tuple[Span, ...]


class Draft(NamedTuple):
    """The text with the way back to the source, and the blocks that have a character."""

    made: Moved
    placed: tuple[Placed, ...]
    applied: tuple[Edit, ...]  # of the edits that were handed in, those within a block


def draft(source: str, blocks: Sequence[Block], given: Sequence[Edit]) -> Draft:
    """Lay out `blocks`, normalised; `given` are edits of the source, ascending, made beside the normalisation."""
    writer = _Writer(source, given)
    found = [(block, writer.block(block)) for block in blocks]
    made = writer.made()
    placed = (Placed(block, tuple(made.span(*span) for span in spans)) for block, spans in found if spans)
    return Draft(made, tuple(placed), tuple(writer.applied))


class _Writer:
    """Goes through the paragraphs and cells of the source and notes what changes in each, and between them."""

    def __init__(self, source: str, given: Sequence[Edit]) -> None:
        self.applied: list[Edit] = []
        self._source = source
        self._given = given
        self._starts = [edit.start for edit in given]
        self._edits: list[Edit] = []
        self._end = 0  # of the last piece in the source
        self._has_piece = False

    def block(self, block: Block) -> list[Span]:
        """Where the block's paragraph or cells stand in the source, without the blanks at their ends."""
        if isinstance(block, Paragraph):
            low, high = stripped(self._source, block.start, block.end)
            return [self._piece(low, high, "text", "\n")] if low < high else []
        spans = []
        above = -1
        for cell in block.cells:
            low, high = stripped(self._source, cell.start, cell.end)
            spans.append(self._piece(low, high, "cell", "\n" if cell.row > above else "\t"))
            above = cell.row
        return spans

    def made(self) -> Moved:
        """The text, once all blocks have been seen."""
        self._part(len(self._source), "\n")
        return Moved(self._source, self._edits)

    def _piece(self, start: int, end: int, where: Where, sign: str) -> Span:
        self._part(start, sign)
        changes = edits(self._source[start:end], where)
        if changes or self._given:
            moved = [Edit(start + low, start + high, text, rule) for low, high, text, rule in changes]
            chosen = self._given[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
            self.applied += chosen
            self._edits += _merged(chosen, moved)
        self._end, self._has_piece = end, True
        return start, end

    def _part(self, start: int, sign: str) -> None:
        """Between the last piece and `start` nothing stays but `sign`, for the blank that is next or for nothing."""
        end, between = self._end, self._source[self._end : start]
        if not self._has_piece:
            sign = ""
        if between != sign:
            blank = end + (between[:1].isspace() and bool(sign))
            self._edits += (Edit(end, blank, sign), Edit(blank, start, ""))


def _merged(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Both in order; of two that overlap, the one of `first`."""
    kept = [edit for edit in second if all(edit.end <= other.start or other.end <= edit.start for other in first)]
    return sorted([*first, *kept])
