"""PDF: ruled tables over page breaks, beside pdfplumber and beside pdfium's bare text."""

from __future__ import annotations

import io
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

from tasks.clean.office.legacy import office_program
from tasks.clean.pdf.read import extract_pdf
from tests.benchmarks.kept import Kept, add_extract
from tests.benchmarks.measured import Bound, Measured, milliseconds, named, percent
from tests.benchmarks.office_run import convert
from tests.clean.known import raw
from tests.render.made import Made, make

FILES = 10


def by_pdfplumber(content: bytes) -> tuple[str, list[str]]:
    """The tables of each page, and the text beside them."""
    texts, cells = [], []
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            tables = page.find_tables()
            for table in tables:
                cells += [cell for row in table.extract() for cell in row if cell]
            outside = page.filter(partial(_is_outside, [table.bbox for table in tables]))
            texts.append(outside.extract_text())
            page.close()
    return "\n".join(texts), cells


def _is_outside(boxes: list[tuple[float, float, float, float]], item: dict[str, Any]) -> bool:
    middle = (item["top"] + item["bottom"]) / 2
    return not any(box[1] <= middle <= box[3] for box in boxes)


def by_pdfium(content: bytes) -> str:
    """Text alone."""
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def measure() -> Measured:
    """The table; LibreOffice embeds its fonts as most files do, ReportLab's have none."""
    rows, bounds = [], []
    for origin, made, files in _origins():
        pages = sum(len(pypdfium2.PdfDocument(file)) for file in files)
        own = milliseconds(lambda file: extract_pdf(raw(file)), files, pages)
        rival = milliseconds(by_pdfplumber, files, pages)
        text = milliseconds(by_pdfium, files, pages)
        kept, other = Kept(), Kept()
        for one, file in zip(made, files, strict=True):
            add_extract(kept, one.document, extract_pdf(raw(file)))
            other.add(one.document, *by_pdfplumber(file))
        rows += [
            (f"gongkai, {origin}", f"{own:.1f}", _lost(kept), percent(kept.exact, kept.all_cells)),
            (f"{named('pdfplumber', 'tables and text')}, {origin}", f"{rival:.1f}", _lost(other), "a table a page"),
            (f"{named('pypdfium2', 'text alone')}, {origin}", f"{text:.1f}", "–", "no grid"),
        ]
        bounds += [
            Bound(f"ms a page, {origin}", own, 8),
            Bound(f"times as fast as pdfplumber, {origin}", rival / own, 7.5, at_least=True),
            Bound(f"share of cells exact, {origin}", kept.exact / kept.all_cells, 0.999, at_least=True),
        ]
    ratios = ", ".join(f"{bound.value:.1f}" for bound in bounds if bound.what.startswith("times"))
    about = f"{FILES} reports, printed by programs. Times as fast as pdfplumber, in the order below: {ratios}."
    columns = ("reader", "ms a page", "cells lost", "cells with place and spans, over page breaks")
    return Measured("pdf", "PDF", about, columns, tuple(rows), tuple(bounds))


def _origins() -> list[tuple[str, list[Made], list[bytes]]]:
    printed = [make(seed, format="pdf", generation="2021") for seed in range(FILES)]
    origins = [("ReportLab", printed, [made.content for made in printed])]
    if office_program():
        made = [make(seed, format="docx", generation="2021") for seed in range(FILES)]
        with tempfile.TemporaryDirectory() as folder:
            origins.append(("LibreOffice", made, convert([m.content for m in made], "docx", "pdf", Path(folder))))
    return origins


def _lost(kept: Kept) -> str:
    return percent(kept.cells - kept.cells_kept, kept.cells)
