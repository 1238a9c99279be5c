"""A warehouse of an earlier version is brought up when it is opened; one of a later version is left alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest

from tests.made import ask, home_in, item, parsed, publish_items
from warehouse.home import Home, HomeError
from warehouse.known import known
from warehouse.live import bring_up, is_old
from warehouse.made import MadeBy
from warehouse.migrate import latest, migrations

# How a warehouse of this version becomes one of an earlier version: the steps back, newest first.
BACK = {
    1: """
        ALTER TABLE facts DROP COLUMN valid_from;
        ALTER TABLE reports DROP COLUMN valid_from;
        DROP TABLE facts_past; DROP TABLE reports_past; DROP TABLE changes;
        DROP TABLE internal.version; DROP TABLE internal.made;
        DROP TABLE internal.ingredients; DROP TABLE internal.published;
        UPDATE internal.inputs SET state = 'a hash that the code entered, too';
    """,
}


def of_version(home: Home, number: int) -> None:
    """Publish two documents, and take the file back to an earlier schema."""
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5})), item(parsed("b.txt", "r2", {"x": 6}))])
    with duckdb.connect(str(home.warehouse)) as db:
        for (view,) in db.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
            db.execute(f"DROP VIEW {view}")
        for step in range(latest(), number, -1):
            db.execute(BACK[step])


def test_numbers_have_no_gap_and_each_a_way_back() -> None:
    assert list(migrations()) == list(range(1, latest() + 1))
    assert set(BACK) == set(migrations())


@pytest.mark.parametrize("number", range(latest()))
def test_an_earlier_version_is_brought_up_when_opened(tmp_path: Path, number: int) -> None:
    home = home_in(tmp_path)
    of_version(home, number)
    before = home.warehouse.read_bytes()
    assert is_old(home)
    bring_up(home)
    assert not is_old(home)
    assert home.previous(1).read_bytes() == before
    assert ask(home, "SELECT number FROM internal.version") == [(latest(),)]
    assert ask(home, "SELECT value, valid_from = ended_at FROM facts JOIN runs USING (run_id) ORDER BY 1") == [
        (5, True), (6, True),
    ]  # fmt: skip
    assert ask(home, "SELECT count(*) FROM facts_history JOIN panel USING (report_id)") == [(2,)]
    assert known(home, MadeBy()).outdated == {row[0] for row in ask(home, "SELECT document_id FROM documents")}
    publish_items(home, "run2", [item(parsed("a.txt", "r1", {"x": 5}), "a new state")])
    assert ask(home, "SELECT count(*) FROM facts") == [(2,)]
    assert ask(home, "SELECT * FROM changes") == []


def test_an_earlier_version_is_brought_up_by_publishing_too(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    of_version(home, 0)
    publish_items(home, "run2", [item(parsed("c.txt", "r3", {"x": 7}))])
    assert ask(home, "SELECT count(valid_from) FROM facts") == [(3,)]


def test_a_later_version_is_left_alone(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [])
    with duckdb.connect(str(home.warehouse)) as db:
        db.execute("UPDATE internal.version SET number = number + 1")
    before = hashlib.sha256(home.warehouse.read_bytes()).digest()
    for use in (known, bring_up, lambda place: publish_items(place, "run2", [])):
        with pytest.raises(HomeError, match=r"newer gongkai .* update gongkai"):
            use(home)
    assert hashlib.sha256(home.warehouse.read_bytes()).digest() == before


def test_a_declared_column_that_may_be_null_needs_no_migration(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    with duckdb.connect(str(home.warehouse)) as db:
        for (view,) in db.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
            db.execute(f"DROP VIEW {view}")
        db.execute("ALTER TABLE reports DROP COLUMN title; ALTER TABLE internal.reports DROP COLUMN title")
        db.execute("DELETE FROM internal.published")  # another version declares another column
    publish_items(home, "run2", [item(parsed("b.txt", "r2", {"x": 6}))])
    assert ask(home, "SELECT title FROM reports ORDER BY 1") == [("b.txt",), (None,)]
    where = "schema_name = 'main' AND table_name = 'reports' AND column_name = 'title'"
    comments = ask(home, f"SELECT comment FROM duckdb_columns() WHERE {where}")
    assert "标题" in comments[0][0]
