"""Checks that need two reports: the years of a body, and figures that stand twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.model import Parsed
from tests.made import ask, home_in, item, parsed, publish_items
from warehouse.home import Home

IN, OUT = "request.received.carried_in", "request.carried_out"
STOCK = "content.regulations"


def report(year: int, numbers: dict[str, int], publisher: str = "甲县人民政府", name: str = "") -> Parsed:
    made = parsed(name or f"{publisher}{year}.txt", f"{publisher}-{year}", numbers)
    assert made.report is not None
    return replace(made, report=made.report._replace(year=year, publisher=publisher))


def found(home: Home) -> list[tuple[Any, ...]]:
    query = (
        "SELECT report_id, identity_id, lhs, rhs, status, severity FROM checks"
        " WHERE identity_id <> 'an_identity' ORDER BY ALL"
    )
    return ask(home, query)


def test_what_is_carried_over_is_held_against_last_year(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    reports = [report(2021, {OUT: 4}), report(2022, {IN: 4, OUT: 7}), report(2023, {IN: 6}), report(2025, {IN: 1})]
    publish_items(home, "run1", [item(each) for each in reports])
    assert found(home) == [
        ("甲县人民政府-2022", "requests.carry", 4.0, 4.0, "pass", "warning"),
        ("甲县人民政府-2023", "requests.carry", 6.0, 7.0, "fail", "warning"),
    ]


def test_of_two_reports_of_a_year_the_one_published_last_is_held_against(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    two = [report(2022, {OUT: out}, publisher) for out, publisher in ((4, "甲县卫生委"), (5, "甲县卫生局"))]
    dated = [
        replace(each, report=each.report._replace(published_on=date(2023, 3, day)))
        for each, day in zip(two, (1, 2), strict=True)
        if each.report
    ]
    publish_items(home, "run1", [item(each) for each in [*dated, report(2023, {IN: 5}, "甲县卫生局")]])
    assert ask(home, "SELECT count(DISTINCT body_id) FROM body_reports") == [(1,)]
    assert ask(home, "SELECT report_id FROM body_years WHERE year = 2022") == [("甲县卫生局-2022",)]
    assert found(home) == [("甲县卫生局-2023", "requests.carry", 5.0, 5.0, "pass", "warning")]


def test_another_body_is_not_last_year(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(report(2022, {OUT: 4})), item(report(2023, {IN: 5}, "乙县人民政府"))])
    assert found(home) == []


def test_a_number_that_is_not_stated_leaves_it_open(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(report(2022, {OUT: 4})), item(report(2023, {"request.closed": 5}))])
    assert found(home) == [("甲县人民政府-2023", "requests.carry", None, 4.0, "incomplete", "warning")]


@pytest.mark.parametrize("inexact", [2022, 2023])
def test_an_inexact_number_fails_nothing(tmp_path: Path, inexact: int) -> None:
    home = home_in(tmp_path)
    reports = []
    for made in (report(2022, {OUT: 4}), report(2023, {IN: 5})):
        assert made.report is not None
        about = made.report.year == inexact
        facts = tuple(fact._replace(qualifier="approximate" if about else "exact") for fact in made.facts)
        reports.append(replace(made, facts=facts))
    publish_items(home, "run1", [item(each) for each in reports])
    sides = (5.0, None) if inexact == 2022 else (None, 4.0)
    assert found(home) == [("甲县人民政府-2023", "requests.carry", *sides, "incomplete", "warning")]


def test_a_stock_is_last_year_s_with_what_came_and_went(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    now = {f"{STOCK}.in_force": 12, f"{STOCK}.issued": 3, f"{STOCK}.repealed": 2}
    publish_items(home, "run1", [item(report(2022, {f"{STOCK}.in_force": 10})), item(report(2023, now))])
    assert found(home) == [("甲县人民政府-2023", "content.regulations.stock", 12.0, 11.0, "fail", "warning")]


def test_the_order_and_the_number_of_runs_change_nothing(tmp_path: Path) -> None:
    reports = [report(2021, {OUT: 4}), report(2022, {IN: 4, OUT: 7}), report(2023, {IN: 6})]
    at_once, one_by_one = Home(tmp_path / "once"), Home(tmp_path / "each")
    publish_items(at_once, "run1", [item(each) for each in reports])
    for number, each in enumerate(reversed(reports)):
        publish_items(one_by_one, f"run{number}", [item(each)])
    assert found(one_by_one) == found(at_once)
    corrected = report(2022, {IN: 4, OUT: 6}, name="corrected.txt")
    publish_items(one_by_one, "run9", [item(corrected, "new", "甲县人民政府2022.txt")])
    assert ("甲县人民政府-2023", "requests.carry", 6.0, 6.0, "pass", "warning") in found(one_by_one)


def test_the_same_figures_twice_are_a_finding_for_both(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    many = {f"request.made_{number}": number * number + 3 for number in range(7)}
    few = {f"request.made_{number}": number % 3 for number in range(7)}
    reports = [
        report(2022, many),
        report(2023, many, "乙县人民政府"),
        report(2023, {**many, "request.made_3": 99}, "丙县人民政府"),
        report(2023, few, "丁县人民政府"),
        report(2023, few, "戊县人民政府"),
    ]
    publish_items(home, "run1", [item(each) for each in reports])
    assert [row[:2] for row in found(home)] == [
        ("乙县人民政府-2023", "duplicate.figures"),
        ("甲县人民政府-2022", "duplicate.figures"),
    ]
    assert ask(home, "SELECT detail FROM checks WHERE identity_id = 'duplicate.figures' ORDER BY 1") == [
        ("the same 7 numbers as 乙县人民政府 for 2023 (乙县人民政府-2023)",),
        ("the same 7 numbers as 甲县人民政府 for 2022 (甲县人民政府-2022)",),
    ]


def test_a_neighbour_s_check_changes_on_account_of_the_other_report(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    many = {f"request.made_{number}": number * number + 3 for number in range(7)}
    first = [report(2022, {OUT: 7}), report(2023, {IN: 6}), report(2021, many, "乙县人民政府")]
    publish_items(home, "run1", [item(each) for each in first])
    corrected = report(2022, {OUT: 6}, name="corrected.txt")
    later = [item(corrected, "new", "甲县人民政府2022.txt"), item(report(2022, many, "丙县人民政府"))]
    publish_items(home, "run2", later)
    query = (
        "SELECT report_id, change, row_key, cause, detail FROM changes"
        " WHERE run_id = 'run2' AND table_name = 'checks' AND row_key NOT LIKE '%an_identity%' ORDER BY ALL"
    )
    assert ask(home, query) == [
        ("乙县人民政府-2021", "added", "乙县人民政府-2021/duplicate.figures/total", "source",
         "report 丙县人民政府-2022: 丙县人民政府2022.txt"),
        ("甲县人民政府-2023", "changed", "甲县人民政府-2023/requests.carry/total", "source",
         "report 甲县人民政府-2022: corrected.txt"),
    ]  # fmt: skip


def test_small_runs_leave_what_one_run_over_all_leaves(tmp_path: Path) -> None:
    """Renamed offices, townships that became towns, clashes that a later report brings to light or removes."""
    names = ["甲市环境保护局", "甲市生态环境局", "甲县人民政府", "乙乡人民政府", "乙镇人民政府"]
    reports = [report(2015 + n, {IN: n, OUT: n + 1}, name) for name in names for n in range(3)]
    at_once, one_by_one = Home(tmp_path / "once"), Home(tmp_path / "each")
    publish_items(at_once, "run1", [item(each) for each in reports])
    for number in range(0, len(reports), 4):
        publish_items(one_by_one, f"run{number}", [item(each) for each in reports[number : number + 4]])
    assert found(one_by_one) == found(at_once) != []
    for table in ("bodies", "body_reports"):
        query = f"FROM {table} ORDER BY ALL"
        assert ask(one_by_one, query) == ask(at_once, query) != []
