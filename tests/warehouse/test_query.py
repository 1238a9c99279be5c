from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.made import home_in, item, parsed, publish_items
from warehouse.home import Home
from warehouse.query import QueryError, answer

NAMES = "SELECT source_ref, length(text) > 5 AS long, NULL AS nothing FROM documents ORDER BY 1"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_in(tmp_path)
    names = ["甘肃省永靖县人民政府办公室关于某项工作的通知.txt", 'b,"c".txt']
    publish_items(home, "run1", [item(parsed(name, name, {"x": 5})) for name in names])
    return home


def test_table_holds_every_character(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    answer(home, NAMES, "table")
    printed = capsys.readouterr().out
    assert "甘肃省永靖县人民政府办公室关于某项工作的通知.txt" in printed
    assert printed.rstrip().endswith("2 rows")


def test_csv_and_json_are_for_machines(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    answer(home, NAMES, "csv")
    assert capsys.readouterr().out.splitlines()[:2] == ["source_ref,long,nothing", '"b,""c"".txt",True,']
    answer(home, NAMES, "json")
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == {"source_ref": 'b,"c".txt', "long": True, "nothing": None}
    answer(home, "SELECT 1 AS one WHERE false", "json")
    assert json.loads(capsys.readouterr().out) == []


def test_parquet_is_parquet(home: Home, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    answer(home, NAMES, "parquet")
    assert pq.read_table(io.BytesIO(capfdbinary.readouterr().out)).num_rows == 2


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("SELECT nonsense FROM facts", "nonsense"),
        ("SELEC 1", "syntax error"),
        ("DELETE FROM facts", "read-only"),
        ("CREATE TABLE mine (a INT)", "read-only"),
        ("", "no query"),
    ],
)
def test_what_is_no_query_is_said_in_a_line(home: Home, query: str, complaint: str) -> None:
    for form in ("table", "parquet"):
        with pytest.raises(QueryError, match=complaint):
            answer(home, query, form)


def test_missing_warehouse_and_strange_format(home: Home) -> None:
    with pytest.raises(QueryError, match="there is no warehouse"):
        answer(Home(home.path / "elsewhere"), "SELECT 1", "table")
    with pytest.raises(QueryError, match="--format xml: expected table, csv, json, parquet"):
        answer(home, "SELECT 1", "xml")


def test_json_has_only_what_json_has(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    answer(home, "SELECT 1.5 AS d, 1e400 AS i, {'l': [2.5, 'nan'::DOUBLE]} AS s, DATE '2020-02-03' AS t", "json")
    assert json.loads(capsys.readouterr().out) == [{"d": 1.5, "i": None, "s": {"l": [2.5, None]}, "t": "2020-02-03"}]
    with pytest.raises(QueryError, match="name them apart with AS"):
        answer(home, "SELECT 1 AS a, 2 AS a", "json")


@pytest.mark.parametrize(("width", "lists"), [(80, True), (400, False)])
def test_a_terminal_too_narrow_for_the_columns_gets_a_list_a_row(
    home: Home, width: int, lists: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    answer(home, "SELECT * FROM documents ORDER BY source_ref", "table")
    printed = capsys.readouterr().out
    assert bool(re.search(r'^  source_ref +b,"c"\.txt$', printed, re.MULTILINE)) == lists
    assert printed.endswith("2 rows\n")
    assert "甘肃省永靖县人民政府办公室关于某项工作的通知.txt" in printed
