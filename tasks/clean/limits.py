"""How much of a document the readers take on. Beyond it the document is rejected, with a code of its own."""

from __future__ import annotations

from tasks.model import RawDocument, Rejected

MOST_BYTES = 50 * 1024 * 1024
MOST_PART_BYTES = 24 * 1024 * 1024  # of one part of an office file, unpacked
MOST_UNPACKED_RATIO = 100  # unpacked to packed bytes of a part: XML of real reports stays below 60
MOST_ROWS = 100_000  # of one table
MOST_COLUMNS = 1_000  # of one table: the cap of the HTML standard
MOST_CELLS = 3_000_000  # of the rectangle that a sheet's cells reach over
MOST_CHARACTERS = 500_000  # of a PDF, whose characters are looked at one by one
MOST_PAGES = 1_000  # of a PDF


def check_size(raw: RawDocument) -> None:
    """Reject what is too large to be a report."""
    if len(raw.content) > MOST_BYTES:
        raise Rejected(
            "too_large", f"{len(raw.content):,} bytes, more than the {MOST_BYTES:,} that a report may have; split it"
        )
