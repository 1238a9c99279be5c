"""A night that got worse is kept aside, the last good one stays live, a person decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.batches import Item
from tests.made import home_in, item, parsed, publish_items
from warehouse.gate import Measure, compare, thresholds
from warehouse.home import HomeError
from warehouse.live import GotWorse, accept


def ask(path: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as db:
        return db.execute(query).fetchall()


def reports(count: int, facts: int, host: str = "a.gov.cn") -> list[Item]:
    numbers = {f"indicator{n}": n for n in range(facts)}
    return [
        item(parsed(f"{host}/{n}.txt", f"{host}-{n}", {**numbers, "own": n}, url=f"https://{host}/{n}"), f"s{facts}")
        for n in range(count)
    ]


def test_a_night_that_got_worse_is_kept_aside_until_a_person_accepts_it(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", reports(30, 9))
    before = home.warehouse.read_bytes()
    with pytest.raises(GotWorse, match=r"facts that count a report: from 10 to 6 .*gongkai publish --accept") as raised:
        publish_items(home, "run2", reports(30, 5))
    assert str(raised.value).count("\n") == 0
    assert home.warehouse.read_bytes() == before
    assert "facts that count a report: from 10 to 6 (falls by more than 3%)" in (home.aside / "report.md").read_text(
        "utf-8"
    )
    assert accept(home) == "run2"
    assert ask(home.warehouse, "SELECT count(*) FROM facts WHERE is_primary") == [(180,)]
    assert not home.aside.exists()
    assert home.previous(1).read_bytes() == before
    with pytest.raises(HomeError, match="nothing is kept aside"):
        accept(home)


def test_what_was_kept_aside_goes_when_a_better_run_publishes(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", reports(30, 9))
    with pytest.raises(GotWorse):
        publish_items(home, "run2", reports(30, 5))
    old = (home.aside / "warehouse.duckdb").read_bytes()
    publish_items(home, "run3", reports(3, 9, "b.gov.cn"))
    assert not home.aside.exists()
    home.aside.mkdir()
    (home.aside / "warehouse.duckdb").write_bytes(old)
    with pytest.raises(HomeError, match="published anew since"):
        accept(home)


def test_few_new_reports_that_state_little_are_no_worse(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", reports(30, 9))
    publish_items(home, "run2", reports(1, 0, "b.gov.cn"))
    assert ask(home.warehouse, "SELECT count(*) FROM reports") == [(31,)]


def test_two_earlier_files_are_kept(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    for number in range(1, 5):
        publish_items(home, f"run{number}", [item(parsed(f"{number}.txt", f"r{number}", {"x": number}))])
    files = [home.warehouse, home.previous(1), home.previous(2), home.previous(3)]
    assert [ask(path, "SELECT count(*) FROM runs")[0][0] for path in files if path.exists()] == [4, 3, 2]


@pytest.mark.parametrize(
    ("name", "source", "before", "after", "is_worse"),
    [
        ("reports", "a.gov.cn", 100, 97, True), ("reports", "a.gov.cn", 100, 99, False),
        ("reports", "a.gov.cn", 19, 0, False), ("fill_rate", "a.gov.cn", 0.9, 0.87, True),
        ("fill_rate", None, 0.9, 0.95, False), ("failed_checks", None, 0.02, 0.035, True),
        ("failed_checks", None, 0.03, 0.02, False), ("unexplained_numerals", None, 0.05, 0.055, False),
    ],
)  # fmt: skip
def test_thresholds(name: str, source: str | None, before: float, after: float, is_worse: bool) -> None:
    rests_on = before if name == "reports" else 1000
    found = compare({(name, source): Measure(before, int(rests_on))}, {(name, source): Measure(after, 1000)})
    assert bool(found) is is_worse


def test_a_source_that_is_gone_is_worse() -> None:
    assert compare({("reports", "a.gov.cn"): Measure(50, 50)}, {})[0].after == 0


def test_every_threshold_has_its_reason() -> None:
    assert all(len(threshold.reason.split()) > 8 for threshold in thresholds().values())
