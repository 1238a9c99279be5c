from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.made import home_in
from tests.warehouse.worlds import publish, report
from warehouse.home import Home
from warehouse.query import QueryError
from warehouse.search import lines, search

TEXTS = {
    "甲县人民政府": "全县设立查阅点三处，群众可到查阅点查询。今年新增一处查阅点",
    "乙县人民政府": "门户网站设有专栏；另在图书馆设查阅点。又办了培训班，由外省专家讲授条例修订和典型案例",
    "丙县人民政府": "查阅处和受理点各一处，点上有专人。征税",
    "丁县人民政府": "Weibo账号由专人管理，热线12345全年畅通",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    reports = [report(name, 2023, text=text) for name, text in TEXTS.items()]
    return publish(home_in(tmp_path_factory.mktemp("search")), *reports)


def found(home: Home, question: str) -> list[str]:
    return [str(hit.publisher)[0] for hit in search(home, question)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("查阅点", ["甲", "乙"]),  # 丙 has both pairs, 查阅 and no 阅点
        ("查阅", ["甲", "丙", "乙"]),
        ("查阅点 培训班", ["乙"]),
        ("税", ["丙"]),  # before the end of the text
        ("weibo", ["丁"]),
        ("12345", ["丁"]),
        ("查阅点；", []),
        ("没有这个词", []),
        ("总体情况 受理点", ["丙"]),  # one in the heading
    ],
)
def test_finds_what_has_every_word(home: Home, question: str, expected: list[str]) -> None:
    answer = found(home, question)
    assert answer[:1] == expected[:1]
    assert sorted(answer) == sorted(expected)


def test_a_snippet_marks_every_hit_in_it(home: Home) -> None:
    [hit] = [hit for hit in search(home, "查阅点") if hit.publisher == "甲县人民政府"]
    assert hit.snippet.startswith("全县设立【查阅点】三处，群众可到【查阅点】查询")
    assert hit.occurrences == 3
    assert len(lines([hit])) == 3


def test_nothing_to_search_for(home: Home) -> None:
    with pytest.raises(QueryError, match="one or more"):
        search(home, " 。 ")


def test_a_changed_report_is_found_by_its_new_words_alone(tmp_path: Path) -> None:
    home = publish(home_in(tmp_path), report("甲县人民政府", 2023, text="设有查阅点"))
    publish(home, report("甲县人民政府", 2023, text="设有受理台", published_on=date(2024, 4, 1)), run_id="run2")
    assert (found(home, "受理台"), found(home, "查阅点")) == (["甲"], [])


def test_what_is_read_again_leaves_no_postings_behind(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    counts = []
    for run_id in ("run1", "run2", "run3"):
        publish(home, report("甲县人民政府", 2023, text="设有查阅点"), report("乙县人民政府", 2023), run_id=run_id)
        with duckdb.connect(str(home.warehouse), read_only=True) as db:
            query = "SELECT count(*), count(DISTINCT (term, text_no)) FROM internal.search_postings"
            counts.append(db.execute(query).fetchone())
    assert counts == [counts[0]] * 3
    assert found(home, "查阅点") == ["甲"]
