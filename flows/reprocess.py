"""The reprocessing flow: what this version may read differently is read again from the raw store, and published."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, runtime
from prefect.task_runners import ThreadPoolTaskRunner

from flows.settings import SETTINGS
from flows.summary import Summary
from flows.version import code_version, made_by
from flows.walk import walk
from tasks.fetch.again import plan_again
from warehouse.home import Home
from warehouse.known import known
from warehouse.live import bring_up
from warehouse.publish import Run


@flow(
    name="reprocess",
    task_runner=ThreadPoolTaskRunner(max_workers=SETTINGS.worker_count),  # type: ignore[arg-type]
    persist_result=False,
    validate_parameters=False,
)
def reprocess(home: str, dry_run: bool = False) -> Summary | None:
    """Read again what was made by other code, rules or libraries; None where nothing was. No input folder, no network.

    With `dry_run` nothing is published: the summary lists what would change.
    """
    place = Home(Path(home).absolute())
    place.make()
    with place.locked():
        bring_up(place)
        run = Run(str(runtime.flow_run.id), "reprocess", datetime.now(UTC), code_version(), made_by())
        before = known(place, run.made_by)
        planned = plan_again(place, before)
        if not planned and not before.publishing:
            return None
        return walk(place, run, planned, live=not dry_run)
