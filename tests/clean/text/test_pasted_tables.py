"""Tables as pages leave them in plain text: every cell in order with its span, no prose among them."""

from __future__ import annotations

import pytest

from tasks.clean.text.read import extract_text
from tests.clean.raw import assert_spans, paragraphs, raw, rows
from tests.render.made import make
from tests.render.text import SERIALISATIONS, Serialisation

ROWS = [
    ["第二十条第(一)项"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "6"],
    ["第二十条第(五)项"],
    ["信息内容", "本年处理决定数量"],
    ["行政许可", "31"],
]
CELLS = [cell for row in ROWS for cell in row]
FORMS = {
    "pipe rows, spans padded": """第二十条第(一)项 | |||
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 0 | 0 | 6 |
第二十条第(五)项 | |||
信息内容 | 本年处理决定数量 | ||
行政许可 | 31 | ||
""",
    "a pipe at each cell's end": """第二十条第(一)项 |
|||
信息内容 |
本年制发件数 |
本年废止件数 |
现行有效件数 |
规章 |
0 |
0 |
6 |
第二十条第(五)项 |
|||
信息内容 |
本年处理决定数量 |
||
行政许可 |
31 |
""",
    "a pipe alone between cells": """第二十条第(一)项
|
信息内容
|
本年制发件数
|
本年废止件数
|
现行有效件数
|
规章
|
0
|
0
|
6
|
第二十条第(五)项
|
信息内容
|
本年处理决定数量
|
行政许可
|
31
|
""",
    "a pipe alone opens a row": """|
第二十条第(一)项 | |||
|
信息内容 |
本年制发件数 |
本年废止件数 |
现行有效件数 |
|
规章 |
0 |
0 |
6 |
|
第二十条第(五)项 | |||
|
信息内容 |
本年处理决定数量 | ||
|
行政许可 |
31 | ||
""",
    "one cell a line": "\n".join(CELLS) + "\n",
    "blank lines between": "\n\n \u00a0".join(CELLS) + "\n\n",
    "header words cut": "\n\n".join(f"{cell[:3]}\n\n{cell[3:]}" if "件数" in cell else cell for cell in CELLS) + "\n",
    "all on one line": "\n".join(" ".join(row) for row in ROWS) + "\n",
    "tabs": "\n".join("\t".join(row) for row in ROWS) + "\n",
}


def test_a_whole_table_on_one_line() -> None:
    labels = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"]
    table = [[label, *map(str, range(place, place + 7))] for place, label in enumerate(labels * 3)]
    line = " ".join(cell for row in table for cell in row)
    assert len(line) > 200
    assert rows(extract_text(raw(f"三、申请情况\n{line}\n四、其他事项\n")))[0] == table


@pytest.mark.parametrize("form", FORMS)
def test_ten_ways_to_lose_a_table(form: str) -> None:
    before, after = "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"
    extract = extract_text(raw(f"{before}\n{FORMS[form]}{after}\n未收到申请。\n"))
    assert_spans(extract)
    assert paragraphs(extract) == [before, after, "未收到申请。"]
    assert [["".join(cell.split()) for cell in row] for row in rows(extract)[0]] == ROWS


def test_bare_pipes_behind_a_value_fill_a_row_up_and_are_no_cells() -> None:
    padded = "规章 | 1 | | 3 | ||\n行政规范性文件 | | | 5 | | ||\n"
    assert rows(extract_text(raw(padded)))[0] == [["规章", "1", "", "3"], ["行政规范性文件", "", "", "5"]]
    unparted = "规章 | 1||3||\n行政规范性文件 |||5||\n"  # here blank cells are written so
    assert rows(extract_text(raw(unparted)))[0][0][:4] == ["规章", "1", "", "3"]


def test_empty_lines_are_blank_cells_only_where_a_table_shows_that_it_keeps_them() -> None:
    kept = "第二十条第（六）项\n\n行政处罚\n\n\n4\n\n\n\n7\n\n行政强制\n\n1\n\n\n2\n"
    assert rows(extract_text(raw(kept)))[0][1:] == [["行政处罚", "", "4", "", "", "7"], ["行政强制", "1", "", "2"]]
    loose = "第二十条第（六）项\n\n行政处罚\n\n\n4\n\n0\n\n7\n\n行政强制\n\n1\n\n\n2\n\n3\n"
    assert rows(extract_text(raw(loose)))[0][1:] == [["行政处罚", "4", "0", "7"], ["行政强制", "1", "2", "3"]]


def test_a_label_whose_cell_defines_it_in_sentences() -> None:
    told = "规章:指有立法权的机关依程序制定的文件。名称多为“办法”,不称“条例”。"
    head = "信息内容 |\n本年新 |\n本年新 |\n对外公开总数量 |\n|\n"
    text = f"{head}{told} |\n2 |\n1 |\n9 |\n|\n规范性文件 |\n4 |\n4 |\n5 |\n|\n"
    found = rows(extract_text(raw(f"二、主动公开政府信息情况\n{text}三、其他\n")))
    assert [row[:4] for row in found[0][1:]] == [[told, "2", "1", "9"], ["规范性文件", "4", "4", "5"]]
    prose = "本局工作如下。规章:今年无。此后照此办理。 |"
    assert prose.rstrip(" |") in "".join(paragraphs(extract_text(raw(f"{text}{prose}\n三、其他\n"))))


@pytest.mark.parametrize("change", ["+(3) -(1)", "+3/-1", "增3减1", "增加3，减少1"])
def test_a_change_written_as_its_two_parts_is_one_cell(change: str) -> None:
    head = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    cells = [*head, "行政许可", "31", change, "66", "行政处罚", "4", "0", "2"]
    text = "".join(f"{cell} |\n" for cell in cells)
    assert rows(extract_text(raw(text)))[0][1:] == [["行政许可", "31", change, "66"], ["行政处罚", "4", "0", "2"]]


def test_two_values_below_a_label_are_its_row() -> None:
    text = "第二十条第（九）项\n信息内容\n采购项目数量\n采购总金额\n政府集中采购\n14 86.2万元\n三、其他\n"
    assert rows(extract_text(raw(text)))[0][-2:] == [["政府集中采购"], ["14", "86.2万元"]]


def test_a_label_does_not_swallow_the_rows_before_a_bracket() -> None:
    partial = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    text = f"三、本年度办理结果\n（一）予以公开\n1 0 0 2 0 0 3\n{partial}\n0 0 4 0 0 0 4\n"
    found = rows(extract_text(raw(text)))[0]
    assert [row[-7:] for row in found if len(row) > 6] == [list("1002003"), list("0040004")]


def test_blank_cells_that_the_text_keeps() -> None:
    piped = "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 | ||\n行政处罚 | | 4 | | ||\n行政强制 | ||||||\n"
    assert rows(extract_text(raw(piped)))[0][1:] == [["行政处罚", "", "4", ""], ["行政强制", "", "", ""]]
    spaced = (
        "信息内容\n\n上一年项目数量\n\n本年增/减\n\n行政处罚\n\n\u00a0\n\n4\n\n行政强制\n\n1\n\n\u00a0\n\n规章\n\n7\n"
    )
    assert rows(extract_text(raw(spaced)))[0][1:] == [["行政处罚", "", "4"], ["行政强制", "1", ""], ["规章", "7"]]
    empty = (
        "申请人情况\n\n自然人\n\n总计\n\n一、本年新收政府信息公开申请数量\n\n\n\n\n3\n\n四、结转下年度继续办理\n\n0\n"
    )
    assert rows(extract_text(raw(empty)))[0][1] == ["一、本年新收政府信息公开申请数量", "", "", "", "3"]


def test_a_blank_cell_where_a_pipe_opens_a_row() -> None:
    heads = "|\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n"
    text = f"{heads}|\n规章 |\n0 |\n0 |\n|\n|\n行政规范性文件 |\n|\n5 |\n7 |\n"
    assert rows(extract_text(raw(text)))[0][1:] == [["规章", "0", "0", ""], ["行政规范性文件", "", "5", "7"]]
    head = "|\n行政复议 |\n行政诉讼 |\n|\n结果维持 |\n结果纠正 |\n总计 |\n|\n1 |\n|\n1 |\n"
    assert rows(extract_text(raw(head)))[0][2:] == [["1", "", "1"]]


@pytest.mark.parametrize("stop", "，,；;、")
def test_stops_set_the_cells_of_known_rows_apart(stop: str) -> None:
    table = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "", "1", "2"],
        ["信息内容", "本年处理决定数量"],
        ["行政处罚", "38"],
        ["本局自设的指标", "项", "4"],
    ]
    sentence = f"行政处罚{stop}行政强制共12件"
    text = "二、其他\n" + "\n".join(stop.join(row) for row in table) + f"\n{sentence}。\n"
    extract = extract_text(raw(text))
    assert rows(extract)[0] == table
    assert paragraphs(extract) == ["二、其他", f"{sentence}。"]


def test_a_figure_grouped_by_the_comma_that_sets_cells_apart_is_one_cell_too_many() -> None:
    text = "信息内容,本年处理决定数量\n行政许可,1,234\n行政处罚,7\n"
    assert rows(extract_text(raw(text)))[0][1:] == [["行政许可", "1", "234"], ["行政处罚", "7"]]
    other = "信息内容；本年处理决定数量\n行政许可；1,234\n行政处罚；7；\n"
    assert rows(extract_text(raw(other)))[0][1:] == [["行政许可", "1,234"], ["行政处罚", "7"]]


def test_a_list_of_labels_with_their_units_and_values() -> None:
    text = (
        "（一）收到申请数（件）：3；\n1、当面申请数（件）：1；\n"
        "其中：主动公开规范性文件数（条）:9。\n本局自设的指标（项）：4\n联系电话（传真）：5550131\n"
    )
    assert [row for row in rows(extract_text(raw(text)))[0] if len(row) > 1] == [
        ["（一）收到申请数（件）", "3"],
        ["1、当面申请数（件）", "1"],
        ["其中：主动公开规范性文件数（条）", "9"],
        ["本局自设的指标（项）", "4"],
    ]
    sentences = "收到申请数（件）：全部办结。\n申请答复数（件）：比上年多。\n"
    assert rows(extract_text(raw(sentences))) == []


@pytest.mark.parametrize("dots", ["………", "......", "····"])
def test_dots_lead_from_a_label_to_its_value_and_unit(dots: str) -> None:
    lines = [f"（一）收到申请数{dots}12件", f"1.当面申请数{dots} 3件", f"2.传真申请数{dots}无"]
    table = [["（一）收到申请数", "12件"], ["1.当面申请数", "3件"], ["2.传真申请数", "无"]]
    assert rows(extract_text(raw("三、申请情况\n" + "\n".join(lines) + "\n四、其他事项\n"))) == [table]
    contents = f"目录\n依申请公开情况{dots}3\n收到申请数{dots}4\n举报投诉数量{dots}5\n"
    assert rows(extract_text(raw(contents))) == []


def test_the_row_four_and_the_heading_four() -> None:
    text = (
        "一、本年新收政府信息公开申请数量\n0\n0\n四、结转下年度继续办理\n0\n0\n四、政府信息公开行政复议、行政诉讼情况\n"
        "行政复议\n行政诉讼\n结果维持\n结果纠正\n总计\n0\n0\n0\n五、存在的主要问题\n无。"
    )
    extract = extract_text(raw(text))
    assert paragraphs(extract) == ["四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题", "无。"]
    assert rows(extract)[0][-1] == ["四、结转下年度继续办理", "0", "0"]
    assert rows(extract)[1][-1] == ["0", "0", "0"]


def test_the_forms_of_2008_and_2014_and_a_mirror() -> None:
    form = (
        "指 标 名 称\n| 计量\n单位\n| 代码\n| 本年累计\n|\n"
        "主动公开信息数\n| 条\n| 01\n|\n|\n申请总数\n| 条\n| 10\n| 7\n|\n"
    )
    assert rows(extract_text(raw(form)))[0] == [
        ["指 标 名 称", "计量\n单位", "代码", "本年累计"],
        ["主动公开信息数", "条", "01", ""],
        ["申请总数", "条", "10", "7"],
    ]
    table = (
        "指标名称 单位 统计数\n一、主动公开情况 —— ——\n"
        "（一）主动公开政府信息数 条 356\n其中：主动公开规范性文件数 条 12\n"
    )
    assert rows(extract_text(raw(table)))[0][2:] == [
        ["（一）主动公开政府信息数", "条", "356"],
        ["其中：主动公开规范性文件数", "条", "12"],
    ]
    mirror = "信息內容 | 對外公開總數量 |\n規範性檔案 | 增15 |\n"
    assert rows(extract_text(raw(mirror)))[0] == [["信息內容", "對外公開總數量"], ["規範性檔案", "增15"]]


@pytest.mark.parametrize(
    "text",
    [
        "一、主动公开情况\n全年公开信息12条。\n二、依申请公开情况\n收到申请3件。\n三、行政复议\n无\n",
        "（一）收到申请数\n全年收到申请12件，比上年增加3件。\n（二）申请办结数\n全部办结。\n",
        "首页 | 新闻 | 公开\n某某局年度报告\n全年公开信息12条。\n",
        "本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况。\n信息内容\n不断丰富。\n",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert rows(extract_text(raw(text))) == []


STOPPED = ("commas", "semicolons", "enumeration_commas")  # which part sentences too: only known labels show a row


@pytest.mark.parametrize("serialisation", [way for way in SERIALISATIONS if way != "labels_go_on_below"])
def test_every_cell_of_printed_reports(serialisation: Serialisation) -> None:
    lost = cells = 0
    for seed in range(8):
        made = make(seed, format="txt", serialisation=serialisation)
        extract = extract_text(made.raw())
        assert_spans(extract)
        grids = [grid for grid in made.document.grids if serialisation not in STOPPED or grid.name != "own"]
        printed = ["".join(cell.text.split()) for grid in grids for row in grid.by_row() for cell in row]
        read = ["".join(cell.split()) for table in rows(extract) for row in table for cell in row]
        printed, read = [text for text in printed if text], [text for text in read if text]
        cells += len(printed)
        if serialisation == "labels_wrapped":  # a label stands in several cells
            printed, read = ["".join(printed)], ["".join(read)]
        lost += printed != read
        assert {"".join(line.text.split()) for line in made.document.lines} <= {
            "".join(text.split()) for text in paragraphs(extract)
        }
    assert cells > 600
    assert lost <= (serialisation == "header_cut")  # a year in a header is no label when it is cut
