"""A document as a PDF of A4 pages: ruled tables whose cells go over page breaks, page numbers below."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from random import Random

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.render.document import Grid, GridCell, Line, NeutralDocument

FONT = "STSong-Light"  # not embedded: every reader of PDF knows its characters, and no font file is needed
WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 72.0
SIZE, LEADING = 12.0, 21.0
CELL_SIZE, CELL_LEADING, PADDING = 9.0, 12.0, 3.0
SIZES = {"title": 18.0, "heading": 13.0}


@cache
def _font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return FONT


def pdf_of(document: NeutralDocument, rng: Random) -> bytes:
    """The file. `rng` decides whether tables repeat their header on each page."""
    buffer = BytesIO()
    printer = _Printer(buffer, document.page_title, repeat_header=rng.random() < 0.5)
    for block in document.blocks:
        if isinstance(block, Grid):
            printer.table(block)
        else:
            printer.line(block)
    return printer.finish(buffer)


@cache
def _width(character: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(character, _font(), size))


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines of at most `width` points; a line breaks anywhere but before closing punctuation."""
    lines, line, used = [], "", 0.0
    for character in text:
        advance = _width(character, size)
        if line and used + advance > width and character not in "，。、；：）》”":
            lines.append(line)
            line, used = "", 0.0
        line, used = line + character, used + advance
    return [*lines, line] if line else lines


class _Printer:
    def __init__(self, buffer: BytesIO, title: str, repeat_header: bool) -> None:
        _font()
        self.canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
        self.canvas.setTitle(title)
        self.repeat_header = repeat_header
        self.page = 1
        self.y = HEIGHT - MARGIN

    def finish(self, buffer: BytesIO) -> bytes:
        self._number_page()
        self.canvas.save()
        return buffer.getvalue()

    def line(self, line: Line) -> None:
        size = SIZES.get(line.kind, SIZE)
        indented = line.kind in ("paragraph", "heading")
        for text in wrapped(("　　" if indented else "") + line.text, WIDTH - 2 * MARGIN, size):
            leading = max(LEADING, size * 1.6)
            self._room(leading)
            width = sum(_width(character, size) for character in text)
            x = MARGIN
            if line.kind in ("title", "caption"):
                x = (WIDTH - width) / 2
            elif line.kind == "sign":
                x = WIDTH - MARGIN - width
            self.canvas.setFont(FONT, size)
            self.canvas.drawString(x, self.y - size, text)
            self.y -= leading
        if line.kind == "title":
            self.y -= LEADING / 2

    def table(self, grid: Grid) -> None:
        edges = _column_edges(grid)
        texts = {id(cell): wrapped(cell.text, _inner(cell, edges), CELL_SIZE) for cell in grid.cells}
        heights = _row_heights(grid, texts)
        start, header = 0, range(grid.header_rows)
        while start < grid.rows:
            again = self.repeat_header and start >= grid.header_rows
            rows = [*header, *range(start, grid.rows)] if again else list(range(start, grid.rows))
            shown = _fitting(rows, heights, self.y - MARGIN)
            if len(shown) <= (grid.header_rows if again or start == 0 else 0) and self.y < HEIGHT - MARGIN:
                self._new_page()
                continue
            self._fragment(grid, shown, edges, heights, texts)
            start = shown[-1] + 1
            if start < grid.rows:
                self._new_page()
        self.y -= 8

    def _fragment(
        self,
        grid: Grid,
        rows: list[int],
        edges: list[float],
        heights: list[float],
        texts: dict[int, list[str]],
    ) -> None:
        """Some rows of the table on this page: a cell that goes on below keeps the lines that don't fit."""
        tops: dict[int, float] = {}
        y = self.y
        for row in rows:
            tops[row] = y
            y -= heights[row]
        for cell in grid.cells:
            inside = [row for row in range(cell.row, cell.row + cell.row_span) if row in tops]
            if not inside:
                continue
            top, bottom = tops[inside[0]], tops[inside[-1]] - heights[inside[-1]]
            left, right = edges[cell.column], edges[cell.column + cell.column_span]
            self.canvas.rect(left, bottom, right - left, top - bottom)
            whole = inside[-1] == cell.row + cell.row_span - 1
            lines = texts[id(cell)]
            fit = len(lines) if whole else max(int((top - bottom - 2 * PADDING) / CELL_LEADING), 0)
            if not (self.repeat_header and cell.row < grid.header_rows):
                texts[id(cell)] = lines[fit:]
            self._cell_lines(lines[:fit], (left, bottom, right, top), centred=bool(cell.column or cell.column_span > 1))
        self.y = y

    def _cell_lines(self, lines: list[str], box: tuple[float, float, float, float], centred: bool) -> None:
        left, bottom, right, top = box
        y = (top + bottom) / 2 + len(lines) * CELL_LEADING / 2 - CELL_SIZE
        self.canvas.setFont(FONT, CELL_SIZE)
        for text in lines:
            width = sum(_width(character, CELL_SIZE) for character in text)
            self.canvas.drawString((left + right - width) / 2 if centred else left + PADDING, y, text)
            y -= CELL_LEADING

    def _room(self, height: float) -> None:
        if self.y - height < MARGIN:
            self._new_page()

    def _number_page(self) -> None:
        self.canvas.setFont(FONT, 10)
        self.canvas.drawCentredString(WIDTH / 2, MARGIN / 2, f"- {self.page} -")

    def _new_page(self) -> None:
        self._number_page()
        self.canvas.showPage()
        self.page += 1
        self.y = HEIGHT - MARGIN


def _column_edges(grid: Grid) -> list[float]:
    """The x of the column borders: a column is as wide as its own cells' texts ask, within limits."""
    weights = [4.0] * grid.columns
    for cell in grid.cells:
        if cell.column_span == 1:
            weights[cell.column] = max(weights[cell.column], min(len(cell.text), 16) + 1.5)
    scale = (WIDTH - 2 * MARGIN) / sum(weights)
    edges = [MARGIN]
    for weight in weights:
        edges.append(edges[-1] + weight * scale)
    return edges


def _inner(cell: GridCell, edges: list[float]) -> float:
    return edges[cell.column + cell.column_span] - edges[cell.column] - 2 * PADDING


def _row_heights(grid: Grid, texts: dict[int, list[str]]) -> list[float]:
    heights = [CELL_LEADING + 2 * PADDING] * grid.rows
    for cell in sorted(grid.cells, key=lambda cell: cell.row_span):
        needed = len(texts[id(cell)]) * CELL_LEADING + 2 * PADDING
        rows = range(cell.row, cell.row + cell.row_span)
        lacking = needed - sum(heights[row] for row in rows)
        if lacking > 0:
            heights[rows[-1]] += lacking
    return heights


def _fitting(rows: list[int], heights: list[float], room: float) -> list[int]:
    """The first rows that fit into `room`."""

    def fitting() -> Iterator[int]:
        used = 0.0
        for row in rows:
            used += heights[row]
            if used > room:
                return
            yield row

    return list(fitting())
