"""What whole sentences state, and nothing beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tasks.model import Noise
from tasks.parse.prose.read import read_prose
from tests.parse.documents import from_lines

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_sentence_states_exactly(case: dict[str, Any]) -> None:
    text = case.get("context", "一、概述") + "\n" + case["text"]
    reading = read_prose(from_lines(text), (), case["year"], case.get("publisher"))
    stated: dict[str, float] = {}
    for fact in reading.stated:
        name = fact.indicator_id + (f"/{fact.period}" if fact.period != "year" else "")
        name = name if fact.applicant_type == "total" else f"{name}@{fact.applicant_type}"
        assert name not in stated
        stated[name] = fact.value
        assert fact.quote_span[0] <= fact.value_span[0] < fact.value_span[1] <= fact.quote_span[1]
    assert stated == pytest.approx(case["states"])
    taken = {fact.value_span for fact in reading.stated}
    assert not taken & set(reading.reasons)


def test_covered_spans_are_left_to_the_tables() -> None:
    text = "主动公开政府信息12条。\n主动公开政府信息34条。"
    reading = read_prose(from_lines(text), [(0, 13)], 2015, None)
    assert [fact.value for fact in reading.stated] == [34]
    assert all(start > 13 for start, _ in reading.reasons)


def test_number_at_the_end_of_a_cut_text_is_not_trusted() -> None:
    cut = read_prose(from_lines("全年主动公开政府信息12", truncated=True), (), 2015, None)
    whole = read_prose(from_lines("全年主动公开政府信息12条,其中", truncated=True), (), 2015, None)
    assert not cut.stated
    assert set(cut.reasons.values()) == {"truncated"}
    assert [fact.value for fact in whole.stated] == [12]


def test_number_that_touches_damage_is_not_trusted() -> None:
    text = "全年主动公开政府信息812条。"
    reading = read_prose(from_lines(text, noise=(Noise(8, 10, "mojibake"),)), (), 2015, None)
    assert not reading.stated
    assert "damaged" in reading.reasons.values()


def test_every_numeral_is_stated_or_has_a_reason() -> None:
    text = "".join(case["text"] + "\n" for case in CASES)
    reading = read_prose(from_lines(text), (), 2015, None)
    assert len(reading.reasons) > 40
    unexplained = [text[start:end] for (start, end), reason in reading.reasons.items() if reason == "unexplained"]
    assert len(unexplained) <= 0.02 * (len(reading.reasons) + len(reading.stated))


def test_qualifiers_and_yuan() -> None:
    text = "全年主动公开政府信息近300条。收到政府信息公开申请20余件。收取信息处理费1250元。"
    facts = {fact.indicator_id: fact for fact in read_prose(from_lines(text), (), 2022, None).stated}
    assert facts["proactive.total"].qualifier == "approximate"
    assert facts["request.received.new"].qualifier == "at_least"
    assert facts["request.fees_collected"].value == pytest.approx(0.125)
    assert facts["request.fees_collected"].unit == "万元"


def test_a_report_of_a_year_before_the_first_form_is_read() -> None:
    stated = read_prose(from_lines("全年未制发规范性文件。未收到信息公开申请。"), (), 2007, None).stated
    assert [(fact.indicator_id, fact.value) for fact in stated] == [("request.received.new", 0)]
