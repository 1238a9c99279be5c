"""The reprocessing flow: what this version may read differently is read again from the raw store, and published."""

from __future__ import annotations

from prefect import flow

from flows.pipeline import OPTIONS, begun, run_pipeline
from flows.summary import Summary
from tasks.fetch.again import plan_again
from warehouse.known import known


@flow(name="reprocess", **OPTIONS)
def reprocess(home: str, dry_run: bool = False) -> Summary | None:
    """Read again what was made by other code, rules or libraries; None where nothing was. No input folder, no network.

    With `dry_run` nothing is published: the summary lists what would change.
    """
    with begun(home) as (place, run):
        before = known(place, run.made_by)
        planned = plan_again(place, before)
        if not planned and not before.publishing:
            return None
        return run_pipeline(place, run, planned, live=not dry_run)
