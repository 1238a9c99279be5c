"""Index cards as lines, pipe rows, bullets and cells."""

from __future__ import annotations

import pytest

from tasks.clean.html.metadata import read_card, read_rows, without_counters


def _items(*lines: str) -> list[tuple[str, str]]:
    return [(item.key, item.value) for item in read_card(lines).items]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["索 引 号 | 001-7 | 分 类 | 年报 |"], [("索引号", "001-7"), ("分类", "年报")]),
        (["发布机构 | 甲街道 | ||", "标 题 | 年度报告 | ||"], [("发布机构", "甲街道"), ("名称", "年度报告")]),
        (["文 号 | 有 效 性 |"], []),
        (["发布日期: 2021-01-29  来源:乙镇 字体:  打印   分享至:"], [("发布日期", "2021-01-29"), ("来源", "乙镇")]),
        (["來源：丙局　發佈時間：2013-02-03 浏览次数：7"], [("来源", "丙局"), ("发布日期", "2013-02-03")]),
        (
            ["• 信息索引号:", "0001/2022", "• 生成日期:", "2022-01-11"],
            [("索引号", "0001/2022"), ("成文日期", "2022-01-11")],
        ),
        (["索引号：", "发布机构：丁局"], [("发布机构", "丁局")]),
        (["【发布时间】：2019-01-02"], [("发布日期", "2019-01-02")]),
        (["来源：戊乡发布日期：2019-01-02点击数：人次"], [("来源", "戊乡"), ("发布日期", "2019-01-02")]),
        (
            ["发布者：校长办公室发布时间：2020-11-09浏览次数：301"],
            [("发布机构", "校长办公室"), ("发布日期", "2020-11-09")],
        ),
        (
            ["名称 甲市2017年年报", "索引号 01/2018 分类 年报 其他", "发布机构 甲市政府 发文日期 2018-02-26", "时效"],
            [
                ("名称", "甲市2017年年报"),
                ("索引号", "01/2018"),
                ("分类", "年报 其他"),
                ("发布机构", "甲市政府"),
                ("成文日期", "2018-02-26"),
            ],
        ),
        (["發(fā)布單位: | 某鄉(xiāng) |"], [("发布机构", "某鄉(xiāng")]),
    ],
)
def test_cards(lines: list[str], expected: list[tuple[str, str]]) -> None:
    assert _items(*lines) == expected


@pytest.mark.parametrize(
    "line",
    [
        "信息内容 | 本年制发件数 | 本年废止件数 |",
        "名称 | 数量 | 单位 |",
        "全年通过政府网站公开信息，来源：各科室，共12条。",
        "首页 | 新闻 | 时间 |",
        "时间 安排紧凑",
        "名称 数量",
        "",
    ],
)
def test_lines_of_no_card(line: str) -> None:
    assert read_card([line]).lines == frozenset()


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("来源：本站作者：管理员点击数：596收藏", "来源：本站作者：管理员"),
        ("时间：2020-01-02 浏览量：17 来源：甲局", "时间：2020-01-02 浏览量：17 来源：甲局"),
        ("发布日期：2021-01-29 字体：【大 中 小】", "发布日期：2021-01-29"),
        ("分类：打印设备", "分类：打印设备"),
    ],
)
def test_counters_and_buttons_at_a_card_s_end_go(line: str, kept: str) -> None:
    assert without_counters(line) == kept


def test_a_field_without_a_value_does_not_take_the_title() -> None:
    card = read_card(
        ["文号：", "某某县2020年政府信息公开工作年度报告", "名称：", "某某县2020年政府信息公开工作年度报告"]
    )
    assert [(item.key, item.value) for item in card.items] == [("名称", "某某县2020年政府信息公开工作年度报告")]
    assert card.lines == {0, 2}


def test_a_field_below_filled_ones_is_blank() -> None:
    card = read_card(["发文机关： 某市政府 成文日期： 2019年1月27日", "主 题 词：", "某市关于推行", "随机抽查的意见"])
    assert [item.key for item in card.items] == ["发布机构", "成文日期"]
    assert card.lines == {0, 1}


def test_rows_of_cells() -> None:
    found = read_rows([["索引号：", "A-1", "文号", ""], ["名称", "年报"]])
    assert found is not None
    assert [(item.key, item.value) for item in found] == [("索引号", "A-1"), ("名称", "年报")]
    assert read_rows([["信息内容", "件数"], ["规章", "0"]]) is None
