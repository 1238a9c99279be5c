"""One page of a PDF as geometry: runs of characters and ruling lines, turned so that the text stands upright."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

from tasks.clean.pdf.pdfium_calls import address_of
from tasks.clean.pdf.rules import Rules, rules_of
from tasks.clean.pdf.runs import Run, quarter_turns, runs_of, without_watermarks
from tasks.clean.pdf.turn import Turn


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """What can be seen on a page."""

    width: float
    height: float
    runs: list[Run]
    rules: Rules


def read_page(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> PageGeometry:
    """Read characters and rules of a page."""
    left, bottom, right, top = page.get_cropbox()
    text, count = address_of(text_page.raw), text_page.count_chars()
    turn = Turn(quarter_turns(text, count), (left, top, right, bottom))
    runs = without_watermarks(runs_of(text, count, turn))
    return PageGeometry(*turn.size, runs, rules_of(address_of(page.raw), turn))
