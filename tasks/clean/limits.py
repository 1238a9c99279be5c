"""How much of a document the readers take on. Beyond it the document is rejected, with a code of its own."""

from __future__ import annotations

from tasks.model import RawDocument, Rejected

MOST_BYTES = 50 * 1024 * 1024
MOST_PART_BYTES = 24 * 1024 * 1024  # of one part of an office file, unpacked
MOST_UNPACKED_RATIO = 100  # unpacked to packed bytes of a part: XML of real reports stays below 60
MOST_TAGS = 400_000  # of a page: a tree of them takes some 100 MB
MOST_ROWS = 10_000  # of one table; the longest of a form has some 60
MOST_COLUMNS = 1_000  # of one table: the cap of the HTML standard
MOST_CELLS = 100_000  # of all tables of a document, those hidden by a merged cell included
MOST_REACHED = 3_000_000  # cells of the rectangle that a sheet's cells reach over
MOST_CHARACTERS = 500_000  # of what is read: the longest annual reports have some 60,000
MOST_PAGES = 1_000  # of a PDF


def check_length(characters: int) -> None:
    """Reject a text that is too long to be a report's."""
    if characters > MOST_CHARACTERS:
        raise Rejected("too_large", f"more than the {MOST_CHARACTERS:,} characters that a report may have; split it")


def check_cells(cells: int) -> None:
    """Reject tables that are together too large to be a report's."""
    if cells > MOST_CELLS:
        raise Rejected("too_large", f"tables of more than the {MOST_CELLS:,} cells that a report may have; split it")


def check_rows(rows: int) -> None:
    """Reject a table that is too long to be a report's."""
    if rows > MOST_ROWS:
        raise Rejected("too_many_rows", f"a table has more than the {MOST_ROWS:,} rows that are read; split it")


def check_size(raw: RawDocument) -> None:
    """Reject what is too large to be a report."""
    if len(raw.content) > MOST_BYTES:
        raise Rejected(
            "too_large", f"{len(raw.content):,} bytes, more than the {MOST_BYTES:,} that a report may have; split it"
        )
