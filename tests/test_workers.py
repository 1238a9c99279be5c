from __future__ import annotations

import ctypes
import os
import pickle
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.batches import Item, Sighting, read_batch, write_batch
from tasks.model import RawDocument, Rejected
from tasks.parse.rulefile import RuleFileError
from tasks.workers import WORKERS, Limits, WorkerError, advance
from tests.made import FETCHED
from warehouse.catalogue import CatalogueError


def behave(what: str) -> object:
    """What a stage might do to a document, by its text."""
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "crash":
        ctypes.string_at(0)
    if what == "stall":
        time.sleep(60)
    if what == "toil":
        while True:
            pass
    if what == "reject":
        raise Rejected("a_code", "a message")
    if what == "fault":
        raise KeyError("a key")
    if what == "hoard":
        return len(bytearray(600 << 20))
    if what == "import":
        raise ModuleNotFoundError("No module named 'x'")
    if what == "unusable":
        raise RuleFileError("rules.yaml, line 3: expected YAML")
    if what == "catalogue":
        raise CatalogueError(Path("indicators.csv"), 3, "unit is empty")
    if what == "pattern":
        re.compile("(")
    print("a stray print")
    return os.getpid() if what == "pid" else "prefect" in sys.modules if what == "prefect" else what.upper()


FUNCTION = "tests.test_workers:behave"


@pytest.fixture(autouse=True)
def workers() -> Iterator[None]:
    WORKERS.end()
    WORKERS.warm(1, Limits(seconds=1, patience=2, calls=5), (FUNCTION,))
    yield
    WORKERS.end()
    WORKERS.warm(0, Limits(), ())


def item(what: str) -> Item:
    raw = RawDocument(what, f"{what}.txt", b"", FETCHED)
    return Item(raw, (Sighting(raw.source_ref, what, 1, "s", FETCHED, declared=False),), pickle.dumps(what))


def walk(folder: Path, *what: str) -> list[object]:
    """What becomes of each document: what was made of it, or the code of its row in quarantine."""
    write_batch(folder / "in", map(item, what))
    summary = advance("parse", FUNCTION, folder / "in", folder / "out")
    items = list(read_batch(folder / "out"))
    assert summary.quarantined == sum(bool(each.quarantine) for each in items)
    assert summary.documents + summary.quarantined == len(items)
    return [each.quarantine[0].error_code if each.quarantine else pickle.loads(each.body or b"") for each in items]


def test_a_document_that_kills_or_stalls_its_worker_costs_itself_alone(tmp_path: Path) -> None:
    what = ("a", "die", "b", "crash", "stall", "toil", "c", "reject", "fault", "hoard", "d")
    assert walk(tmp_path, *what) == [
        "A", "worker_died", "B", "worker_died", "timeout", "timeout", "C",
        "a_code", "unexpected_error", "out_of_memory", "D",
    ]  # fmt: skip


def test_workers_are_renewed_and_know_nothing_of_prefect(tmp_path: Path) -> None:
    pids = walk(tmp_path, *["pid"] * 12)
    assert [len(set(pids[first : first + 5])) for first in (0, 5, 10)] == [1, 1, 1]
    assert len(set(pids)) == 3
    assert walk(tmp_path, "prefect") == [False]


def test_a_document_that_got_no_further_passes_by(tmp_path: Path) -> None:
    write_batch(tmp_path / "in", [item("reject"), item("a")])
    advance("parse", FUNCTION, tmp_path / "in", tmp_path / "out")
    advance("load", FUNCTION, tmp_path / "out", tmp_path / "on")
    first, second = read_batch(tmp_path / "on")
    assert [row.stage for row in first.quarantine] == ["parse"]
    assert pickle.loads(second.body or b"") == "A"


@pytest.mark.parametrize("function", ["tests.nowhere:behave", "tests.test_workers:nothing"])
def test_code_that_cannot_be_imported_is_no_documents_fault(tmp_path: Path, function: str) -> None:
    WORKERS.end()
    WORKERS.warm(1, Limits(), (function,))
    with pytest.raises(WorkerError, match="could not start"):
        walk(tmp_path, "a")


def killed_once(where: str) -> object:
    """As a document is read while something else kills its reader: the first time alone."""
    if not Path(where).exists():
        Path(where).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "read"


def test_a_document_whose_worker_somebody_else_killed_is_read_once_more(tmp_path: Path) -> None:
    with WORKERS.lent() as worker:
        argument = pickle.dumps(str(tmp_path / "killed"))
        assert pickle.loads(worker.call("tests.test_workers:killed_once", argument)) == "read"


@pytest.mark.parametrize("ready", [False, True])
def test_a_worker_that_is_killed_while_nothing_is_read_costs_no_document(tmp_path: Path, ready: bool) -> None:
    if ready:
        WORKERS.idle[0].await_start()
    WORKERS.idle[0].process.kill()
    assert walk(tmp_path, "a", "b") == ["A", "B"]


def test_a_worker_that_never_becomes_ready_is_replaced(tmp_path: Path) -> None:
    WORKERS.idle[0].process.send_signal(signal.SIGSTOP)
    begun = time.monotonic()
    assert walk(tmp_path, "a") == ["A"]
    assert time.monotonic() - begun < 10


def test_workers_that_cannot_start_are_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.workers.sys.executable", "/bin/false")
    WORKERS.end()
    with pytest.raises(WorkerError, match=r"could not start: it ended \(status 1\)"):
        walk(tmp_path, "a")


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("import", "No module named 'x'"),
        ("unusable", r"rules\.yaml, line 3: expected YAML"),
        ("catalogue", r"indicators\.csv, line 3: unit is empty"),
        ("pattern", r"expected a regular expression, missing \), .*: '\('"),
    ],
)
def test_what_no_document_is_to_blame_for_ends_the_work(tmp_path: Path, what: str, told: str) -> None:
    with pytest.raises(WorkerError, match=told):
        walk(tmp_path, "a", what)
    assert not (tmp_path / "out").exists()
