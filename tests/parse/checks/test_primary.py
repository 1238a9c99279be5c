from tasks.model import Method, Period, Qualifier
from tasks.parse.checks.primary import choose_primary
from tasks.parse.outline.headings import find_outline
from tasks.parse.stated import Stated
from tests.parse.documents import from_lines

TEXT = "一、概述\n收到申请9件,公开信息近500条。\n二、主动公开情况\n公开信息498条。\n三、依申请公开情况\n收到申请7件。"
OUTLINE = find_outline(from_lines(TEXT))


def said(
    words: str,
    value: float,
    indicator: str = "request.received.new",
    method: Method = "prose",
    qualifier: Qualifier = "exact",
    period: Period = "year",
) -> Stated:
    start = TEXT.index(words)
    span = (start, start + len(words))
    return Stated(indicator, "total", value, "件", span, span, qualifier, period, method, "a.rule")


def test_the_indicators_own_part_comes_before_the_summary() -> None:
    summary, section = said("收到申请9件", 9), said("收到申请7件", 7)
    chosen, restated, findings = choose_primary([summary, section], OUTLINE)
    assert chosen["request.received.new", "total"] is section
    assert [(finding.identity_id, finding.lhs, finding.rhs, finding.status) for finding in findings] == [
        ("statement.request.received.new", 7, 9, "fail")
    ]
    assert restated == {("request.received.new", "total"): {9}}


def test_a_table_comes_before_prose() -> None:
    prose, table = said("收到申请7件", 7), said("收到申请9件", 9, method="table")
    assert choose_primary([prose, table], OUTLINE).primary["request.received.new", "total"] is table


def test_exact_comes_before_about_and_both_agree() -> None:
    about = said("公开信息近500条", 500, "proactive.total", qualifier="approximate")
    exact = said("公开信息498条", 498, "proactive.total")
    chosen, restated, findings = choose_primary([about, exact], OUTLINE)
    assert chosen["proactive.total", "total"] is exact
    assert restated == {("proactive.total", "total"): set()}
    assert findings == ()


def test_other_years_are_never_primary() -> None:
    before = said("收到申请9件", 9, period="previous_year")
    assert choose_primary([before], OUTLINE) == ({}, {}, ())
