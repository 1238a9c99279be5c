"""How much of a document the readers take on. Beyond it the document is rejected, with a code of its own."""

from __future__ import annotations

from tasks.model import RawDocument, Rejected

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED_BYTES = 200 * 1024 * 1024  # of all parts of an office file
MOST_UNPACKED_RATIO = 200  # unpacked to packed bytes of one part: XML of real reports stays below 60
MOST_ROWS = 100_000  # of one table
MOST_COLUMNS = 1_000  # of one table: the cap of the HTML standard
MOST_DEPTH = 200  # of tables in tables and of elements in elements where a reader must recurse
MOST_PAGES = 1_000  # of a PDF


def check_size(raw: RawDocument) -> None:
    """Reject what is too large to be a report."""
    if len(raw.content) > MOST_BYTES:
        raise Rejected(
            "too_large", f"{len(raw.content):,} bytes, more than the {MOST_BYTES:,} that a report may have; split it"
        )
