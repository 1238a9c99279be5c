"""Each rule of prose reads its examples and leaves its traps alone."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.parse.prose.holders import ReportFacts
from tasks.parse.prose.numerals import find_numerals
from tasks.parse.prose.read import read_prose
from tasks.parse.prose.rules import RULE_FILES, units
from tasks.parse.prose.scope import scope_of
from tasks.parse.prose.sentences import masked_sentences
from tasks.parse.rulefile import read
from tasks.parse.stated import Stated
from tests.parse.documents import from_lines

RULES: list[dict[str, Any]] = [rule for name in RULE_FILES for rule in read(f"prose/{name}")]
NONES: list[dict[str, Any]] = read("prose/nones.yaml")["targets"]


def stated_in(text: str, year: int | None) -> tuple[Stated, ...]:
    return read_prose(from_lines(text + "。"), (), year, None).stated


def year_for(rule: dict[str, Any], text: str) -> int:
    years = [int(token.value or 0) for token in find_numerals(text).tokens if token.kind == "year"]
    low, high = rule.get("years", (2008, 2099))
    fitting = [year for year in years if low <= year <= high]
    return fitting[0] if fitting else min(max(2017, low), high)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_rule_reads_its_examples(rule: dict[str, Any]) -> None:
    for text, value in rule["examples"].items():
        found = [s for s in stated_in(text, year_for(rule, text)) if s.rule_id == rule["id"] and s.value == value]
        assert found, text
        assert all(s.indicator_id in units() for s in found)


@pytest.mark.parametrize("rule", [r for r in RULES + NONES if "traps" in r], ids=lambda rule: rule["id"])
def test_rule_leaves_its_traps(rule: dict[str, Any]) -> None:
    for text in rule["traps"]:
        assert not [s for s in stated_in(text, year_for(rule, text)) if s.rule_id == rule["id"]], text


@pytest.mark.parametrize("rule", NONES, ids=lambda rule: rule["id"])
def test_none_is_read_as_zero(rule: dict[str, Any]) -> None:
    for text in rule["examples"]:
        found = [s for s in stated_in(text, year_for(rule, text)) if s.rule_id == rule["id"]]
        assert [s.value for s in found] == [0.0], text
        start, end = found[0].value_span
        assert 0 <= found[0].quote_span[0] <= start < end <= found[0].quote_span[1] <= len(text)


@pytest.mark.parametrize("entry", read("prose/scope.yaml")["rules"], ids=lambda entry: entry["example"])
def test_scope_of_examples(entry: dict[str, Any]) -> None:
    everyone = frozenset(("whole", "below"))
    for by in entry.get("of", ["government"]):
        for year, scope in entry.get("by_year", {2018: entry.get("scope")}).items():
            assert _last_scope(entry["example"], ReportFacts(year, by, everyone)) == scope
    if "of" in entry or "besides" in entry:
        assert _last_scope(entry["example"], ReportFacts(2018)) == "year"
    if "counter" in entry:
        assert _last_scope(entry["counter"], ReportFacts(2018)) == "year"


def _last_scope(text: str, report: ReportFacts) -> str:
    numerals = find_numerals(text).tokens
    (sentence,) = masked_sentences(text, [(0, len(text))], numerals, 2018)
    return scope_of(sentence.mask, sentence.mask.rindex("#"), report)


@pytest.mark.parametrize("entry", read("prose/reasons.yaml")["rules"], ids=lambda entry: entry["example"])
def test_reason_of_examples(entry: dict[str, str]) -> None:
    text = entry["example"] + "。"
    reasons = read_prose(from_lines(text), (), 2018, None).reasons
    assert reasons[max(reasons)] == entry["reason"]
