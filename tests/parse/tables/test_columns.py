"""Several columns of figures side by side: only the report's own is its year's."""

import pytest

from tasks.parse.tables.columns import periods_by_head
from tasks.parse.tables.formfiles import forms
from tasks.parse.tables.read import read_tables
from tests.parse.tables.grids import Sheet, table, values_of


@pytest.mark.parametrize(
    ("heads", "publisher", "own"),
    [
        (["县粮食局", "县农机局"], "山前县农机局", {2: "year"}),
        (["山前县粮食局", "农机局", "合计"], "山前县农机局", {2: "year"}),
        (["柳树镇", "石桥镇", "合计"], "山前县石桥镇人民政府", {2: "year"}),
        (["柳树镇", "石桥镇"], "山前县石桥镇人民政府", {2: "year"}),
        (["县直部门", "乡镇", "合计"], "山前县人民政府", {3: "year"}),
        (["县直部门", "乡镇", "合计"], "山前县农机局", {}),
        (["县人民政府", "乡镇", "合计"], "山前县人民政府", {}),
        (["县粮食局", "县农机局"], None, {}),
        (["局", "处"], "山前县农机局", {}),
        (["2015年", "2016年", "增减"], None, {1: "previous_year", 2: "year"}),
        (["2016年度统计数", "2014年统计数"], None, {1: "year"}),
        (["2016年县直", "2016年乡镇"], None, {}),
        (["2016年", "2016年度"], None, {}),
        (["2016年", "历年累计", "备注"], None, {}),
        (["上半年", "下半年", "2016年"], None, {3: "year"}),
        (["统计数", "上年数"], None, {1: "year", 2: "previous_year"}),
        (["统计数", "计划数"], None, {}),
        (["一季度", "二季度", "全年"], None, {3: "year"}),
    ],
)
def test_the_report_s_own_columns(heads: list[str], publisher: str | None, own: dict[int, str]) -> None:
    assert periods_by_head(dict(enumerate(heads, 1)), forms(), 2016, publisher) == own


ROWS = [
    ["主动公开政府信息数", "条", "5", "71", ""],
    ["收到申请数", "件", "", "4", "3"],
    ["传真申请数", "件", "2", "", "1"],
]


@pytest.mark.parametrize("ragged", [False, True])
def test_the_column_of_the_body_that_reports(ragged: bool) -> None:
    heads = ["统计指标", "单位", "县粮食局", "县农机局", "县林业局"]
    reading = read_tables(table(heads, *ROWS, ragged=ragged), 2016, "山前县农机局")
    assert values_of(reading) == {("proactive.total", "total"): 71, ("request.received.new", "total"): 4}


def test_the_whole_year_beside_its_quarters() -> None:
    rows = [["统计指标", "单位", "一季度", "二季度", "三季度", "四季度", "全年"], ["收到申请数", "件", *"12014"]]
    assert values_of(read_tables(table(*rows), 2016)) == {("request.received.new", "total"): 4}


def test_text_rows_that_have_lost_a_blank_stay_unread() -> None:
    heads = ["统计指标", "单位", "县粮食局", "县农机局", "县林业局"]
    reading = read_tables(table(heads, ["收到申请数", "件", "4", "3"], ragged=True), 2016, "山前县农机局")
    assert reading.stated == ()
    assert len(reading.findings) == 1


def test_heads_over_heads_tell_nothing() -> None:
    sheet = Sheet()
    heads = [(0, 0, 2, 1, "统计指标"), (0, 1, 1, 2, "2015年"), (0, 3, 1, 2, "2016年")]
    below = [(1, column, 1, 1, name) for column, name in enumerate(["县直", "合计", "县直", "合计"], 1)]
    row = [(2, column, 1, 1, text) for column, text in enumerate(["收到申请数", "1", "2", "3", "4"])]
    sheet.table([*heads, *below, *row], ragged=False)
    reading = read_tables(sheet.document(), 2016, "山前县人民政府")
    assert reading.stated == ()
    assert len(reading.findings) == 1
