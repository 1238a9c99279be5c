"""DOC through LibreOffice: a batch in one run, beside one file a run. Only where LibreOffice is on the machine."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tasks.clean.office.legacy import SECONDS_A_FILE, extract_converted, office_program, to_docx
from tests.benchmarks.kept import Kept, add_extract
from tests.benchmarks.measured import Bound, Measured, percent
from tests.benchmarks.office_run import convert
from tests.clean.known import raw
from tests.render.made import make

FILES = 30


def measure() -> Measured | None:
    """The table; wall clock, since LibreOffice is a process of its own."""
    if not office_program():
        return None
    made = [make(seed, format="docx", generation="2021") for seed in range(FILES)]
    with tempfile.TemporaryDirectory() as folder:
        contents = convert([one.content for one in made], "docx", "doc", Path(folder))
    begun = time.monotonic()
    converted = to_docx(contents, SECONDS_A_FILE)
    batch = 1e3 * (time.monotonic() - begun) / FILES
    begun = time.monotonic()
    to_docx(contents[:1], SECONDS_A_FILE)
    alone = 1e3 * (time.monotonic() - begun)
    kept = Kept()
    for one, content, docx in zip(made, contents, converted, strict=True):
        if isinstance(docx, bytes):
            add_extract(kept, one.document, extract_converted(raw(content), docx))
    rows = (
        (f"{FILES} files in one run", f"{batch:.0f}", percent(kept.exact, kept.all_cells)),
        ("one file a run", f"{alone:.0f}", "as above"),
    )
    bounds = (Bound("ms a DOC file in a batch", batch, 400),)
    columns = ("LibreOffice", "ms a file", "cells with place and spans")
    return Measured("old_office", "DOC", f"{FILES} reports that LibreOffice wrote as DOC.", columns, rows, bounds)
