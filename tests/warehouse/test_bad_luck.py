"""Whatever fails while a run publishes: the last good version stays, the next run goes on, no reader sees it."""

from __future__ import annotations

import errno
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.made import ROOT, ask, home_in, item, parsed, publish_items, stage_items
from warehouse.export import export
from warehouse.home import Home, HomeError
from warehouse.known import known
from warehouse.live import bring_up
from warehouse.publish import publish
from warehouse.runs import Run

STEPS: dict[str, tuple[Any, str]] = {
    "copy": (shutil, "copyfile"), "connect": (duckdb, "connect"), "open": (os, "open"), "fsync": (os, "fsync"),
    "link": (os, "link"), "rename": (pathlib.Path, "replace"),
}  # fmt: skip


def first_and_staged(home: Home) -> bytes:
    """A home with one published run and another one staged; the live file's bytes."""
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    stage_items(home, "run2", [item(parsed("b.txt", "r2", {"x": 6}))])
    return home.warehouse.read_bytes()


def whole_afterwards(home: Home, before: bytes) -> None:
    """The live file is the last version or, after the rename, the new one; and the next run makes up for it."""
    if home.warehouse.read_bytes() != before:
        assert ask(home, "SELECT count(*) FROM runs") == [(2,)]
    publish_items(home, "run3", [item(parsed("b.txt", "r2", {"x": 6}))])
    assert ask(home, "SELECT value FROM facts WHERE is_primary ORDER BY 1") == [(5,), (6,)]
    assert not list(home.path.glob("*.tmp*"))


@pytest.mark.parametrize("step", STEPS)
def test_every_step_that_fails_leaves_a_whole_version(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call of each step fails once."""
    owner, name = STEPS[step]
    for nth in range(1, 20):
        home = Home(tmp_path / f"{step}{nth}")
        before = first_and_staged(home)
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, failing(getattr(owner, name), nth))
            with suppress(OSError):
                publish(home, Run("run2", "nightly", datetime.now(UTC), "1"), home.staging("run2"))
                break
        whole_afterwards(home, before)
    assert nth == 1 if step == "link" else 1 < nth < 19  # where no link can be made, a copy is


def failing(real: Callable[..., Any], nth: int) -> Callable[..., Any]:
    """The function, that fails the n-th time."""
    calls = 0

    def sometimes(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **options)

    return sometimes


@pytest.mark.parametrize("share", [0.5, 1.001])
def test_a_write_that_fails_leaves_the_last_version(tmp_path: Path, share: float) -> None:
    """While the copy is made, or while it is changed: no file may grow beyond a share of the live one."""
    home = home_in(tmp_path)
    before = first_and_staged(home)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(len(before) * share), limits[1]))
    try:
        with pytest.raises((OSError, HomeError)) as raised:
            publish(home, Run("run2", "nightly", datetime.now(UTC), "1"), home.staging("run2"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "\n" not in str(raised.value)
    assert home.warehouse.read_bytes() == before
    whole_afterwards(home, before)


READER = """
import sys, duckdb
path, seen = sys.argv[1], 0
while True:
    with duckdb.connect(path, read_only=True) as db:
        runs, documents, facts, reports, text = db.execute(
            "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM documents), (SELECT count(*) FROM facts),"
            " (SELECT count(*) FROM reports), (SELECT sum(length(source_text)) FROM documents)").fetchall()[0]
    assert runs == documents == facts == reports and text > 0, (runs, documents, facts, reports)
    assert runs >= seen, (runs, seen)
    seen = runs
    print(runs, flush=True)
"""
PUBLISHER = """
import sys
from pathlib import Path
from tests.made import item, parsed, publish_items
from warehouse.home import Home
home, first, last = Home(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
for n in range(first, last):
    publish_items(home, f"run{n}", [item(parsed(f"{n}.txt", f"r{n}", {"x": n + 1}))])
    print(n, flush=True)
"""


def publish_and_kill(home: Home, python: list[str]) -> int:
    """Publish until there are 51 runs; how many publishers were killed on the way."""
    killed = 0
    while (done := ask(home, "SELECT count(*) FROM runs")[0][0]) < 51:
        arguments = [str(home.path), str(done), "51"]
        with subprocess.Popen([*python, PUBLISHER, *arguments], cwd=ROOT, stdout=subprocess.PIPE) as publisher:
            if killed < 5:
                assert publisher.stdout is not None
                for _ in range(3):
                    publisher.stdout.readline()
                time.sleep(0.05 + 0.07 * killed)  # in another step of the publishing each time
                publisher.send_signal(signal.SIGKILL)
                killed += 1
            else:
                assert publisher.wait() == 0
    return killed


def test_a_reader_in_a_loop_sees_every_version_whole(tmp_path: Path) -> None:
    """50 publishings, killed now and then, while another process opens the file over and over."""
    home = home_in(tmp_path)
    publish_items(home, "run0", [item(parsed("0.txt", "r0", {"x": 1}))])
    python = [sys.executable, "-c"]
    with subprocess.Popen([*python, READER, home.warehouse], stdout=subprocess.PIPE, text=True) as reader:
        try:
            killed = publish_and_kill(home, python)
            time.sleep(0.5)
            assert reader.poll() is None, "the reader found something wrong"
        finally:
            reader.kill()
        assert reader.stdout is not None
        seen = [int(line) for line in reader.stdout.read().split()]
    assert killed == 5
    assert seen[-1] == 51  # no stale read after the last flip
    assert len(set(seen)) > 10


def test_a_clock_that_went_back_is_told(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [])
    later = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=2)
    with duckdb.connect(str(home.warehouse)) as db:
        db.execute("UPDATE runs SET ended_at = ?", [later])
    before = home.warehouse.read_bytes()
    for use in (known, lambda place: publish_items(place, "run2", [])):
        with pytest.raises(HomeError, match=r"the clock says .* before the last run's end"):
            use(home)
    assert home.warehouse.read_bytes() == before


def test_a_corrupt_staged_file_is_told(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    stage_items(home, "run2", [item(parsed("b.txt", "r2", {"x": 5}))])
    [staged] = (home.staging("run2") / "facts").glob("*.parquet")
    content = staged.read_bytes()
    staged.write_bytes(content[: len(content) // 2])
    before = home.warehouse.read_bytes()
    with pytest.raises(HomeError, match=r"staged files of facts are damaged .*run again"):
        publish_items(home, "run2", [])
    assert home.warehouse.read_bytes() == before


def test_a_damaged_warehouse_is_told(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [])
    home.warehouse.write_bytes(home.warehouse.read_bytes()[:5000])
    for use in (known, bring_up):
        with pytest.raises(HomeError, match="no warehouse of gongkai, or is damaged"):
            use(home)


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(pathlib.Path, "touch", refuse)
    with pytest.raises(HomeError, match="cannot be written: Read-only file system"):
        home_in(tmp_path).make()


def test_a_home_that_is_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").symlink_to(tmp_path / "unplugged" / "home")
    with pytest.raises(HomeError, match="home is a link that leads nowhere"):
        home_in(tmp_path).make()


def test_a_full_disk_while_exporting_leaves_the_last_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    export(home)
    last = home.export.resolve()
    publish_items(home, "run2", [item(parsed("b.txt", "r2", {"x": 6}))])

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            export(home)
    assert home.export.resolve() == last
    export(home)
    assert home.export.resolve().name == "run2"
    assert not [path for path in home.path.iterdir() if path.name.endswith(".tmp")]
    assert len(list(home.exports.iterdir())) == 2
