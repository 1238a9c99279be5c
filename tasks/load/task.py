"""The load stage as Prefect tasks: staging a batch, and publishing what a run has staged."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

from prefect import task

from tasks.batches import StageSummary
from tasks.load.stage import Loading
from tasks.model import Rejected
from tasks.retries import OPTIONS
from tasks.workers import WORKERS, Limits, WorkerError
from warehouse.export import export
from warehouse.home import Home
from warehouse.publish import publish
from warehouse.runs import Published, Run

FUNCTION = "tasks.load.stage:stage"
BATCH = Limits(memory_bytes=3 << 30, seconds=600.0, patience=600.0)


@task(name="load", **OPTIONS)
def load_batch(batch: Path, staging: Path, run_id: str) -> StageSummary:
    """Stage the rows of a batch. Raises WorkerError where the worker fails: it is no document's fault."""
    begun = time.monotonic()
    try:
        with WORKERS.lent() as worker:
            answer = worker.call(FUNCTION, pickle.dumps(Loading(batch, staging, run_id)), BATCH)
    except Rejected as rejected:
        raise WorkerError(f"{batch.name} could not be staged: {rejected.message}") from None
    done, failed = pickle.loads(answer)
    return StageSummary("load", done, failed, time.monotonic() - begun)


@task(name="publish", **OPTIONS)
def publish_run(home: Home, run: Run, staging: Path, live: bool = True) -> Published:
    """Publish what the run has staged, as a database and as Parquet files; not `live`: only look what would change."""
    published = publish(home, run, staging, live)
    if live:
        export(home)
    return published
