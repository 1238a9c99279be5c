"""Plain text: paragraphs, wraps, titles, cards and the lines of the site."""

from __future__ import annotations

from time import process_time

import pytest

from tasks.clean.text.read import extract_text
from tasks.model import Paragraph, Rejected
from tests.clean.raw import assert_spans, paragraphs, raw, rows

PAGE = """关怀版 无障碍

您当前所在位置: 首页 > 年报

某某乡2020年政府信息公开工作年度报告
发布日期: 2021-01-29  来源:某某乡 字体:  打印
一、总体情况
　　全年公开信息12条。
二、主动公开政府信息情况

第二十条第(一)项

信息内容

本年新
制作数量

规章

0

三、收到和处理政府信息公开申请情况
未收到申请。
上一篇：没有了
版权所有：某某乡人民政府
"""


def test_a_page_as_text() -> None:
    extract = extract_text(raw(PAGE))
    assert extract.source_text == PAGE
    assert_spans(extract)
    assert [
        (block.kind, extract.source_text[block.start : block.end])
        for block in extract.blocks
        if isinstance(block, Paragraph)
    ] == [
        ("title", "某某乡2020年政府信息公开工作年度报告"),
        ("metadata", "发布日期: 2021-01-29  来源:某某乡"),
        ("heading", "一、总体情况"),
        ("paragraph", "全年公开信息12条。"),
        ("heading", "二、主动公开政府信息情况"),
        ("heading", "三、收到和处理政府信息公开申请情况"),
        ("paragraph", "未收到申请。"),
    ]
    assert rows(extract) == [[["第二十条第(一)项"], ["信息内容", "本年新\n制作数量"], ["规章", "0"]]]
    assert extract.title_candidates == ("某某乡2020年政府信息公开工作年度报告",)
    assert (extract.charset, extract.media_type) == ("utf-8", "text/plain")


WRAPPED = """五、存在的主要问题及改进情况
2020 年，在上级部门的指导下，我单位的信息公开工作取得了一
定成效，但仍存在着公开内容不够全面、更新不够及时，解读形式
还比较单一的问题。
2021 年，将进一步提高认识，充实人员力量，深入查找工作中的
薄弱环节，并加大培训的力度，使工作水平不断得到新的提升。
某某单位
"""


def test_lines_that_a_hard_wrap_cut_are_one_paragraph() -> None:
    found = paragraphs(extract_text(raw(WRAPPED)))
    assert [text.count("\n") for text in found] == [0, 2, 1, 0]
    assert found[0] == "五、存在的主要问题及改进情况"


def test_lines_of_their_own_stay_apart() -> None:
    lines = [
        "一、概述",
        "全年公开信息12条",
        "其中规范性文件3条",
        "（二）依申请公开",
        "收到申请1件",
        "某某局",
        "2012年3月1日",
    ]
    assert paragraphs(extract_text(raw("\r\n".join(lines)))) == lines


def test_a_link_in_a_sentence_does_not_end_it() -> None:
    text = "年度報告根據《\n某某條例\n》（以下簡稱《條例》）編制，\n並予公佈。\n一、概述\n無。"
    found = paragraphs(extract_text(raw(text)))
    assert len(found) == 3
    assert found[0].endswith("並予公佈。")


def test_a_title_on_two_lines_is_a_candidate_as_a_whole() -> None:
    extract = extract_text(raw("某某县教育局2016年\n政府信息公开工作年度报告\n本报告由我局编制。"))
    assert extract.title_candidates[0] == "某某县教育局2016年政府信息公开工作年度报告"


def test_marks_of_markdown_are_no_words() -> None:
    extract = extract_text(
        raw("# 某某县2025年政府信息公开工作年度报告\n**一、总体情况**\n"
            "| 信息内容 | 本年处理决定数量 |\n|---|:---:|\n| 行政许可 | 12 |\n\n## 三、其他\n---\n无。")
    )  # fmt: skip
    assert extract.title_candidates == ("某某县2025年政府信息公开工作年度报告",)
    assert paragraphs(extract)[1:] == ["一、总体情况", "三、其他", "无。"]
    assert rows(extract) == [[["信息内容", "本年处理决定数量"], ["行政许可", "12"]]]
    assert [block.kind for block in extract.blocks if isinstance(block, Paragraph)][1] == "heading"


def test_the_page_of_an_e_book() -> None:
    extract = extract_text(raw("Page 9 - 2020年报_某局\nP. 9\n五、其他\n无。"))
    assert extract.title_candidates == ("2020年报_某局",)
    assert "P. 9" not in paragraphs(extract)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("打印\n关闭\n分享到：微信", "empty"),
        ("404 Not Found", "error_page"),
        (("锛屾湰骞村害涓诲姩鍏紑鏀垮簻淇℃伅" * 30), "mojibake"),
    ],
)
def test_what_is_refused(content: str, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        extract_text(raw(content))
    assert caught.value.error_code == code


@pytest.mark.parametrize(
    "text",
    [
        "信息内容\n规章\n" + "0\n" * 30_000,
        "信息内容 | 规章 |\n" + "规章 | 0 | 0 |\n" * 20_000,
        "信息内容 |\n|" + "规章 0 | \n\n" * 20_000,
        "信息内容\n" + "本年新\n" * 30_000,
        "信息内容\n" + "\n \n" * 30_000 + "规章\n0\n",
        "信息 内容 " * 30_000 + "一、" * 10_000,
        "全年主动公开政府信息12条，其中规范性文件3件。\n" * 20_000,
    ],
    ids=["cells", "pipe rows", "pipes", "labels", "blanks", "one line", "prose"],
)
def test_the_time_grows_with_the_length_alone(text: str) -> None:
    start = process_time()
    extract_text(raw(text))
    assert process_time() - start < 4.0
