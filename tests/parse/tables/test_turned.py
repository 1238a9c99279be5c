"""Tables printed on their side: read as the form has them, told as they are printed."""

from tasks.model import Table
from tasks.parse.tables.read import read_tables
from tasks.parse.tables.turned import is_turned, upright
from tests.parse.tables.grids import cells_of, table, values_of

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


def test_an_upright_table_and_rows_of_text_stay_as_they_are() -> None:
    rows = [RESULTS, ["1", "0", "0", "2", "3"]]
    for ragged in (False, True):
        block = next(block for block in table(*rows, ragged=ragged).blocks if isinstance(block, Table))
        assert not is_turned(block)
        assert upright(block) is block.cells
