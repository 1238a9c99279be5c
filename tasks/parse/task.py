"""The parse stage as a Prefect task."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.batches import StageSummary
from tasks.retries import OPTIONS
from tasks.workers import advance

FUNCTION = "tasks.parse.parse:parse"


@task(name="parse", **OPTIONS)
def parse_batch(source: Path, target: Path) -> StageSummary:
    """Parse every document of a batch."""
    return advance("parse", FUNCTION, source, target)
