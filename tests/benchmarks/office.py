"""DOCX beside python-docx, XLSX beside openpyxl."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import docx
import openpyxl

from tasks.clean.extract import Extract
from tasks.clean.office.docx import extract_docx
from tasks.clean.office.sheets import extract_sheets
from tasks.model import RawDocument
from tests.benchmarks.kept import Kept, add_extract
from tests.benchmarks.measured import Bound, Measured, milliseconds, named, percent
from tests.clean.known import raw
from tests.render.made import Format, make

FILES = 15


def by_python_docx(content: bytes) -> list[str]:
    """Paragraphs, and the cells of rows as it gives them."""
    document = docx.Document(io.BytesIO(content))
    found = [paragraph.text for paragraph in document.paragraphs]
    return found + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def by_openpyxl(content: bytes, read_only: bool = False) -> list[object]:
    """All values of all sheets, with the merged ranges where it reads them."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=read_only, data_only=True)
    return [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]


def _read(read: Callable[[RawDocument], Extract], content: bytes) -> Extract:
    return read(raw(content))


def measure() -> Measured:
    """The table."""
    rows, bounds = [], []
    readers: list[
        tuple[Format, Callable[[RawDocument], Extract], float, list[tuple[str, Callable[[bytes], object]]]]
    ] = [
        ("docx", extract_docx, 12, [(named("python-docx"), by_python_docx)]),
        (
            "xlsx",
            extract_sheets,
            2.2,
            [
                (named("openpyxl"), by_openpyxl),
                (named("openpyxl", "read only, without merged cells"), lambda content: by_openpyxl(content, True)),
            ],
        ),
    ]
    for format_, read, limit, rivals in readers:
        made = [make(seed, format=format_, generation="2021") for seed in range(FILES)]
        contents = [one.content for one in made]
        kept = Kept()
        for one in made:
            add_extract(kept, one.document, read(raw(one.content)))
        own = milliseconds(partial(_read, read), contents)
        rows.append((format_.upper(), "gongkai", f"{own:.1f}", percent(kept.exact, kept.all_cells)))
        rows += [(format_.upper(), name, f"{milliseconds(rival, contents):.1f}", "–") for name, rival in rivals]
        bounds.append(Bound(f"ms a file, {format_}", own, limit))
        if format_ == "docx":
            bounds.append(Bound("share of cells exact, docx", kept.exact / kept.all_cells, 1, at_least=True))
    columns = ("format", "reader", "ms a file", "cells with place and spans")
    return Measured("office", "DOCX and XLSX", f"{FILES} reports each.", columns, tuple(rows), tuple(bounds))
