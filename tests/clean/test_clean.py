from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.clean import READERS, UNREADABLE, clean
from tasks.clean.sniff import Kind
from tasks.model import Paragraph, RawDocument, Rejected

REPORT = (
    "某市某区2018年政府信息公开年度报告\n\n一、概述\n\n某区人民政府以规范性文件推进“互联网+政务服务”,简化内部程序,"
    "整合信息,执行指标体系,新增统一窗口(不同渠道计1条)。\n\n  全年公开政府信息１,２３４条,解读中小学招生政策 12 件。\n"
)
MIRROR_WORDS = {"互聯網": "網際網路", "文件": "檔案", "程序": "程式", "窗口": "視窗", "中小學": "中國小"}
CHROME = "\n相關詞條\n\n熱門詞條\n\n聯絡我們\n"


def raw(content: bytes, name: str = "report.txt") -> RawDocument:
    return RawDocument("0" * 64, name, content, datetime(2026, 1, 1, tzinfo=UTC))


def mirrored() -> str:
    text: str = opencc.OpenCC("s2t").convert(REPORT)
    for mainland, taiwan in MIRROR_WORDS.items():
        text = text.replace(mainland, taiwan)
    return text + CHROME


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "big5", "gb18030"])
def test_a_mirror_gives_the_text_of_its_original(charset: str) -> None:
    document = clean(raw(mirrored().encode(charset, errors="replace")))
    original = clean(raw(REPORT.encode()))
    assert (document.script, document.wording) == ("hant", "mirror")
    assert (original.script, original.wording) == ("hans", "mainland")
    assert document.text == original.text
    assert "公开政府信息1234条" in document.text
    assert [(place.source, place.restored) for place in document.substitutions] == [
        ("檔案", "文件"),
        ("網際網路", "互联网"),
        ("程式", "程序"),
        ("視窗", "窗口"),
        ("中國小", "中小学"),
    ]


def test_the_way_back_leads_to_the_mirror_s_own_characters() -> None:
    document = clean(raw(mirrored().encode()))
    for words, source in [("互联网+政务", "網際網路+政務"), ("1234条", "１,２３４條"), ("中小学招生", "中國小招生")]:
        start = document.text.index(words)
        low, high = document.source_span(start, start + len(words))
        assert document.source_text[low:high] == source


def test_the_bytes_stay_in_the_raw_store() -> None:
    assert clean(raw(REPORT.encode())).raw.content == b""


def test_every_kind_of_file_has_a_reader_or_a_refusal() -> None:
    assert READERS.keys() | UNREADABLE.keys() == set(get_args(Kind))
    assert not READERS.keys() & UNREADABLE.keys()


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"<html><body><table>", b"%PDF-1.4", b"PK\x03\x04", "一、".encode()])
)
def test_any_bytes_are_read_or_refused(content: bytes, beginning: bytes) -> None:
    try:
        document = clean(raw(beginning + content))
    except Rejected:
        return
    for block in document.blocks:
        low, high = document.source_span(block.start, block.end)
        assert 0 <= low <= high <= len(document.source_text)
        assert not isinstance(block, Paragraph) or document.text[block.start : block.end].strip()
