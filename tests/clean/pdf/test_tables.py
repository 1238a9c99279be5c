"""Tables that were printed are the tables that are read: ruled or aligned, over pages, side by side."""

from __future__ import annotations

import io
from random import Random
from typing import get_args

import pytest
from reportlab.pdfgen.canvas import Canvas

from tasks.clean.pdf.read import extract_pdf
from tasks.model import Table
from tests.clean.known import (
    REQUEST_WIDTHS,
    STATISTICS_WIDTHS,
    TITLE,
    expected,
    figure,
    kinds_of,
    paragraphs_of,
    placed,
    prose,
    raw,
    requests,
    squeezed,
    statistics,
    tables_of,
)
from tests.clean.pdf.printed import Printed, Printer, Rules, width_of
from tests.clean.pdf.reading import print_table, read

RULES = [rules for rules in get_args(Rules) if rules != "none"]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(("cut_rows", "header"), [(False, 0), (True, 0), (False, 3), (True, 3)])
@pytest.mark.parametrize("filler", [0, 14, 17, 20, 22])
def test_table_over_a_page_break_is_one_table(rules: Rules, cut_rows: bool, header: int, filler: int) -> None:
    rng = Random(f"{rules}{cut_rows}{header}{filler}")
    rows = requests(rng)
    printer = Printer(rules=rules, cut_rows=cut_rows)
    printer.heading("三、收到和处理政府信息公开申请情况")
    for _ in range(filler):  # so that the break falls elsewhere
        printer.heading("说明")
    print_table(printer, rows, REQUEST_WIDTHS, header)
    assert tables_of(read(printer)) == [expected(rows)]


@pytest.mark.parametrize("turn", ["page", "print"])
@pytest.mark.parametrize("cut_rows", [False, True])
def test_turned_pages_read_like_upright_ones(turn: str, cut_rows: bool) -> None:
    rng = Random(turn)
    rows, text = requests(rng), prose(rng, 9)
    printer = Printer(width=842, height=595, turn=turn, cut_rows=cut_rows)  # type: ignore[arg-type]
    printer.title(TITLE)
    printer.paragraph(text)
    print_table(printer, rows, REQUEST_WIDTHS)
    extract = read(printer)
    assert tables_of(extract) == [expected(rows)]
    assert paragraphs_of(extract) == [TITLE, text]


def test_flat_table_over_three_pages_loses_its_repeated_header() -> None:
    rows = statistics(Random(5), repeat=9)
    printer = Printer(cut_rows=True)
    print_table(printer, rows, STATISTICS_WIDTHS, header=1)
    assert printer.page == 3
    assert tables_of(read(printer)) == [expected(rows)]


def test_two_tables_with_a_heading_between_stay_two() -> None:
    rows = statistics(Random(6), repeat=1)
    printer = Printer()
    for heading in ("一、甲表", "二、乙表"):
        printer.heading(heading)
        print_table(printer, rows, STATISTICS_WIDTHS)
    assert tables_of(read(printer)) == [expected(rows)] * 2


@pytest.mark.parametrize("filler", range(8, 20))
def test_two_tables_that_meet_at_a_page_break_stay_two(filler: int) -> None:
    first = [[("规章", 1, 1), ("本年制发件数", 1, 1)], [("行政规范性文件", 1, 1), ("12", 1, 1)]]
    second = [[("行政复议", 1, 2)], [("结果维持", 1, 1), ("结果纠正", 1, 1)], [("1", 1, 1), ("2", 1, 1)]]
    printer = Printer()
    for _ in range(filler):
        printer.heading("说明")
    print_table(printer, first, [1, 1])
    printer._new_page()
    print_table(printer, second, [1, 1])
    assert len(tables_of(read(printer))) == 2


@pytest.mark.parametrize("filler", range(10, 28, 2))
@pytest.mark.parametrize("whole", [False, True])
def test_tables_that_open_alike_are_one_or_several_wherever_a_page_ends(filler: int, whole: bool) -> None:
    parts = [
        [
            [(f"第二十条第（{number}）项", 1, 4)],
            [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)],
            [("规章", 1, 1), *((figure(Random(f"{number}{column}")), 1, 1) for column in range(3))],
        ]
        for number in "一二三四五"
    ]
    tables = [[row for part in parts for row in part]] if whole else parts
    printer = Printer()
    for _ in range(filler):
        printer.heading("说明")
    for rows in tables:
        print_table(printer, rows, [1, 1, 1, 1])
        printer.gap()
    assert tables_of(read(printer)) == [expected(rows) for rows in tables]


def test_header_at_the_foot_of_a_page_is_not_joined_with_figures_below() -> None:
    rows = [[("规章", 1, 1), ("本年制发件数", 1, 1)], [("1", 1, 1), ("12", 1, 1)]]
    for filler in range(28, 36):
        printer = Printer()
        for _ in range(filler):
            printer.heading("说明")
        print_table(printer, rows, [1, 1])
        assert tables_of(read(printer)) == [expected(rows)]


def test_words_in_a_box_are_no_table() -> None:
    printer = Printer()
    printer.paragraph("全文如下。")
    print_table(printer, [[("公开事项", 1, 1)]], [1])
    assert tables_of(read(printer)) == []
    assert "公开事项" in kinds_of(extract_pdf(raw(printer.buffer.getvalue())))


def test_figure_too_long_for_its_column_is_one_figure() -> None:
    printer = Printer()
    print_table(printer, [[("总数", 1, 1), ("说明", 1, 1)], [("3119", 1, 1), ("", 1, 1)]], [1, 20])
    extract = read(printer)
    table = next(block for block in extract.blocks if isinstance(block, Table))
    texts = [extract.source_text[cell.start : cell.end] for cell in table.cells]
    assert texts == ["总\n数", "说明", "3119", ""]


@pytest.mark.parametrize("rules", ["none"])
@pytest.mark.parametrize("seed", range(4))
def test_table_without_rules_is_found_by_its_columns(rules: Rules, seed: int) -> None:
    rng = Random(seed)
    rows = statistics(rng, repeat=2)
    printer = Printer(rules=rules)
    printer.paragraph(prose(rng))
    printer.gap()
    print_table(printer, rows, STATISTICS_WIDTHS)
    printer.gap()
    printer.paragraph(text := prose(rng))
    extract = read(printer)
    assert tables_of(extract) == [expected(rows)]
    assert text in paragraphs_of(extract)
    assert all(block.ragged for block in extract.blocks if isinstance(block, Table))


@pytest.mark.parametrize("text", ["3.危及“三安全一稳定”", "（不同渠道和方式公开计1条）", "12345"])
@pytest.mark.parametrize("over", [-3, 0, 2, 4, 6])
@pytest.mark.parametrize("to_left", [0.0, 0.5, 1.0])
def test_what_hangs_over_the_edge_of_its_cell_stays_whole(text: str, over: float, to_left: float) -> None:
    """`to_left` is the share of the room too little, or to spare, that falls to the left."""
    printer = Printer()
    right = 132 + width_of(text, 9) - over
    for y in (700, 680):
        for left, width in ((72, 60), (132, right - 132), (right, 60)):
            printer.canvas.rect(left, y, width, 20)
        for x, words in ((92, "清溪"), (132 - over * to_left, text), (right + 28, "7")):
            printer._text(words, x, y + 6, 9)
    assert [cell[-1] for cell in tables_of(read(printer))[0]] == ["清溪", text, "7"] * 2


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("lower", [0, 7, 40])
def test_tables_side_by_side_are_two(rules: Rules, lower: float) -> None:
    rng = Random(lower)
    left, right = statistics(rng, 1), statistics(rng, 2)
    printer = Printer(rules=rules, width=842, margin=36)
    top = printer.y
    for rows, part in ((left, (0.0, 0.49)), (right, (0.51, 1.0))):
        printer.y = top - (lower if rows is right else 0)
        printer.table([Printed(*cell) for cell in placed(rows)], STATISTICS_WIDTHS, part=part)
    assert tables_of(read(printer)) == [expected(left), expected(right)]


def drawing_pdf() -> bytes:
    """A page of squared paper with a word on it: rows too low for a table."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for step in range(0, 800, 4):
        canvas.line(0, step, 600, step)
        canvas.line(step, 0, step, 800)
    canvas.drawString(50, 50, "squared paper")
    canvas.save()
    return buffer.getvalue()


def test_a_drawing_is_no_table_and_takes_no_time() -> None:
    assert squeezed(extract_pdf(raw(drawing_pdf())).source_text).startswith("squaredpaper")
