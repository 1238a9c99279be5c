"""Many sites at once: gently, nothing lost, nothing fetched twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from email.utils import formatdate
from pathlib import Path

import pytest

from tasks.fetch.client import Answer, waits
from tasks.fetch.gate import Gate
from tasks.fetch.outcome import Passing
from tasks.fetch.source import Limits
from tests.fetch.made import crawling, run, source
from tests.fetch.server import Reply, Server, failing, flaky, page, redirect, running
from tests.made import ROOT
from warehouse.home import raw_path

HOSTS, PAGES = 20, 25


def sites(server: Server, prefix: str, share: float) -> list[str]:
    for number in range(HOSTS):
        host = f"{prefix}{number}"

        def site(path: str, headers: dict[str, str], host: str = host) -> Reply:
            return failing(404) if path == "/robots.txt" else page(f"{host}{path}")

        server.sites[host] = flaky(site, share, number)
    return [server.url(f"{prefix}{host}", f"/{number}.html") for host in range(HOSTS) for number in range(PAGES)]


def test_500_pages_of_20_hosts_with_faults_are_all_stored_and_no_host_is_hurried(tmp_path: Path) -> None:
    delay = 0.03
    with running() as server:
        urls = sites(server, "many", 0.1)
        sources = [source("many", urls, limits={"delay": delay, "attempts": 4})]
        codes = run(sources, tmp_path)
        assert {codes[url] for url in urls} == {None}
        assert sum(server.paths.values()) > HOSTS * (PAGES + 1) + 20  # there were faults
        for number in range(HOSTS):
            asked = server.asked[f"many{number}"]
            # A thread may be late, never early: over any stretch the pace holds, but for the clock's grain.
            assert (asked[-1] - asked[0]) >= (len(asked) - 1) * delay * 0.98
            assert server.most_at_once[f"many{number}"] == 1
        with crawling(sources, tmp_path, "look") as crawl:
            for known in crawl.ledger.addresses("many"):
                assert known.sha256 is not None or known.role == "robots"
                assert known.sha256 is None or raw_path(tmp_path / "raw", known.sha256).exists()
        sites(server, "many", 0.0)
        server.bodies.clear()
        codes = run(sources, tmp_path, "run2")
        assert {codes[url] for url in urls} == {None}
        pages = {where: count for where, count in server.bodies.items() if not where.endswith("/robots.txt")}
        assert pages == {}


SCRIPT = """
import sys
from pathlib import Path
from tests.fetch.made import run, source
run([source("killed", sys.argv[2].split(), limits={"delay": 0.005})], Path(sys.argv[1]))
"""


def test_a_run_killed_in_the_middle_asks_for_no_stored_page_again(tmp_path: Path) -> None:
    with running() as server:
        urls = sites(server, "kill", 0.0)
        child = subprocess.Popen([sys.executable, "-c", SCRIPT, tmp_path, " ".join(urls)], cwd=ROOT)
        deadline = time.monotonic() + 30
        while sum(server.bodies.values()) < 200 and time.monotonic() < deadline:
            time.sleep(0.005)
        child.send_signal(signal.SIGKILL)
        child.wait()
        sources = [source("killed", urls)]
        with crawling(sources, tmp_path, "look") as crawl:
            stored = {known.url for known in crawl.ledger.addresses("killed") if known.sha256 and known.role == "page"}
        assert 100 < len(stored) < len(urls)
        server.paths.clear()
        codes = run(sources, tmp_path, "run2")
        assert {codes[url] for url in urls} == {None}
        again = {
            url for url in stored if server.paths[url.removeprefix("http://").replace(f".localhost:{server.port}", "")]
        }
        assert again == set()


def test_a_batch_asked_again_asks_only_for_the_rest(tmp_path: Path) -> None:
    with running() as server:
        broken = {"/2.html"}
        server.sites["a"] = lambda path, headers: (
            failing(404) if path == "/robots.txt" else failing(500) if path in broken else page(path)
        )
        urls = [server.url("a", f"/{number}.html") for number in range(4)]
        with crawling([source("rest", urls)], tmp_path) as crawl:
            crawl.discover("rest")
            first = crawl.ask(urls)
            broken.clear()
            server.paths.clear()
            second = crawl.ask(urls)
        assert (first.found, first.passing, second.found, second.passing) == (3, 1, 1, 0)
        assert server.paths == {"a/2.html": 1}


def test_the_same_bytes_are_stored_once_and_a_change_is_a_new_version(tmp_path: Path) -> None:
    with running() as server:
        content = ["一"]
        server.sites["a"] = lambda path, headers: failing(404) if path == "/robots.txt" else page(content[0])
        sources = [source("twice", [server.url("a", "/1"), server.url("a", "/2")])]
        run(sources, tmp_path)
        before = {path.name for path in (tmp_path / "raw").rglob("*") if path.is_file()}
        content[0] = "二"
        run(sources, tmp_path, "run2")
        after = {path.name for path in (tmp_path / "raw").rglob("*") if path.is_file()}
        with crawling(sources, tmp_path, "look") as crawl:
            known = [each for each in crawl.ledger.addresses("twice") if each.role == "page"]
    assert before < after
    assert len(after - before) == 1
    assert {each.first_sha256 in before and each.sha256 in after - before for each in known} == {True}


def test_robots_are_obeyed_and_their_delay_kept(tmp_path: Path) -> None:
    robots = b"\xef\xbb\xbfUser-agent: *\nDisallow: /secret/\nCrawl-delay: 0.1\n"
    with running() as server:
        server.sites["robots"] = lambda path, headers: (
            Reply(robots, headers={"Content-Type": "text/plain"}) if path == "/robots.txt" else page(path)
        )
        urls = [server.url("robots", path) for path in ("/1", "/2", "/3", "/secret/1")]
        codes = run([source("robots", urls)], tmp_path)
        asked = server.asked["robots"]
        assert codes[urls[3]] == "disallowed_by_robots"
        assert [codes[url] for url in urls[:3]] == [None] * 3
        assert asked[3] - asked[1] >= 0.2 * 0.98
        assert server.paths["robots/secret/1"] == 0
        assert server.agents == {"gongkai/0.1 (+https://example.org/contact)"}


def test_while_robots_fail_nothing_is_asked(tmp_path: Path) -> None:
    with running() as server:
        server.sites["norobots"] = lambda path, headers: failing(500) if path == "/robots.txt" else page(path)
        codes = run([source("norobots", [server.url("norobots", "/1")])], tmp_path)
        assert codes == {server.url("norobots", "/1"): "server_error"}
        assert server.paths["norobots/1"] == 0


@pytest.mark.parametrize("dated", [False, True])
def test_retry_after_is_obeyed(tmp_path: Path, dated: bool) -> None:
    host = f"wait{dated}".lower()
    with running() as server:
        refused: list[float] = []

        def site(path: str, headers: dict[str, str]) -> Reply:
            if path == "/robots.txt":
                return failing(404)
            if not refused:
                refused.append(time.time())
                return failing(503, Retry_After=formatdate(time.time() + 2, usegmt=True) if dated else "1")
            return page(path)

        server.sites[host] = site
        codes = run([source(host, [server.url(host, "/1")])], tmp_path)
        assert codes[server.url(host, "/1")] is None
        asked = server.asked[host]
        assert asked[-1] - asked[-2] >= 1.0 - 0.05


def test_a_wait_is_read_from_seconds_and_dates() -> None:
    def answer(value: str) -> Answer:
        return Answer(503, (("Retry-After", value),), b"", 0)

    assert waits(answer("120")) == 120
    assert waits(answer(formatdate(time.time() + 60, usegmt=True))) == pytest.approx(60, abs=2)
    assert waits(answer("Wed, 21 Oct 2015 07:28:00 GMT")) == 0
    assert waits(answer("soon")) is None
    assert waits(Answer(503, (), b"", 0)) is None


def test_a_host_that_is_down_is_left_alone_and_tried_again_later() -> None:
    gate = Gate("down", Limits(failures=3, down_seconds=0.3, delay=0))
    for _ in range(3):
        with gate.turn():
            gate.failed()
    with pytest.raises(Passing, match="3 times in a row"), gate.turn():
        pass
    time.sleep(0.35)
    with gate.turn():
        gate.worked()
    assert gate.failures == 0


def test_no_more_requests_at_once_than_allowed(tmp_path: Path) -> None:
    with running() as server:

        def slow(path: str, headers: dict[str, str]) -> Reply:
            time.sleep(0.02)
            return failing(404) if path == "/robots.txt" else page(path)

        server.sites["pair"] = slow
        urls = [server.url("pair", f"/{number}") for number in range(20)]
        with crawling([source("pair", urls, limits={"concurrency": 2})], tmp_path) as crawl:
            crawl.discover("pair")
            batches = [crawl.pool.submit(crawl.ask, urls[first : first + 10]) for first in (0, 10)]
            assert sum(batch.result().found for batch in batches) == 20
        assert server.most_at_once["pair"] == 2


def test_two_sources_share_the_gate_of_a_host(tmp_path: Path) -> None:
    with running() as server:
        server.sites["shared"] = lambda path, headers: failing(404) if path == "/robots.txt" else page(path)
        sources = [
            source(name, [server.url("shared", f"/{name}{number}") for number in range(3)], limits={"delay": 0.1})
            for name in ("one", "two")
        ]
        assert set(run(sources, tmp_path).values()) == {None}
        moments = server.asked["shared"]
        assert server.most_at_once["shared"] == 1
        assert moments[-1] - moments[0] >= 0.1 * (len(moments) - 1) * 0.98


def test_what_the_source_sends_beside_goes_to_its_own_hosts_alone(tmp_path: Path) -> None:
    told: dict[str, str | None] = {}
    with running() as server:

        def answer(path: str, headers: dict[str, str]) -> Reply:
            told[headers["Host"].partition(".")[0]] = headers.get("X-Key")
            return redirect(server.url("theirs", "/2")) if path == "/1" else page("到了")

        server.sites |= {"ours": answer, "theirs": answer}
        run([source("keyed", [server.url("ours", "/1")], headers={"X-Key": "k"})], tmp_path)
    assert told == {"ours": "k", "theirs": None}


def test_a_page_whose_bytes_are_gone_is_due_however_fresh_it_is(tmp_path: Path) -> None:
    with running() as server:
        server.sites["lost"] = lambda path, headers: failing(404) if path == "/robots.txt" else page(path)
        urls = [server.url("lost", path) for path in ("/1", "/2")]
        one = source("lost", urls, every=86400)
        run([one], tmp_path)
        with crawling([one], tmp_path, "run2") as crawl:
            assert crawl.due() == []
            known = crawl.ledger.get(urls[1])
            assert known is not None
            assert known.sha256 is not None
            stored = tmp_path / "raw" / known.sha256[:2] / known.sha256
            stored.unlink()
            assert crawl.due() == [urls[1]]
            crawl.ask(crawl.due())
            assert stored.exists()
            assert crawl.due() == []


def test_a_page_whose_bytes_are_gone_from_the_store_is_asked_for_whole(tmp_path: Path) -> None:
    with running() as server:
        server.sites["lost"] = lambda path, headers: failing(404) if path == "/robots.txt" else page("同")
        lost = source("lost", [server.url("lost", "/1")])
        run([lost], tmp_path)
        for path in (tmp_path / "raw").glob("*/*"):
            path.unlink()
        assert set(run([lost], tmp_path, "run2").values()) == {None}
        assert server.bodies["lost/1"] == 2
