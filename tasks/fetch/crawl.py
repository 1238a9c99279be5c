"""A run over sources: which addresses are due, and asking for them, a queue a host.

Threads, not coroutines: a run is bounded by what hosts allow, not by how many sockets a process can wait on, and the
rest of the run (Prefect's tasks, the store, SQLite) is threads already. A thread serves one host's queue to its end,
so that a slow host keeps one thread waiting and nobody else.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tasks.fetch.address import address, host_of
from tasks.fetch.asking import PRODUCT, Asker, Visit
from tasks.fetch.ledger import Address, Ledger
from tasks.fetch.links import attachments, links, matching, parts, sitemap
from tasks.fetch.outcome import PASSING, Passing
from tasks.fetch.source import Source
from tasks.model import Rejected
from warehouse.home import raw_path

THREADS = 32
SITEMAPS = 1000
DOCUMENTS = ("page", "attachment", "part")


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of some addresses: how many gave a document, gave none for good, and may do so a little later."""

    found: int
    rejected: int
    passing: int


class Crawl:
    """One run over sources, in one process: it holds what all its batches share."""

    def __init__(self, sources: Iterable[Source], home: Path, run_id: str, contact: str) -> None:
        self.sources = {source.name: source for source in sources}
        self.ledger = Ledger(home / "ledger.sqlite")
        self.raw = home / "raw"
        agent = f"{PRODUCT}/0.1 (+{contact})"
        self.askers = {
            name: Asker(source, agent, self.ledger, self.raw, run_id) for name, source in self.sources.items()
        }
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="ask")
        self.began = self.ledger.begin(run_id, time.time())

    def close(self) -> None:
        """Let go of connections, threads and the ledger."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        for asker in self.askers.values():
            asker.close()
        self.ledger.close()

    def discover(self, name: str) -> int:
        """Note the addresses that a source has: listed, linked from its lists, or named by its sitemaps.

        Raises Passing where a list or sitemap failed; what the others have is noted all the same.
        """
        source = self.sources[name]
        find = {"url_list": self._itself, "list_page": self._listed, "sitemap": self._mapped}.get(source.kind)
        if find is None:
            return 0  # a folder is read, not asked
        found: dict[str, None] = {}
        failure: Passing | None = None
        for start in source.starts:
            try:
                found.update((url, None) for url in find(source, address(start)))
            except Passing as passing:
                failure = passing
        urls = list(found)[: source.limits.pages]
        self.ledger.note(name, "page", urls)
        if failure is not None:
            raise failure
        return len(urls)

    def _itself(self, _: Source, start: str) -> Iterator[str]:
        yield start

    def _listed(self, source: Source, start: str) -> Iterator[str]:
        visit = self._consult(source, start)
        if visit is None:
            return
        first = matching(links(visit.text or "", visit.final_url), source.links)
        yield from first
        if source.paging is None:
            return
        found = set(first)
        for number in range(source.paging.first, source.paging.last + 1):
            page = address(source.paging.pattern.replace("{n}", str(number)), visit.final_url)
            further = self._consult(source, page)
            more = matching(links(further.text or "", further.final_url), source.links) if further else []
            if found.issuperset(more):
                break
            found.update(more)
            yield from more

    def _mapped(self, source: Source, start: str) -> Iterator[str]:
        waiting, seen, count = deque([start]), set[str](), 0
        failure: Passing | None = None
        while waiting and len(seen) < SITEMAPS and count < source.limits.pages:
            url = waiting.popleft()
            if url in seen:
                continue
            seen.add(url)
            try:
                visit = self._consult(source, url)
            except Passing as passing:
                failure = passing
                continue
            if visit is None:
                continue
            try:
                maps, pages = sitemap(visit.body, source.limits.max_bytes)
            except (Rejected, Passing) as fault:
                self.ledger.put(visit.address.failed(time.time(), fault.error_code, fault.message))
                continue
            waiting.extend(maps)
            found = matching(((page, "") for page in pages), source.links or (".",))
            count += len(found)
            yield from found
        if failure is not None:
            raise failure

    def _consult(self, source: Source, url: str) -> Visit | None:
        """A list or sitemap; None where it gives none for good (the ledger says why). Raises Passing."""
        known = self.ledger.get(url) or Address(url, source.name, "list")
        try:
            return self.askers[source.name].visit(known)
        except Rejected:
            return None

    def due(self) -> list[str]:
        """The addresses to ask for now, hosts in turn; not those that the crawl has settled, or that are too fresh.

        However fresh, an address is due whose document the raw store has lost.
        """
        now = time.time()
        by_host: dict[str, list[str]] = defaultdict(list)
        for name, source in self.sources.items():
            for known in self.ledger.addresses(name):
                if known.role in DOCUMENTS and self._is_due(known, source, now):
                    by_host[host_of(known.url)].append(known.url)
        ranked = [(rank, host, url) for host, urls in by_host.items() for rank, url in enumerate(urls)]
        return [url for _, _, url in sorted(ranked)]

    def _is_due(self, known: Address, source: Source, now: float) -> bool:
        if known.last_asked is None:
            return True
        if known.last_asked >= self.began:
            return known.error_code in PASSING
        if known.error_code is not None or known.last_asked + source.every.total_seconds() <= now:
            return True
        return known.sha256 is not None and not raw_path(self.raw, known.sha256).exists()

    def ask(self, urls: Iterable[str]) -> Asked:
        """Ask for those of the addresses that are due still, and for the files and parts that they lead to."""
        now = time.time()
        queues: dict[tuple[str, str], deque[Address]] = defaultdict(deque)
        for url in urls:
            known = self.ledger.get(url)
            if known is not None and self._is_due(known, self.sources[known.source], now):
                queues[known.source, host_of(url)].append(known)
        servings = [
            self.pool.submit(self._serve, queue)
            for (name, _), queue in queues.items()
            for _ in range(min(len(queue), self.sources[name].limits.concurrency))
        ]
        counts = [serving.result() for serving in servings]
        return Asked(*(sum(count[place] for count in counts) for place in range(3)))

    def _serve(self, queue: deque[Address]) -> tuple[int, int, int]:
        found = rejected = passing = 0
        while queue:
            try:
                known = queue.popleft()
            except IndexError:
                break
            try:
                queue.extendleft(reversed(self._visit(known)))
                found += 1
            except Rejected:
                rejected += 1
            except Passing:
                passing += 1
        return found, rejected, passing

    def _visit(self, known: Address) -> list[Address]:
        """Ask for an address; returns the addresses that it leads to and that are due."""
        visit = self.askers[known.source].visit(known)
        if known.role == "attachment" or not visit.text:
            return []
        further = [("part", url) for url in parts(visit.text, visit.final_url)] if known.role == "page" else []
        further += [("attachment", url) for url in attachments(visit.text, visit.own_length, visit.final_url)]
        for role, url in further:
            self.ledger.note(known.source, role, [url], known.url)
        rows = [self.ledger.get(url) for _, url in further if urlsplit(url).netloc]
        now, source = time.time(), self.sources[known.source]
        return [row for row in rows if row is not None and self._is_due(row, source, now)]
