"""Runs that revise, take away and read again leave the warehouse that one run over what there is now would make."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from tasks.batches import Item
from tasks.model import Parsed, Quarantine
from tests.made import home_in, item, stage_items
from tests.warehouse.worlds import report
from warehouse.home import Home
from warehouse.made import ANY, Made, MadeBy
from warehouse.publish import Run, publish
from warehouse.schema import tables

CITY, OLD, NEW = "池州市人民政府", "池州市环境保护局", "池州市生态环境局"
ROWS = ("request.received.new", "request.outcome.granted", "request.outcome.partial", "request.outcome.total",
        "reconsideration.upheld", "litigation.total", "request.received.carried_in", "request.carried_out")  # fmt: skip
HISTORY = ("runs", "changes", "facts_past", "reports_past", "fetches")  # how it came about: other after other runs
OF_RUN = ("run_id", "valid_from")


def made(publisher: str, year: int, first: int, day: int = 1) -> Parsed:
    numbers = {name: float(first + n) for n, name in enumerate(ROWS)}
    text = "窗口人员轮流参加业务学习并记入考核。"
    return report(publisher, year, numbers, text=text, published_on=date(year + 1, 3, day))


def read_otherwise(parsed: Parsed) -> Parsed:
    """As another rule reads the same document: a fact less, one in another unit, and another office."""
    assert parsed.report is not None
    first, *others = parsed.facts[1:]
    row = parsed.report._replace(publisher=NEW)
    return replace(parsed, report=row, facts=(first._replace(unit="次"), *others))


def run(home: Home, run_id: str, items: list[Item], version: int) -> None:
    stage_items(home, run_id, items)
    made_by = MadeBy({ANY: Made()}, Made({"rules.yaml": str(version)}), Made({"primary.sql": "1"}))
    publish(home, Run(run_id, "nightly", datetime.now(UTC), "1", made_by), home.staging(run_id))
    time.sleep(0.002)


def state(home: Home) -> dict[str, list[str]]:
    """The rows of every table and view that does not tell how it came about."""
    with duckdb.connect(str(home.warehouse), read_only=True) as db:

        def rows(what: str) -> list[str]:
            return sorted(map(repr, db.execute(what).fetchall()))

        views = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'"
        names = [name for (name,) in db.execute(views).fetchall() if not name.endswith("_history")]
        shown = {name: [c for c in table.names if c not in OF_RUN] for name, table in tables().items()}
        told = {name: rows(f"SELECT {', '.join(shown[name])} FROM {name}") for name in shown.keys() - set(HISTORY)}
        index = "FROM internal.search_postings JOIN internal.search_texts USING (text_no)"
        return told | {name: rows(f"FROM {name}") for name in names} | {
            "index": rows(f"SELECT document_id, term, occurrences {index}")
        }  # fmt: skip


def nothing(parsed: Parsed) -> Parsed:
    return parsed


@pytest.mark.parametrize("again", [nothing, read_otherwise])
def test_many_runs_leave_what_one_run_leaves(tmp_path: Path, again: Callable[[Parsed], Parsed]) -> None:
    old = made(OLD, 2018, 2)
    same = [made(CITY, 2020, 5), made(NEW, 2020, 5), made(NEW, 2019, 3)]
    first, revised = made(CITY, 2021, 8), made(CITY, 2021, 9, day=7)
    gone = Quarantine(same[1].document.raw.source_ref, None, "fetch", "empty_file", "nothing in it")
    ref = first.document.raw.source_ref
    many = home_in(tmp_path)
    run(many, "run1", [item(old), item(same[0]), item(first)], 1)
    run(many, "run2", [item(same[1]), item(same[2]), item(revised, "revised", ref)], 1)
    run(many, "run3", [item(gone, "gone")], 1)
    run(many, "run4", [replace(item(again(old)), sightings=())], 2)
    once = Home(tmp_path / "once")
    superseded = [replace(item(each), sightings=()) for each in (first, same[1])]
    now = [item(again(old)), item(same[0]), item(same[2]), item(revised, "revised", ref), item(gone, "gone")]
    run(once, "run1", [*now, *superseded], 2)
    left, expected = state(many), state(once)
    assert {name for name in expected if left[name] != expected[name]} == set()
    assert all(expected[name] for name in ("checks", "restatements", "year_on_year", "body_reports", "index"))
