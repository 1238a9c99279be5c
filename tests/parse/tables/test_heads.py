"""What the heads say of the columns below them: which there are, of which part and period, and which are foreign."""

from typing import Any

import pytest

from tasks.parse.rulefile import read
from tasks.parse.tables.read import read_tables
from tests.parse.tables.grids import APPLICANTS, Sheet, table, values_of


def test_the_note_in_the_head_and_a_foreign_row_are_nobodys() -> None:
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    rows = [[note, *APPLICANTS], ["申请人年龄", *"1111111"], ["一、本年新收政府信息公开申请数量", *"0000000"]]
    values = values_of(read_tables(table(*rows, ragged=True)))
    assert set(values.values()) == {0}
    statistics = [
        ["指标名称", "单位", "统计数"],
        ["制发规范性文件总数", "件", "3"],
        ["主动公开机构设置及人事信息", "条", "88"],
    ]
    assert values_of(read_tables(table(*statistics))) == {("proactive.normative_documents.issued", "total"): 3}


def test_columns_of_the_form_of_2008_are_periods() -> None:
    heads = ["指标名称", "计量单位", "代码", "2010年度", "历年累计"]
    reading = read_tables(
        table(heads, ["主动公开信息数", "条", "01", "25", "310"], ["申请总数", "条", "10", "4", "31"])
    )
    assert values_of(reading) == {("proactive.total", "total"): 25, ("request.received.new", "total"): 4}
    assert values_of(reading, "cumulative")["proactive.total", "total"] == 310
    assert reading.generation == "2008"


def test_a_part_of_the_year_is_not_the_year() -> None:
    heads = ["指标名称", "计量单位", "代码", "本期实际", "本年累计"]
    reading = read_tables(table(heads, ["主动公开信息数", "条", "01", "25", "90"], ["申请总数", "条", "10", "4", "4"]))
    assert values_of(reading) == {("proactive.total", "total"): 90, ("request.received.new", "total"): 4}


def test_a_month_beside_the_year_to_date_is_none_of_the_year() -> None:
    heads = ["指标名称", "计算单位", "代码", "本月累计", "年度累计"]
    rows = [
        ["主动信息公开", "条", "01", "25", "90"],
        ["申请总数", "条", "12", "4", "9"],
        ["全职人员", "人", "50**", "1", "2"],
    ]
    assert values_of(read_tables(table(heads, *rows))) == {
        ("proactive.total", "total"): 90,
        ("request.received.new", "total"): 9,
        ("capacity.staff.full_time", "total"): 2,
    }
    reading = read_tables(table(heads[:-1], *(row[:-1] for row in rows)))
    assert reading.stated == ()
    assert len(reading.findings) == 3


def test_a_row_in_words_of_another_form_leaves_the_table_what_it_is() -> None:
    heads = ["指标名称", "计算单位", "代码", "统计数"]
    rows = [["属于国家秘密的公文类信息数", "条", "11", "6"], ["申请总数", "条", "12", "4"]]
    assert values_of(read_tables(table(heads, *rows))) == {("request.received.new", "total"): 4}


def test_channels_below_the_total_of_the_form_of_2008() -> None:
    head = ["指标名称", "计量单位", "2010年度", "历年累计"]
    below = [["其中:1.政府网站", "条", "31", "90"], ["2.政府公报", "条", "4", "20"]]
    noted = [["其中:1.政府网站（条）", "31", "90"], ["2.政府公报（条）", "4", "20"]]
    for rows in (below, noted):
        reading = read_tables(table(head, ["主动公开信息数", "条", "37", "120"], *rows))
        assert values_of(reading) == {
            ("proactive.total", "total"): 37,
            ("proactive.channel.website", "total"): 31,
            ("proactive.channel.gazette", "total"): 4,
        }


def test_fifteen_numbers_need_no_label() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    numbers = [str(number) for number in range(1, 16)]
    rows = [["行政复议", "行政诉讼"], ["未经复议直接起诉", "复议后起诉"], heads * 3, numbers]
    values = values_of(read_tables(table(*rows, ragged=True)))
    assert values["reconsideration.upheld", "total"] == 1
    assert values["litigation.direct.total", "total"] == 10
    assert values["litigation.after_reconsideration.total", "total"] == 15
    cut = ["结", "结", "其", "尚", "总"] * 3 + ["果", "果", "他", "未", "计"] * 3
    values = values_of(read_tables(table(["行政复议", "行政诉讼"], cut, numbers, ragged=True)))
    assert values["litigation.direct.upheld", "total"] == 6


def test_each_part_of_section_four_may_stand_as_a_table() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    sheet = Sheet()
    sheet.line("四、政府信息公开行政复议、行政诉讼情况")
    for first, part in ((1, "行政复议"), (6, "行政诉讼（未经复议直接起诉）"), (11, "行政诉讼（复议后起诉）")):
        sheet.line(part)
        numbers = [str(first + place) for place in range(5)]
        cells = [(0, place, 1, 1, head) for place, head in enumerate(heads)]
        sheet.table(cells + [(1, place, 1, 1, number) for place, number in enumerate(numbers)], ragged=True)
    sheet.line("五、存在的主要问题")
    values = values_of(read_tables(sheet.document()))
    assert len(values) == 15
    assert values["reconsideration.total", "total"] == 5
    assert values["litigation.direct.corrected", "total"] == 7
    assert values["litigation.after_reconsideration.pending", "total"] == 14


def test_two_parts_of_section_four_may_stand_as_a_table() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [["行政诉讼"], ["未经复议直接起诉", "复议后起诉"], heads * 2, [str(number) for number in range(1, 11)]]
    values = values_of(read_tables(table(*rows, ragged=True)))
    assert len(values) == 10
    assert values["litigation.direct.total", "total"] == 5
    assert values["litigation.after_reconsideration.upheld", "total"] == 6


def test_empty_columns_between_the_heads_part_nothing() -> None:
    rows = [["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政处罚", "4", "-1", "2"]]
    apart = [[text for cell in row for text in (cell, "")] for row in rows]
    assert sorted(values_of(read_tables(table(*apart))).values()) == [-1, 2, 4]


def test_a_column_under_another_head_is_not_the_form_s() -> None:
    heads = ["信息内容", "上一年项目数量", "本年数量", "处理决定数量"]
    values = values_of(read_tables(table(heads, ["行政处罚", "4", "1", "2"], ["行政强制", "0", "6", "3"], ragged=True)))
    assert values == {
        ("decisions.penalty.items_last_year", "total"): 4,
        ("decisions.penalty.decided", "total"): 2,
        ("decisions.coercion.items_last_year", "total"): 0,
        ("decisions.coercion.decided", "total"): 3,
    }


def test_heads_of_another_table_make_a_row_nobody_s() -> None:
    rows = [
        ["信息内容", "采购项目数量", "采购总金额（万元）"],
        ["政府集中采购", "3", "20"],
        ["信息内容", "上一年项目数量", "本年增/减"],
        ["政府集中采购", "0", "0"],
    ]
    assert sorted(values_of(read_tables(table(*rows[:2], ragged=True))).values()) == [3, 20]
    assert values_of(read_tables(table(*rows[2:], ragged=True))) == {}
    decisions = [["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政处罚", "4", "1", "2"]]
    assert sorted(values_of(read_tables(table(*decisions, *rows[2:], ragged=True))).values()) == [1, 2, 4]


@pytest.mark.parametrize("ragged", [True, False])
def test_a_table_of_requests_without_some_of_the_columns(ragged: bool) -> None:
    head = ["项目", *APPLICANTS[:-1]]
    rows = [["一、本年新收政府信息公开申请数量", *"123456"], ["（一）予以公开", *"100003"]]
    values = values_of(read_tables(table(head, *rows, ragged=ragged)))
    assert values["request.received.new", "other_org"] == 6
    assert values["request.outcome.granted", "natural_person"] == 1
    assert not any(applicant == "total" for _, applicant in values)
    total = values_of(read_tables(table(["项目", "总计"], *[[row[0], row[-1]] for row in rows], ragged=ragged)))
    assert total == {("request.received.new", "total"): 6, ("request.outcome.granted", "total"): 3}
    sums = [["一、本年新收政府信息公开申请数量", *"120003"]]
    assert not read_tables(table(head, *sums, ragged=ragged)).stated  # the last is the total, and a blank is lost
    unknown = ["项目", *APPLICANTS[:4], "外国人", APPLICANTS[5]]
    assert not read_tables(table(unknown, *rows, ragged=ragged)).stated


@pytest.mark.parametrize("ragged", [True, False])
def test_columns_of_section_three_in_another_order(ragged: bool) -> None:
    row = ["一、本年新收政府信息公开申请数量", *"7001231"]
    for head in (
        [["申请人情况", APPLICANTS[-1], *APPLICANTS[:-1]]],
        [["申请人情况"], [APPLICANTS[-1], APPLICANTS[0], "法人或其他组织"], APPLICANTS[1:-1]],
    ):
        reading = read_tables(table(*head, row, ragged=ragged))
        assert values_of(reading)["request.received.new", "total"] == 7
        assert values_of(reading)["request.received.new", "natural_person"] == 0
        assert values_of(reading)["request.received.new", "nonprofit"] == 2
        assert not read_tables(table(*head, row[:-1], ragged=ragged)).stated


def test_the_last_year_beside_this() -> None:
    rows = [["统计指标", "单位", "上年度", "本年度"], ["收到申请数", "件", "5", "4"]]
    reading = read_tables(table(*rows))
    assert values_of(reading) == {("request.received.new", "total"): 4}
    assert values_of(reading, "previous_year") == {("request.received.new", "total"): 5}


def test_a_misprinted_head_is_the_form_s() -> None:
    rows = [["信息内容", "本年制发件数", "本年废除件数", "现行有效件数"], ["规章", "1", "2", "3"]]
    values = values_of(read_tables(table(*rows, ragged=True)))
    assert values["content.regulations.repealed", "total"] == 2


@pytest.mark.parametrize("heads", [["2015", "2016"], ["县粮食局", "县农机局"], ["统计数", "计划数"]])
@pytest.mark.parametrize("ragged", [False, True])
def test_two_figures_below_one_head_or_none_have_two_readings(heads: list[str], ragged: bool) -> None:
    rows = [["统计指标", *heads], ["主动公开政府信息数", "71", "2"], ["收到申请数", "4", "3"]]
    reading = read_tables(table(*rows, ragged=ragged))
    assert reading.stated == ()
    assert len(reading.findings) == 2


def test_the_next_row_s_number_where_a_column_numbers_the_rows() -> None:
    cells = ["序号", "统计指标", "单位", "数量", "1", "主动公开政府信息数", "条", "71", "2", "收到申请数", "件", "4"]
    assert values_of(read_tables(table(*([cell] for cell in cells), ragged=True))) == {
        ("proactive.total", "total"): 71,
        ("request.received.new", "total"): 4,
    }


def test_columns_of_several_years() -> None:
    heads = ["统计指标", "2014年", "2015年", "2016年"]
    document = table(heads, ["主动公开政府信息数", "5", "71", "2"], ["收到申请数", "9", "4", "3"])
    reading = read_tables(document, 2016)
    assert values_of(reading) == {("proactive.total", "total"): 2, ("request.received.new", "total"): 3}
    before = {("proactive.total", "total"): 71, ("request.received.new", "total"): 4}
    assert values_of(reading, "previous_year") == before
    assert read_tables(document).stated == ()


@pytest.mark.parametrize("entry", read("forms/statistics.yaml")["label_periods"], ids=lambda entry: entry["word"])
def test_words_before_a_label_say_of_what_time_it_is(entry: dict[str, Any]) -> None:
    for label in entry["examples"]:
        reading = read_tables(table(["统计指标", "数量"], [label, "9"]), 2016)
        assert [item.period for item in reading.stated] == [entry["period"]] * (entry["period"] is not None)


@pytest.mark.parametrize(
    ("label", "period"),
    [("2016年收到申请数", "year"), ("2015年度收到申请数", "previous_year"), ("2012年收到申请数", None)],
)
def test_a_year_before_a_label(label: str, period: str | None) -> None:
    document = table(["统计指标", "数量"], [label, "9"])
    assert [item.period for item in read_tables(document, 2016).stated] == [period] * (period is not None)
    assert read_tables(document).stated == ()


@pytest.mark.parametrize(
    ("head", "period"), [("2016年", "year"), ("2015年统计数", "previous_year"), ("2013年", None), ("数量", "year")]
)
def test_a_single_column_is_of_the_year_that_heads_it(head: str, period: str | None) -> None:
    document = table(["统计指标", head], ["收到申请数", "9"])
    assert [item.period for item in read_tables(document, 2016).stated] == [period] * (period is not None)
    assert [item.period for item in read_tables(document).stated] == ["year"]
