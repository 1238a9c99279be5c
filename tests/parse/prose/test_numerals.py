"""Numerals: found once, with their kind, value, qualifier and measure word."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.parse.prose.chinese_value import chinese_value
from tasks.parse.prose.numerals import NumeralToken, find_numerals
from tasks.parse.prose.read import read_prose
from tests.parse.documents import from_lines

WORDS = """
主动公开 政府信息 申请 收到 未 没有 行政复议 诉讼 、 , ， 。 ; 12 3.5 １２ 1,234 2020年 2019年 % 万 亿 余
条 件 元 万元 第 号 ( （ 〔 〕 《 》 “ ” 一 十 两 百 次 其中 微信 网站 无 为零 费用 收取 比上年 增加 累计 截至
月 日 . : - / @ w 结转 下年 答复 予以公开 # % | 近 约 超过
"""
FRAGMENTS = ["\n", " ", *WORDS.split()]


def only(text: str) -> NumeralToken:
    (token,) = find_numerals(text).tokens
    return token


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("一百二十三", 123),
        ("两千零五", 2005),
        ("二〇一八", 2018),
        ("三万", 30_000),
        ("贰拾叁", 23),
        ("壹佰零伍", 105),
        ("零", 0),
    ],
)
def test_chinese_value(digits: str, value: float) -> None:
    assert chinese_value(digits) == value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("共1,286条", "count", 1286),
        ("共 5.2 万条", "count", 52_000),
        ("数量:56条", "count", 56),
        ("共3.5万元", "count", 3.5),
        ("20余万条", "count", 200_000),
        ("2千余条", "count", 2000),
        ("3百条", "count", 300),
        ("申请壹件", "count", 1),
        ("自收到之日起20个工作日内", "duration", 20),
        ("公众号公开22325条", "count", 22325),
        ("达到98.5％", "percent", 98.5),
        ("占百分之十二", "percent", 12),
        ("一百二十三条", "count", 123),
        ("2018年度", "year", 2018),
        ("3月", "date", 3),
        ("第9条", "article", 9),
        ("第3次", "ordinal", 3),
        ("第711号", "document_number", 711),
        ("邮编:266071", "contact", 266071),
        ("1.概述", "section_number", 1),
    ],
)
def test_kind_and_value(text: str, kind: str, value: float) -> None:
    token = only(text)
    assert (token.kind, token.value) == (kind, value)
    assert text[token.start : token.end] == token.text


@pytest.mark.parametrize("text", ["第三十一条", "统一", "进一步", "第一批", "唯一件", "三角"])
def test_words_that_are_no_numerals(text: str) -> None:
    assert not [token for token in find_numerals(text).tokens if token.kind == "count"]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("120余条", "at_least"),
        ("近120条", "approximate"),
        ("超过120条", "at_least"),
        ("不足120条", "at_most"),
        ("120条", "exact"),
    ],
)
def test_qualifier(text: str, qualifier: str) -> None:
    token = only(text)
    assert token.qualifier == qualifier
    assert token.measure == "条"


def test_telephones_and_links_are_no_counts() -> None:
    text = "电话:0517-83605210,网址www.site7.cn/12/a3.html,发布时间2020-01-12 10:01"
    assert not [token.text for token in find_numerals(text).tokens if token.kind == "count"]


@settings(deadline=None)  # the first text waits until the rules are read
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join), st.sampled_from([None, 2012, 2020, 2023]))
def test_every_numeral_is_accounted_for_once(text: str, year: int | None) -> None:
    reading = read_prose(from_lines(text), (), year, None)
    numerals = [(start, end) for start, end, _ in reading.figures]
    assert all(one[1] <= other[0] for one, other in pairwise(numerals))
    taken = {fact.value_span for fact in reading.stated if not fact.rule_id.startswith("prose.none")}
    assert taken | set(reading.reasons) == set(numerals)
    assert not taken & set(reading.reasons)
    for fact in reading.stated:
        start, end = fact.value_span
        assert fact.quote_span[0] <= start < end <= fact.quote_span[1]


@pytest.mark.parametrize("piece", ["公开", "的", "未", "信息", "公开信息3条,", "1,234,", "无行政复议,", "三"])
def test_time_is_linear_in_the_length(piece: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        read_prose(from_lines(piece * times), (), 2020, None)
        return time.process_time() - started

    seconds(10)
    short, long = (min(seconds(times) for _ in range(3)) for times in (800, 8000))
    assert long < 40 * max(short, 0.002)
