"""Between the printer and the reader: print a known table, read what was printed."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.clean.extract import Extract
from tasks.clean.pdf.read import extract_pdf
from tests.clean.known import Rows, placed, raw
from tests.clean.pdf.printed import Printed, Printer


def read(printer: Printer) -> Extract:
    """What is read of what was printed."""
    return extract_pdf(raw(printer.pdf()))


def print_table(printer: Printer, rows: Rows, widths: Sequence[float], header: int = 0) -> None:
    """Print rows of cells as a table."""
    printer.table([Printed(*cell) for cell in placed(rows)], widths, header=header)
