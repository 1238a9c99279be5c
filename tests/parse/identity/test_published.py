"""Dates as pages and signatures write them."""

from datetime import date

import pytest

from tasks.parse.identity.published import read_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇一七年十月十一日", date(2017, 10, 11)),
        ("二○一四年三月二十日", date(2014, 3, 20)),
        ("二零一九年十二月三十一日", date(2019, 12, 31)),
        ("二〇一七年十十月十一日", None),
        ("二〇一七年十月三十十日", None),
        ("二〇一七年十月十十五日", None),
        ("二〇一七年十月十一二日", None),
        ("二〇一七年二月三十日", None),
        ("2017.13.45", None),
    ],
)
def test_a_date_that_is_one(text: str, day: date | None) -> None:
    assert read_date(text) == day
