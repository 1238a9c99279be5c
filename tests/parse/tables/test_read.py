"""Tables as they arrive: whatever form, way and quirk, what was printed is read, and nothing that was not."""

from random import Random

import pytest

from tasks.model import Generation, Table
from tasks.parse.tables.read import read_tables
from tests.parse.tables.grids import WAYS, Sheet, Way, cells_of, document_of, figures, table, values_of
from tests.render.compose import compose
from tests.render.reports import random_facts, random_quirks

GENERATIONS: tuple[Generation, ...] = ("2008", "2014", "2019", "2021")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("generation", GENERATIONS)
def test_what_is_printed_is_read_and_nothing_else(generation: Generation, way: Way) -> None:
    for seed in range(25):
        rng = Random(seed)
        quirks = random_quirks(rng)
        made, truth = compose(random_facts(rng, generation=generation, quirks=quirks), rng, quirks)
        document = document_of(made, way)
        reading = read_tables(document)
        found = values_of(reading)
        printed = {cell.key for cell in figures(made) if cell.text.strip()}
        wanted = {key: value for key, (value, method) in truth.facts.items() if method == "table" and key in printed}
        assert {key: found.get(key) for key in wanted} == pytest.approx(wanted), (seed, reading.findings)
        assert not set(found) - printed - set(truth.tolerated), seed
        if wanted:
            assert reading.generation == generation, seed
        for item in reading.stated:
            quote = document.text[slice(*item.quote_span)]
            assert document.text[slice(*item.value_span)] in quote


def test_a_body_s_own_table_is_a_table_without_indicators() -> None:
    reading = read_tables(table(["月份", "发布信息", "阅读量"], ["一月", "12", "3400"], ["二月", "9", "1200"]))
    assert reading.stated == ()
    assert reading.covered == ()
    assert [cell.status for cell in cells_of(reading) if cell.text == "12"] == ["number"]


def test_the_labels_decide_the_form_not_the_year() -> None:
    document = table(["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "0", "0", "0"])
    assert read_tables(document).generation == "2019"


def test_tables_of_two_forms_in_one_report() -> None:
    rows = [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", "0", "0", "0"],
        ["规范性文件", "4", "4", "21"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "5"],
        ["信息内容", "本年处理决定数量"],
        ["行政处罚", "3"],
        ["行政强制", "1"],
    ]
    reading = read_tables(table(*rows, ragged=True))
    values = values_of(reading)
    assert values["content.normative_documents.disclosed_total", "total"] == 21
    assert values["decisions.licensing.decided", "total"] == 5
    assert reading.generation == "2021"


def test_every_cell_of_every_table_stands_in_the_reading() -> None:
    for seed in range(10):
        rng = Random(seed)
        quirks = random_quirks(rng)
        made, _ = compose(random_facts(rng, quirks=quirks), rng, quirks)
        document = document_of(made, "grid")
        cells = [cell for block in document.blocks if isinstance(block, Table) for cell in block.cells]
        reading = read_tables(document)
        rows = cells_of(reading)
        found = [(cell.char_start, cell.char_end) for cell in rows]
        assert [(cell.start, cell.end) for cell in cells] == found[: len(cells)]
        assert len({(cell.table_no, cell.row_no, cell.column_no) for cell in rows}) == len(rows)


def test_the_same_words_in_a_body_s_own_table_are_no_decisions() -> None:
    sheet = Sheet()
    official = [["信息内容", "本年处理决定数量"], ["行政许可", "12"]]
    own = [["公开类别", "公开条数"], ["行政许可", "76"], ["行政处罚", "5"]]
    sheet.table([(r, c, 1, 1, text) for r, row in enumerate(official) for c, text in enumerate(row)], ragged=True)
    sheet.line("除上表以外，我局还在网站的专栏里公开了下列信息，并按类别作了整理，" * 3)
    sheet.table([(r, c, 1, 1, text) for r, row in enumerate(own) for c, text in enumerate(row)], ragged=True)
    sheet.line("三、收到和处理政府信息公开申请情况")
    assert values_of(read_tables(sheet.document())) == {("decisions.licensing.decided", "total"): 12}


def test_a_table_of_a_form_of_which_nothing_could_be_read_is_told() -> None:
    labels = ["主动公开政府信息数", "收到申请数", "信函申请数", "当面申请数"]
    rows = [["时间", *labels], ["一季度", "120", "2", "1", "1"], ["二季度", "90", "3", "2", "1"]]
    reading = read_tables(table(*rows))
    assert reading.stated == ()
    assert [finding.identity_id for finding in reading.findings] == ["tables.unread"]
    assert sum(cell.status == "unread" for cell in cells_of(reading)) == 8
    blank = read_tables(table(["时间", *labels], ["一季度", "", "", "", ""]))
    assert blank.findings == ()
