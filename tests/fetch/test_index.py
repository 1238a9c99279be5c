"""The index of the input: what was left as it was is not read again, and nothing else is taken for unchanged."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tasks.fetch import index as module
from tasks.fetch.folder import Entry, entries, see
from tasks.fetch.index import Index
from tasks.model import Rejected


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "input"
    path.mkdir()
    return path


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written some ticks of the clock ago is settled; `Reader.look` waits so long."""
    monkeypatch.setattr(module, "SETTLED", 10_000_000)


class Reader:
    """Looks at all files of a folder by an index of its own, and knows which it read."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.index = folder, folder.parent / "index.parquet"
        self.read: list[str] = []
        monkeypatch.setattr(module, "see", self._see)

    def _see(self, entry: Entry) -> object:
        self.read.append(entry.source_ref)
        return see(entry)

    def look(self) -> dict[str, str]:
        """What each file holds; those that give nothing by their reason."""
        self.read.clear()
        time.sleep(0.02)
        index, found = Index(self.index), {}
        for entry in entries(self.folder):
            try:
                found[entry.source_ref] = index.look(entry).document_id
            except Rejected as rejected:
                found[entry.source_ref] = rejected.error_code
        index.save()
        return found


@pytest.fixture
def reader(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    return Reader(folder, monkeypatch)


@pytest.mark.usefixtures("settled")
def test_what_was_left_alone_is_not_read(folder: Path, reader: Reader) -> None:
    for name in ("a.txt", "b/c.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name)
    (folder / os.fsdecode(b"\xff.txt")).write_text("a name that is no UTF-8")
    first = reader.look()
    assert len(reader.read) == 3
    (folder / "new.txt").write_text("new")
    assert {**first, "new.txt": see_one(folder, "new.txt")} == reader.look()
    assert reader.read == ["new.txt"]


def see_one(folder: Path, name: str) -> str:
    [entry] = [entry for entry in entries(folder) if entry.source_ref == name]
    return see(entry).document_id


@pytest.mark.usefixtures("settled")
def test_a_change_that_size_and_time_do_not_show(folder: Path, reader: Reader) -> None:
    path = folder / "a.txt"
    path.write_text("1,234")
    times = path.stat()
    before = reader.look()
    path.write_text("1,243")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = reader.look()
    assert after == {"a.txt": see_one(folder, "a.txt")} != before
    other = folder.parent / "other"
    other.write_text("4,321")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.rename(path)
    assert reader.look() != after


def test_what_was_changed_a_moment_ago_is_read_again(folder: Path, reader: Reader) -> None:
    (folder / "a.txt").write_text("a")
    reader.look()
    reader.look()
    assert reader.read == ["a.txt"]


@pytest.mark.usefixtures("settled")
def test_a_file_that_gives_nothing_any_more(folder: Path, reader: Reader) -> None:
    for name in ("gone.txt", "link.txt", "empty.txt", "stays.txt"):
        (folder / name).write_text("a")
    reader.look()
    (folder / "gone.txt").unlink()
    (folder / "link.txt").unlink()
    (folder / "link.txt").symlink_to(folder / "stays.txt")
    (folder / "empty.txt").write_text("")
    found = reader.look()
    assert found.pop("stays.txt") == see_one(folder, "stays.txt")
    assert found == {"link.txt": "symbolic_link", "empty.txt": "empty_file"}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("damage", [b"", b"PAR1", b"no parquet at all"])
def test_a_damaged_index_costs_time_alone(folder: Path, reader: Reader, damage: bytes) -> None:
    (folder / "a.txt").write_text("a")
    first = reader.look()
    reader.index.write_bytes(damage)
    assert reader.look() == first
    assert reader.read == ["a.txt"]
    reader.look()
    assert reader.read == []


@pytest.mark.usefixtures("settled")
def test_an_index_that_cannot_be_written(folder: Path) -> None:
    (folder / "a.txt").write_text("a")
    time.sleep(0.02)
    index = Index(folder / "a.txt" / "index.parquet")
    index.look(entries(folder)[0])
    index.save()
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("seed", range(10))
def test_as_if_every_file_were_read(folder: Path, reader: Reader, seed: int) -> None:
    chance = random.Random(seed)
    names = [f"{n}.txt" for n in range(6)]
    (folder / "always.txt").write_text("always")
    for _ in range(12):
        for name in chance.sample(names, 2):
            path = folder / name
            match chance.choice("wwrdt"):
                case "w":
                    path.write_text(str(chance.randint(10, 99)))
                case "r" if path.exists():
                    path.replace(folder / chance.choice(names))
                case "d":
                    path.unlink(missing_ok=True)
                case "t" if path.exists():
                    os.utime(path, (chance.randint(1, 9), chance.randint(1, 9)))
        assert reader.look() == {entry.source_ref: see(entry).document_id for entry in entries(folder)}
