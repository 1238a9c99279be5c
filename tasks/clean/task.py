"""The clean stage as a Prefect task."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.batches import StageSummary
from tasks.retries import OPTIONS
from tasks.workers import advance

FUNCTION = "tasks.clean.stored:clean_stored"


@task(name="clean", **OPTIONS)
def clean_batch(source: Path, target: Path) -> StageSummary:
    """Clean every document of a batch."""
    return advance("clean", FUNCTION, source, target)
