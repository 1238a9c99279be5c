"""Pages a second of fetching with everything on, beside plain httpx and httpx2 against the same server in one run.

The server is a process of its own; each client asks for the same pages over the same number of threads, and throws the
bodies away, whereas fetching obeys robots.txt, takes turns, judges each page, and writes store and ledger.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import httpx2

from tasks.fetch.crawl import THREADS
from tests.fetch.made import crawling, source
from tests.fetch.server import Reply, failing, page, running

HOSTS, PAGES, ROUNDS = 20, 50, 3


def serve(told: Connection) -> None:
    """The server, until it is told to end."""
    with running() as server:
        paragraph = "<p>" + "本机关依照条例公开政府信息，内容完整，数据准确。" * 4 + "</p>"
        bodies = {f"host{number}": page(f"报告{number}", paragraph * 120) for number in range(HOSTS)}

        def site(host: str) -> Callable[[str, dict[str, str]], Reply]:
            return lambda path, headers: failing(404) if path == "/robots.txt" else bodies[host]

        server.sites = {host: site(host) for host in bodies}
        told.send(server.port)
        told.recv()


def plain(client: httpx.Client | httpx2.Client, urls: list[tuple[str, str]]) -> None:
    """Every page by a plain client that resolves nothing and keeps nothing."""

    def get(url: str, host: str) -> int:
        return len(client.get(url, headers={"Host": host}).content)

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(size > 1000 for size in pool.map(lambda each: get(*each), urls))


def fetching(urls: list[str]) -> float:
    """The seconds that asking for every page takes, into a fresh home."""
    with tempfile.TemporaryDirectory() as folder:
        limits = {"total_seconds": 60.0, "read_seconds": 30.0, "concurrency": 2}
        with crawling([source("bench", urls, limits=limits)], Path(folder)) as crawl:
            crawl.discover("bench")
            begun = time.perf_counter()
            asked = crawl.ask(crawl.due())
            seconds = time.perf_counter() - begun
        assert asked.found == len(urls)
    return seconds


def timed(work: Callable[[], None]) -> float:
    """The seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Print a line a client: the best of some rounds, taken in turn."""
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    child.start()
    port = ours.recv()
    hosts = [f"host{number}.localhost:{port}" for number in range(HOSTS)]
    urls = [f"http://{host}/{number}.html" for number in range(PAGES) for host in hosts]
    direct = [(f"http://127.0.0.1:{port}/{n}.html", host) for n in range(PAGES) for host in hosts]
    best = dict.fromkeys(("httpx", "httpx2", "gongkai"), float("inf"))
    for _ in range(ROUNDS):
        with httpx.Client(limits=httpx.Limits(max_connections=THREADS)) as client:
            best["httpx"] = min(best["httpx"], timed(lambda client=client: plain(client, direct)))  # type: ignore[misc]
        with httpx2.Client(limits=httpx2.Limits(max_connections=THREADS)) as other:
            best["httpx2"] = min(best["httpx2"], timed(lambda other=other: plain(other, direct)))  # type: ignore[misc]
        best["gongkai"] = min(best["gongkai"], fetching(urls))
    ours.send(None)
    for name, seconds in best.items():
        print(f"fetch: {name:8} {len(urls) / seconds:6.0f} pages a second")
    ratio = best["httpx"] / best["gongkai"]
    print(f"fetch: {ratio:.2f} of plain httpx, at least 0.80 is wanted")
    if ratio < 0.8:
        sys.exit(1)


if __name__ == "__main__":
    main()
