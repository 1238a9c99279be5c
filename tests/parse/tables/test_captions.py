"""Tables of one form after another: those that their titles give to other years or bodies are not the report's."""

import pytest

from tasks.parse.tables.read import read_tables
from tests.parse.tables.grids import Sheet, cells_of, values_of

OWN = {("request.received.new", "total"): 4, ("complaints.total", "total"): 1}
OTHER = {("request.received.new", "total"): 6, ("complaints.total", "total"): 0}


def sheet_of(first: str, second: str, *, inside: bool = False) -> Sheet:
    """Two tables of the form of 2014 below their titles, or with them in their first row."""
    sheet = Sheet()
    for title, figures in ((first, ("6", "0")), (second, ("4", "1"))):
        cells = [(1, 0, 1, 1, "统计指标"), (1, 1, 1, 1, "统计数"), (2, 0, 1, 1, "收到申请数"), (2, 1, 1, 1, figures[0])]
        cells += [(3, 0, 1, 1, "举报投诉数量"), (3, 1, 1, 1, figures[1])]
        if inside:
            cells.insert(0, (0, 0, 1, 2, title))
        else:
            sheet.line(title)
        sheet.table(cells, ragged=False)
    return sheet


@pytest.mark.parametrize("inside", [False, True])
def test_a_table_of_the_year_before(inside: bool) -> None:
    document = sheet_of("2015年政府信息公开情况统计表", "2016年政府信息公开情况统计表", inside=inside).document()
    reading = read_tables(document, 2016)
    assert values_of(reading) == OWN
    assert values_of(reading, "previous_year") == OTHER
    assert values_of(read_tables(document, 2017)).keys() == OWN.keys()  # no table of its own: the titles are left over


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2012年政府信息公开情况统计表", "2016年政府信息公开情况统计表"),
        ("附表1：山前县种子站2016年政府信息公开情况统计表", "附表2：山前县粮食局2016年政府信息公开情况统计表"),
        ("附件一 山前县种子站政府信息公开情况统计表", "附件二 政府信息公开情况统计表"),
    ],
)
def test_a_table_of_another_time_or_body_is_left_unread(first: str, second: str) -> None:
    reading = read_tables(sheet_of(first, second).document(), 2016, "山前县粮食局")
    assert values_of(reading) == OWN
    assert len(reading.stated) == len(OWN)
    assert [finding.identity_id for finding in reading.findings] == ["tables.unread"]
    assert [cell.text for cell in cells_of(reading) if cell.status == "unread"] == ["6", "0"]


def test_titles_that_tell_nothing() -> None:
    for first, second in (("政府信息公开情况统计表", "续表"), ("统计表（2016年）", "县粮食局2016年统计表")):
        reading = read_tables(sheet_of(first, second).document(), 2016, "山前县粮食局")
        assert len(reading.stated) == len(OWN) + len(OTHER)
