"""Wrong decodings are seen; rare names and other scripts are not taken for one."""

from __future__ import annotations

import csv

import pytest
from opencc import OpenCC

from tasks.clean.characters.mojibake import find_damage, refuse_mojibake
from tasks.model import Rejected
from tests.clean.characters.test_charset import PROSE, TOWNSHIPS

TEXT = "".join(PROSE * 12)
WRONG = [
    ("utf-8", "gbk"),
    ("gbk", "utf-8"),
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("gbk", "latin-1"),
    ("gbk", "big5"),
    ("big5", "gbk"),
]


def _misread(text: str, written: str, read: str) -> str:
    if written == "big5":
        text = OpenCC("s2t").convert(text)
    return text.encode(written, "ignore").decode(read, "replace")


@pytest.mark.parametrize(("written", "read"), WRONG)
def test_a_misread_document_is_refused(written: str, read: str) -> None:
    with pytest.raises(Rejected) as caught:
        refuse_mojibake(_misread(TEXT, written, read))
    assert caught.value.error_code == "mojibake"


@pytest.mark.parametrize(("written", "read"), WRONG)
def test_a_damaged_third_is_flagged_and_the_rest_is_not(written: str, read: str) -> None:
    damaged = _misread(TEXT[:600], written, read)
    text = TEXT + damaged + TEXT
    refuse_mojibake(text)
    start, end = len(TEXT), len(TEXT) + len(damaged)
    flagged = sum(max(0, min(damage.end, end) - max(damage.start, start)) for damage in find_damage(text))
    assert flagged >= 0.6 * len(damaged)
    assert all(damage.start > start - 300 and damage.end < end + 300 for damage in find_damage(text))


@pytest.mark.parametrize(("written", "read"), [("utf-8", "gbk"), ("utf-8", "cp1252"), ("gbk", "utf-8")])
def test_a_fragment_is_found_where_it_stands(written: str, read: str) -> None:
    fragment = _misread("主动公开政府信息", written, read)
    text = f"全年共{fragment}一百条。"
    found = find_damage(text)
    assert found
    assert all(3 <= damage.start < damage.end <= 3 + len(fragment) for damage in found)


def test_signs_of_lost_characters() -> None:
    kinds = [damage.kind for damage in find_damage("共公开\ufffd\ufffd条，\ue123附件，锟斤拷锟斤拷")]
    assert kinds == ["replacement", "private_use", "mojibake"]


def test_no_false_alarm() -> None:
    with TOWNSHIPS.open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    lists = ["、".join(names[at : at + 150]) for at in range(0, len(names), 150)]
    assert len(lists) > 200
    alarmed = [text for text in (*lists, TEXT, OpenCC("s2t").convert(TEXT), "0\t12\t/\n" * 300) if find_damage(text)]
    assert alarmed == []
