"""Runs that revise, take away and read again leave the warehouse that one run over what there is now would make."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest

from tasks.batches import Item
from tasks.model import Parsed, Quarantine
from tests.made import document, home_in, item, stage_items
from tests.warehouse.worlds import report
from warehouse.as_of import look_back
from warehouse.history import WITH_PAST
from warehouse.home import Home
from warehouse.made import ANY, Made, MadeBy
from warehouse.publish import publish
from warehouse.runs import Run
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


def notice(ref: str, number: int) -> Item:
    """A document that is no report, at an address."""
    made = document(ref, f"{ref}：第{number}号关于报送材料的通知。")
    row = Quarantine(ref, made.raw.document_id, "parse", "notice", "a notice about reports, not a report")
    return replace(item(made, f"notice{number}"), quarantine=(row,))


def seen(random: Random, year: int, number: int) -> Item:
    """What a random night finds at the address of a year's report: a revision of it, a notice, or nothing any more."""
    ref = f"{CITY}{year}.txt"
    kind = random.choice(("report", "notice", "nothing"))
    if kind == "report":
        return item(made(CITY, year, number, day=number + 1), f"report{number}")
    if kind == "notice":
        return notice(ref, number)
    return item(Quarantine(ref, None, "fetch", "empty_file", "nothing in it"), f"nothing{number}")


def with_past(db: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The rows of the tables that can be looked back at."""
    return {
        name: sorted(map(repr, db.execute(f"SELECT * EXCLUDE (run_id) FROM {name}").fetchall())) for name in WITH_PAST
    }


@pytest.mark.parametrize("seed", range(5))
def test_random_nights_leave_what_one_run_leaves(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    many, once = home_in(tmp_path), Home(tmp_path / "once")
    now: dict[int, Item] = {}
    read: list[Item] = []
    nights: list[tuple[datetime, dict[str, list[str]]]] = []
    for night in range(6):
        tonight = {year: seen(random, year, night) for year in random.sample((2020, 2021, 2022), 2)}
        again = [replace(each, sightings=()) for each in random.sample(read, min(2, len(read)))]
        run(many, f"run{night}", [*tonight.values(), *again], 1)
        with duckdb.connect(str(many.warehouse), read_only=True) as db:
            [(published,)] = db.execute("SELECT max(ended_at) FROM runs").fetchall()
            nights.append((published + timedelta(microseconds=1), with_past(db)))
        now |= tonight
        read += [each for each in tonight.values() if each.raw]
    superseded = [replace(each, sightings=()) for each in read if each not in now.values()]
    run(once, "run0", [*now.values(), *superseded], 1)
    left, expected = state(many), state(once)
    assert {name for name in expected if left[name] != expected[name]} == set()
    for moment, rows in nights:
        with duckdb.connect(str(many.warehouse), read_only=True) as db:
            look_back(db, moment)
            assert with_past(db) == rows


def test_bytes_are_in_quarantine_while_an_address_holds_them(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    both = notice("a.txt", 1)
    both = replace(both, sightings=(*both.sightings, replace(both.sightings[0], source_ref="b.txt")))
    report_now = made(CITY, 2020, 5)
    for number, found, rows in (
        (1, [both], 1),
        (2, [item(report_now, "revised", "a.txt")], 1),
        (3, [item(report_now, "revised", "b.txt")], 0),
        (4, [replace(both, sightings=())], 0),
        (5, [replace(both, sightings=both.sightings[:1])], 1),
    ):
        run(home, f"run{number}", found, 1)
        assert len(state(home)["quarantine"]) == rows, number
