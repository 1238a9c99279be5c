"""Rows that lost blanks, numbers or their end: read where one reading is left, and unread otherwise."""

from dataclasses import replace
from random import Random

from tasks.model import Document, Noise
from tasks.parse.tables.formfiles import forms
from tasks.parse.tables.read import read_tables
from tests.parse.tables.grids import APPLICANTS, Sheet, cells_of, section_three, table, values_of


def test_the_same_heads_are_told_apart_by_order() -> None:
    reading = read_tables(table(["信息内容", "本年新", "本年新", "对外公开"], ["规章", "1", "2", "3"], ragged=True))
    assert values_of(reading) == {
        ("content.regulations.created", "total"): 1,
        ("content.regulations.newly_disclosed", "total"): 2,
        ("content.regulations.disclosed_total", "total"): 3,
    }
    assert reading.generation == "2019"


def test_a_row_that_lost_a_blank_is_left_unread() -> None:
    reading = read_tables(
        table(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "4", "9"], ragged=True)
    )
    assert reading.stated == ()
    assert [cell.status for cell in cells_of(reading)][-2:] == ["unread", "unread"]
    assert [finding.identity_id for finding in reading.findings] == ["tables.unread"]
    assert reading.generation == "2021"


def test_padding_of_spans_is_no_blank_cell() -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    reading = read_tables(table(heads, ["行政许可", "", "5", "增2", "40", "", ""], ragged=True))
    assert sorted(values_of(reading).values()) == [2, 5, 40]


def test_the_number_of_a_label_that_the_end_of_the_text_cuts_is_no_value() -> None:
    zeros = ["1.属于国家秘密", *"0000000", "2"]
    assert len(section_three(zeros, truncated=True).stated) == 7
    whole = values_of(section_three(zeros, ["（七）总计", *"0000000"]))
    assert {indicator for indicator, _ in whole} == {"request.outcome.total"}
    assert section_three(["1.属于国家秘密", *"0000012", "2"], truncated=True).stated == ()
    heads = ["信息内容", "采购项目数量", "采购总金额"]
    for row, count in ((["政府集中采购", "0", "0", "20"], 2), (["政府集中采购", "3", "8", "20"], 0)):
        assert len(read_tables(table(heads, row, ragged=True, truncated=True)).stated) == count


def test_the_identities_place_a_short_row() -> None:
    zeros = ["0"] * 7
    rows = [
        ["一、本年新收政府信息公开申请数量", "3", "5", "0", "0", "0", "0", "8"],
        ["（一）予以公开", "3", "0", "0", "0", "0", "0", "3"],
        ["（二）部分公开", "5", "5"],
        ["1.属于国家秘密", *zeros],
        ["（七）总计", "3", "5", "0", "0", "0", "0", "8"],
    ]
    values = values_of(section_three(*rows))
    assert values["request.outcome.partial", "enterprise"] == 5
    assert values["request.outcome.partial", "total"] == 5
    assert ("request.outcome.partial", "natural_person") not in values


def test_two_readings_are_none() -> None:
    rows = [
        ["（一）予以公开", "3", "0", "0", "0", "0", "3"],
        ["（二）部分公开", "5", "5"],
        ["1.属于国家秘密", "2"],
        ["（七）总计", "3", "5", "0", "2", "0", "0", "10"],
    ]
    reading = section_three(*rows)
    assert {indicator for indicator, _ in values_of(reading)} == {"request.outcome.total"}
    assert len(reading.findings) == 3


def test_a_label_nobody_knows_is_named_by_its_neighbours() -> None:
    rows = [
        ["1.属于国家秘密", "1", "0", "0", "0", "0", "0", "1"],
        ["2.其他法津行攻法规尽止公开", "2", "0", "0", "0", "0", "0", "2"],
        ["3.危及“三安全一稳定”", "3", "0", "0", "0", "0", "0", "3"],
    ]
    assert values_of(section_three(*rows))["request.outcome.denied.law_prohibits", "total"] == 2


def test_the_last_number_of_a_cut_text_is_not_trusted() -> None:
    reading = section_three(["一、本年新收政府信息公开申请数量", "58", "7", "1"], truncated=True)
    assert values_of(reading) == {
        ("request.received.new", "natural_person"): 58,
        ("request.received.new", "enterprise"): 7,
    }
    assert [cell.status for cell in cells_of(reading)][-1] == "unread"


def test_a_nought_at_the_end_of_a_cut_text_is_whole_unless_it_is_money() -> None:
    assert len(section_three(["（一）予以公开", "3", "0"], truncated=True).stated) == 2
    assert len(section_three(["（一）予以公开", "3", "1"], truncated=True).stated) == 1
    heads = ["信息内容", "采购项目数量", "采购总金额"]
    bought = read_tables(table(heads, ["政府集中采购", "0", "0"], ragged=True, truncated=True))
    assert values_of(bought) == {("procurement.projects", "total"): 0}


def test_a_grid_tells_which_cell_is_blank() -> None:
    sheet = Sheet()
    rows = [["项目", "", *APPLICANTS], ["（一）予以公开", "", *"1000001"], ["（二）部分公开", "", "", *"00000", "0"]]
    sheet.table([(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)], ragged=False)
    values = values_of(read_tables(sheet.document()))
    assert ("request.outcome.partial", "natural_person") not in values
    assert values["request.outcome.partial", "enterprise"] == 0


def test_a_head_twice_the_same_by_mistake() -> None:
    rows = [["信息内容", "本年新制作数量", "本年新制作数量", "对外公开总数量"], ["规章", "1", "2", "3"]]
    values = values_of(read_tables(table(*rows, ragged=True)))
    assert values["content.regulations.newly_disclosed", "total"] == 2


def test_a_cut_row_is_not_read_where_other_rows_lost_blanks() -> None:
    reading = section_three(["一、本年新收政府信息公开申请数量", "", "0"], ["（一）予以公开", "", "0"], truncated=True)
    assert reading.stated == ()


def test_a_number_beside_noise_is_left_unread() -> None:
    document = table(["信息内容", "本年处理决定数量"], ["行政许可", "31"], ["行政处罚", "4"])
    place = document.text.index("31")
    reading = read_tables(replace(document, noise=(Noise(place + 1, place + 2, "mojibake"),)))
    assert values_of(reading) == {("decisions.penalty.decided", "total"): 4}
    assert [cell.status for cell in cells_of(reading) if cell.text == "31"] == ["unread"]


def test_words_of_another_site_within_a_label() -> None:
    label = "一、本年新收某某体育平台下载政府信息公开申请数量"
    document = table(["申请人情况", *APPLICANTS], [label, *"1000001"], ["（二）部分公开", *"0000000"])
    assert ("request.received.new", "total") not in values_of(read_tables(document))
    place = document.text.index("某某体育")
    reading = read_tables(replace(document, noise=(Noise(place, place + 8, "hijack"),)))
    assert values_of(reading)["request.received.new", "total"] == 1
    assert any(document.text[cell.char_start : cell.char_end] == label for cell in cells_of(reading))


def test_a_table_left_as_lines_is_read_and_has_cells() -> None:
    sheet = Sheet()
    for line in [
        "二、主动公开政府信息情况",
        "信息内容",
        "本年处理决定数量",
        "行政许可",
        "15",
        "三、收到和处理政府信息公开申请情况",
    ]:
        sheet.line(line)
    document = sheet.document()
    reading = read_tables(document)
    assert values_of(reading) == {("decisions.licensing.decided", "total"): 15}
    assert [(cell.text, cell.status) for cell in cells_of(reading)] == [("行政许可", "label"), ("15", "number")]
    assert [document.text[start:end] for start, end in reading.covered] == ["行政许可", "15"]


def test_a_sentence_between_ends_a_table() -> None:
    sheet = Sheet()
    sheet.line("行政许可")
    sheet.line("我局对历年的行政许可事项逐一清理，" * 8)
    sheet.line("2023")
    assert read_tables(sheet.document()).stated == ()


def test_a_sign_anchors_a_short_row() -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    values = values_of(read_tables(table(heads, ["行政许可", "19", "+4"], ["行政处罚", "减2", "30"], ragged=True)))
    assert values == {
        ("decisions.licensing.items_last_year", "total"): 19,
        ("decisions.licensing.items_change", "total"): 4,
        ("decisions.penalty.items_change", "total"): -2,
        ("decisions.penalty.decided", "total"): 30,
    }


def test_a_torn_number_is_mended_where_its_row_adds_up() -> None:
    torn = ["一、本年新收政府信息公开申请数量", "15", "0", "0", "1", "0", "0", "1", "6"]
    values = values_of(section_three(torn))
    assert values["request.received.new", "natural_person"] == 15
    assert values["request.received.new", "total"] == 16
    wrong = ["一、本年新收政府信息公开申请数量", "15", "0", "0", "1", "0", "0", "1", "7"]
    assert section_three(wrong).stated == ()


def _lines(*lines: str) -> Document:
    sheet = Sheet()
    for line in lines:
        sheet.line(line)
    return sheet.document()


def test_cells_that_nothing_sets_apart() -> None:
    document = _lines(
        "信息内容本年制发件数本年废止件数现行有效件数",
        "规章000",
        "行政规范性文件5125",
        "信息内容本年处理决定数量",
        "行政处罚36",
        "一、本年新收政府信息公开申请数量120000012",
        "（一）予以公开0000000",
        "（二）部分公开120010013",
    )
    reading = read_tables(document)
    values = values_of(reading)
    assert values["decisions.penalty.decided", "total"] == 36
    assert [values[f"content.regulations.{name}", "total"] for name in ("issued", "repealed", "in_force")] == [0, 0, 0]
    assert ("content.normative_documents.issued", "total") not in values
    received = [value for (name, _), value in values.items() if name == "request.received.new"]
    assert sorted(received) == [0, 0, 0, 0, 0, 12, 12]
    assert sum(name == "request.outcome.granted" for name, _ in values) == 7
    assert not any(name == "request.outcome.partial" for name, _ in values)  # 12+1 or 1+2+10
    glued = next(cell for cell in cells_of(reading) if cell.text == "0000000")
    assert (glued.status, glued.indicator_id) == ("number", None)
    for item in reading.stated:
        assert document.text[slice(*item.quote_span)].endswith(document.text[slice(*item.value_span)])


def test_section_four_with_nothing_between_its_cells() -> None:
    heads = "结果维持结果纠正其他结果尚未审结总计"
    assert len(read_tables(_lines("行政复议行政诉讼", heads, "未经复议直接起诉复议后起诉", "0" * 15)).stated) == 15
    read = values_of(read_tables(_lines("行政复议行政诉讼", heads, "未经复议直接起诉复议后起诉", "1200012" + "0" * 10)))
    assert read["reconsideration.upheld", "total"] == 12


def test_a_question_mark_for_a_lost_blank() -> None:
    heads = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    reading = read_tables(table(heads, ["规章", "0", "? 3", "6"], ragged=True))
    assert sorted(values_of(reading).values()) == [0, 3, 6]
    assert not read_tables(table(heads, ["规章", "0", "?", "6"], ragged=True)).stated


def test_no_heap_of_cells_is_too_odd() -> None:
    words = [row.label for row in forms().rows] + [
        "信息内容",
        "指标名称",
        "代码",
        "历年累计",
        "本年增/减",
        "总计",
        "其他",
    ]
    values = ["0", "7", "+3", "减2", "1 6", "12万元", "/", "—", "无", "", "约30", "３", "1,234", "（", "\x00"]
    for seed in range(400):
        rng = Random(seed)
        rows = [[rng.choice(rng.choice((words, values))) for _ in range(rng.randint(1, 12))] for _ in range(12)]
        document = table(*rows, ragged=rng.random() < 0.5, truncated=rng.random() < 0.5)
        reading = read_tables(document)
        assert len(cells_of(reading)) >= sum(len(row) for row in rows)
        for item in reading.stated:
            assert item.quote_span[0] <= item.value_span[0] <= item.value_span[1] <= item.quote_span[1]
