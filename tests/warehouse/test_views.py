from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.model import Numeral
from tests.made import home_in, item, parsed, publish_items
from tests.warehouse.worlds import publish, report
from warehouse.catalogue import GENERATIONS, indicators
from warehouse.home import Home
from warehouse.sums import Sum, sums
from warehouse.views import PLACEHOLDER, views

CITY, BUREAU = "池州市人民政府", "池州市民政局"
PROSE = "各县区把公开目录逐条过了一遍。窗口人员轮流参加业务学习。全年受理件数比上年多了3成。"


def ask(home: Home, query: str) -> list[tuple[Any, ...]]:
    """The answer where the file is attached under another name: views must not mind."""
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{home.warehouse}' AS elsewhere (READ_ONLY)")
        return db.execute(query).fetchall()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return publish(
        home_in(tmp_path_factory.mktemp("views")),
        report(
            CITY, 2018, {"request.received.new": 10, "request.outcome.granted": 6, "request.outcome.total": 8},
            generation="2014", published_on=date(2019, 3, 31), text=PROSE,
        ),
        report(
            CITY, 2019,
            {
                "request.received.new": 20, "request.outcome.granted": 9, "request.outcome.total": 18,
                "request.carried_out": 2, "request.received.new[enterprise]": 5, "proactive.total": 70,
            },
            generation="2019", published_on=date(2020, 4, 2),
            text=PROSE.replace("3", "5") + "又写了一句全新的话，从来没有人这么说过。",
        ),
        report(
            CITY, 2020,
            {
                "request.received.new": 30, "request.received.carried_in": 3, "request.received.new@previous_year": 21,
                "reconsideration.upheld": 3, "reconsideration.corrected": 1, "reconsideration.other": 0,
            },
            generation="2019",
        ),
        report(CITY, 2022, {"request.received.new": 50}),
        report(
            BUREAU, 2022, {"request.received.new": 1}, kind="department", published_on=date(2023, 2, 1),
            text="窗口人员轮流参加业务学习。",
        ),
    )  # fmt: skip


def test_every_view_describes_each_of_its_columns(home: Home) -> None:
    with duckdb.connect(str(home.warehouse), read_only=True) as db:
        made = dict(db.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
        bare = db.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL").fetchall()
    assert made.keys() == {view.name for view in views()}
    assert all(re.search(r"[a-z]{3}.*[一-鿿]{3}", comment) for comment in made.values())
    assert [row for row in bare if row[0] in made] == []


def test_views_use_no_schema_and_nothing_that_older_readers_lack() -> None:
    for view in views():
        assert not re.search(r"\bif\(|\blambda\b", view.query)  # DuckDB 1.4 has no such function, 1.2 no such word
        assert not re.search(r"\b(?:main|internal)\.", view.query)
        assert view.query.count(PLACEHOLDER) == (view.name == "panel")


def test_all_views_read_whole_under_another_name(home: Home) -> None:
    for view in views():
        asked = f"SELECT * FROM elsewhere.{view.name}"
        shown = {row[0] for row in ask(home, f"DESCRIBE {asked}")}
        assert shown >= {column.name for column in view.columns}
        assert all(len(row) == len(shown) for row in ask(home, asked))


def test_the_panel_mixes_no_meanings(home: Home) -> None:
    query = (
        "SELECT year, request_received_new, request_outcome_granted_2014, request_outcome_granted_2019,"
        f" proactive_total_2019 FROM elsewhere.panel WHERE publisher = '{CITY}' ORDER BY year"
    )
    assert ask(home, query) == [
        (2018, 10, 6, None, None), (2019, 20, None, 9, 70), (2020, 30, None, None, None), (2022, 50, None, None, None)
    ]  # fmt: skip


def test_year_on_year_draws_no_false_series(home: Home) -> None:
    query = (
        "SELECT indicator_id, year, previous_value, value, comparability, change, reason IS NOT NULL"
        " FROM elsewhere.year_on_year WHERE applicant_type = 'total' ORDER BY 1, 2"
    )
    assert ask(home, query) == [
        ("request.outcome.granted", 2019, 6, 9, "wider", None, True),
        ("request.outcome.total", 2019, 8, 18, "not_comparable", None, True),
        ("request.received.new", 2019, 10, 20, "same", 10, False),
        ("request.received.new", 2020, 20, 30, "same", 10, False),
    ]


@pytest.mark.parametrize(
    ("indicator", "previous", "now", "expected"),
    [
        ("request.received.new", "2008", "2021", "same"),
        ("request.outcome.granted", "2014", "2021", "wider"),
        ("request.outcome.granted", "2021", "2014", "narrower"),  # a body that went back to the old table
        ("request.outcome.granted", "2008", "2019", "not_comparable"),  # narrower, then wider
        ("training.courses", "2014", "2019", "not_comparable"),  # 2019 has no such row
        ("training.courses", "2014", "2014", "same"),
    ],
)
def test_forms_that_are_no_neighbours(home: Home, indicator: str, previous: str, now: str, expected: str) -> None:
    query = (
        f"SELECT comparability FROM elsewhere.comparisons WHERE indicator_id = '{indicator}'"
        f" AND previous_generation = '{previous}' AND generation = '{now}'"
    )
    assert ask(home, query) == [(expected,)]


def test_comparability_speaks_of_every_indicator_that_two_neighbouring_forms_have(home: Home) -> None:
    stated = set(ask(home, "SELECT from_generation, to_generation, indicator_id FROM elsewhere.comparability"))
    for pair in itertools.pairwise(GENERATIONS):
        for indicator in indicators().values():
            if set(pair) <= set(indicator.generations):
                assert (*pair, indicator.indicator_id) in stated
    assert {indicator for *_, indicator in stated} <= indicators().keys()
    assert ask(home, "SELECT * FROM elsewhere.comparability WHERE source IS NULL") == []


def test_rates(home: Home) -> None:
    query = "SELECT year, series, grant_rate, correction_rate FROM elsewhere.rates ORDER BY year"
    assert ask(home, query) == [(2018, "2014", 0.75, None), (2019, "2019", 0.5, None), (2020, "2019", None, 0.25)]


def test_coverage_has_the_years_between(home: Home) -> None:
    query = f"SELECT year, status FROM elsewhere.coverage WHERE name = '{CITY}' ORDER BY year"
    assert ask(home, query) == [(y, "missing" if y == 2021 else "published") for y in range(2018, 2023)]
    query = (
        "SELECT count(*), count(*) FILTER (status = 'published') FROM elsewhere.coverage_governments"
        " WHERE region_code = '341700'"
    )
    assert ask(home, query) == [(4, 4)]


def test_timeliness(home: Home) -> None:
    query = "SELECT year, publisher_kind, status, days_late FROM elsewhere.timeliness ORDER BY 1, 2"
    assert ask(home, query) == [
        (2018, "government", "on_time", 0), (2019, "government", "late", 2), (2020, "government", "on_time", -30),
        (2022, "department", "late", 1), (2022, "government", "on_time", -30),
    ]  # fmt: skip


def test_restatements(home: Home) -> None:
    query = "SELECT kind, year, indicator_id, value, other_value FROM elsewhere.restatements ORDER BY 1"
    assert ask(home, query) == [
        ("carried_over", 2019, "request.carried_out", 2, 3), ("previous_year", 2019, "request.received.new", 20, 21)
    ]  # fmt: skip


def test_boilerplate(home: Home) -> None:
    query = "SELECT publisher, b.year, last_year_share, others_share, source_is_earlier, characters"
    rows = {
        row[:2]: row[2:]
        for row in ask(home, f"{query} FROM elsewhere.boilerplate b JOIN elsewhere.reports USING (report_id)")
    }
    assert rows[CITY, 2018][0] is None
    again = (
        PROSE.replace("。", "") + "request.received.new是20件" + "request.outcome.granted是9件"
    )  # whatever the numbers
    assert round(rows[CITY, 2019][0] * rows[CITY, 2019][3]) == len(again)
    assert rows[BUREAU, 2022][1] * rows[BUREAU, 2022][3] == pytest.approx(len("窗口人员轮流参加业务学习"))
    assert rows[BUREAU, 2022][2] is True


def test_completeness_and_discrepancies(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    made = parsed("a.txt", "r1", {"request.received.new": 5})
    document_id, fact_id = made.document.raw.document_id, made.facts[0].fact_id
    told = [(fact_id, None), (None, "unexplained"), (None, None), (None, "date")]
    numerals = tuple(Numeral(document_id, n, n + 1, "5", 5.0, *each) for n, each in enumerate(told))
    publish_items(home, "run1", [item(replace(made, numerals=numerals))])
    query = (
        "SELECT parts_missing, indicators_stated, indicators_expected > 50, numerals_unexplained"
        " FROM elsewhere.completeness"
    )
    assert ask(home, query) == [("requests", 1, True, 2)]
    assert ask(home, "SELECT identity_id, difference FROM elsewhere.discrepancies") == [("an_identity", 0)]


def test_rates_add_up_the_rows_of_the_reports_own_form_alone(tmp_path: Path) -> None:
    """A sentence may state the row of another form beside them; a row that is not stated is no zero."""
    rows: dict[str, float] = {
        f"litigation.{way}.{end}": number
        for way, numbers in (("direct", (3, 1, 0)), ("after_reconsideration", (1, 0, 0)))
        for end, number in zip(("upheld", "corrected", "other"), numbers, strict=True)
    }
    grounds = ("state_secret", "trade_secret", "personal_privacy", "not_government_information")
    refusals: dict[str, float] = {
        "request.outcome.total": 10,
        "request.outcome.granted~approximate": 5,
        **{f"request.outcome.denied.{ground}": 1 for ground in grounds},
    }
    home = publish(
        home_in(tmp_path),
        report(CITY, 2019, rows | {"litigation.corrected": 1}, generation="2019"),
        report(
            CITY, 2020,
            {name: number for name, number in rows.items() if name != "litigation.direct.other"}
            | {"litigation.corrected": 1, "litigation.upheld": 4},
            generation="2019",
        ),
        report(CITY, 2010, refusals, generation="2008"),  # the provinces' forms have more grounds than these four
    )  # fmt: skip
    query = "SELECT year, lawsuits_decided, loss_rate, grant_rate, denial_rate FROM elsewhere.rates ORDER BY year"
    assert ask(home, query) == [(2010, None, None, None, None), (2019, 5, 0.2, None, None)]


def test_only_exact_numbers_are_compared(tmp_path: Path) -> None:
    home = publish(
        home_in(tmp_path),
        report(CITY, 2021, {"request.received.new~at_least": 100, "request.carried_out": 2, "litigation.total": 4}),
        report(
            CITY, 2022,
            {
                "request.received.new": 130, "request.received.new@previous_year": 120,
                "request.received.carried_in~approximate": 3, "litigation.total": 4,
                "litigation.total@previous_year~approximate": 5,
            },
        ),
    )  # fmt: skip
    query = (
        "SELECT indicator_id, previous_value, value, change, ratio, previous_qualifier, qualifier"
        " FROM elsewhere.year_on_year ORDER BY 1"
    )
    assert ask(home, query) == [
        ("litigation.total", 4, 4, 0, 1, "exact", "exact"),
        ("request.received.new", 100, 130, None, None, "at_least", "exact"),
    ]
    assert ask(home, "SELECT * FROM elsewhere.restatements") == []
    query = "SELECT year, inexact, request_received_new FROM elsewhere.panel ORDER BY year"
    assert ask(home, query) == [(2021, "request.received.new", 100), (2022, "request.received.carried_in", 130)]


def test_a_number_said_again_by_another_form_is_no_restatement(tmp_path: Path) -> None:
    """2019 counts as granted also what is public already; what is received both count alike."""
    home = publish(
        home_in(tmp_path),
        report(CITY, 2018, {"request.outcome.granted": 6, "request.received.new": 8}, generation="2014"),
        report(
            CITY, 2019, {"request.outcome.granted@previous_year": 7, "request.received.new@previous_year": 9},
            generation="2019",
        ),
    )  # fmt: skip
    query = "SELECT kind, year, indicator_id, value, other_value FROM elsewhere.restatements"
    assert ask(home, query) == [("previous_year", 2018, "request.received.new", 8, 9)]


def test_coverage_keeps_the_reports_of_a_body_after_the_year_that_should_have_ended_it(tmp_path: Path) -> None:
    home = publish(
        home_in(tmp_path),
        *(report("池州市国土资源局", year, {"litigation.total": 1}, kind="department") for year in (2018, 2020)),
        report(CITY, 2023),
    )
    query = "SELECT year, status FROM elsewhere.coverage WHERE name = '池州市国土资源局' ORDER BY year"
    assert ask(home, query) == [(2018, "published"), (2019, "missing"), (2020, "published")]


def test_townships_have_a_day_by_the_first_regulation_only(tmp_path: Path) -> None:
    home = publish(
        home_in(tmp_path),
        *(report("池州市贵池区秋江街道办事处", year, level="township") for year in (2017, 2020)),
    )
    query = "SELECT year, due_on, status FROM elsewhere.timeliness ORDER BY year"
    assert ask(home, query) == [(2017, date(2018, 3, 31), "on_time"), (2020, None, "no_deadline")]


def test_a_date_from_within_the_reported_year_is_no_date_of_publication(tmp_path: Path) -> None:
    home = publish(
        home_in(tmp_path),
        report(CITY, 2020, published_on=date(2020, 6, 1)),
        report(CITY, 2021, published_on=date(2021, 12, 28)),
    )
    query = "SELECT year, status, days_late, published_on FROM elsewhere.timeliness ORDER BY year"
    assert ask(home, query) == [
        (2020, "no_date", None, date(2020, 6, 1)), (2021, "on_time", -93, date(2021, 12, 28))
    ]  # fmt: skip


def test_the_panel_names_what_it_has_no_column_for(tmp_path: Path) -> None:
    numbers: dict[str, float] = {"capacity.staff": 4, "training.courses": 2, "request.received.new": 5}
    home = publish(
        home_in(tmp_path),
        report(CITY, 2018, numbers, generation="2014"),
        report(CITY, 2020, numbers, generation="2019"),
        report(CITY, 2021, {"litigation.total": 1}, generation=None),
    )
    query = "SELECT year, unplaced, request_received_new, training_courses FROM elsewhere.panel ORDER BY year"
    assert ask(home, query) == [
        (2018, None, 5, 2), (2020, "capacity.staff|training.courses", 5, None), (2021, "litigation.total", None, None)
    ]  # fmt: skip


def test_a_total_that_the_form_asks_for_by_its_parts_is_their_sum_where_all_are_stated(tmp_path: Path) -> None:
    """Else a line over the form of 2019 would fall to the few reports that say the total in words."""
    direct, after = "litigation.direct.total", "litigation.after_reconsideration.total"
    home = publish(
        home_in(tmp_path),
        report(CITY, 2018, {"litigation.total": 4}, generation="2014"),
        report(CITY, 2019, {direct: 3, after: 0}, generation="2019"),
        report(CITY, 2020, {direct: 3, after: 2, "litigation.total": 6}, generation="2019"),  # what is stated stands
        report(CITY, 2021, {direct: 3}),
        report(CITY, 2022, {direct: 3, f"{after}~approximate": 2}),
        report(BUREAU, 2018, {direct: 3, after: 2}, generation="2014"),  # of another form
    )
    query = "SELECT publisher, year, litigation_total FROM elsewhere.panel ORDER BY publisher DESC, year"
    assert ask(home, query) == [
        (BUREAU, 2018, None),
        (CITY, 2018, 4), (CITY, 2019, 3), (CITY, 2020, 6), (CITY, 2021, None), (CITY, 2022, None),
    ]  # fmt: skip


@pytest.mark.parametrize("each", sums(), ids=lambda each: f"{each.indicator_id}-{each.generation}")
def test_a_sum_has_the_rows_of_its_form_that_lie_below_it(each: Sum) -> None:
    """All of those, by the catalogue's tree; of the pending ones each way to court has its own."""
    form = {i.indicator_id: i for i in indicators().values() if each.generation in i.generations}
    assert each.indicator_id in form
    assert set(each.parts) <= form.keys()
    below = {name for name, i in form.items() if i.parent_id == each.indicator_id}
    below -= {other.indicator_id for other in sums()}
    ways = {name for name in form if re.fullmatch(r"litigation\.\w+\.pending", name)}
    assert set(each.parts) == (below or ways)


def test_a_report_with_every_row_of_its_form_is_complete(tmp_path: Path) -> None:
    totals = {(each.indicator_id, each.generation) for each in sums()}
    for form in GENERATIONS:
        rows = {i: 1.0 for i, found in indicators().items() if form in found.generations and (i, form) not in totals}
        home = publish(home_in(tmp_path / form), report(CITY, 2020, rows, generation=form))
        query = "SELECT indicator_share, indicators_stated FROM elsewhere.completeness"
        assert ask(home, query) == [(1.0, len(rows))]


def test_what_is_more_than_its_whole_has_no_share(tmp_path: Path) -> None:
    numbers: dict[str, float] = {
        "request.outcome.total": 10,
        "request.outcome.granted": 12,
        "request.outcome.partial": 10,
    }
    home = publish(home_in(tmp_path), report(CITY, 2020, numbers, generation="2019"))
    assert ask(home, "SELECT requests_ended, grant_rate, partial_rate FROM elsewhere.rates") == [(10, None, 1.0)]


def test_where_the_regulation_does_not_hold_no_government_is_missing(home: Home) -> None:
    query = "SELECT count(DISTINCT province_code), count(*) FILTER (province_code[:2] IN ('71', '81', '82'))"
    assert ask(home, f"{query} FROM elsewhere.coverage_governments") == [(31, 0)]
