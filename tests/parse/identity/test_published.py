"""Dates as pages and signatures write them."""

from datetime import date

import pytest

from tasks.parse.identity.published import read_date
from tests.parse.identity.identities import identity_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇一七年十月十一日", date(2017, 10, 11)),
        ("二○一四年三月二十日", date(2014, 3, 20)),
        ("二零一九年十二月三十一日", date(2019, 12, 31)),
        ("二〇一七年十十月十一日", None),
        ("二〇一七年十月三十十日", None),
        ("二〇一七年十月十十五日", None),
        ("二〇一七年十月十一二日", None),
        ("二〇一七年二月三十日", None),
        ("2017.13.45", None),
    ],
)
def test_a_date_that_is_one(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("来源:区政府办公室 时间:2017-01-12 10:01", date(2017, 1, 12)),
        ("信息来源:  发文日期:2014-03-12", date(2014, 3, 12)),
        ("[ 发布机构 ] | 某局 | [ 公开日期 ] | 2019-03-25", date(2019, 3, 25)),
        ("| 发布机构 | 发布日期 | 2026-01-20 17:56:13 |", date(2026, 1, 20)),
        ("2017-01-24 09:30 来源: 本网 【字号:大 中 小】", date(2017, 1, 24)),
        ("- 公文生成日期:2013-03-28", date(2013, 3, 28)),
        ("来源:永嘉县人民政府         2021-03-15 16:28:04", date(2021, 3, 15)),
        ("• 2026-01-27 14:42", date(2026, 1, 27)),
        ("更新时间:2026-01-15 发布时间: |  来源:水利局", date(2026, 1, 15)),
        ("• 2026-01-27 起施行", None),
        ("2010.03.10", date(2010, 3, 10)),
        ("2010.03-10", None),
        ("  • 2019-02-03", date(2019, 2, 3)),
        ("中国政府门户网站 www.gov.cn   2011年03月06日   来源:永嘉县", date(2011, 3, 6)),
        ("中央政府门户网站 www.gov.cn   2013年03月29日 15时57分   来源:永嘉县", date(2013, 3, 29)),
        ("2016年绥德县财政局政府信息公开工作年度报告 2017-02-01", date(2017, 2, 1)),
        ("绥德县人民政府门户网站 www.example.gov.cn 2022-01-27", date(2022, 1, 27)),
        ("公开类别 主动公开 发布时间 2012-02-03", date(2012, 2, 3)),
        ("上载日期: 2017-03-23 来源: 水利局", date(2017, 3, 23)),
        ("撰写时间:2023-01-19 字体:分享", date(2023, 1, 19)),
        ("发表日期:2022-01-12 09:50:00 发布机构:水利局", date(2022, 1, 12)),
        ("2017年1月24日召开会议,来源于群众。", None),
    ],
)
def test_the_day_of_publication(line: str, day: date | None) -> None:
    found = identity_of("永嘉县水利局政府信息公开年报", line, "我局公开信息3条。")
    assert found.published_on == day
