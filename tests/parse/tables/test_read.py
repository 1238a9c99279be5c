"""Tables as they arrive: whatever form, way and quirk, what was printed is read, and nothing that was not."""

from random import Random

import pytest

from tasks.model import Generation, Table
from tasks.parse.tables.read import read_tables
from tests.parse.tables.grids import (
    APPLICANTS,
    WAYS,
    Sheet,
    Way,
    cells_of,
    document_of,
    figures,
    section_three,
    table,
    values_of,
)
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


def test_other_means_what_stands_above_it() -> None:
    rows = [
        ["（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", *"0000000"],
        ["其他", "1", "0", "0", "0", "0", "0", "1"],
        ["总计", "9", "0", "0", "0", "0", "0", "9"],
    ]
    values = values_of(section_three(*rows))
    assert values["request.outcome.other.misc", "total"] == 1
    assert values["request.outcome.total", "total"] == 9


def test_the_values_of_the_item_that_follows_are_not_the_group_s() -> None:
    rows = [["（六）其他处理 1.某事项", "1", "0", "0", "0", "0", "0", "1"], ["（七）总计", *"1000001"]]
    assert {indicator for indicator, _ in values_of(section_three(*rows))} == {"request.outcome.total"}


def test_a_label_cut_before_its_last_word_and_its_unit() -> None:
    rows = [["2.政府网站公开政府信息", "数", "条", "41"], ["六、举报投诉数量", "件", "2"]]
    values = values_of(read_tables(table(["统计指标", "单位", "数量"], *rows, ragged=True)))
    assert values == {("proactive.channel.website", "total"): 41, ("complaints.total", "total"): 2}


def test_other_cases_belong_to_the_row_above() -> None:
    rows = [
        ["四、行政复议数量", "件", "6"],
        ["（二）被依法纠错数", "件", "1"],
        ["（三）其他情形数", "件", "2"],
        ["五、行政诉讼数量", "件", "9"],
        ["（二）被依法纠错数", "件", "3"],
        ["（三）其他情形数", "件", "4"],
    ]
    values = values_of(read_tables(table(["统计指标", "单位", "数量"], *rows)))
    assert values["reconsideration.other", "total"] == 2
    assert values["litigation.other", "total"] == 4
    assert values["litigation.corrected", "total"] == 3


def test_other_cases_belong_to_the_row_above_in_fewer_words() -> None:
    rows = [
        ["（一）收到申请数", "件", "14"],
        ["3.网络申请数", "件", "9"],
        ["四、行政复议数", "件", "5"],
        ["（一）维持具体行政行为数", "件", "4"],
        ["五、行政诉讼数", "件", "3"],
        ["（三）其他情形数", "件", "2"],
    ]
    values = values_of(read_tables(table(["统计指标", "单位", "统计数"], *rows)))
    assert values["reconsideration.total", "total"] == 5
    assert values["reconsideration.upheld", "total"] == 4
    assert values["litigation.other", "total"] == 2


def test_the_note_in_the_head_and_a_foreign_row_are_nobodys() -> None:
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    rows = [[note, *APPLICANTS], ["申请人年龄", *"1111111"], ["一、本年新收政府信息公开申请数量", *"0000000"]]
    values = values_of(read_tables(table(*rows, ragged=True)))
    assert set(values.values()) == {0}
    statistics = [
        ["指标名称", "单位", "统计数"],
        ["制发规范性文件总数", "件", "3"],
        ["主动公开机构设置及人事信息", "条", "88"],
    ]
    assert values_of(read_tables(table(*statistics))) == {("proactive.normative_documents.issued", "total"): 3}


@pytest.mark.parametrize("digits", [16, 38, 400])
def test_more_digits_than_a_count_has_are_no_number(digits: int) -> None:
    rows = [["行政许可", "7" * digits], ["行政处罚", "7" * 9]]
    reading = read_tables(table(["信息内容", "本年处理决定数量"], *rows))
    assert values_of(reading) == {("decisions.penalty.decided", "total"): 777_777_777}
    assert [cell.status for cell in cells_of(reading) if len(cell.text) == digits] == ["unread"]


def test_a_body_s_own_table_is_a_table_without_indicators() -> None:
    reading = read_tables(table(["月份", "发布信息", "阅读量"], ["一月", "12", "3400"], ["二月", "9", "1200"]))
    assert reading.stated == ()
    assert reading.covered == ()
    assert [cell.status for cell in cells_of(reading) if cell.text == "12"] == ["number"]


@pytest.mark.parametrize(
    ("head", "cell", "value"),
    [
        ("采购总金额", "1276.5534万元", 1276.5534),
        ("采购总金额", "80400元", 8.04),
        ("采购总金额（万元）", "477.35", 477.35),
        ("采购总金额（元）", "80400", 8.04),
        ("采购总金额", "8040", None),
        ("采购总金额", "0", 0),
        ("采购总金额", "/", None),
    ],
)
def test_an_amount_has_the_unit_that_is_written(head: str, cell: str, value: float | None) -> None:
    reading = read_tables(table(["信息内容", "采购项目数量", head], ["政府集中采购", "2", cell]))
    found = values_of(reading).get(("procurement.amount", "total"))
    assert found == (value if value is None else pytest.approx(value))
    assert [finding.identity_id for finding in reading.findings] == (["tables.unit"] if cell == "8040" else [])


@pytest.mark.parametrize(("cell", "status"), [("N/A", "unread"), ("7/2", "unread"), ("空", "none"), ("∕", "slash")])
def test_a_cell_that_is_no_number_keeps_none_of_its_neighbours_unread(cell: str, status: str) -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    reading = read_tables(table(heads, ["行政许可", "10", cell, "6"]))
    assert sorted(values_of(reading).values()) == [6, 10]
    assert [row.status for row in cells_of(reading) if row.text == cell] == [status]


def test_changes_keep_their_signs_and_their_words() -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    document = table(heads, ["行政许可", "10", "减4", "6"], ["其他对外管理服务事项", "1", "+19", "20"])
    values = values_of(read_tables(document))
    assert values["decisions.licensing.items_change", "total"] == -4
    assert values["decisions.other_services.items_change", "total"] == 19
    item = next(item for item in read_tables(document).stated if item.value == -4)
    assert document.text[slice(*item.value_span)] == "减4"


def test_columns_of_the_form_of_2008_are_periods() -> None:
    heads = ["指标名称", "计量单位", "代码", "2010年度", "历年累计"]
    reading = read_tables(
        table(heads, ["主动公开信息数", "条", "01", "25", "310"], ["申请总数", "条", "10", "4", "31"])
    )
    assert values_of(reading) == {("proactive.total", "total"): 25, ("request.received.new", "total"): 4}
    assert values_of(reading, "cumulative")["proactive.total", "total"] == 310
    assert reading.generation == "2008"


def test_a_part_of_the_year_is_not_the_year() -> None:
    heads = ["指标名称", "计量单位", "代码", "本期实际", "本年累计"]
    reading = read_tables(table(heads, ["主动公开信息数", "条", "01", "25", "90"], ["申请总数", "条", "10", "4", "4"]))
    assert values_of(reading) == {("proactive.total", "total"): 90, ("request.received.new", "total"): 4}


def test_fifteen_numbers_need_no_label() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    numbers = [str(number) for number in range(1, 16)]
    rows = [["行政复议", "行政诉讼"], ["未经复议直接起诉", "复议后起诉"], heads * 3, numbers]
    values = values_of(read_tables(table(*rows, ragged=True)))
    assert values["reconsideration.upheld", "total"] == 1
    assert values["litigation.direct.total", "total"] == 10
    assert values["litigation.after_reconsideration.total", "total"] == 15
    cut = ["结", "结", "其", "尚", "总"] * 3 + ["果", "果", "他", "未", "计"] * 3
    values = values_of(read_tables(table(["行政复议", "行政诉讼"], cut, numbers, ragged=True)))
    assert values["litigation.direct.upheld", "total"] == 6


def test_each_part_of_section_four_may_stand_as_a_table() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    sheet = Sheet()
    sheet.line("四、政府信息公开行政复议、行政诉讼情况")
    for first, part in ((1, "行政复议"), (6, "行政诉讼（未经复议直接起诉）"), (11, "行政诉讼（复议后起诉）")):
        sheet.line(part)
        numbers = [str(first + place) for place in range(5)]
        cells = [(0, place, 1, 1, head) for place, head in enumerate(heads)]
        sheet.table(cells + [(1, place, 1, 1, number) for place, number in enumerate(numbers)], ragged=True)
    sheet.line("五、存在的主要问题")
    values = values_of(read_tables(sheet.document()))
    assert len(values) == 15
    assert values["reconsideration.total", "total"] == 5
    assert values["litigation.direct.corrected", "total"] == 7
    assert values["litigation.after_reconsideration.pending", "total"] == 14


def test_channels_below_the_total_of_the_form_of_2008() -> None:
    head = ["指标名称", "计量单位", "2010年度", "历年累计"]
    below = [["其中:1.政府网站", "条", "31", "90"], ["2.政府公报", "条", "4", "20"]]
    reading = read_tables(table(head, ["主动公开信息数", "条", "37", "120"], *below))
    assert values_of(reading) == {
        ("proactive.total", "total"): 37,
        ("proactive.channel.website", "total"): 31,
        ("proactive.channel.gazette", "total"): 4,
    }


def test_the_labels_decide_the_form_not_the_year() -> None:
    document = table(["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "0", "0", "0"])
    assert read_tables(document).generation == "2019"


def test_words_may_state_that_nothing_changed() -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    reading = read_tables(table(heads, ["行政许可", "7", "未增未减", "12"], ragged=True))
    assert values_of(reading) == {
        ("decisions.licensing.items_last_year", "total"): 7,
        ("decisions.licensing.items_change", "total"): 0,
        ("decisions.licensing.decided", "total"): 12,
    }


def test_a_change_where_the_form_counts_is_no_count() -> None:
    heads = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    reading = read_tables(table(heads, ["规章", "3", "-2", "9"]))
    assert sorted(values_of(reading).values()) == [3, 9]
    assert [cell.status for cell in cells_of(reading) if cell.text == "-2"] == ["unread"]
    assert [finding.identity_id for finding in reading.findings] == ["tables.unread"]


def test_an_amount_that_was_probably_written_in_yuan_is_kept_and_doubted() -> None:
    document = table(["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "35000000"])
    reading = read_tables(document)
    assert values_of(reading) == {("fees.administrative.amount", "total"): 35_000_000}
    assert [finding.identity_id for finding in reading.findings] == ["tables.unit"]


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


def test_a_body_s_own_row_among_the_form_s() -> None:
    rows = [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规范性文件（本机关印发并有文号的文件，包括决定、公告和通告等）", "14", "3", "3"],
        ["其他主动公开文件（含以本单位办公室名义签发的、除规范性文件以外的文件）", "16", "16", "16"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["其他对外管理服务事项", "行政检查", "8", "0", "40"],
        ["行政确认", "2", "0", "5"],
    ]
    assert set(values_of(read_tables(table(*rows, ragged=True))).values()) == {14, 3}


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


def test_a_column_under_another_head_is_not_the_form_s() -> None:
    heads = ["信息内容", "上一年项目数量", "本年数量", "处理决定数量"]
    values = values_of(read_tables(table(heads, ["行政处罚", "4", "1", "2"], ["行政强制", "0", "6", "3"], ragged=True)))
    assert values == {
        ("decisions.penalty.items_last_year", "total"): 4,
        ("decisions.penalty.decided", "total"): 2,
        ("decisions.coercion.items_last_year", "total"): 0,
        ("decisions.coercion.decided", "total"): 3,
    }


def test_heads_of_another_table_make_a_row_nobody_s() -> None:
    rows = [
        ["信息内容", "采购项目数量", "采购总金额（万元）"],
        ["政府集中采购", "3", "20"],
        ["信息内容", "上一年项目数量", "本年增/减"],
        ["政府集中采购", "0", "0"],
    ]
    assert sorted(values_of(read_tables(table(*rows[:2], ragged=True))).values()) == [3, 20]
    assert values_of(read_tables(table(*rows[2:], ragged=True))) == {}
    decisions = [["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政处罚", "4", "1", "2"]]
    assert sorted(values_of(read_tables(table(*decisions, *rows[2:], ragged=True))).values()) == [1, 2, 4]


@pytest.mark.parametrize("ragged", [True, False])
def test_a_table_of_requests_without_some_of_the_columns(ragged: bool) -> None:
    head = ["项目", *APPLICANTS[:-1]]
    rows = [["一、本年新收政府信息公开申请数量", *"123456"], ["（一）予以公开", *"100003"]]
    values = values_of(read_tables(table(head, *rows, ragged=ragged)))
    assert values["request.received.new", "other_org"] == 6
    assert values["request.outcome.granted", "natural_person"] == 1
    assert not any(applicant == "total" for _, applicant in values)
    total = values_of(read_tables(table(["项目", "总计"], *[[row[0], row[-1]] for row in rows], ragged=ragged)))
    assert total == {("request.received.new", "total"): 6, ("request.outcome.granted", "total"): 3}
    sums = [["一、本年新收政府信息公开申请数量", *"120003"]]
    assert not read_tables(table(head, *sums, ragged=ragged)).stated  # the last is the total, and a blank is lost
    unknown = ["项目", *APPLICANTS[:4], "外国人", APPLICANTS[5]]
    assert not read_tables(table(unknown, *rows, ragged=ragged)).stated


def test_a_unit_at_a_label_s_end_is_no_other_label() -> None:
    rows = [
        ["指标名称", "数量"],
        ["五、行政诉讼数量", "3"],
        ["（一）维持具体行政行为或者驳回原告诉讼请求数（件）", "2"],
    ]
    assert values_of(read_tables(table(*rows, ragged=True)))["litigation.upheld", "total"] == 2


def test_a_misprinted_head_is_the_form_s() -> None:
    rows = [["信息内容", "本年制发件数", "本年废除件数", "现行有效件数"], ["规章", "1", "2", "3"]]
    values = values_of(read_tables(table(*rows, ragged=True)))
    assert values["content.regulations.repealed", "total"] == 2


def test_running_numbers_and_remarks_beside_the_figures() -> None:
    rows = [
        ["序号", "统计指标", "单位", "数量", "备注"],
        ["1", "（一）主动公开政府信息数", "条", "50", ""],
        ["2", "其中：主动公开规范性文件数", "条", "3", ""],
        ["3", "制发规范性文件总数", "件", "4", ""],
    ]
    for ragged in (False, True):
        values = values_of(read_tables(table(*rows, ragged=ragged)))
        assert sorted(values.values()) == [3, 4, 50]


def test_the_same_words_in_a_body_s_own_table_are_no_decisions() -> None:
    sheet = Sheet()
    official = [["信息内容", "本年处理决定数量"], ["行政许可", "12"]]
    own = [["公开类别", "公开条数"], ["行政许可", "76"], ["行政处罚", "5"]]
    sheet.table([(r, c, 1, 1, text) for r, row in enumerate(official) for c, text in enumerate(row)], ragged=True)
    sheet.line("除上表以外，我局还在网站的专栏里公开了下列信息，并按类别作了整理，" * 3)
    sheet.table([(r, c, 1, 1, text) for r, row in enumerate(own) for c, text in enumerate(row)], ragged=True)
    sheet.line("三、收到和处理政府信息公开申请情况")
    assert values_of(read_tables(sheet.document())) == {("decisions.licensing.decided", "total"): 12}
