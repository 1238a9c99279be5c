"""No line falls below its floor; and the floors themselves move only as they may."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accuracy import floors, page
from tests.accuracy.everything import measure
from tests.accuracy.floors import Floors
from tests.accuracy.measures import Scores
from tests.render.compare import Tally


def scores(right: int, wrong: int, gold: str = "g") -> Scores:
    made, one = Scores(gold={"made": gold}), Tally()
    one.counts.update({("year", True): right, ("year", False): wrong})
    made.add("made", [("all", "all")], one)
    return made


NAME = "made / all / all / year"


def test_no_line_is_below_its_floor() -> None:
    kept = floors.load()
    assert kept.least
    below = list(floors.broken(kept, measure()))
    assert below == [], below[:20]


def test_a_line_that_falls_is_named() -> None:
    kept = floors.raised(Floors(), scores(9, 1))
    assert kept.least == {NAME: 0.9}
    assert list(floors.broken(kept, scores(9, 1))) == []
    assert list(floors.broken(kept, scores(8, 2))) == [f"{NAME}: 0.8, the floor is 0.9"]


def test_a_line_that_is_gone_is_named() -> None:
    kept = floors.raised(Floors(), scores(9, 1))
    assert list(floors.broken(kept, Scores(gold={"made": "g"}))) == [f"{NAME}: not measured, the floor is 0.9"]


def test_a_source_that_is_not_there_is_not_held() -> None:
    assert list(floors.broken(floors.raised(Floors(), scores(9, 1)), Scores())) == []


def test_other_gold_asks_for_floors_set_anew() -> None:
    kept = floors.raised(Floors(), scores(9, 1))
    (line,) = floors.broken(kept, scores(9, 1, gold="other"))
    assert "the gold has changed" in line
    assert list(floors.broken(floors.raised(kept, scores(9, 1, gold="other")), scores(9, 1, gold="other"))) == []


def test_raising_never_lowers_and_lowering_keeps_its_reason(tmp_path: Path) -> None:
    kept = floors.raised(floors.raised(Floors(), scores(9, 1)), scores(8, 2))
    assert kept.least == {NAME: 0.9}
    with pytest.raises(ValueError, match="only for a reason"):
        floors.lowered(kept, scores(8, 2), " ")
    fell = floors.lowered(kept, scores(8, 2), "harder reports")
    assert fell.least == {NAME: 0.8}
    assert fell.lowered == [{"reason": "harder reports", "lines": {NAME: [0.9, 0.8]}}]
    floors.save(fell, tmp_path / "floors.json")
    assert floors.load(tmp_path / "floors.json") == fell


def test_only_what_stands_between_the_markers_is_written(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    after = "<!-- end made -->\nAfter.\n<!-- begin x -->\nkept\n<!-- end x -->\n"
    file.write_text(f"Before.\n<!-- begin made -->\nold\n{after}")
    page.write(scores(999_999, 1), file)
    text = file.read_text("utf-8")
    assert "old" not in text
    assert text.startswith("Before.\n<!-- begin made -->\n")
    assert "| **all** | 99.99 (1,000,000) |" in text
    assert text.endswith(after)
