"""PDF files: characters and ruling lines as pdfium sees them, into paragraphs and table grids.

pdfium is not safe under threads: one process, one document at a time.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from functools import cache

import pypdfium2 as pdfium
import pypdfium2.raw as c

from tasks.clean.characters.mojibake import refuse_mojibake
from tasks.clean.extract import Extract, SourceWriter
from tasks.clean.grid import Fragment, Piece
from tasks.clean.limits import MOST_PAGES, check_length, check_size
from tasks.clean.pdf.aligned import aligned_tables
from tasks.clean.pdf.flow import write_flow
from tasks.clean.pdf.furniture import Font, PageFlow, PlacedTable
from tasks.clean.pdf.lines import Line, lines_of
from tasks.clean.pdf.page import read_page
from tasks.clean.pdf.pdfium_calls import address_of, char_matrix, font_info, font_size, render_mode, text_object
from tasks.clean.pdf.pdfium_fonts import OwnFonts
from tasks.clean.pdf.ruled import RuledGrid, ruled_grids
from tasks.clean.pdf.runs import Run
from tasks.model import MetadataItem, RawDocument, Rejected

MEDIA_TYPE = "application/pdf"
TALLEST_BOX = 90.0  # points: a single cell that is higher is a frame round the page, not a row
MIDDLE = 0.35  # of a character's height: so far above the baseline is its middle
FEWEST_CHARACTERS = 10  # a page on average: a scan with a stamp or a page number on it has fewer

OwnFonts().setup()

_NO_TITLE = re.compile(r"(?i)\s*|untitled.*|无标题.*|未命名.*|microsoft word.*|\S*\.(?:docx?|wps|pdf|indd|html?)|\W+")


def extract_pdf(raw: RawDocument) -> Extract:
    """Read a PDF.

    Errors: encrypted_pdf, broken_pdf, image_only_pdf, empty_pdf, too_many_pages, too_large, mojibake.
    """
    check_size(raw)
    try:
        with pdfium.PdfDocument(raw.content) as document:
            return _read(document)
    except pdfium.PdfiumError as error:
        if c.FPDF_GetLastError() == c.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Rejected("encrypted_pdf", "the PDF opens with a password only; fetch it without one") from error
        raise Rejected("broken_pdf", f"the PDF cannot be read ({error}); fetch it again") from error


def _read(document: pdfium.PdfDocument) -> Extract:
    count = len(document)
    if count > MOST_PAGES:
        raise Rejected("too_many_pages", f"{count:,} pages, at most {MOST_PAGES:,} are read; split it")
    pages: list[PageFlow] = []
    text_pages = []
    characters, has_pictures = 0, False
    for number in range(count):
        page = document[number]
        text_page = page.get_textpage()
        text_pages.append(text_page)  # fonts are asked for until the end
        check_length(characters + text_page.count_chars())
        geometry = read_page(page, text_page)
        characters += sum(len(run.text) for run in geometry.runs)
        has_pictures = has_pictures or geometry.rules.has_pictures
        grids = ruled_grids(geometry.rules.horizontals, geometry.rules.verticals)
        items = _items(geometry.runs, grids)
        pages.append(PageFlow(geometry.width, geometry.height, items, _font_reader(address_of(text_page.raw))))
    if not characters or (has_pictures and characters < FEWEST_CHARACTERS * count):
        if has_pictures:
            raise Rejected(
                "image_only_pdf",
                "the PDF holds pictures and no text; read it by OCR first",
            )
        raise Rejected("empty_pdf", f"the PDF has {count} pages and no text: fetch it again, or take it out")
    writer = SourceWriter()
    titles = write_flow(pages, writer)
    refuse_mojibake(writer.source_text())  # fonts that do not tell which characters they print
    properties = _properties(document)
    if not _NO_TITLE.fullmatch(properties.get("Title", "")):
        titles.append(properties["Title"])
    metadata = tuple(MetadataItem(key, value) for key, value in properties.items())
    return Extract(writer.source_text(), tuple(writer.blocks), tuple(dict.fromkeys(titles)), metadata, None, MEDIA_TYPE)


def _properties(document: pdfium.PdfDocument) -> dict[str, str]:
    """What the file says of itself; nothing where that is damaged."""
    try:
        return dict(document.get_metadata_dict(skip_empty=True))
    except UnicodeDecodeError:
        return {}


def _font_reader(text_page: int) -> Callable[[int], Font]:
    """A function that names the font of a character."""
    name = ctypes.create_string_buffer(128)
    matrix = (ctypes.c_float * 6)()
    at_name, at_matrix = ctypes.addressof(name), ctypes.addressof(matrix)

    @cache
    def font_of(index: int) -> Font:
        font_info(text_page, index, at_name, len(name), None)
        char_matrix(text_page, index, at_matrix)
        size = font_size(text_page, index) * (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5
        return name.value.decode("latin-1"), round(size, 1), render_mode(text_object(text_page, index))

    return font_of


def _items(runs: list[Run], grids: list[RuledGrid]) -> list[Line | PlacedTable]:
    """The lines outside of tables and the tables of a page, from top to bottom."""
    grids = [grid for grid in grids if len(grid.cells) > 1 or grid.ys[-1] - grid.ys[0] <= TALLEST_BOX]
    free: list[Run] = []
    held: list[list[list[Run]]] = [[[] for _ in grid.cells] for grid in grids]
    for run in runs:
        x, y = (run.left + run.right) / 2, run.baseline - MIDDLE * run.size
        for grid, cells in zip(grids, held, strict=True):
            if grid.ys[0] <= y <= grid.ys[-1] and grid.xs[0] <= x <= grid.xs[-1]:
                for cell, part in grid.parts(run, y):
                    cells[cell].append(part)
                break
        else:
            free.append(run)
    lines = lines_of(free)
    items: list[Line | PlacedTable] = []
    taken: set[int] = set()
    for fragment, own in aligned_tables(lines):
        items.append(PlacedTable(fragment, own[0].top, own[-1].bottom, own))
        taken.update(map(id, own))
    items += (line for line in lines if id(line) not in taken)
    items += (_placed(grid, cells) for grid, cells in zip(grids, held, strict=True) if any(cells))
    return sorted(items, key=lambda item: item.top)


def _placed(grid: RuledGrid, held: list[list[Run]]) -> PlacedTable:
    pieces = []
    all_lines: list[Line] = []
    for (row, column, row_span, column_span), runs in zip(grid.cells, held, strict=True):
        lines = lines_of(runs)
        all_lines += lines
        width = grid.xs[column + column_span] - grid.xs[column]
        needed = lines[0].first_word_width() if lines else 0.0
        left = width - (lines[-1].right - lines[-1].left) if lines else width
        pieces.append(Piece(row, column, row_span, column_span, _cell_text(lines, width), needed, left))
    fragment = Fragment(grid.xs, len(grid.ys) - 1, tuple(pieces))
    return PlacedTable(fragment, grid.ys[0], grid.ys[-1], tuple(all_lines))


def _cell_text(lines: list[Line], width: float) -> str:
    """The print of a cell, its lines apart; a figure too long for its column is one figure."""
    if len(lines) > 1 and all(line.text.isdigit() for line in lines):
        full = all(width - (line.right - line.left) < 2.5 * line.size for line in lines[:-1])
        return ("" if full else "\n").join(line.text for line in lines)
    return "\n".join(line.text for line in lines)
