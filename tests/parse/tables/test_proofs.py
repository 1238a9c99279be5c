"""Rows whose digits run together or whose blanks are lost: what the sums of the columns prove, and no more."""

from __future__ import annotations

from random import Random

import pytest

from tasks.parse.tables.read import TableReading
from tests.parse.tables.grids import section_three, values_of
from tests.render.facts import APPLICANTS, Figures
from tests.render.figures import random_figures

LABELS = {
    "request.received.new": "一、本年新收政府信息公开申请数量",
    "request.received.carried_in": "二、上年结转政府信息公开申请数量",
    "request.outcome.granted": "（一）予以公开",
    "request.outcome.partial": "（二）部分公开",
    "request.outcome.denied.state_secret": "1.属于国家秘密",
    "request.outcome.denied.law_prohibits": "2.其他法律行政法规禁止公开",
    "request.outcome.denied.safety_stability": "3.危及“三安全一稳定”",
    "request.outcome.denied.third_party_rights": "4.保护第三方合法权益",
    "request.outcome.denied.internal_affairs": "5.属于三类内部事务信息",
    "request.outcome.denied.deliberative_process": "6.属于四类过程性信息",
    "request.outcome.denied.enforcement_file": "7.属于行政执法案卷",
    "request.outcome.denied.administrative_inquiry": "8.属于行政查询事项",
    "request.outcome.unable.not_held": "1.本机关不掌握相关政府信息",
    "request.outcome.unable.needs_creation": "2.没有现成信息需要另行制作",
    "request.outcome.unable.still_unclear": "3.补正后申请内容仍不明确",
    "request.outcome.not_processed.petition_complaint": "1.信访举报投诉类申请",
    "request.outcome.not_processed.repeated": "2.重复申请",
    "request.outcome.not_processed.public_publications": "3.要求提供公开出版物",
    "request.outcome.not_processed.excessive": "4.无正当理由大量反复申请",
    "request.outcome.not_processed.reissue_confirmation": "5.要求行政机关确认或重新出具已获取信息",
    "request.outcome.other": "（六）其他处理",
    "request.outcome.total": "（七）总计",
    "request.carried_out": "四、结转下年度继续办理",
}


def _row(figures: Figures, indicator: str) -> list[str]:
    return [f"{figures[indicator, applicant]:.0f}" for applicant in APPLICANTS]


def _glued(figures: Figures) -> TableReading:
    return section_three(*([label, "".join(_row(figures, name))] for name, label in LABELS.items()))


def test_digits_that_run_together_are_read_as_the_columns_prove() -> None:
    read = printed = 0
    for seed in range(40):
        figures = random_figures(Random(seed), "2019", ("township", "county", "prefecture")[seed % 3])
        values = values_of(_glued(figures))
        assert values == {key: figures[key] for key in values}
        read, printed = read + len(values), printed + 7 * len(LABELS)
    assert read > 0.97 * printed


def test_a_row_that_cuts_in_two_ways_is_told_by_the_other_rows() -> None:
    glued = ["（一）予以公开", "110000011"]  # 1 10 0 0 0 0 11, or 11 0 0 0 0 0 11
    partial = ["（二）部分公开", *"3000003"]
    values = values_of(section_three(glued, partial, ["（七）总计", "4", "10", "0", "0", "0", "0", "14"]))
    assert values["request.outcome.granted", "natural_person"] == 1
    assert values["request.outcome.granted", "enterprise"] == 10
    unproved = values_of(section_three(glued, partial))
    assert {indicator for indicator, _ in unproved} == {"request.outcome.partial"}


def test_lost_blanks_give_what_all_readings_share() -> None:
    rows = [
        ["一、本年新收政府信息公开申请数量", "4", "2", "6"],
        ["二、上年结转政府信息公开申请数量", "1", "1"],
        ["（一）予以公开", "3", "1", "4"],
        ["（二）部分公开", "2", "2"],
        ["（七）总计", "5", "1", "6"],
        ["四、结转下年度继续办理", "1", "1"],
    ]
    assert values_of(section_three(*rows)) == {
        ("request.received.new", "total"): 6,
        ("request.received.carried_in", "total"): 1,
        ("request.outcome.granted", "total"): 4,
        ("request.outcome.partial", "total"): 2,
        ("request.outcome.total", "total"): 6,
        ("request.carried_out", "total"): 1,
    }


@pytest.mark.parametrize("wrong", ["（一）予以公开", "（七）总计"])
def test_rows_that_contradict_each_other_prove_nothing(wrong: str) -> None:
    rows = {"（一）予以公开": ["3", "1", "4"], "（二）部分公开": ["2", "2"], "（七）总计": ["5", "1", "6"]}
    rows[wrong] = ["9", "1", "10"]
    assert values_of(section_three(*([label, *values] for label, values in rows.items()))) == {}


def test_a_row_of_unknown_label_with_numbers_leaves_the_others_unproved() -> None:
    rows = [["（一）予以公开", "3", "1", "4"], ["（七）总计", "3", "1", "4"], ["申请人年龄", "8", "8"]]
    assert values_of(section_three(*rows)) == {}
