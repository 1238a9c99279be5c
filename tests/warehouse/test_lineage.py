from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tasks.model import CellRow, Numeral
from tasks.parse.prose.reasons import SCOPE_REASONS
from tasks.parse.rulefile import read
from tests.made import document, home_in, item, parsed, publish_items
from warehouse.catalogue import numeral_reasons
from warehouse.lineage import explain, trace
from warehouse.query import QueryError


def test_trace_leads_from_a_fact_to_its_bytes(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    made = parsed("folder/a.txt", "r1", {"proactive.total": 57}, url="https://www.some.gov.cn/a")
    fact = made.facts[0]._replace(method="table")
    cells = tuple(
        CellRow(fact.document_id, 1, 2, column, 1, 1, "57", "number", None, None, start, fact.char_end)
        for column, start in ((1, 0), (3, fact.char_start))
    )
    publish_items(home, "run1", [item(replace(made, facts=(fact,), cells=cells))])
    lines = dict(line.split(maxsplit=1) for line in trace(home, fact.fact_id))
    assert lines["fact"] == "proactive.total (主动公开政府信息数) [total]"
    assert lines["value"] == "57 件 (exact), written 57"
    assert lines["quote"].endswith("【proactive.total是57件】。")
    assert lines["cell"] == "table 1, row 2, column 3: 57"
    assert lines["section"] == "1 总体情况"
    assert lines["document"] == "folder/a.txt"
    assert lines["address"] == "https://www.some.gov.cn/a"
    assert lines["fetched"] == "2024-04-01 08:00:00 UTC"
    assert lines["SHA-256"] == fact.document_id
    assert lines["bytes"] == str(home.raw / fact.document_id[:2] / fact.document_id)
    assert lines["run"].startswith("run1 ")
    assert lines["code"] == "1+abc"


def test_explain_marks_every_numeral(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    made = parsed("a.txt", "r1", {"x": 57, "y": 8})
    source, fact = made.document.source_text, made.facts[0]
    numerals = tuple(
        Numeral(fact.document_id, at, at + len(text), text, float(text), taken, None if taken else "a_reason")
        for text, taken in (("57", fact.fact_id), ("8", None))
        for at in [source.index(text)]
    )
    publish_items(home, "run1", [item(replace(made, facts=(fact,), numerals=numerals))])
    for wanted in ("r1", fact.document_id):
        shown = "\n".join(explain(home, wanted))
        assert "x是57【x】件。y是8〔a_reason〕件。" in shown
        assert "2 numerals, 1 in facts" in shown


def test_explain_says_which_period_and_whose_a_number_is(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    made = parsed("a.txt", "r1", {"x": 57, "y": 8})
    last, legal = made.facts
    facts = (last._replace(period="previous_year"), legal._replace(applicant_type="enterprise", period="cumulative"))
    source = made.document.source_text
    numerals = tuple(
        Numeral(f.document_id, at, at + len(f.value_text), f.value_text, f.value, f.fact_id, None)
        for f in facts
        for at in [source.index(f.value_text, f.char_start)]
    )
    publish_items(home, "run1", [item(replace(made, facts=facts, numerals=numerals))])
    shown = "\n".join(explain(home, "r1"))
    assert "x是57【x previous_year】件。y是8【y enterprise cumulative】件。" in shown


def test_explain_marks_words_that_state_none_and_says_what_its_reasons_mean(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    made = parsed("a.txt", "r1", {"x": 57})
    source, fact = made.document.source_text, made.facts[0]
    none = fact._replace(
        fact_id="none", indicator_id="nothing", value=0.0, value_text="x是", char_start=fact.char_start
    )
    at = source.index("57")
    numerals = (Numeral(fact.document_id, at, at + 2, "57", 57.0, None, "traffic"),)
    publish_items(home, "run1", [item(replace(made, facts=(none,), numerals=numerals))])
    shown = explain(home, "r1")
    assert any("x是【nothing】57〔traffic〕件。" in line for line in shown)
    assert shown[-1] == "〔traffic〕 Visits, readers, followers"


def test_every_reason_that_a_rule_may_give_is_described() -> None:
    given = {row["reason"] for row in read("prose/reasons.yaml")["rules"]}
    scopes = {row["scope"] for row in read("prose/scope.yaml")["rules"] if "scope" in row}
    given |= {SCOPE_REASONS.get(scope, scope) for scope in scopes - {"year", "cumulative", "to_date"}}
    assert given <= numeral_reasons().keys()


def test_what_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    publish_items(home, "run1", [item(document("a.txt", "一"))])
    with pytest.raises(QueryError, match="no fact f1"):
        trace(home, "f1")
    with pytest.raises(QueryError, match="no report or document r1"):
        explain(home, "r1")
