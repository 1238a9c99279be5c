"""Two real reports against what a person read in them, where the checkout has them beside it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tasks.clean.clean import clean
from tasks.model import Parsed, RawDocument
from tasks.parse.parse import parse

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
GOLD = CORPUS / "gold.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in GOLD.open(encoding="utf-8")] if GOLD.exists() else []
SEED = [line["source_ref"] for line in LINES if line["source_ref"].endswith(".txt")]


@cache
def _parsed(name: str) -> Parsed:
    content = (CORPUS / "real" / name).read_bytes()
    return parse(clean(RawDocument(sha256(content).hexdigest(), name, content, datetime(2026, 1, 1, tzinfo=UTC))))


@pytest.mark.parametrize("gold", LINES, ids=lambda line: line["source_ref"])
class TestGold:
    def test_whose_report_it_is(self, gold: dict[str, Any]) -> None:
        report = _parsed(gold["source_ref"]).report
        assert report is not None
        assert {key: getattr(report, key) for key in gold["report"]} == gold["report"]

    def test_facts(self, gold: dict[str, Any]) -> None:
        facts = _parsed(gold["source_ref"]).facts
        stated = {
            (fact.indicator_id, fact.applicant_type, fact.value, fact.method)
            for fact in facts
            if fact.is_primary and fact.period == "year" and fact.indicator_id.split(".")[0] in gold["families"]
        }
        assert stated == {(name, applicant, float(value), method) for name, applicant, value, method in gold["facts"]}

    def test_every_quote_states_its_value(self, gold: dict[str, Any]) -> None:
        parsed = _parsed(gold["source_ref"])
        assert parsed.facts
        for fact in parsed.facts:
            assert parsed.document.source_text[fact.char_start : fact.char_end] == fact.quote
            assert fact.value_text in fact.quote

    def test_missing_parts(self, gold: dict[str, Any]) -> None:
        missing = {part.part for part in _parsed(gold["source_ref"]).parts if part.status == "missing"}
        assert missing == set(gold["missing_parts"])

    def test_no_identity_fails(self, gold: dict[str, Any]) -> None:
        errors = [check for check in _parsed(gold["source_ref"]).checks if check.severity == "error"]
        assert [check for check in errors if check.status == "fail"] == []

    def test_numerals_are_accounted_for(self, gold: dict[str, Any]) -> None:
        numerals = _parsed(gold["source_ref"]).numerals
        assert all((numeral.fact_id is None) != (numeral.reason is None) for numeral in numerals)
        assert sum(numeral.reason == "unexplained" for numeral in numerals) <= 0.02 * len(numerals)


@pytest.mark.parametrize("name", SEED)
class TestMirror:
    def test_wording_is_restored_and_nothing_else(self, name: str) -> None:
        document = _parsed(name).document
        for words in ("互联网+政务服务", "规范性文件", "统一窗口出件", "内部程序", "中小学减负", "着力加强"):
            assert words in document.text
        for words in ("执行", "指标体系", "整合", "新增", "建立"):
            assert words in document.text
        assert len(document.substitutions) == 10

    def test_chrome_is_left_out_of_the_text_and_kept_in_the_source(self, name: str) -> None:
        document = _parsed(name).document
        for words, source in (("相关词条", "相關詞條"), ("热门词条", "熱門詞條"), ("联络我们", "聯絡我們")):
            assert words not in document.text
            assert source in document.source_text

    def test_sections(self, name: str) -> None:
        numbers = [section.section_no for section in _parsed(name).sections]
        assert numbers == ["1", "1.1", "1.2", "1.3", "1.4", "2", "2.1"]

    def test_citations(self, name: str) -> None:
        titles = [citation.title for citation in _parsed(name).citations]
        assert len(titles) == 10
        assert "国务院办公厅印发〈关于全面推进政务公开工作的意见〉实施细则的通知" in titles

    def test_channel_identity_passes(self, name: str) -> None:
        status = {check.identity_id: check.status for check in _parsed(name).checks}
        assert status["proactive.channels"] == "pass"
