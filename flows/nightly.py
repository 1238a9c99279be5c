"""The nightly flow: what is new in a folder goes through every room, and the warehouse is published anew."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, runtime
from prefect.artifacts import create_markdown_artifact
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.progress import listener
from flows.settings import PRELOAD, SETTINGS
from flows.summary import Summary, markdown
from flows.version import code_version
from tasks.batches import StageSummary
from tasks.clean.task import clean_batch
from tasks.fetch.plan import Planned, batches, plan
from tasks.fetch.task import fetch_batch
from tasks.load.task import load_batch, publish_run
from tasks.parse.task import parse_batch
from tasks.workers import WORKERS
from warehouse.export import export, is_current
from warehouse.home import Home
from warehouse.known import known
from warehouse.publish import Run

WAVE = (
    16  # batches that go through the stages together: what lies between the stages stays small, however many there are
)


@flow(
    name="nightly",
    task_runner=ThreadPoolTaskRunner(max_workers=SETTINGS.worker_count),  # type: ignore[arg-type]
    persist_result=False,
    validate_parameters=False,
)
def nightly(input: str, home: str) -> Summary | None:
    """Bring what is new in the folder `input` into the warehouse of `home`; None where nothing is."""
    place = Home(Path(home).absolute())
    place.make()
    with place.locked():
        run = Run(str(runtime.flow_run.id), "nightly", datetime.now(UTC), code_version())
        planned = plan(Path(input), known(place), run.code_version)
        if not planned:
            if not is_current(place):  # the run before this one was stopped between publishing and exporting
                export(place)
            return None
        shutil.rmtree(place.scratch, ignore_errors=True)
        WORKERS.warm(SETTINGS.worker_count, SETTINGS.limits, PRELOAD)
        try:
            summary = _walk(place, run, planned, SETTINGS.size(len(planned)))
        finally:
            WORKERS.end()
            shutil.rmtree(place.scratch, ignore_errors=True)
        create_markdown_artifact(markdown(summary), key="summary", description="What the run did")
    return summary


def _walk(place: Home, run: Run, planned: list[Planned], batch_size: int) -> Summary:
    """Every stage over every batch, a wave of batches at a time, then the publishing."""
    work, staging = place.work(run.run_id), place.staging(run.run_id)
    seconds = dict.fromkeys(("fetch", "clean", "parse", "load", "publish"), 0.0)
    for stage in ("fetch", "clean", "parse", "load"):
        listener().stage(stage, len(planned))
    every = batches(planned, batch_size, SETTINGS.batch_bytes)
    for first in range(0, len(every), WAVE):
        wave = dict(enumerate(every[first : first + WAVE], first))
        for summary, size in _wave(place, run, wave):
            seconds[summary.stage] += summary.seconds
            listener().advance(summary.stage, size)
        shutil.rmtree(work)
    listener().stage("publish", 1)
    begun = time.monotonic()
    published = publish_run(place, run, staging)
    seconds["publish"] = time.monotonic() - begun
    listener().advance("publish", 1)
    return Summary(str(place.warehouse), run.run_id, published.counts, published.reasons, seconds)


def _wave(place: Home, run: Run, wave: dict[int, list[Planned]]) -> Iterator[tuple[StageSummary, int]]:
    """A wave of batches through the stages, stage by stage: what each stage did, with the number of documents."""

    def file(stage: str, number: int) -> Path:
        return place.work(run.run_id) / stage / f"{number:06}.pickle"

    def finished(futures: dict[int, PrefectFuture[StageSummary]]) -> Iterator[tuple[StageSummary, int]]:
        numbers = {future.task_run_id: number for number, future in futures.items()}
        for future in as_completed(list(futures.values())):
            yield future.result(), len(wave[numbers[future.task_run_id]])

    yield from finished(
        {n: fetch_batch.submit(batch, place.raw, file("fetch", n), run.code_version) for n, batch in wave.items()}
    )
    yield from finished({n: clean_batch.submit(file("fetch", n), file("clean", n)) for n in wave})
    yield from finished({n: parse_batch.submit(file("clean", n), file("parse", n)) for n in wave})
    yield from finished({n: load_batch.submit(file("parse", n), place.staging(run.run_id), run.run_id) for n in wave})
