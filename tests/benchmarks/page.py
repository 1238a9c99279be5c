"""Writes the measured tables of docs/cleaning.md anew: `python -m tests.benchmarks.page [NAME …]`.

Each stands between `<!-- measured: NAME -->` and `<!-- end -->`; what is not named, or cannot run here, stays.
"""

from __future__ import annotations

import logging
import re
import sys
import warnings
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.all import measure_all

PAGE = Path(__file__).parents[2] / "docs" / "cleaning.md"


def main() -> None:
    """Measure and write."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)  # pdfminer speaks of each font
    text = PAGE.read_text(encoding="utf-8")
    for measured in measure_all(sys.argv[1:]):
        start = f"<!-- measured: {measured.name} -->"
        made = f"{start}\n{measured.markdown()}\n\nMeasured {datetime.now(UTC):%Y-%m-%d}.\n<!-- end -->"
        text = re.sub(f"{start}.*?<!-- end -->", lambda _, made=made: made, text, flags=re.S)  # type: ignore[misc]
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
