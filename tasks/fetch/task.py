"""The fetch stage as a Prefect task."""

from __future__ import annotations

import time
from pathlib import Path

from prefect import task

from tasks.batches import StageSummary, write_batch
from tasks.fetch.fetch import fetch
from tasks.fetch.plan import Planned
from tasks.retries import OPTIONS


@task(name="fetch", **OPTIONS)
def fetch_batch(planned: list[Planned], raw: Path, target: Path, code_version: str) -> StageSummary:
    """Store the bytes of a batch."""
    begun = time.monotonic()
    items = [fetch(each, raw, code_version) for each in planned]
    write_batch(target, items)
    done = sum(item.body is not None for item in items)
    return StageSummary("fetch", done, len(items) - done, time.monotonic() - begun)
