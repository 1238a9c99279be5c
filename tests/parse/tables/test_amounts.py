"""Numbers as cells write them."""

import pytest

from tasks.parse.tables.amounts import in_unit, read_amount


@pytest.mark.parametrize(
    ("text", "value", "unit", "numeral"),
    [
        ("0", 0, None, "0"),
        ("1,234", 1234, None, "1,234"),
        ("12，345.60", 12345.6, None, "12，345.60"),
        ("+19", 19, None, "+19"),
        ("-35", -35, None, "-35"),
        ("－7", -7, None, "－7"),
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
