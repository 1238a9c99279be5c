"""No document costs more than a worker grants it, whatever it is made of: it is read, or refused by a code of its own.

The worker's own limits (10 s of its processor's time, 512 MB of growth, see tasks/workers.py) do the measuring: what
goes beyond ends as `timeout`, `out_of_memory` or `worker_died`. Only what a library does before it can be asked may.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Iterator
from random import Random

import pytest
from reportlab.pdfgen.canvas import Canvas

from tasks.model import Rejected
from tasks.workers import Limits, Workers, WorkerSlot
from tests.clean.bad_files import WORKSHEET, page, part_of, report, with_part
from tests.clean.office.test_docx import cell, packed, paragraph, run, table
from tests.clean.raw import raw

TITLE = "某县人民政府2020年政府信息公开工作年度报告\n2020年，某县人民政府依据政府信息公开条例主动公开政府信息12条。\n"
LONGEST = 400_000  # characters
CLEAN, PARSE = "tasks.clean.clean:clean", "tasks.parse.parse:parse"
ENDED = "timeout, out_of_memory, worker_died"


def text(unit: str) -> bytes:
    return (TITLE + unit * (LONGEST // len(unit))).encode()


def within(markup: str) -> bytes:
    return page(TITLE.replace("\n", "<br>") + markup)


def sheet(rows: str, merged: str = "") -> bytes:
    xml = part_of(report("xlsx"), WORKSHEET).decode()
    before = xml[: xml.index("<sheetData>")]
    merges = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    xml = f"{before}<sheetData>{rows}</sheetData>{merges}</worksheet>"
    return with_part(report("xlsx"), WORKSHEET, xml.encode())


def drawn(strokes: int) -> bytes:
    """A page with short strokes all over."""
    buffer, rng = io.BytesIO(), Random(1)
    canvas = Canvas(buffer)
    canvas.drawString(50, 50, "words and more words")
    for _ in range(strokes // 2):
        x, y = rng.random() * 500, rng.random() * 700
        canvas.line(x, y, x + 60, y)
        canvas.line(x, y, x, y + 60)
    canvas.save()
    return buffer.getvalue()


def lines(pages: int, a_page: int, columns: int) -> bytes:
    """A PDF full of figures, side by side and without a rule."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for _ in range(pages):
        canvas.setFont("Helvetica", 6)
        for row in range(a_page):
            for column in range(columns):
                canvas.drawString(10 + column * 55, 10 + row * 7, str(row * column))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def packed_pdf(content: bytes) -> bytes:
    """A PDF of one page whose content is packed."""
    stream = zlib.compress(content, 9)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(stream) + stream + b"\nendstream",
        font,
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate(objects, 1))
    return body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerSlot]:
    workers = Workers()
    workers.warm(1, Limits(), (CLEAN, PARSE))
    with workers.lent() as worker:
        yield worker
    workers.end()


CASES: dict[str, tuple[bytes, str]] = {
    "digits": (text("1"), "read"),
    "figures": (text("1,"), "read"),
    "brackets": (text("（"), "read"),
    "titles that never end": (text("《关于"), "read"),
    "blanks and breaks": (text("\n \u3000"), "read"),
    "the same sentence": (text("主动公开政府信息12条。\n"), "read"),
    "rows of pipes": (text("规章 | 2 | 3 |\n"), "read"),
    "mirrored words": (text("網際網路檔案"), "read"),
    "too many characters": (text("一") + "一".encode() * 100_001, "too_large"),
    "a picture of 30 MB in a page": (within(f"<img src='data:image/png;base64,{'QUJD' * 7_500_000}'>"), "read"),
    "empty elements": (within("<div></div>" * 190_000), "read"),
    "elements": (within("<div>信</div>" * 90_000), "read"),
    "formatting never closed": (within("<b><i><font>" * 3_000 + "深"), "read"),
    "too many elements": (within("<div></div>" * 400_000), "too_large"),
    "cells that span": (within("<table>" + "<tr><td rowspan=65534 colspan=1000>1" * 9_000), "read"),
    "a wide table": (within("<table>" + ("<tr>" + "<td>1" * 900) * 60), "read"),
    "too many cells": (within("<table>" + ("<tr>" + "<td>1" * 900) * 120), "too_large"),
    "a DOCX of runs": (packed("<w:p>" + run("信") * 100_000 + "</w:p>"), "not_a_report"),
    "a wide DOCX table": (packed(table(*[cell(paragraph("1")) * 900] * 50)), "not_a_report"),
    "a far cell": (
        sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="99"><c r="XFD99"><v>1</v></c></row>'), "not_a_report",
    ),
    "the farthest cell": (sheet("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "too_many_rows"),
    "merged cells": (
        sheet("<row r='2'><c r='B2'><v>1</v></c></row>", "<mergeCell ref='A3:XFD1048576'/>"), "not_a_report",
    ),
    "merged cells over one another": (
        sheet("<row r='9000'><c r='B9000'><v>1</v></c></row>", "<mergeCell ref='A1:B9000'/>" * 5_000), "broken_xlsx",
    ),
    "strokes": (drawn(100_000), "not_a_report"),
    "figures in columns": (lines(20, 100, 10), "not_a_report"),
    "a PDF that unpacks to 400 MB": (packed_pdf(b" " * 400_000_000), "empty_pdf, " + ENDED),
    "a PDF that saves its state for ever": (packed_pdf(b"q " * 20_000_000), ENDED),
}  # fmt: skip


@pytest.mark.parametrize(("content", "codes"), CASES.values(), ids=CASES)
def test_limits(worker: WorkerSlot, content: bytes, codes: str) -> None:
    try:
        worker.call(PARSE, worker.call(CLEAN, pickle.dumps(raw(content))))
        found = "read"
    except Rejected as rejected:
        found = rejected.error_code
    assert found in codes.split(", ")
