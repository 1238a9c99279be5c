"""The nightly flow over sources: what they publish is asked for, then goes the way of all documents."""

from __future__ import annotations

from pathlib import Path
from time import time

from prefect import flow

from flows.check import contact
from flows.pipeline import OPTIONS, begun, run_pipeline
from flows.planning import to_do
from flows.progress import listener
from flows.settings import SETTINGS
from flows.summary import Summary
from tasks.fetch.availability import rows, stage_availability
from tasks.fetch.crawl import Crawl
from tasks.fetch.folder import entries
from tasks.fetch.harvest import harvest
from tasks.fetch.ledger import Address
from tasks.fetch.source import Source, load
from tasks.fetch.task import ask_batch, discover_source
from tasks.fetch.warc import export_warc
from warehouse.expected import Expected, unmet
from warehouse.home import Home, HomeError


class Unexpected(HomeError):
    """A source did not give what its file says that it must: nothing is published. One line for a person."""


@flow(name="sources", **OPTIONS)
def sources(sources: str, home: str) -> Summary:
    """Bring what is new at the sources of a file or folder into the warehouse of `home`."""
    with begun(home) as (place, run):
        crawl = Crawl(load(Path(sources)), place.path, run.run_id, contact())
        try:
            gather(crawl)
            addresses = crawl.ledger.addresses()
            warcs = place.path / "warc"
            warcs.mkdir(exist_ok=True)
            export_warc(crawl.ledger, place.raw, run.run_id, warcs / f"{run.run_id}.warc.gz")
        finally:
            crawl.close()
        found = harvest(addresses, place.raw)
        for source in crawl.sources.values():
            if source.folder is not None:
                found += entries(source.folder, place.path)

        def staged(staging: Path) -> None:
            stage_availability(rows(addresses, crawl.sources), staging)
            _hold_expectations(place, crawl.sources, addresses, staging)

        return run_pipeline(place, run, to_do(place, found).planned, staged=staged)


def gather(crawl: Crawl) -> None:
    """Ask for all that is due: lists and sitemaps first, then what they lead to."""
    for discovering in [discover_source.submit(crawl, name) for name in crawl.sources]:
        discovering.result()
    due = crawl.due()
    listener().stage("ask", len(due))
    size = SETTINGS.size(len(due))
    batches = [due[first : first + size] for first in range(0, len(due), size)]
    for asking, batch in [(ask_batch.submit(crawl, batch), batch) for batch in batches]:
        asking.result()
        listener().advance("ask", len(batch))
    crawl.ledger.end(time())


def _hold_expectations(place: Home, declared: dict[str, Source], addresses: list[Address], staging: Path) -> None:
    """Raise Unexpected where a source did not give what it must."""
    for name, source in declared.items():
        documents = [known.sha256 for known in addresses if known.source == name and known.sha256]
        if source.kind != "folder":
            for line in unmet(place, staging, name, documents, Expected(**dict(source.expect))):
                raise Unexpected(f"source {name}: {line}; the last good version stays live")
