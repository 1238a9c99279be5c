from dataclasses import replace

import pytest

from tasks.model import Cell, Table
from tasks.parse.outline.headings import find_outline, sections
from tasks.parse.outline.parts import heading_parts, parts
from tasks.parse.rulefile import read
from tests.parse.documents import from_lines


def numbered(text: str) -> list[tuple[str, str]]:
    return [(heading.section_no, heading.title) for heading in find_outline(from_lines(text)).headings]


RULE_EXAMPLES = [(rule["part"], example) for rule in read("parts.yaml")["parts"] for example in rule["examples"]]


@pytest.mark.parametrize(("part", "heading"), RULE_EXAMPLES)
def test_example_of_each_rule_is_filed_under_its_part(part: str, heading: str) -> None:
    assert heading_parts(heading)[0] == part


def test_tree_of_marks() -> None:
    text = (
        "一、总体情况\n(一)组织领导\n年内开会。\n1.制度建设。修订了制度,印发各科室。\n"
        "(二)平台建设\n二、主动公开政府信息情况\n无。"
    )
    assert numbered(text) == [
        ("1", "总体情况"),
        ("1.1", "组织领导"),
        ("1.1.1", "制度建设"),
        ("1.2", "平台建设"),
        ("2", "主动公开政府信息情况"),
    ]


def test_marks_of_other_shapes() -> None:
    text = "第一部分 概述\n㈠略\n（二）依申请公开。全年办结。\n第二部分 收费情况\n第三部分、复议、诉讼情况"
    assert numbered(text) == [
        ("1", "概述"),
        ("1.2", "依申请公开"),
        ("2", "收费情况"),
        ("3", "复议、诉讼情况"),
    ]


def test_a_number_left_out_and_one_printed_twice() -> None:
    assert [number for number, _ in numbered("一、概述\n三、收费情况\n三、存在问题\n五、其他事项")] == [
        "1",
        "3",
        "4",
        "5",
    ]


def test_preamble_that_lists_the_parts_has_no_headings() -> None:
    text = (
        "本报告由以下部分组成:一、总体情况;二、主动公开政府信息情况;三、收到和处理政府信息公开申请情况;"
        "四、行政复议、行政诉讼情况;五、存在的主要问题及改进情况;六、其他需要报告的事项。\n一、总体情况\n全年平稳。"
    )
    assert numbered(text) == [("1", "总体情况")]


def test_report_run_into_one_line() -> None:
    text = (
        "现将某镇工作报告如下: 一、总体情况 全镇公开工作有序开展,没有发生泄密,群众较为满意。 二、主动公开政府信息情况 "
        "通过镇公开栏公开信息。 三、存在的主要问题及改进情况 人手少。"
    )
    assert numbered(text) == [
        ("1", "总体情况"),
        ("2", "主动公开政府信息情况"),
        ("3", "存在的主要问题及改进情况"),
    ]


@pytest.mark.parametrize("row", ["三、本年度办理结果", "四、结转下年度继续办理", "(一)予以公开", "(七)总计"])
def test_rows_of_the_table_are_no_headings(row: str) -> None:
    assert numbered(f"三、收到和处理政府信息公开申请情况\n{row}\n四、行政复议、行政诉讼情况") == [
        ("3", "收到和处理政府信息公开申请情况"),
        ("4", "行政复议、行政诉讼情况"),
    ]


def test_sentences_and_counts_are_no_headings() -> None:
    text = "一、概述\n2.5万人次访问了网站。\n一是加强领导。二是完善制度。\n10.8%的信息来自乡镇"
    assert numbered(text) == [("1", "概述")]


def test_headings_without_numbers() -> None:
    assert [
        title
        for _, title in numbered("总体情况\n好。\n2021年主动公开政府信息情况\n有。\n存在的主要问题及改进情况\n无。")
    ] == [
        "总体情况",
        "2021年主动公开政府信息情况",
        "存在的主要问题及改进情况",
    ]


def test_missing_parts_follow_the_regulation_of_the_year() -> None:
    outline = find_outline(from_lines("一、概述\n好。\n(一)依申请公开情况\n无。\n二、收费和行政复议、诉讼情况\n无。"))
    status = {
        generation: {row.part: row.status for row in parts("r", generation, outline)} for generation in ("2014", "2021")
    }
    assert status["2014"] == {
        "overview": "present",
        "proactive": "missing",
        "requests": "present",  # a sub-heading makes the part
        "fees": "present",
        "disputes": "present",  # one heading for two parts
        "problems": "missing",
        "other": "missing",
    }
    assert status["2021"]["requests"] == "missing"  # a summary under the first part is not part three
    assert "fees" not in status["2021"]


def test_section_text_is_what_stands_below_the_heading() -> None:
    document = from_lines("一、概述\n全年平稳。\n(一)培训情况。培训两次。\n二、存在的问题\n无。\n")
    rows = sections(document, find_outline(document))
    assert [(row.section_no, row.text, row.part) for row in rows] == [
        ("1", "全年平稳", "overview"),
        ("1.1", "培训两次", "overview"),
        ("2", "无", "problems"),
    ]
    assert document.source_text[rows[1].char_start : rows[1].char_end] == "(一)培训情况。培训两次。"


def test_items_run_into_one_paragraph() -> None:
    text = (
        "一、总体情况\n(一)主动公开2021年本镇公开信息较为及时,群众满意,没有差错,也没有泄密,各村公开栏按月更新。"
        "(二)依申请公开。全年平稳。(三)政府信息管理:专人负责。1.制度建设。修订了制度。2.队伍建设。专人负责。"
    )
    assert numbered(text) == [
        ("1", "总体情况"),
        ("1.1", "主动公开"),
        ("1.2", "依申请公开"),
        ("1.3", "政府信息管理"),
        ("1.3.1", "制度建设"),
        ("1.3.2", "队伍建设"),
    ]


def test_a_list_behind_its_heading_is_not_part_of_it() -> None:
    text = "五、存在的主要问题及改进情况\n(一)存在的主要问题 一是范围偏窄\n(二)改进措施 一是扩大范围"
    assert [title for _, title in numbered(text)][1:] == ["存在的主要问题", "改进措施"]


def test_a_statement_with_its_count_is_no_heading() -> None:
    assert numbered("一、总体情况\n(四)本年度因信息公开引起行政复议1件、行政诉讼0件。") == [("1", "总体情况")]


def test_an_annex_is_a_section_where_its_table_follows() -> None:
    grid = Table(12, 15, 1, 1, (Cell(0, 0, 1, 1, 12, 15, "指标名", "text"),))
    text = "一、概述\n无。\n附表:\n指标名\n附件:年报全文\n"
    document = from_lines(text)
    blocks = tuple(block for block in document.blocks if block.start != 12)
    document = replace(document, blocks=tuple(sorted([*blocks, grid], key=lambda block: block.start)))
    assert [heading.title for heading in find_outline(document).headings] == ["概述", "附表"]


def test_notes_of_the_preamble_and_contents_on_one_line_are_no_sections() -> None:
    text = (
        "1、报告的编制依据:条例。\n2、数据的时间段:全年。\n一、概述,(一)组织领导,二、主动公开情况,(一)范围,三、存在的问题\n"
        "一、概述\n好。\n二、主动公开情况\n有。"
    )
    assert numbered(text) == [("1", "概述"), ("2", "主动公开情况")]


def test_one_heading_for_requests_and_fees() -> None:
    assert heading_parts("依申请公开和收费情况") == ("requests", "fees")
    assert heading_parts("依申请公开政府信息收费情况") == ("fees",)
