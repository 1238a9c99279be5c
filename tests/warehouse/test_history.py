"""What a run changed and why, and what was known on a date."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.batches import Item, write_batch
from tasks.load.stage import Loading, stage
from tests.made import ask, home_in, item, parsed
from warehouse.home import Home
from warehouse.made import ANY, Made, MadeBy, difference
from warehouse.publish import publish
from warehouse.query import QueryError, answer
from warehouse.runs import Run

FIRST = MadeBy(
    {ANY: Made({"clean.py": "1"}), "text/plain": Made({"clean.py": "1"})},
    Made({"parse.py": "1", "rules.yaml": "1", "library lxml": "6"}),
    Made({"primary.sql": "1"}),
)


def run(home: Home, run_id: str, items: list[Item], made_by: MadeBy = FIRST) -> datetime:
    """Publish, and say when it was done."""
    home.make()
    if items:
        write_batch(home.work(run_id) / "0.pickle", items)
        stage(Loading(home.work(run_id) / "0.pickle", home.staging(run_id), run_id))
    publish(home, Run(run_id, "nightly", datetime.now(UTC), "1+abc", made_by), home.staging(run_id))
    time.sleep(0.002)
    return datetime.now(UTC)


def again(document: Item) -> Item:
    """The item of a document that is reprocessed: nobody looked at its address."""
    return replace(document, sightings=())


def changes(home: Home, run_id: str) -> list[tuple[Any, ...]]:
    query = f"SELECT table_name, change, sum(rows)::INTEGER, cause, min(detail) FROM changes WHERE run_id = '{run_id}'"
    return ask(home, f"{query} GROUP BY ALL ORDER BY ALL")


def test_a_new_document_is_its_source(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    run(home, "run1", [item(parsed("a.txt", "r1", {"x": 5, "y": 7}))])
    assert changes(home, "run1") == [
        (table, "added", count, "source", "a.txt")
        for table, count in (("checks", 1), ("documents", 1), ("facts", 2), ("reports", 1))
    ]


@pytest.mark.parametrize(
    ("ingredients", "cause", "detail"),
    [
        ({"parse.py": "1", "rules.yaml": "2", "library lxml": "6"}, "rule", "a_rule: rules.yaml"),
        ({"parse.py": "2", "rules.yaml": "1", "library lxml": "6"}, "code", "parse.py"),
        ({"parse.py": "1", "rules.yaml": "1", "library lxml": "7"}, "library", "library lxml"),
        ({"parse.py": "2", "rules.yaml": "2", "library lxml": "6"}, "code+rule", "a_rule: parse.py, rules.yaml"),
    ],
)
def test_a_fact_that_is_read_otherwise_has_its_cause(
    tmp_path: Path, ingredients: dict[str, str], cause: str, detail: str
) -> None:
    home = home_in(tmp_path)
    before = parsed("a.txt", "r1", {"x": 5, "y": 7})
    run(home, "run1", [item(before)])
    facts = (before.facts[0]._replace(unit="次"),)
    run(home, "run2", [again(item(replace(before, facts=facts)))], replace(FIRST, parse=Made(ingredients)))
    assert changes(home, "run2") == [("facts", "changed", 1, cause, detail), ("facts", "removed", 1, cause, detail)]
    assert ask(home, "SELECT what FROM changes WHERE change = 'changed'") == [("unit: 件 → 次",)]


def test_the_same_again_changes_nothing_and_stays_as_old_as_it_is(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    run(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    since = ask(home, "SELECT valid_from FROM facts UNION ALL SELECT valid_from FROM reports")
    other = replace(FIRST, parse=Made({"parse.py": "2"}))
    run(home, "run2", [again(item(parsed("a.txt", "r1", {"x": 5})))], other)
    assert changes(home, "run2") == []
    assert ask(home, "SELECT valid_from FROM facts UNION ALL SELECT valid_from FROM reports") == since
    assert ask(home, "SELECT count(*) FROM facts_past") == [(0,)]


def test_a_revised_report_changes_what_counts_by_its_source(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    run(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    run(home, "run2", [item(parsed("a.txt", "r1", {"x": 6}), "state2")])
    assert {row[3] for row in changes(home, "run2")} == {"source"}
    flipped = "SELECT what FROM changes WHERE run_id = 'run2' AND table_name = 'facts' AND change = 'changed'"
    assert ask(home, flipped) == [("is_primary: true → false",)]


def test_another_way_to_publish_is_code_and_parses_nothing(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    run(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    with duckdb.connect(str(home.warehouse)) as db:  # as another statement would have chosen
        db.execute("UPDATE facts SET is_primary = false")
    run(home, "run2", [], replace(FIRST, publish=Made({"primary.sql": "2"})))
    assert changes(home, "run2") == [("facts", "changed", 1, "code", "primary.sql")]
    assert ask(home, "SELECT is_primary FROM facts") == [(True,)]


def test_what_was_known_on_a_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = home_in(tmp_path)
    moments = [datetime.now(UTC)]
    for number, state in ((5, "s1"), (6, "s2"), (7, "s3")):
        moments.append(run(home, f"run{number}", [item(parsed("a.txt", "r1", {"x": number}), state)]))

    def known_at(moment: datetime) -> list[dict[str, Any]]:
        query = "SELECT value, (SELECT count(*) FROM reports) AS reports FROM facts WHERE is_primary"
        answer(home, query, "json", moment.isoformat())
        found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        return found

    assert [known_at(moment) for moment in moments] == [
        [], *([{"value": float(number), "reports": 1}] for number in (5, 6, 7)),
    ]  # fmt: skip
    history = ask(home, "SELECT value, valid_from, valid_to FROM facts_history WHERE is_primary ORDER BY valid_from")
    assert [row[0] for row in history] == [5, 6, 7]
    assert [row[2] for row in history] == [history[1][1], history[2][1], None]
    assert ask(home, "SELECT count(*), count(valid_to) FROM reports_history") == [(3, 2)]
    for asked, said in (
        (
            "checks",
            "^[^:]+: checks has no history: with --as-of ask changes, documents, facts, reports, runs or the views ",
        ),
        ("completeness", "the view completeness reads parts, which has no history"),
    ):
        with pytest.raises(QueryError, match=said) as refused:
            answer(home, f"SELECT * FROM {asked} WHERE report_id = 'nowhere'", "csv", "2024-01-01")
        instead = str(refused.value).split(" or the views ")[1].split(", ")
        assert {"panel", "coverage", "rates"} <= set(instead)
        for view in instead:
            answer(home, f"SELECT count(*) FROM {view}", "csv", datetime.now(UTC).isoformat())
    answer(home, "SELECT value FROM facts WHERE is_primary", "csv", "9999-12-31")  # the calendar's last day
    assert capsys.readouterr().out.splitlines()[-1] == "7.0"
    for no_date in ("yesterday", "9999-12-32", "0001-01-01T00:00+14:00"):
        with pytest.raises(QueryError, match="expected a date"):
            answer(home, "SELECT 1", "csv", no_date)


def test_views_look_back_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = home_in(tmp_path)
    run(home, "run1", [item(parsed("a.txt", "r1", {"x": 5}))])
    for moment, count in (("2020-01-01", 0), (datetime.now(UTC).isoformat(), 1)):
        for view in ("panel", "coverage"):
            answer(home, f"SELECT count(*) AS n FROM {view}", "csv", moment)
            assert capsys.readouterr().out == f"n\n{count}\n", view


def test_difference_names_what_changed() -> None:
    assert difference({"a.py": "1"}, {"a.py": "1", "program soffice": "2"}) == ("library", "program soffice")
    assert difference({f"{n}.csv": "1" for n in range(7)}, {})[1].endswith("and 2 more")
    assert difference(None, {"a.py": "1"})[0] == "code"
