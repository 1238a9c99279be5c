"""The fetch stage as Prefect tasks: asking the network, and handing on what the store holds."""

from __future__ import annotations

import time
from pathlib import Path

from prefect import runtime, task
from prefect.cache_policies import NO_CACHE

from tasks.batches import StageSummary, write_batch
from tasks.fetch.crawl import Asked, Crawl
from tasks.fetch.fetch import fetch
from tasks.fetch.outcome import UNFINISHED, Passing
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


@task(name="discover", cache_policy=NO_CACHE, **OPTIONS)
def discover_source(crawl: Crawl, name: str) -> int:
    """Note a source's addresses. A list that fails to the last is left to the next run; the ledger says so."""
    try:
        return crawl.discover(name)
    except Passing:
        if not _is_last_try():
            raise
        return 0


@task(name="ask", cache_policy=NO_CACHE, **OPTIONS)
def ask_batch(crawl: Crawl, urls: list[str]) -> Asked:
    """Ask for a batch of addresses. What succeeded is in the store: a retry asks only for the rest.

    Raises Passing where some gave nothing yet, but for the last try: the next run asks again.
    """
    asked = crawl.ask(urls)
    if asked.passing and not _is_last_try():
        raise Passing(UNFINISHED, f"{asked.passing} of {len(urls)} addresses gave nothing yet")
    return asked


def _is_last_try() -> bool:
    return bool((runtime.task_run.run_count or 0) > OPTIONS["retries"])
