"""The region under the code of the report's year, and none where the document leaves several."""

import pytest

from tests.parse.identity.identities import findings, identity_of


@pytest.mark.parametrize(
    ("place", "year", "code", "level"),
    [
        ("巢湖市", 2009, "341400", "prefecture"),
        ("巢湖市", 2012, "340181", "county"),
        ("北京市崇文区", 2009, "110103", "county"),
        ("襄樊市", 2009, "420600", "prefecture"),
        ("莱芜市", 2015, "371200", "prefecture"),
        ("济南市莱芜区", 2019, "370116", "county"),
        ("宜宾县", 2016, "511521", "county"),
        ("宜宾市叙州区", 2019, "511504", "county"),
        ("杭州市江干区", 2019, "330104", "county"),
        ("杭州市临平区", 2021, "330113", "county"),
        ("上虞市", 2012, "330682", "county"),
        ("日喀则地区", 2012, "542300", "prefecture"),
        ("日喀则市", 2012, "542301", "county"),
        ("日喀则市", 2015, "540200", "prefecture"),
        ("哈密市", 2014, "652201", "county"),
        ("哈密市", 2017, "650500", "prefecture"),
        ("儋州市", 2012, "469003", "county"),
        ("儋州市", 2016, "460400", "prefecture"),
    ],
)
def test_the_code_is_the_one_of_that_year(place: str, year: int, code: str, level: str) -> None:
    found = identity_of(f"{place}人民政府{year}年政府信息公开工作年度报告", "一、概述")
    assert (found.region_code, found.level) == (code, level)


def test_one_of_several_regions_of_a_name_needs_a_word_of_the_document() -> None:
    without = identity_of("河东区2018年政府信息公开年度报告", "2018年,我区工作有序。")
    assert (without.region_code, without.level) == (None, "county")
    assert "identity.region" in findings(without)
    around = identity_of("河东区2018年政府信息公开年度报告", "2018年,按照临沂市部署,我区工作有序。")
    assert around.region_code == "371312"


@pytest.mark.parametrize(
    ("contact", "url", "code"),
    [
        ("(邮编:044300)", None, "140829"),
        ("(电话:0359-3520001)", None, "140829"),
        ("索引号:11140829012345678K/2019-00012", None, "140829"),
        ("索引号:140829015/2019-00012", None, "140829"),
        ("", "http://www.pinglu.gov.cn/xxgk/1.html", "140829"),
        ("", "http://www.yuncheng.gov.cn/pl/1.html", "140829"),
        ("", "http://www.example.cn/xxgk/1.html", None),
        ("(邮编:100000)", None, None),
    ],
)
def test_how_it_is_reached_decides_between_places_of_one_name(contact: str, url: str | None, code: str | None) -> None:
    """常乐镇 lies in five counties; the page names none, 平陆县 neither."""
    found = identity_of("常乐镇2018年政府信息公开年报", "2018年,我镇公开信息30条。", contact, url=url)
    assert found.level == "township"
    assert found.region_code == code


def test_a_township_of_no_list_is_of_the_only_county_that_the_page_names() -> None:
    lines = ("参林乡2011年政府信息公开年报", "2011年,永嘉县开展检查,我乡公开信息30条。")
    assert identity_of(*lines).region_code == "330324"
    assert identity_of(*lines, "我乡与文成县交流经验。").region_code is None


def test_a_zone_is_of_the_only_county_that_it_answers_to() -> None:
    lines = ("科创产业园2018年政府信息公开年报", "2018年,产业园落实县政府要求,公开信息30条。")
    assert identity_of(*lines, "附:《永嘉县政务公开工作要点》").region_code == "330324"
    assert identity_of(lines[0], "2018年,产业园公开信息30条。", "附:《永嘉县政务公开工作要点》").region_code is None


@pytest.mark.parametrize(
    ("lines", "code", "level"),
    [
        (("我局在临汾市农业网和临汾市政府网站公开30条。",), "141000", "prefecture"),
        (("我局在介休市农业网和介休市政府网站公开30条。",), "140781", "county"),
        (("我局在临汾市农业网公开30条。", "按照《临汾市公开规定》。"), None, None),
        (("我局在临汾市农业网和临汾市政府网站公开30条。", "与洪洞县交流。"), None, None),
        (("我局在临汾市、运城市交流,在临汾市政府网站公开30条。",), None, None),
    ],
)
def test_a_citys_bureau_is_of_the_only_city_that_the_text_names(
    lines: tuple[str, ...], code: str | None, level: str | None
) -> None:
    found = identity_of("市农业局2011年度政府信息公开年度报告", *lines)
    assert (found.publisher, found.region_code, found.level) == ("市农业局", code, level)


@pytest.mark.parametrize(
    ("body", "text", "code"),
    [
        ("自治区农垦办", "本报告可在宁夏回族自治区人民政府网站下载。", "640000"),
        ("自治区农垦办", "与宁夏回族自治区、广西壮族自治区交流。", None),
        ("省水利厅", "按照《青海省政府信息公开办法》和青海省政府要求公开30条。", "630000"),
        ("省水利厅", "赴青海省交流。", None),
    ],
)
def test_a_provinces_body_is_of_the_only_province_that_the_text_names(body: str, text: str, code: str | None) -> None:
    found = identity_of(f"{body}2014年度政府信息公开年度报告", text)
    assert (found.publisher, found.region_code, found.level) == (body, code, "province")


def test_a_branch_of_a_centre_is_of_the_county_that_it_is_named_after() -> None:
    found = identity_of("嘉兴市公共资源交易中心海宁分中心2022年政府信息公开工作年度报告", "2022年,中心工作有序。")
    assert (found.region_code, found.level) == ("330481", "county")


def test_a_new_area_that_another_name_ends_with_is_not_meant() -> None:
    assert identity_of("2018年,月亮湾江北新区主动公开信息3条。").region_code is None
    assert identity_of("2018年,月亮湾滨海新区主动公开信息3条。").region_code is None
    assert identity_of("2018年,银湖湾滨海新区主动公开信息3条。").region_code == "440705"
