from __future__ import annotations

import os
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import tasks.fetch.folder
from tasks.batches import Item
from tasks.fetch.fetch import fetch
from tasks.fetch.folder import entries
from tasks.fetch.manifest import InputError
from tasks.fetch.plan import Planned, batches, plan
from tasks.fetch.store import keep
from tasks.model import RawDocument
from tests.made import home_in, publish_items
from warehouse.home import raw_path
from warehouse.known import Known, known


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "input"
    path.mkdir()
    return path


def refs(planned: list[Planned]) -> list[str]:
    return [each.item.sightings[0].source_ref for each in planned]


def reason(planned: list[Planned], source_ref: str) -> str:
    [row] = [row for each in planned for row in each.item.quarantine if row.source_ref == source_ref]
    return row.error_code


def learn(tmp_path: Path, planned: list[Planned], run_id: str) -> Known:
    """What a home knows after a run over these."""
    home = home_in(tmp_path)
    for each in planned:
        fetch(each, home.raw, "1")
    publish_items(home, run_id, [each.item for each in planned])
    return known(home)


def test_a_folder_that_is_missing_or_none_or_empty_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("a file")
    for name, complaint in (("gone", "does not exist"), ("empty", "holds no files"), ("file", "is not a folder")):
        with pytest.raises(InputError, match=f"{name} {complaint}"):
            plan(entries(tmp_path / name), Known(), "1")


def test_files_at_any_depth_but_not_hidden_ones(folder: Path) -> None:
    for name in ("b/c/2.txt", "1.txt", ".hidden", ".git/config", "b/.DS_Store"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    assert refs(plan(entries(folder), Known(), "1")) == ["1.txt", "b/c/2.txt"]


def test_a_home_in_the_folder_is_no_input(folder: Path, tmp_path: Path) -> None:
    """However its path is written; a folder that is the home itself is refused."""
    for name in ("1.txt", "home/lock", "home/raw/ab/abcd", "homes/2.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (tmp_path / "link").symlink_to(folder)
    for top, home in (
        (folder, folder / "home"), (tmp_path / "link", folder / "home"), (folder, tmp_path / "link" / "home"),
    ):  # fmt: skip
        assert refs(plan(entries(top, home), Known(), "1")) == ["1.txt", "homes/2.txt"]
    with pytest.raises(InputError, match="is the home, too"):
        entries(folder, tmp_path / "link")


def test_a_document_that_the_raw_store_lost_is_fetched_again(folder: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name)
    learnt = learn(tmp_path, plan(entries(folder), Known(), "1"), "run1")
    assert (learnt.lost, plan(entries(folder), learnt, "1")) == (frozenset(), [])
    home = home_in(tmp_path)
    [gone] = [path for path in home.raw.rglob("*") if path.is_file() and path.read_text() == "b.txt"]
    gone.unlink()
    assert known(home).lost == {gone.name}
    [again] = plan(entries(folder), known(home), "1")
    fetch(again, home.raw, "1")
    assert gone.read_text() == "b.txt"
    assert plan(entries(folder), known(home), "1") == []


def test_what_cannot_be_used_gets_its_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.fetch.folder, "MAX_BYTES", 10)
    (folder / "empty.txt").touch()
    (folder / "large.txt").write_text("x" * 11)
    (folder / "link.txt").symlink_to(folder / "large.txt")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(folder)
        listener.bind("socket")
        (folder / "manifest.jsonl").write_text('{"file": "../outside.txt"}\n{"file": "gone.txt"}')
        planned = plan(entries(folder), Known(), "1")
    expected = {
        "empty.txt": "empty_file", "large.txt": "too_large", "link.txt": "symbolic_link", "loop": "symbolic_link",
        "pipe": "not_a_file", "socket": "not_a_file", "../outside.txt": "vanished", "gone.txt": "vanished",
    }  # fmt: skip
    assert {ref: reason(planned, ref) for ref in refs(planned)} == expected


def test_files_and_folders_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()
    (folder / "secret.txt").write_text("x")
    real_open, real_scandir = os.open, os.scandir

    def closed(path: str, *rest: int) -> int:
        if str(path).endswith(("closed", "secret.txt")):
            raise PermissionError(13, "Permission denied", path)
        return real_open(path, *rest)

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real_scandir(path)

    # As root every file may be read: the system's refusal is made here.
    monkeypatch.setattr(os, "open", closed)
    monkeypatch.setattr(os, "scandir", scandir)
    planned = plan(entries(folder), Known(), "1")
    assert reason(planned, "secret.txt") == "unreadable"
    assert reason(planned, "closed") == "unreadable"


def test_a_name_that_is_not_utf8_is_shown_by_its_bytes(folder: Path) -> None:
    name = os.fsencode(folder) + b"/\xc4\xea.txt"  # 年 in GBK
    with open(name, "w") as file:  # noqa: PTH123 — a Path cannot be made of it
        file.write("x")
    [planned] = plan(entries(folder), Known(), "1")
    assert refs([planned]) == [r"\xc4\xea.txt"]
    assert fetch(planned, folder / "raw", "1").body is not None


def test_equal_bytes_are_one_document_under_the_smallest_name(folder: Path, tmp_path: Path) -> None:
    for name in ("b.txt", "c.txt"):
        (folder / name).write_text("same")
    [planned] = plan(entries(folder), Known(), "1")
    assert planned.item.raw is not None
    assert planned.item.raw.source_ref == "b.txt"
    assert [sighting.source_ref for sighting in planned.item.sightings] == ["b.txt", "c.txt"]
    learnt = learn(tmp_path, [planned], "run1")
    assert plan(entries(folder), learnt, "1") == []
    (folder / "d.txt").write_text("same")
    [again] = plan(entries(folder), learnt, "1")
    assert again.item.raw is not None
    assert again.item.raw.source_ref == "b.txt"


def test_only_what_is_new_is_planned(folder: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "empty.txt"):
        (folder / name).write_text("" if name == "empty.txt" else name)
    learnt = learn(tmp_path, plan(entries(folder), Known(), "1"), "run1")
    os.utime(folder / "a.txt", (0, 0))  # a copy of the folder is no news
    assert plan(entries(folder), learnt, "1") == []
    assert refs(plan(entries(folder), learnt, "2")) == ["empty.txt"]  # other code may read what this code could not
    read_otherwise = replace(learnt, outdated=frozenset(learnt.fetches["document_id"].to_pylist()))
    assert refs(plan(entries(folder), read_otherwise, "1")) == ["a.txt", "b.txt"]
    (folder / "b.txt").write_text("changed")
    (folder / "empty.txt").write_text("no longer")
    assert refs(plan(entries(folder), learnt, "1")) == ["b.txt", "empty.txt"]
    (folder / "manifest.jsonl").write_text('{"file": "a.txt", "fetched_at": "2024-03-01T08:00:00Z"}')
    assert refs(plan(entries(folder), learnt, "1")) == ["a.txt", "b.txt", "empty.txt"]
    (folder / "a.txt").unlink()
    (folder / "manifest.jsonl").unlink()
    assert refs(plan(entries(folder), learnt, "1")) == ["b.txt", "empty.txt"]


def test_a_file_is_dated_by_its_last_change_once(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("a")
    os.utime(folder / "a.txt", (86400, 86400))
    planned = plan(entries(folder), Known(), "1")
    assert planned[0].item.sightings[0].fetched_at == datetime(1970, 1, 2, tzinfo=UTC)
    learnt = learn(tmp_path, planned, "run1")
    os.utime(folder / "a.txt", (99999999, 99999999))
    outdated = frozenset(learnt.fetches["document_id"].to_pylist())
    [again] = plan(entries(folder), replace(learnt, outdated=outdated), "1")
    assert again.item.sightings[0].fetched_at == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "error_code"),
    [(lambda path: path.unlink(), "vanished"), (lambda path: path.write_text("other"), "changed_while_read")],
)
def test_a_file_that_does_not_stay(folder: Path, tmp_path: Path, change: object, error_code: str) -> None:
    (folder / "a.txt").write_text("a")
    [planned] = plan(entries(folder), Known(), "1")
    assert callable(change)
    change(folder / "a.txt")
    item = fetch(planned, tmp_path / "raw", "1")
    assert [row.error_code for row in item.quarantine] == [error_code]
    learnt = learn(tmp_path, [replace(planned, item=item)], "run1")
    (folder / "a.txt").write_text("a")
    assert refs(plan(entries(folder), learnt, "1")) == ["a.txt"]


def test_the_store_keeps_bytes_once_and_mends_a_torn_file(tmp_path: Path) -> None:
    path = keep(tmp_path, "abcdef", b"bytes")
    assert path == raw_path(tmp_path, "abcdef") == tmp_path / "ab" / "abcdef"
    path.write_bytes(b"byt")
    keep(tmp_path, "abcdef", b"bytes")
    assert path.read_bytes() == b"bytes"
    assert [each.name for each in path.parent.iterdir()] == ["abcdef"]


def test_batches_are_bounded_in_number_and_bytes() -> None:
    raw = RawDocument("d", "r", b"", datetime(2024, 1, 1, tzinfo=UTC))
    planned = [Planned(Item(raw, ()), None, size) for size in (1, 1, 1, 9, 20, 1)]
    assert [[each.byte_count for each in batch] for batch in batches(planned, 2, 10)] == [[1, 1], [1, 9], [20], [1]]
