"""The year that a report is about: witnesses, conflicts, and none where it is not stated."""

import re

import pytest

from tasks.parse.rulefile import read
from tests.parse.identity.identities import findings, identity_of


@pytest.mark.parametrize(
    ("lines", "year", "conflict"),
    [
        (("某科室统计期限自2015年1月1日起至2015年12月31日止。",), 2015, False),
        (("洞口县2016年政府信息公开年度报告", "统计期限自2015年1月1日起至2015年12月31日止。"), 2016, True),
        (
            ("洞口县2016年政府信息公开年度报告", "统计期限自2017年1月1日起至2017年12月31日止。",
             "现公布2017年度政府信息公开工作年度报告。", "2017年,我县扎实推进。2017年共公开信息20条。"),
            2017, True,
        ),
        (("统计期限自202111日至20211231日。", "2021年,我镇公开信息3条。"), 2021, False),
        (("2019年,我局公开信息3条。2019年未收到申请。2020年,我局将继续努力。",), 2019, False),
        (
            ("统计期限为2008年1月1日—2008年12月31日。", "一、概述", "2007年,我局公开信息6条,2007年收到申请2件。",
             "已发布《洞口县审计局2007年政府信息公开工作年度报告》。", "洞口县审计局", "2009年2月3日"), 2008, True,
        ),
        (
            ("现发布《绥德县2019年度政府信息公开工作报告》。", "一、概述",
             "2019年,我县公布2018年统计公报,公开2018年决算。"), 2019, True,
        ),
        (("我县收到申请78件,转2023年度办理8件。", "2022年,我县推进公开。"), 2022, False),
        (("2016年我局公开信息3条,公开了机构职能及2015年年报。",), 2016, False),
        (("我委制定《2016年政务公开工作要点分工方案》。", "我委公开3条。", "某委", "2017年2月3日"), 2016, False),
        (("自2008年5月1日条例施行以来,我局积极工作。", "2010年我局公开信息3条,2010年未收到申请。"), 2010, False),
    ],
)  # fmt: skip
def test_witnesses_of_the_year(lines: tuple[str, ...], year: int, conflict: bool) -> None:
    found = identity_of(*lines)
    assert found.year == year
    assert ("identity.year" in findings(found)) is conflict


def test_a_number_of_the_index_card_is_no_year() -> None:
    found = identity_of("索引号 0001/2018-0042 分类 信息公开年报", "永嘉县2017年政府信息公开年报", "一、概述", "略。")
    assert found.year == 2017
    assert "identity.year" not in findings(found)


@pytest.mark.parametrize("lines", [("我局公开信息30条。",), ("我局公开信息30条。", "某局", "2016年2月3日")])
def test_a_year_that_is_not_stated_is_none(lines: tuple[str, ...]) -> None:
    found = identity_of(*lines, url="http://x.gov.cn/xxgk/201602/t20160203_1.html" if len(lines) == 1 else None)
    assert found.year is None
    assert "identity.year" in findings(found)


@pytest.mark.parametrize(
    ("pattern", "example", "year"),
    [(each["pattern"], *each["example"]) for kind in read("year.yaml")["patterns"].values() for each in kind],
)
def test_each_pattern_of_the_year_has_its_example(pattern: str, example: str, year: int) -> None:
    match = re.search(pattern, example)
    assert match is not None
    assert int(match["year"]) == year
