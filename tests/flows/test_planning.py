"""What is found before the flow begins is current until another run publishes; no file is read twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import flows.nightly
import flows.server
from flows.planning import Planning, ToDo, to_do
from flows.run import run_folder
from tasks.fetch import index
from tasks.fetch.folder import Entry, Seen, entries, see
from tasks.workers import WORKERS
from tests.made import home_in, publish_items
from warehouse.home import Home


def test_a_plan_is_current_until_another_run_publishes(tmp_path: Path) -> None:
    home, folder = home_in(tmp_path), tmp_path / "input"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    found = to_do(home, entries(folder))
    assert [each.item.sightings[0].source_ref for each in found.planned] == ["a.txt"]
    assert found.is_current(home)
    publish_items(home, "another", [each.item for each in found.planned])
    assert not found.is_current(home)
    again = to_do(home, entries(folder))
    assert again.is_current(home)
    publish_items(home, "yet another", [])
    assert not again.is_current(home)


class NoServer:
    """Stands for Prefect's server: one that is there at once."""

    def __init__(self, home: Home) -> None:
        self.home = home

    def __enter__(self) -> NoServer:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wait(self) -> None:
        """There is nothing to wait for."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read for the plan, what is written in a test counting as written long ago."""
    read: list[str] = []

    def reading(entry: Entry) -> Seen:
        read.append(entry.source_ref)
        return see(entry)

    monkeypatch.setattr(index, "see", reading)
    monkeypatch.setattr(index, "SETTLED", -1_000_000_000)
    return read


def test_from_the_first_run_on_each_file_is_read_once(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, home, planned = tmp_path / "input", Home(tmp_path / "home"), []

    def nightly_flow(found: ToDo) -> Callable[[str, str], None]:
        planned.append([each.item.sightings[0].source_ref for each in found.planned])
        return lambda _folder, _home: None

    monkeypatch.setattr(flows.server, "TemporaryServer", NoServer)
    monkeypatch.setattr(flows.nightly, "nightly_flow", nightly_flow)
    monkeypatch.setattr(WORKERS, "warm", lambda *_: None)
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name)
        run_folder(folder, home.path)
    assert planned == [["a.txt"], ["a.txt", "b.txt"]]  # nothing was published
    assert read == ["a.txt", "b.txt"]


def test_a_new_address_is_known_before_any_file_is_read(tmp_path: Path, read: list[str]) -> None:
    home, folder = home_in(tmp_path), tmp_path / "input"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    first = Planning(home, entries(folder))
    assert (first.has_new_address, read) == (True, [])
    publish_items(home, "first", [each.item for each in first.found.planned])
    (folder / "a.txt").write_text("other")
    assert not Planning(home, entries(folder)).has_new_address
    (folder / "b.txt").write_text("a")
    assert Planning(home, entries(folder)).has_new_address
    assert read == ["a.txt"]
