"""What a source says that a run must find, held against what is published and what is staged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.model import Parsed
from tests.made import home_in, item, stage_items
from tests.warehouse.worlds import publish, report
from warehouse.expected import Expected, unmet
from warehouse.home import Home

CITY = "池州市人民政府"
REQUESTS = "request.received.new"


def made(year: int, *indicators: str, text: str = "") -> Parsed:
    return report(CITY, year, dict.fromkeys(indicators, 5), text=text)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return publish(home_in(tmp_path), made(2018, REQUESTS), made(2019, REQUESTS), made(2020))


def ids(*reports: Parsed) -> list[str]:
    return [each.document.raw.document_id for each in reports]


def seen(home: Home, *documents: str) -> None:
    """Note in a published warehouse that the source's addresses held these documents."""
    with duckdb.connect(str(home.warehouse)) as db:
        rows = [[f"https://a.gov.cn/{each}", "city", CITY, "page", "live", each] for each in documents]
        db.executemany(
            "INSERT INTO availability (url, source, publisher, role, state, document_id) VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )


def lines(home: Home, staged: list[Parsed], documents: list[str], **expected: Any) -> list[str]:
    stage_items(home, "run2", [item(each) for each in staged])
    return list(unmet(home, home.staging("run2"), "city", documents, Expected(**expected)))


def test_only_the_documents_of_the_source_count(home: Home) -> None:
    assert lines(home, [], ids(made(2018, REQUESTS), made(2019, REQUESTS)), reports=2) == []
    assert lines(home, [], ids(made(2018, REQUESTS)), reports=2) == ["1 reports, at least 2 are expected"]


def test_a_report_older_than_the_source_can_have(home: Home) -> None:
    old = made(2007)
    documents = ids(old, made(2018, REQUESTS))
    assert lines(home, [old], documents, not_before=2008) == ["a report of 2007, none is expected from before 2008"]
    assert lines(home, [old], documents, not_before=2007) == []


def test_numbers_that_the_new_versions_of_the_pages_no_longer_state(home: Home) -> None:
    seen(home, *ids(made(2018, REQUESTS), made(2019, REQUESTS)))
    after = [made(2018, text="改版"), made(2019, REQUESTS, text="改版")]
    assert lines(home, after, ids(*after), fill={REQUESTS: 0.5}) == []
    assert lines(home, after, ids(*after), fill={REQUESTS: 0.9}) == [
        "request.received.new in 50% of the reports, 100% in the last good run"
    ]


def test_a_first_run_has_no_last_good_one(tmp_path: Path) -> None:
    first = made(2018)
    assert lines(home_in(tmp_path), [first], ids(first), reports=1, fill={REQUESTS: 1.0}) == []
