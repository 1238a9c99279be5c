"""Numbers as cells write them, and what becomes of a cell that writes none."""

import pytest

from tasks.parse.tables.amounts import in_unit, read_amount
from tasks.parse.tables.read import read_tables
from tests.parse.tables.grids import cells_of, table, values_of


@pytest.mark.parametrize(
    ("text", "value", "unit", "numeral"),
    [
        ("0", 0, None, "0"),
        ("1,234", 1234, None, "1,234"),
        ("12，345.60", 12345.6, None, "12，345.60"),
        ("+19", 19, None, "+19"),
        ("-35", -35, None, "-35"),
        ("－7", -7, None, "－7"),
        ("--41", -41, None, "--41"),
        ("增15", 15, None, "增15"),
        ("增加 3", 3, None, "增加 3"),
        ("减4", -4, None, "减4"),
        ("减少2项", -2, "项", "减少2"),
        ("1276.5534万元", 1276.5534, "万元", "1276.5534"),
        (" 112", 112, None, "112"),
        ("3.2万", 3.2, "万", "3.2"),
        ("100%", 100, "%", "100"),
        ("41（含上年结转1件）", 41, None, "41"),
        ("减2(已取消)", -2, None, "减2"),
        ("? 3", 3, None, "3"),
        ("860（元）", 860, "元", "860"),
        ("14.2万元整", 14.2, "万元", "14.2"),
        ("5。", 5, None, "5"),
    ],
)
def test_a_number_with_its_sign_and_unit(text: str, value: float, unit: str | None, numeral: str) -> None:
    amount = read_amount(text)
    assert amount is not None
    assert (amount.value, amount.unit, text[slice(*amount.span)]) == (value, unit, numeral)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "—",
        "无",
        "1.属于国家秘密",
        "2021年",
        "约30",
        "3.",
        "0 0 0",
        "1,23",
        "12-15",
        "三",
        "3(2)",
        "2021年(度)",
        "?",
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "wanted", "column", "value"),
    [
        ("80400元", "万元", None, 8.04),
        ("80400", "万元", "元", 8.04),
        ("26.55", "万元", "万元", 26.55),
        ("1.5亿元", "万元", "万元", 15000),
        ("8040", "万元", None, None),
        ("0", "万元", None, 0),
        ("3.2万", "条", None, 32000),
        ("12件", "条", None, 12),
        ("64%", "条", None, None),
        ("64%", "%", None, 64),
        ("3200元", "件", None, None),
    ],
)
def test_a_unit_is_converted_only_where_it_is_written(
    text: str, wanted: str, column: str | None, value: float | None
) -> None:
    amount = read_amount(text)
    assert amount is not None
    assert in_unit(amount, wanted, column) == (value if value is None else pytest.approx(value, abs=1e-9))


@pytest.mark.parametrize("digits", [16, 38, 400])
def test_more_digits_than_a_count_has_are_no_number(digits: int) -> None:
    rows = [["行政许可", "7" * digits], ["行政处罚", "7" * 9]]
    reading = read_tables(table(["信息内容", "本年处理决定数量"], *rows))
    assert values_of(reading) == {("decisions.penalty.decided", "total"): 777_777_777}
    assert [cell.status for cell in cells_of(reading) if len(cell.text) == digits] == ["unread"]


@pytest.mark.parametrize(
    ("head", "cell", "value"),
    [
        ("采购总金额", "1276.5534万元", 1276.5534),
        ("采购总金额", "80400元", 8.04),
        ("采购总金额（万元）", "477.35", 477.35),
        ("采购总金额（元）", "80400", 8.04),
        ("采购总金额", "8040", None),
        ("采购总金额", "0", 0),
        ("采购总金额", "/", None),
    ],
)
def test_an_amount_has_the_unit_that_is_written(head: str, cell: str, value: float | None) -> None:
    reading = read_tables(table(["信息内容", "采购项目数量", head], ["政府集中采购", "2", cell]))
    found = values_of(reading).get(("procurement.amount", "total"))
    assert found == (value if value is None else pytest.approx(value))
    assert [finding.identity_id for finding in reading.findings] == (["tables.unit"] if cell == "8040" else [])


def test_an_amount_that_was_probably_written_in_yuan_is_kept_and_doubted() -> None:
    document = table(["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "35000000"])
    reading = read_tables(document)
    assert values_of(reading) == {("fees.administrative.amount", "total"): 35_000_000}
    assert [finding.identity_id for finding in reading.findings] == ["tables.unit"]


@pytest.mark.parametrize(("cell", "status"), [("N/A", "unread"), ("7/2", "unread"), ("空", "none"), ("∕", "slash")])
def test_a_cell_that_is_no_number_keeps_none_of_its_neighbours_unread(cell: str, status: str) -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    reading = read_tables(table(heads, ["行政许可", "10", cell, "6"]))
    assert sorted(values_of(reading).values()) == [6, 10]
    assert [row.status for row in cells_of(reading) if row.text == cell] == [status]


def test_changes_keep_their_signs_and_their_words() -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    document = table(heads, ["行政许可", "10", "减4", "6"], ["其他对外管理服务事项", "1", "+19", "20"])
    values = values_of(read_tables(document))
    assert values["decisions.licensing.items_change", "total"] == -4
    assert values["decisions.other_services.items_change", "total"] == 19
    item = next(item for item in read_tables(document).stated if item.value == -4)
    assert document.text[slice(*item.value_span)] == "减4"


def test_words_may_state_that_nothing_changed() -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    reading = read_tables(table(heads, ["行政许可", "7", "未增未减", "12"], ragged=True))
    assert values_of(reading) == {
        ("decisions.licensing.items_last_year", "total"): 7,
        ("decisions.licensing.items_change", "total"): 0,
        ("decisions.licensing.decided", "total"): 12,
    }


def test_a_change_where_the_form_counts_is_no_count() -> None:
    heads = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    reading = read_tables(table(heads, ["规章", "3", "-2", "9"]))
    assert sorted(values_of(reading).values()) == [3, 9]
    assert [cell.status for cell in cells_of(reading) if cell.text == "-2"] == ["unread"]
    assert [finding.identity_id for finding in reading.findings] == ["tables.unread"]
