"""A fact's quote is the clause that states it."""

from __future__ import annotations

import pytest

from tasks.parse.prose.read import read_prose
from tests.parse.documents import from_lines
from tests.parse.prose.test_rules import stated_in

LIST = (
    "2016年，我局公开政府信息997条，其中通过政府网站公开政府信息608条、"
    "政务微博公开政府信息 35 余条，公众号公开政府信息354条"
)
ANSWERS = (
    "一、依申请公开：收到申请 42 件（含上年结转3件），其中予以公开12件、不予公开4件，"
    "6件申请信息不存在，均未收取费用，未发生行政复议、诉讼"
)


@pytest.mark.parametrize(
    ("text", "year", "quotes"),
    [
        (
            LIST,
            2016,
            {
                "proactive.total": "2016年，我局公开政府信息997条",
                "proactive.channel.website": "其中通过政府网站公开政府信息608条",
                "proactive.channel.weibo": "政务微博公开政府信息 35 余条",
                "proactive.channel.wechat": "公众号公开政府信息354条",
            },
        ),
        (
            ANSWERS,
            2022,
            {
                "request.received.carried_in": "含上年结转3件",
                "request.outcome.granted": "其中予以公开12件",
                "request.outcome.denied": "不予公开4件",
                "request.outcome.unable.not_held": "6件申请信息不存在",
                "request.fees_collected": "均未收取费用",
                "reconsideration.total": "均未收取费用，未发生行政复议、诉讼",
                "litigation.total": "均未收取费用，未发生行政复议、诉讼",
            },
        ),
        (
            "门户网站为主要载体的局，全年累计发布相关信息728条",
            2018,
            {"proactive.channel.website": "门户网站为主要载体的局，全年累计发布相关信息728条"},
        ),
        (
            "配备了2名兼职工作人员、1名专职人员",
            2012,
            {
                "capacity.staff.part_time": "配备了2名兼职工作人员",
                "capacity.staff.full_time": "1名专职人员",
            },
        ),
        (
            "截至2018年12月31日，历年累计主动公开政府信息1.2万条，占比九成",
            2018,
            {"proactive.total": "截至2018年12月31日，历年累计主动公开政府信息1.2万条"},
        ),
    ],
)
def test_quote_is_the_clause(text: str, year: int, quotes: dict[str, str]) -> None:
    found = {s.indicator_id: text[s.quote_span[0] : s.quote_span[1]] for s in stated_in(text, year)}
    assert found == quotes


def test_topic_touched_in_passing_ends_with_its_line() -> None:
    passing = "三、依申请公开情况\n收到政府信息公开申请9件。局长信箱收到来信53封。\n按时办结7件。"
    heading = "三、依申请公开情况\n收到政府信息公开申请9件。\n四、局长信箱\n按时办结7件。"
    read = [read_prose(from_lines(text), (), 2015).stated for text in (passing, heading)]
    assert [{s.indicator_id for s in stated} for stated in read] == [
        {"request.received.new", "request.closed.on_time"},
        {"request.received.new"},
    ]
