from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect import flow
from prefect.settings import PREFECT_LOGGING_LEVEL, temporary_settings
from prefect.testing.utilities import prefect_test_harness

from tasks.batches import Item, StageSummary, read_batch
from tasks.fetch.crawl import Asked, Crawl
from tasks.fetch.fetch import fetch
from tasks.fetch.folder import entries
from tasks.fetch.plan import Planned, plan
from tasks.fetch.task import ask_batch, fetch_batch
from tasks.retries import is_transient
from tests.fetch.made import crawling, source
from tests.fetch.server import Reply, page, running
from tests.fetch.server import failing as answering
from warehouse.contract import ContractError
from warehouse.known import Known


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    with temporary_settings({PREFECT_LOGGING_LEVEL: "CRITICAL"}), prefect_test_harness():
        yield


@flow
def fetch_all(planned: list[Planned], folder: Path) -> StageSummary:
    batch = fetch_batch.with_options(retry_delay_seconds=[0.01, 0.02, 0.04])
    return batch(planned, folder / "raw", folder / "batch", "1")


def failing(monkeypatch: pytest.MonkeyPatch, times: int, error: Exception) -> list[str]:
    """Let a fetch fail so many times, then work; the list of its calls."""
    calls: list[str] = []

    def failing_fetch(planned: Planned, raw: Path, code_version: str) -> Item:
        calls.append(planned.item.sightings[0].source_ref)
        if len(calls) <= times:
            raise error
        return fetch(planned, raw, code_version)

    monkeypatch.setattr("tasks.fetch.task.fetch", failing_fetch)
    return calls


@pytest.fixture
def planned(tmp_path: Path) -> list[Planned]:
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "a.txt").write_text("a")
    return plan(entries(tmp_path / "input"), Known(), "1")


def test_a_task_that_fails_twice_then_works(
    planned: list[Planned], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = failing(monkeypatch, 2, OSError(errno.ENOSPC, "No space left on device"))
    assert fetch_all(planned, tmp_path).documents == 1
    assert len(calls) == 3
    assert len(list(read_batch(tmp_path / "batch"))) == 1


def test_a_task_that_goes_on_failing_ends_the_run(
    planned: list[Planned], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = failing(monkeypatch, 9, TimeoutError("no answer"))
    with pytest.raises(TimeoutError):
        fetch_all(planned, tmp_path)
    assert len(calls) == 4


def test_what_is_no_bad_luck_is_not_tried_again(
    planned: list[Planned], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = failing(monkeypatch, 1, PermissionError(errno.EACCES, "Permission denied"))
    with pytest.raises(PermissionError):
        fetch_all(planned, tmp_path)
    assert len(calls) == 1


@flow
def ask_all(crawl: Crawl, urls: list[str]) -> Asked:
    return ask_batch.with_options(retry_delay_seconds=[0.01, 0.02, 0.04])(crawl, urls)


def test_a_batch_of_addresses_tried_again_asks_only_for_the_rest(tmp_path: Path) -> None:
    with running() as server:

        def site(path: str, headers: dict[str, str]) -> Reply:
            mends = server.paths["a/2.html"] > 3  # a try of the task is two requests: in its second
            return answering(503) if path == "/2.html" and not mends else page(path)

        server.sites["a"] = site
        urls = [server.url("a", f"/{number}.html") for number in range(4)]
        with crawling([source("rest", urls, limits={"attempts": 2})], tmp_path) as crawl:
            crawl.discover("rest")
            assert ask_all(crawl, urls) == Asked(1, 0, 0)  # what the last try had left to do
            assert {known.error_code for known in crawl.ledger.addresses("rest")} == {None}
        assert [server.paths[f"a/{number}.html"] for number in range(4)] == [1, 1, 4, 1]


def test_addresses_that_fail_to_the_last_cost_the_run_nothing_else(tmp_path: Path) -> None:
    with running() as server:
        server.sites["a"] = lambda path, headers: answering(503) if path == "/2.html" else page(path)
        urls = [server.url("a", f"/{number}.html") for number in range(4)]
        with crawling([source("rest", urls, limits={"attempts": 1})], tmp_path) as crawl:
            crawl.discover("rest")
            assert ask_all(crawl, urls) == Asked(0, 0, 1)
            codes = {known.url: known.error_code for known in crawl.ledger.addresses("rest")}
        assert {codes[url] for url in urls} == {None, "server_error"}
        assert server.paths["a/2.html"] == 4


@pytest.mark.parametrize(
    ("error", "transient"),
    [
        (OSError(errno.ENOSPC, ""), True), (ConnectionResetError(), True), (TimeoutError(), True),
        (FileNotFoundError(errno.ENOENT, ""), False), (ContractError(), False), (ValueError(), False),
    ],
)  # fmt: skip
def test_what_is_bad_luck(error: Exception, transient: bool) -> None:
    assert is_transient(error) is transient
