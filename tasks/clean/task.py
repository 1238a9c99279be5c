"""The clean stage as a Prefect task."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from prefect import task

from tasks.batches import StageSummary
from tasks.clean.office.converted import with_converted
from tasks.retries import OPTIONS
from tasks.workers import advance

FUNCTION = "tasks.clean.stored:clean_stored"


@task(name="clean", **OPTIONS)
def clean_batch(source: Path, target: Path) -> StageSummary:
    """Clean every document of a batch."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        summary = advance("clean", FUNCTION, with_converted(source, Path(folder)), target)
    return replace(summary, seconds=time.monotonic() - begun)
