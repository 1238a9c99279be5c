"""Tables printed on their side: read as the form has them, told as they are printed."""

import pytest

from tasks.model import Table
from tasks.parse.tables.read import read_tables
from tasks.parse.tables.turned import is_turned, upright
from tests.parse.tables.grids import Sheet, cells_of, table, values_of

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def test_results_that_read_down_are_section_four() -> None:
    numbers = ["3", "0", "1", "2", "6"]
    rows = [["行政复议", name, number] for name, number in zip(RESULTS, numbers, strict=True)]
    reading = read_tables(table(*rows))
    assert values_of(reading) == {
        ("reconsideration.upheld", "total"): 3,
        ("reconsideration.corrected", "total"): 0,
        ("reconsideration.other", "total"): 1,
        ("reconsideration.pending", "total"): 2,
        ("reconsideration.total", "total"): 6,
    }
    places = {(cell.row_no, cell.column_no): cell.text for cell in cells_of(reading)}
    assert places == {(row, column): text for row, texts in enumerate(rows) for column, text in enumerate(texts)}


def test_documents_in_force_with_their_heads_at_the_side() -> None:
    rows = [
        ["信息内容", "规章", "行政规范性文件"],
        ["本年制发件数", "0", "4"],
        ["本年废止件数", "1", "2"],
        ["现行有效件数", "7", "31"],
    ]
    assert values_of(read_tables(table(*rows))) == {
        ("content.regulations.issued", "total"): 0,
        ("content.regulations.repealed", "total"): 1,
        ("content.regulations.in_force", "total"): 7,
        ("content.normative_documents.issued", "total"): 4,
        ("content.normative_documents.repealed", "total"): 2,
        ("content.normative_documents.in_force", "total"): 31,
    }


LABELS = ["主动公开政府信息数", "制发规范性文件总数", "收到申请数", "网络申请数"]
FIGURES = {
    ("proactive.total", "total"): 480,
    ("proactive.normative_documents.issued", "total"): 6,
    ("request.received.new", "total"): 9,
    ("request.received.channel.online", "total"): 7,
}


@pytest.mark.parametrize("ragged", [False, True])
@pytest.mark.parametrize(
    "rows",
    [
        [LABELS, ["480", "6", "9", "7"]],
        [["统计指标", *LABELS], ["单位", "条", "件", "件", "件"], ["统计数", "480", "6", "9", "7"]],
        [["单位名称", *(f"{label}（件）" for label in LABELS)], ["县粮食局", "480", "6", "9", "7"]],
    ],
)
def test_one_figure_a_column(rows: list[list[str]], ragged: bool) -> None:
    assert values_of(read_tables(table(*rows, ragged=ragged))) == FIGURES


def test_one_figure_a_column_below_heads_of_several() -> None:
    sheet = Sheet()
    heads = [(0, 0, 2, 1, "单位"), (0, 1, 1, 2, "主动公开"), (0, 3, 2, 1, LABELS[2]), (0, 4, 2, 1, LABELS[3])]
    labels = [(1, 1, 1, 1, LABELS[0]), (1, 2, 1, 1, LABELS[1])]
    figures = [(2, column, 1, 1, text) for column, text in enumerate(["县粮食局", "480", "6", "9", "7"])]
    sheet.table([*heads, *labels, *figures], ragged=False)
    assert values_of(read_tables(sheet.document())) == FIGURES
    sheet = Sheet()
    others = [(3, column, 1, 1, text) for column, text in enumerate(["县农机局", "12", "0", "1", "1"])]
    sheet.table([*heads, *labels, *figures, *others], ragged=False)
    assert read_tables(sheet.document()).stated == ()


@pytest.mark.parametrize(
    "rows",
    [
        [["年份", *LABELS], ["2015年", "450", "5", "8", "8"]],
        [["时间", *LABELS], ["一季度", "120", "2", "3", "1"]],
        [["年度", *LABELS], ["2015", "450", "5", "8", "8"], ["2016", "480", "6", "9", "7"]],
        [["统计指标", *LABELS], ["统计数", "480", "9", "7"]],
    ],
)
def test_one_figure_a_column_of_no_known_time_or_with_a_cell_lost(rows: list[list[str]]) -> None:
    reading = read_tables(table(*rows, ragged=True))
    assert reading.stated == ()
    assert reading.findings
    assert {cell.status for cell in cells_of(reading) if cell.text.isdigit() and len(cell.text) < 4} == {"unread"}


@pytest.mark.parametrize("ragged", [False, True])
def test_rows_of_years_are_of_the_report_s_and_of_the_year_before(ragged: bool) -> None:
    before = {indicator: value - 1 for indicator, value in FIGURES.items()}
    rows = [["2014年", "1", "1", "1", "1"], ["2015年", "479", "5", "8", "6"], ["2016年", "480", "6", "9", "7"]]
    reading = read_tables(table(["年份", *LABELS], *rows, ragged=ragged), 2016)
    assert values_of(reading) == FIGURES
    assert values_of(reading, "previous_year") == before
    alone = table(["年度", *LABELS], rows[2], ragged=ragged)
    assert values_of(read_tables(alone, 2016)) == FIGURES
    assert values_of(read_tables(alone, 2017), "previous_year") == FIGURES
    assert read_tables(alone, 2019).stated == ()
    assert len(read_tables(alone, 2019).findings) == len(LABELS)


def test_a_row_a_body_with_labels_of_its_own_among_the_form_s() -> None:
    labels = [*LABELS, "信函申请数", "公开栏更换次数"]
    rows = [["县粮食局", "480", "6", "9", "7", "2", "31"], ["县农机局", "12", "0", "1", "1", "0", "5"]]
    reading = read_tables(table(["单位名称", *labels], *rows), 2016, "山前县粮食局")
    assert values_of(reading) == {**FIGURES, ("request.received.channel.letter", "total"): 2}
    assert read_tables(table(["单位名称", *labels], *rows), 2016, "山前县林业局").stated == ()


def test_an_upright_table_and_rows_of_text_stay_as_they_are() -> None:
    rows = [RESULTS, ["1", "0", "0", "2", "3"]]
    for ragged in (False, True):
        block = next(block for block in table(*rows, ragged=ragged).blocks if isinstance(block, Table))
        assert not is_turned(block)
        assert upright(block) is block.cells
