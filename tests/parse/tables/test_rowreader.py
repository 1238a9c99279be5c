"""Which row of a form a label is, by its own words and by what stands around it."""

from tasks.parse.tables.read import read_tables
from tests.parse.tables.grids import cells_of, section_three, table, values_of


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


def test_a_unit_at_a_label_s_end_is_no_other_label() -> None:
    rows = [
        ["指标名称", "数量"],
        ["五、行政诉讼数量", "3"],
        ["（一）维持具体行政行为或者驳回原告诉讼请求数（件）", "2"],
    ]
    assert values_of(read_tables(table(*rows, ragged=True)))["litigation.upheld", "total"] == 2


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


def test_a_definition_in_a_label_s_cell_names_no_other_row() -> None:
    rows = [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章：指有立法权的机关制定的规范性文件，名称多为办法。", "2", "1", "9"],
        ["规范性文件：是指各机关制定、能够反复适用的文件。", "14", "3", "30"],
        ["行政许可：全年照章办理，不收费用。", "7", "7", "7"],
    ]
    values = values_of(read_tables(table(*rows, ragged=True)))
    assert [values[f"content.regulations.{name}", "total"] for name in ("created", "newly_disclosed")] == [2, 1]
    assert values["content.normative_documents.disclosed_total", "total"] == 30
    assert set(values.values()) == {2, 1, 9, 14, 3, 30}


def test_a_change_written_as_its_two_parts_is_not_read_and_moves_no_other_figure() -> None:
    head = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    for change in ("+（3）-（1）", "+3/-1", "增12减10"):
        for ragged in (False, True):
            reading = read_tables(table(head, ["行政许可", "31", change, "66"], ragged=ragged))
            assert values_of(reading) == {
                ("decisions.licensing.items_last_year", "total"): 31,
                ("decisions.licensing.decided", "total"): 66,
            }
            assert [cell.text for cell in cells_of(reading) if cell.status == "unread"] == [change]


def test_a_label_that_goes_on_below_its_values() -> None:
    rows = [
        ["统计指标", "单位", "数量"],
        ["五、行政诉讼数量", "件", "4"],
        ["（一）维持具体行政行为", "件", "3"],
        ["或者驳回原告诉讼请求数", "", ""],
        ["其中：主要负责同志参加政府网站在线访", "次", "2"],
        ["谈次数", "", ""],
        ["六、举报投诉数量", "件", "0"],
    ]
    assert values_of(read_tables(table(*rows, ragged=True))) == {
        ("litigation.total", "total"): 4,
        ("litigation.upheld", "total"): 3,
        ("response.online_interviews.by_head", "total"): 2,
        ("complaints.total", "total"): 0,
    }


def test_what_stands_below_a_foreign_row_is_no_end_of_its_label() -> None:
    rows = [["统计指标", "单位", "数量"], ["本局自行统计的收到申", "件", "8"], ["请数量以登记为准", "", ""]]
    assert read_tables(table(*rows, ragged=True)).stated == ()
