"""Titles: body, year and place in one line or over several."""

import pytest

from tasks.parse.identity.title import read_title
from tests.parse.identity.identities import identity_of


@pytest.mark.parametrize(
    ("title", "year", "publisher", "code", "level", "kind"),
    [
        ("天津市河东区2018年政府信息公开年度报告", 2018, "天津市河东区人民政府", "120102", "county", "government"),
        ("2012年赣州市卫生局政府信息公开工作年度报告", 2012, "赣州市卫生局", "360700", "prefecture", "department"),
        ("四川省教育厅2017年度政府信息公开工作年度报告", 2017, "四川省教育厅", "510000", "province", "department"),
        ("国家统计局2020年政府信息公开工作年度报告", 2020, "国家统计局", None, "national", "department"),
        ("密云县2012年政府信息公开年报", 2012, "密云县人民政府", "110228", "county", "government"),
        ("密云区2018年政府信息公开年报", 2018, "密云区人民政府", "110118", "county", "government"),
        ("塘沽区2008年政府信息公开工作报告", 2008, "塘沽区人民政府", "120107", "county", "government"),
        ("衢江区湖南镇二〇一六年信息公开年报", 2016, "衢江区湖南镇人民政府", "330803", "township", "government"),
        ("关于阿坝州2015年度政府信息公开工作的年度报告", 2015, "阿坝州人民政府", "513200", "prefecture", "government"),
        ("盐池县人民政府信息公开2011年度工作报告", 2011, "盐池县人民政府", "640323", "county", "government"),
        ("西安市公安局碑林分局09年信息公开年报", 2009, "西安市公安局碑林分局", "610103", "county", "department"),
        ("湛江市气象部门2023年政府信息公开年报", 2023, "湛江市气象部门", "440800", "prefecture", "vertical"),
        ("阿勒泰地区2020年政府信息公开年报", 2020, "阿勒泰地区行政公署", "654300", "prefecture", "government"),
        ("锡林郭勒盟2012年政府信息公开年报", 2012, "锡林郭勒盟行政公署", "152500", "prefecture", "government"),
        ("毕节市水利局2009年政府信息公开年报", 2009, "毕节市水利局", "522401", "county", "department"),
        ("毕节市水利局2016年政府信息公开年报", 2016, "毕节市水利局", "520500", "prefecture", "department"),
        ("国家安监总局2009年政府信息公开年报", 2009, "国家安监总局", None, "national", "department"),
        ("公安部消防局2015年政府信息公开年报", 2015, "公安部消防局", None, "national", "department"),
        ("海南海事局2015年政府信息公开年报", 2015, "海南海事局", "460000", "province", "vertical"),
        ("重庆市双桥区2010年政府信息公开年报", 2010, "重庆市双桥区人民政府", "500111", "county", "government"),
        ("新疆生产建设兵团2015年政府信息公开年报", 2015, "新疆生产建设兵团", None, "province", "government"),
        ("兵团第八师石河子市2015年政府信息公开年报", 2015, "兵团第八师石河子市", "659001", "prefecture", "government"),
        ("第十二师教育局2015年政府信息公开年报", 2015, "第十二师教育局", None, "prefecture", "department"),
        ("青岛海关2015年海关政府信息公开年报", 2015, "青岛海关", "370200", "prefecture", "vertical"),
        ("(文字版)2017年永嘉县政府信息公开工作年度报告", 2017, "永嘉县人民政府", "330324", "county", "government"),
        ("海关总署2015年海关政府信息公开年报", 2015, "海关总署", None, "national", "department"),
        ("上海市闵行区莘庄工业区管理委员会2012年政府信息公开年报", 2012, "上海市闵行区莘庄工业区管理委员会",
         "310112", "county", "zone"),
    ],
)  # fmt: skip
def test_a_title_says_all(
    title: str, year: int, publisher: str, code: str | None, level: str, kind: str
) -> None:  # fmt: skip
    found = identity_of(title, "一、概述", "全年工作有序开展。")
    assert (found.year, found.publisher, found.region_code, found.level, found.publisher_kind) == (
        year,
        publisher,
        code,
        level,
        kind,
    )


def test_a_title_over_two_lines_and_a_breadcrumb() -> None:
    found = identity_of(
        "首页 > 政务公开 > 年报", "永嘉县人民政府", "2019年政府信息", "公开工作年度报告", "一、总体情况"
    )
    assert (found.publisher, found.year) == ("永嘉县人民政府", 2019)


@pytest.mark.parametrize(
    "lines",
    [
        ("永嘉县水利局", "2016年", "政府信息公开工作", "年度报告"),
        ("永嘉县", "水利局", "2016年", "政府信息公开工作", "年度报告"),
        ("2016年", "永嘉县水利局政府信息公开", "年度报告"),
        ("永嘉县水利局2016年政府信息公", "开工作年度报告"),
    ],
)
def test_a_title_over_several_lines(lines: tuple[str, ...]) -> None:
    found = identity_of(*lines, "一、概述", "公开信息12条。")
    assert (found.year, found.publisher, found.region_code) == (2016, "永嘉县水利局", "330324")


def test_a_field_of_the_index_card_is_no_title() -> None:
    assert read_title("索引号:0001/2022主题分类:政府信息公开年报") is None
    assert read_title("名称:海宁市2021年政府信息公开年报") is not None


def test_a_field_above_a_title_is_no_part_of_it() -> None:
    text = ["各项工作有序开展。" * 8] * 6
    found = identity_of("发布单位:市卫健局", "2009年度政府信息公开年报", "由海宁市卫生局编制。", *text)
    assert (found.title, found.publisher) == ("2009年度政府信息公开年报", "海宁市卫生局")


def test_a_school_year_leaves_the_school_its_name() -> None:
    found = identity_of("绥德县第一中学2019-2020学年信息公开年度报告", "我校公开信息30条。")
    assert (found.publisher, found.publisher_kind) == ("绥德县第一中学", "other")
