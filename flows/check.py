"""Sources before a run: whether their files are right, whether they answer, and whom sites can write to."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tasks.fetch.address import address
from tasks.fetch.crawl import Crawl
from tasks.fetch.ledger import Address
from tasks.fetch.manifest import InputError
from tasks.fetch.outcome import Passing
from tasks.fetch.source import FOLDER, Source, load
from tasks.model import Rejected


def contact() -> str:
    """Whom a site can write to, from GONGKAI_CONTACT. Raises InputError where nobody is named."""
    named = os.environ.get("GONGKAI_CONTACT", "").strip()
    if not named.isascii() or not named.isprintable() or ("@" not in named and "://" not in named):
        raise InputError("set GONGKAI_CONTACT to an e-mail or web address: sites are told whom they can write to")
    return named


def check_sources(path: Path | None, live: bool) -> tuple[list[str], int]:
    """A line a source, and how many of them failed. Raises InputError, with file and line, for a mistake in a file."""
    sources = load(path or FOLDER)
    if not live:
        return [f"{source.name}: {source.kind}, {source.publisher}" for source in sources], 0
    with tempfile.TemporaryDirectory() as folder:
        crawl = Crawl(sources, Path(folder), "check", contact())
        try:
            told = [_first(crawl, source) for source in sources]
        finally:
            crawl.close()
    return [line for line, _ in told], sum(not good for _, good in told)


def _first(crawl: Crawl, source: Source) -> tuple[str, bool]:
    if source.folder is not None:
        there = source.folder.is_dir()
        return f"{source.name}: {source.folder}{'' if there else ' is no folder'}", there
    url = address(source.starts[0])
    try:
        visit = crawl.askers[source.name].visit(Address(url, source.name, "list"))
    except (Rejected, Passing) as error:
        return f"{source.name}: {error.error_code}: {error.message}", False
    return f"{source.name}: {len(visit.body):,} bytes from {visit.final_url}", True
