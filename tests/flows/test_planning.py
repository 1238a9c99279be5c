"""What is found before the flow begins is what it does, unless another run has published meanwhile."""

from __future__ import annotations

from pathlib import Path

from flows.planning import ahead, found_ahead, to_do
from tasks.fetch.folder import entries
from tests.made import home_in, publish_items


def test_the_flow_does_what_was_found_unless_another_run_published(tmp_path: Path) -> None:
    home, folder = home_in(tmp_path), tmp_path / "input"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    found = to_do(home, entries(folder))
    assert [each.item.sightings[0].source_ref for each in found.planned] == ["a.txt"]
    assert found_ahead(home) is None
    with ahead(found):
        assert found_ahead(home) is found
        publish_items(home, "another", [each.item for each in found.planned])
        assert found_ahead(home) is None
    assert found_ahead(home) is None
