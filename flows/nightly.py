"""The nightly flow: what is new in a folder goes through every room, and the warehouse is published anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, runtime
from prefect.task_runners import ThreadPoolTaskRunner

from flows.planning import found_ahead, to_do
from flows.settings import SETTINGS
from flows.summary import Summary
from flows.version import code_version, made_by
from flows.walk import walk
from tasks.fetch.folder import entries
from warehouse.export import export, is_current
from warehouse.home import Home
from warehouse.live import bring_up
from warehouse.publish import Run


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
        bring_up(place)
        run = Run(str(runtime.flow_run.id), "nightly", datetime.now(UTC), code_version(), made_by())
        found = found_ahead(place) or to_do(place, entries(Path(input), place.path))
        if found.nothing:
            if not is_current(place):  # the run before this one was stopped between publishing and exporting
                export(place)
            return None
        return walk(place, run, found.planned)
