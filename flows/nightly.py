"""The nightly flow: what is new in a folder goes through every room, and the warehouse is published anew."""

from __future__ import annotations

from pathlib import Path

from prefect import Flow, flow

from flows.pipeline import OPTIONS, begun, run_pipeline
from flows.planning import ToDo, to_do
from flows.summary import Summary
from tasks.fetch.folder import entries
from warehouse.export import export, is_current


def nightly_flow(found: ToDo | None = None) -> Flow[[str, str], Summary | None]:
    """The flow that does what was `found` before it began, unless another run has published since: then it looks anew.

    A plan is no parameter of the flow: Prefect would write it down, and it may be of 100,000 documents.
    """

    @flow(name="nightly", **OPTIONS)
    def nightly(input: str, home: str) -> Summary | None:
        """Bring what is new in the folder `input` into the warehouse of `home`; None where nothing is."""
        with begun(home) as (place, run):
            ahead = found if found is not None and found.is_current(place) else None
            todo = ahead or to_do(place, entries(Path(input), place.path))
            if todo.nothing:
                if not is_current(place):  # the run before this one was stopped between publishing and exporting
                    export(place)
                return None
            return run_pipeline(place, run, todo.planned)

    return nightly


nightly = nightly_flow()
