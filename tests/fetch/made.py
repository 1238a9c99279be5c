"""Sources of the test server, and runs over them without Prefect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tasks.fetch.crawl import Crawl
from tasks.fetch.source import Source

QUICK = {
    "delay": 0.0, "connect_seconds": 1.0, "read_seconds": 0.5, "total_seconds": 1.0, "backoff_seconds": 0.01,
    "patience_seconds": 2.0, "down_seconds": 0.3, "attempts": 3,
}  # fmt: skip


def source(name: str, urls: Iterable[str], kind: str = "url_list", **more: Any) -> Source:
    limits = {**QUICK, **more.pop("limits", {})}
    values = {
        "publisher": "某县人民政府", "kind": kind, "urls": list(urls), "every": 0, "limits": limits,
        "allow_networks": ["127.0.0.0/8"], **more,
    }  # fmt: skip
    return Source.model_validate(values).model_copy(update={"name": name})


@contextmanager
def crawling(sources: Iterable[Source], home: Path, run_id: str = "run1") -> Iterator[Crawl]:
    crawl = Crawl(sources, home, run_id, "https://example.org/contact")
    try:
        yield crawl
    finally:
        crawl.close()


def run(sources: Iterable[Source], home: Path, run_id: str = "run1") -> dict[str, str | None]:
    """A run to its end; returns the error code of each address, None where it gave a document."""
    with crawling(sources, home, run_id) as crawl:
        for name in crawl.sources:
            crawl.discover(name)
        crawl.ask(crawl.due())
        crawl.ledger.end(crawl.began + 1)
        return {known.url: known.error_code for known in crawl.ledger.addresses()}
