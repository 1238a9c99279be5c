"""A whole report on one line: its prose and its tables."""

from __future__ import annotations

from tasks.clean.text.lines import split_lines
from tasks.clean.text.read import extract_text
from tasks.clean.text.run_on import set_apart
from tests.clean.raw import assert_spans, paragraphs, raw, rows

BEFORE = (
    "一、总体情况 我局按照要求推进公开工作，栏目更新及时。全年公开信息36条，未收到投诉，群众反映良好。"
    " 二、主动公开政府信息情况"
)
HEAD = "第二十条第（一）项 | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数"
TABLE = f"{HEAD} | 规章 | 0 | 0 | 3 | 行政规范性文件 | 5 | 1 | 22"
AFTER = "五、存在的主要问题及改进情况 一是公开内容不够丰富，二是更新不够及时。下一步将加强培训，逐项改进，提高质量。"


def test_prose_and_table_of_one_line() -> None:
    extract = extract_text(raw(f"{BEFORE} {TABLE} | {AFTER}\n"))
    assert_spans(extract)
    assert [cell for row in rows(extract)[0] for cell in row] == TABLE.split(" | ")
    prose = "".join(paragraphs(extract))
    assert "".join(prose.split()) == "".join((BEFORE + AFTER).split())


def test_a_label_with_blanks_inside_is_the_first_cell() -> None:
    cells = ["指 标 名 称", "代码", "数量", "主动公开信息数", "01", "7", "申请总数", "10", "2"]
    extract = extract_text(raw(f"{BEFORE * 4} 附表 {' | '.join(cells)} |\n"))
    assert [cell for row in rows(extract)[0] for cell in row] == cells


def test_a_text_of_few_pipes_or_no_sentence_stays_as_it_is() -> None:
    for text in (f"{BEFORE} | {AFTER}", TABLE, f"| {TABLE} |\n{BEFORE * 3}"):
        assert set_apart(split_lines(text)) == split_lines(text)
