"""What is found before the flow begins is current until another run publishes; no file is read twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.planning import to_do
from flows.run import Command, run_folder
from tasks.fetch import index
from tasks.fetch.folder import Entry, Seen, entries, see
from tests.made import home_in, publish_items


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


def test_from_the_first_run_on_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, read = tmp_path / "input", []

    def reading(entry: Entry) -> Seen:
        read.append(entry.source_ref)
        return see(entry)

    monkeypatch.setattr(index, "see", reading)
    monkeypatch.setattr(index, "SETTLED", -1_000_000_000)  # what is written here counts as written long ago
    monkeypatch.setattr(Command, "run", lambda command, flow: None)
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name)
        run_folder(folder, tmp_path / "home")
    assert read == ["a.txt", "b.txt"]
