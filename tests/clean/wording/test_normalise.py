from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.wording.align import Moved
from tasks.clean.wording.normalise import Where, edits, entries, fold, normalise

ENTRIES = [*entries()["characters"], *entries()["patterns"]]


def normalised(text: str, where: Where) -> str:
    folded = fold(text)
    return Moved(folded, edits(folded, where)).text


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_the_entry_does_what_its_example_says(entry: dict[str, Any]) -> None:
    before, after = entry["example"]
    assert normalised(before, "cell" if entry.get("in") == "cell" else "text") == after


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_the_entry_is_argued(entry: dict[str, Any]) -> None:
    assert len(entry["reason"]) > 10


@given(st.text(max_size=80))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(
    st.text(alphabet="甲乙 1,2\n\u3000３，、（）ab[]号2018年条件\u200b㈠", max_size=40),
    st.sampled_from(["text", "cell"]),
)
def test_digits_neither_come_nor_go(text: str, where: Where) -> None:
    def digits(written: str) -> str:
        return "".join(sign for sign in unicodedata.normalize("NFKC", written) if sign.isdecimal())

    assert digits(normalised(text, where)) == digits(text)


@given(st.text(alphabet="甲乙， 1,2\n*（【〔[]】号2018年条件月:-\u200b㈠⒈", max_size=30))
def test_a_text_that_is_passed_over_has_nothing_to_change(text: str) -> None:
    folded = fold(text)
    asked = edits(folded + "。 ", "text")  # a blank behind it: it is not passed over
    assert edits(f"{folded}。", "text") == tuple(edit for edit in asked if edit.start <= len(folded))


@pytest.mark.parametrize(
    ("text", "where", "expected"),
    [
        ("分别为12,34,56件", "text", "分别为12,34,56件"),  # a list
        ("共 1 234 567 条", "text", "共1234567条"),
        ("规章 0 12 345 6", "text", "规章 0 12 345 6"),  # cells of a row
        ("收到 12 345 条 3 件", "text", "收到12345条3件"),
        ("电话 022 123 456", "text", "电话 022 123 456"),
        ("1 2", "cell", "1 2"),  # two numbers in one cell stay two
        ("1\n2", "cell", "1 2"),
        ("１，２３４", "cell", "1234"),
        ("公开1,234条,5,678件", "text", "公开1234条,5678件"),
        ("3.1,234", "text", "3.1,234"),
        ("科研\n 机构", "cell", "科研机构"),
        ("Open\nData 平台", "cell", "Open Data平台"),
        ("三、,二\u3000概述", "text", "三,二 概述"),
        ("一 概 述", "text", "一 概述"),
        ("①3条", "text", "①3条"),  # a bare 1 would make 13
        ("比例为１：２", "text", "比例为1：2"),
    ],
)
def test_neighbours_are_left_apart(text: str, where: Where, expected: str) -> None:
    assert normalised(text, where) == expected


def test_a_line_is_stripped() -> None:
    assert normalise(fold("\u3000关于 12 条 的报告\u200b ")) == "关于12条 的报告"
