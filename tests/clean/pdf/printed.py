"""Prints blocks to PDF as word processors do: tables cut over pages between rows or in the middle of one.

It knows nothing of the readers: what goes in is what must come out.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
PADDING = 4.0
CLOSING = "，。、；：？！）”》"

Rules = Literal["strokes", "boxes", "fills", "path", "form", "dashes", "double", "none"]
Turn = Literal["none", "page", "print"]  # wide pages: turned by the page's own entry, or printed sideways
Box = tuple[float, float, float, float]


class Printed(NamedTuple):
    """A cell to print: where, over how much, what."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


class Placed(NamedTuple):
    """A line of a cell; `y` is below the table's beginning, as if it stood on one endless page."""

    text: str
    x: float
    y: float


@dataclass
class Printer:
    """A document in the making; `pdf()` ends it."""

    size: float = 12.0
    width: float = 595.0
    height: float = 842.0
    margin: float = 72.0
    indent: int = 2
    page_number: str = "— {} —"
    head: str = ""
    rules: Rules = "strokes"
    cut_rows: bool = False
    turn: Turn = "none"
    buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        # of a page that it turns, ReportLab swaps the sides itself
        paper = (self.height, self.width) if self.turn == "print" else (self.width, self.height)
        self.canvas = Canvas(self.buffer, pagesize=paper)
        self.page = 0
        self.y = 0.0
        self._begin_page()

    def pdf(self) -> bytes:
        self._end_page()
        self.canvas.save()
        return self.buffer.getvalue()

    def title(self, text: str) -> None:
        size = self.size * 1.6
        for line in wrapped(text, self.width - 2 * self.margin, size):
            self._line(line, (self.width - width_of(line, size)) / 2, size)

    def heading(self, text: str, size: float = 0.0) -> None:
        self._line(text, self.margin + self.indent * self.size, size or self.size)

    def paragraph(self, text: str) -> None:
        lines = wrapped("　" * self.indent + text, self.width - 2 * self.margin, self.size)
        for number, line in enumerate(lines):
            self._line(line.lstrip("　"), self.margin + (0 if number else self.indent * self.size), self.size)

    def columns(self, left: Sequence[str], right: Sequence[str], gutter: float, lower: float = 0.0) -> None:
        """Print paragraphs in two columns, those on the right by so much lower."""
        width = (self.width - 2 * self.margin - gutter) / 2
        top, bottoms = self.y, []
        for texts, x, start in ((left, self.margin, top), (right, self.margin + width + gutter, top - lower)):
            self.y = start
            for line in (line for text in texts for line in wrapped("　" * self.indent + text, width, self.size)):
                words = line.lstrip("　")
                self._line(words, x + (len(line) - len(words)) * self.size, self.size)
            bottoms.append(self.y)
        self.y = min(bottoms)

    def gap(self, height: float = 12.0) -> None:
        self.y -= height

    def table(
        self,
        cells: Sequence[Printed],
        widths: Sequence[float],
        size: float = 9.0,
        header: int = 0,
        part: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        """Print a table over some part of the text's width; its columns are as wide as `widths` to one another.

        `header` rows are printed again on each page.
        """
        room = self.width - 2 * self.margin
        total = (part[1] - part[0]) * room
        xs = [self.margin + part[0] * room]
        for width in widths:
            xs.append(xs[-1] + width * total / sum(widths))
        heights = _row_heights(cells, xs, size)
        tops = [sum(heights[:row]) for row in range(len(heights) + 1)]
        lines = [_lines(cell, xs, tops, size) for cell in cells]
        start = 0.0
        while start < tops[-1] - 0.1:
            repeated = tops[header] if start > 0 else 0.0
            end = self._cut(tops, start, self.y - self.margin - repeated, size)
            if end <= start or end < tops[header]:
                self._new_page()
                continue
            if repeated:
                head = [cell for cell in cells if cell.row < header]
                again = [_lines(cell, xs, tops, size) for cell in head]
                self._piece(head, again, xs, tops, (0.0, repeated), size)
            self._piece(cells, lines, xs, tops, (start, end), size)
            start = end

    def _cut(self, tops: list[float], start: float, room: float, size: float) -> float:
        """Where the piece of a table that begins at `start` must end: after a row, or after a line of one."""
        limit = start + room
        end = max((top for top in tops if start < top <= limit), default=start)
        if not self.cut_rows or end == tops[-1]:
            return end
        lines = int((limit - end - PADDING) // (1.3 * size))
        return end + PADDING + lines * 1.3 * size if lines > 0 else end

    def _piece(
        self,
        cells: Sequence[Printed],
        lines: list[list[Placed]],
        xs: list[float],
        tops: list[float],
        span: tuple[float, float],
        size: float,
    ) -> None:
        """Print what stands between two heights of a table; the lines printed are taken out of `lines`."""
        start, end = span
        boxes: list[Box] = []
        for number, cell in enumerate(cells):
            low, high = tops[cell.row], tops[cell.row + cell.row_span]
            if low >= end - 0.1 or high <= start + 0.1:
                continue
            top, bottom = self.y - (max(low, start) - start), self.y - (min(high, end) - start)
            boxes.append((xs[cell.column], bottom, xs[cell.column + cell.column_span], top))
            own = lines[number]
            late = max(0.0, start + PADDING - own[0].y) if own else 0.0  # what did not fit on the page before
            own = [line._replace(y=line.y + late) for line in own]
            fits = [line for line in own if line.y + size <= end or high <= end + 0.1]
            for line in fits:
                self._text(line.text, line.x, self.y - (line.y - start) - size, size)
            lines[number] = own[len(fits) :]
        _rule(self.canvas, boxes, self.rules)
        self.y -= end - start

    def _line(self, text: str, x: float, size: float) -> None:
        if self.y - 1.6 * size < self.margin:
            self._new_page()
        self.y -= 1.6 * size
        self._text(text, x, self.y, size)

    def _text(self, text: str, x: float, y: float, size: float) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)

    def _new_page(self) -> None:
        self._end_page()
        self.canvas.showPage()
        self._begin_page()

    def _begin_page(self) -> None:
        self.page += 1
        self.y = self.height - self.margin
        if self.turn == "page":
            self.canvas.setPageRotation(90)
        if self.turn != "none":
            self.canvas.translate(self.height, 0)
            self.canvas.rotate(90)

    def _end_page(self) -> None:
        if self.page_number:
            text = self.page_number.format(self.page)
            self._text(text, (self.width - width_of(text, 9)) / 2, self.margin / 2, 9)
        if self.head and self.page > 1:
            self._text(self.head, self.margin, self.height - self.margin / 2, 9)


def width_of(text: str, size: float) -> float:
    return pdfmetrics.stringWidth(text, FONT, size)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The lines of a text; none begins with closing punctuation, no figure is parted."""
    lines = [""]
    for word in _words(text):
        if width_of(lines[-1] + word, size) > width and lines[-1]:
            lines.append("")
        lines[-1] += word
    return lines


def _words(text: str) -> list[str]:
    words: list[str] = []
    for character in text:
        together = words and character.isascii() and words[-1][-1].isascii() and character.isalnum()
        if words and (together or character in CLOSING or words[-1][-1] in "（“《"):
            words[-1] += character
        else:
            words.append(character)
    return words


def _cell_lines(cell: Printed, xs: list[float], size: float) -> list[str]:
    width = xs[cell.column + cell.column_span] - xs[cell.column] - 2 * PADDING
    return wrapped(cell.text, width, size) if cell.text else []


def _row_heights(cells: Sequence[Printed], xs: list[float], size: float) -> list[float]:
    heights = [2 * PADDING + 1.3 * size] * max(cell.row + cell.row_span for cell in cells)
    for cell in sorted(cells, key=lambda cell: cell.row_span):
        needed = 2 * PADDING + 1.3 * size * len(_cell_lines(cell, xs, size))
        last = cell.row + cell.row_span - 1
        heights[last] += max(0.0, needed - sum(heights[cell.row : last + 1]))
    return heights


def _lines(cell: Printed, xs: list[float], tops: list[float], size: float) -> list[Placed]:
    x, y = xs[cell.column] + PADDING, tops[cell.row] + PADDING
    return [Placed(line, x, y + 1.3 * size * number) for number, line in enumerate(_cell_lines(cell, xs, size))]


def _rule(canvas: Canvas, boxes: Sequence[Box], rules: Rules) -> None:
    """Draw the outlines of cells, in one of the ways in which programs draw them."""
    canvas.setLineWidth(0.5)
    if rules == "form":
        canvas.beginForm(name := f"rules{id(boxes)}")
        _edges(canvas, boxes, 0.0)
        canvas.endForm()
        canvas.doForm(name)
    elif rules == "boxes":
        for left, bottom, right, top in boxes:
            canvas.rect(left, bottom, right - left, top - bottom, fill=0)
    elif rules == "fills":
        _fill_edges(canvas, boxes)
    elif rules == "path":
        _one_path(canvas, boxes)
    elif rules != "none":
        canvas.setDash((2, 1) if rules == "dashes" else ())
        for aside in (0.0, 1.5) if rules == "double" else (0.0,):
            _edges(canvas, boxes, aside)
        canvas.setDash()


def _fill_edges(canvas: Canvas, boxes: Sequence[Box]) -> None:
    for left, bottom, right, top in boxes:
        for y in (bottom, top):
            canvas.rect(left, y, right - left, 0.7, stroke=0, fill=1)
        for x in (left, right):
            canvas.rect(x, bottom, 0.7, top - bottom, stroke=0, fill=1)


def _one_path(canvas: Canvas, boxes: Sequence[Box]) -> None:
    path = canvas.beginPath()
    for left, bottom, right, top in boxes:
        path.moveTo(left, bottom)
        for x, y in ((right, bottom), (right, top), (left, top)):
            path.lineTo(x, y)
        path.close()
    canvas.drawPath(path)


def _edges(canvas: Canvas, boxes: Sequence[Box], aside: float) -> None:
    for left, bottom, right, top in boxes:
        canvas.line(left, bottom + aside, right, bottom + aside)
        canvas.line(left, top + aside, right, top + aside)
        canvas.line(left + aside, bottom, left + aside, top)
        canvas.line(right + aside, bottom, right + aside, top)
