"""Measure, print tables and a line of JSON, and end with 1 where a bound is broken."""

from __future__ import annotations

import json
import logging
import sys
import warnings

from rich.console import Console
from rich.table import Table

from tests.benchmarks.all import measure_all


def main() -> None:
    """All benchmarks, or those named."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)  # pdfminer speaks of each font
    measured = measure_all(sys.argv[1:])
    console = Console()
    for each in measured:
        table = Table(*each.columns, title=each.title, caption=each.about)
        for row in each.rows:
            table.add_row(*row)
        console.print(table)
    print(json.dumps({each.name: each.json() for each in measured}, ensure_ascii=False))
    broken = [bound for each in measured for bound in each.bounds if not bound.holds]
    if broken:
        sys.exit("a bound is broken: " + "; ".join(map(str, broken)))


if __name__ == "__main__":
    main()
