"""What the flows share: the home held for a run, its documents through every room in batches, and the publishing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import runtime
from prefect.artifacts import create_markdown_artifact
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.progress import listener
from flows.settings import PRELOAD, SETTINGS
from flows.summary import Summary, markdown
from flows.version import code_version, fetch_version, made_by
from tasks.batches import StageSummary
from tasks.clean.kept import prepare
from tasks.clean.task import clean_batch
from tasks.fetch.plan import Planned, batches
from tasks.fetch.task import fetch_batch
from tasks.load.task import load_batch, publish_run
from tasks.parse.task import parse_batch
from tasks.workers import WORKERS
from warehouse.home import Home
from warehouse.live import GotWorse, bring_up
from warehouse.runs import Run

STAGES = ("fetch", "clean", "parse", "load")
# Batches that go through the stages together: what lies between the stages stays small, however many there are.
WAVE = 16
# Of every flow. Its result is for the command line alone, and Prefect has no need to check paths.
OPTIONS: dict[str, Any] = {
    "task_runner": ThreadPoolTaskRunner(max_workers=SETTINGS.worker_count),
    "persist_result": False,
    "validate_parameters": False,
}


@contextmanager
def begun(home: str) -> Iterator[tuple[Home, Run]]:
    """The home, held and of this version's schema, and the run of the flow that is called; HomeError where in use."""
    place = Home(Path(home).absolute())
    place.make()
    with place.locked():
        bring_up(place)
        flow_run = runtime.flow_run
        yield place, Run(str(flow_run.id), str(flow_run.flow_name), datetime.now(UTC), code_version(), made_by())


def run_pipeline(
    place: Home, run: Run, planned: list[Planned], live: bool = True, staged: Callable[[Path], None] | None = None
) -> Summary:
    """Every stage over every document, then the publishing (or, not `live`, only a look at what it would change).

    `staged` is called with the staging folder before the publishing: it may add to it, or raise.
    """
    shutil.rmtree(place.scratch, ignore_errors=True)
    if planned:
        prepare(place.cleaned, {kind: made.fingerprint for kind, made in run.made_by.clean.items() if kind})
        WORKERS.warm(SETTINGS.worker_count, SETTINGS.limits, PRELOAD)
    try:
        summary = _run_stages(place, run, planned, live, staged)
    except GotWorse as worse:
        create_markdown_artifact(
            (place.aside / "report.md").read_text("utf-8"), key="got-worse", description=str(worse)
        )
        raise
    finally:
        WORKERS.end()
        shutil.rmtree(place.scratch, ignore_errors=True)
    create_markdown_artifact(markdown(summary), key="summary", description="What the run did")
    return summary


def _run_stages(
    place: Home, run: Run, planned: list[Planned], live: bool, staged: Callable[[Path], None] | None
) -> Summary:
    work, staging = place.work(run.run_id), place.staging(run.run_id)
    staging.mkdir(parents=True)
    seconds = dict.fromkeys((*STAGES, "publish"), 0.0)
    for stage in STAGES:
        listener().stage(stage, len(planned))
    every = batches(planned, SETTINGS.size(len(planned)), SETTINGS.batch_bytes)
    for first in range(0, len(every), WAVE):
        wave = dict(enumerate(every[first : first + WAVE], first))
        for summary, size in _wave(place, run, wave):
            seconds[summary.stage] += summary.seconds
            listener().advance(summary.stage, size)
        shutil.rmtree(work)
    if staged is not None:
        staged(staging)
    WORKERS.end()  # what they hold is publishing's to use
    listener().stage("publish", 1)
    begun = time.monotonic()
    published = publish_run(place, run, staging, live)
    seconds["publish"] = time.monotonic() - begun
    listener().advance("publish", 1)
    return Summary(str(place.warehouse), run.run_id, published.counts, published.reasons, published.changes, seconds)


def _wave(place: Home, run: Run, wave: dict[int, list[Planned]]) -> Iterator[tuple[StageSummary, int]]:
    """A wave of batches through the stages, stage by stage: what each stage did, with the number of documents."""

    def file(stage: str, number: int) -> Path:
        return place.work(run.run_id) / stage / f"{number:06}.pickle"

    def finished(futures: dict[int, PrefectFuture[StageSummary]]) -> Iterator[tuple[StageSummary, int]]:
        numbers = {future.task_run_id: number for number, future in futures.items()}
        for future in as_completed(list(futures.values())):
            yield future.result(), len(wave[numbers[future.task_run_id]])

    yield from finished(
        {n: fetch_batch.submit(batch, place.raw, file("fetch", n), fetch_version()) for n, batch in wave.items()}
    )
    yield from finished({n: clean_batch.submit(file("fetch", n), file("clean", n)) for n in wave})
    yield from finished({n: parse_batch.submit(file("clean", n), file("parse", n)) for n in wave})
    yield from finished({n: load_batch.submit(file("parse", n), place.staging(run.run_id), run.run_id) for n in wave})
