"""Whose report, of which year, place and level: what the document says, and nothing that it does not say."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.model import Document, MetadataItem
from tasks.parse.identity.identify import Identity, identify
from tasks.parse.identity.names import read_name
from tasks.parse.identity.opening import read_opening
from tasks.parse.identity.same_body import same_body
from tasks.parse.rulefile import read
from tests.parse.documents import from_lines
from tests.render.made import make

PREAMBLE = "根据有关规定,编制本报告。统计期限自{year}年1月1日起至{year}年12月31日止。\n一、概述\n"


def identity_of(*lines: str, url: str | None = None) -> Identity:
    return of_document(from_lines("\n".join(lines), url=url))


def of_document(document: Document) -> Identity:
    """The identity that a document states."""
    return identify(document, read_opening(document))


def findings(identity: Identity) -> set[str]:
    return {finding.identity_id for finding in identity.findings}


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


@pytest.mark.parametrize(
    ("lines", "publisher", "code"),
    [
        (("本报告由莆田市涵江区水务局编制。", "2014年,我局召开会议。"), "莆田市涵江区水务局", "350303"),
        (("由区发展局根据《某办法》的要求编制。", "2014年,江宁区发展局工作有序。"), "江宁区发展局", "320115"),
        (("现将海陵区工信局(以下简称我局)情况报告如下。",), "海陵区工信局", "321202"),
        (("特编制并面向市民公布金水区统计局2014年度政府信息公开报告。",), "金水区统计局", "410105"),
        (("2014年,我市据《莱西市人民政府关于公开的通知》工作。", "见莱西政务网。"), "莱西市人民政府", "370285"),
        (("请联系:大安市民政局信息公开办,电话略。", "我局工作有序。"), "大安市民政局", "220882"),
        (("由上海市青浦区政府信息公开办公室编制。", "2014年,我区加强领导。"), "上海市青浦区人民政府", "310118"),
        (("如有疑问,请与绥德县审计局办公室联系(电话略)。", "2014年,我局加强领导。"), "绥德县审计局", "610826"),
        (("现公布瓯海区民政局2014年政府信息公开年度报告。", "我局加强领导。"), "瓯海区民政局", "330304"),
        (("2014年,嵊泗县菜园镇人民政府把公开放在首位。", "我镇加强领导。"), "嵊泗县菜园镇人民政府", "330922"),
        (("2014年我乡修订《泰顺县大安乡人民政府信息公开指南》。",), "泰顺县大安乡人民政府", "330329"),
        (("2014年,我局工作有序,市林业局高度重视。", "有关数据见丽水市林业局栏目。"), "丽水市林业局", "331100"),
        (("2014年,我局制定《梅县区气象局政务公开办法》。", "参照《梅州市气象局规则》。"), "梅县区气象局", "441403"),
        (("由长宁区统计局、国家统计局长宁调查队(简称局队)编制。",), "长宁区统计局", "310105"),
        (("2014年,慈溪市供水集团有限公司落实条例。", "公开信息43条。"), "慈溪市供水集团有限公司", "330282"),
        (("填报单位(盖章):绥德县名州镇", "我镇公开信息3条。"), "绥德县名州镇人民政府", "610826"),
        (("我县工作有序。", "请与富县县人民政府办公室联系。"), "富县人民政府", "610628"),
        (("2014年我旗工作有序。", "信息在乌拉特前旗政府网站发布。"), "乌拉特前旗人民政府", "150823"),
    ],
)  # fmt: skip
def test_a_report_without_a_title(lines: tuple[str, ...], publisher: str, code: str) -> None:
    found = identity_of("根据条例编制本报告。统计期限自2014年1月1日起至12月31日止。", *lines)
    assert (found.publisher, found.region_code, found.year) == (publisher, code, 2014)


def test_a_heading_of_the_city_does_not_outweigh_the_body_that_compiles() -> None:
    found = identity_of(
        "北京市政府信息公开工作年度报告", "本报告由北京市水务局编制。", PREAMBLE.format(year=2012), "我局公开信息3条。"
    )
    assert found.publisher == "北京市水务局"


def test_the_fullest_name_wins_over_the_abbreviation() -> None:
    found = identity_of(
        "区卫健局2020年政府信息公开工作年度报告", "本报告由台州市路桥区卫生健康局编制。", PREAMBLE.format(year=2020)
    )
    assert found.publisher == "台州市路桥区卫生健康局"


def test_a_township_is_named_with_its_county_where_the_text_says_it() -> None:
    found = identity_of("书院街道2010年政府信息公开年报", "2010年,曲阜市书院街道公开信息58条。")
    assert found.publisher == "曲阜市书院街道办事处"
    two = identity_of("书院街道2010年政府信息公开年报", "曲阜市书院街道公开信息58条。", "另见邹城市书院街道的报告。")
    assert two.publisher == "书院街道办事处"


def test_the_index_card_may_not_name_a_successor() -> None:
    document = from_lines("路桥区卫生局2010年政府信息公开年度报告\n我局工作有序。")
    card = (MetadataItem("发布机构", "路桥区卫生健康局"), MetadataItem("发布日期", "2019-04-02"))
    found = of_document(replace(document, metadata=card))
    assert found.publisher == "路桥区卫生局"
    assert found.year == 2010
    assert found.published_on == date(2019, 4, 2)


def test_an_office_whose_work_is_told_reports_itself() -> None:
    found = identity_of("2024年,海宁市人民政府办公室严格对照要求。", "2024年通过海宁市人民政府门户网站公开信息20条。")
    assert found.publisher == "海宁市人民政府办公室"


def test_a_government_that_answers_is_not_the_bureau_that_reports() -> None:
    found = identity_of("2013年,我局加强领导。", "如有疑问,请与海宁市人民政府办公室联系。", "2013年我局公开信息20条。")
    assert found.publisher is None
    assert "identity.publisher" in findings(found)


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
        (("2016年我局公开信息3条,公开了机构职能及2015年年报。",), 2016, False),
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


def test_a_hijacked_name_is_none_with_its_reason() -> None:
    found = identity_of("博彩官网_投注平台区2017年政府信息公开年度报告", "2017年,我街道公开信息3条。")
    assert (found.publisher, found.region_code, found.year, found.level) == (None, None, 2017, "township")
    detail = next(finding.detail for finding in found.findings if finding.identity_id == "identity.publisher")
    assert detail is not None
    assert "replaced" in detail


def test_one_of_several_regions_of_a_name_needs_a_word_of_the_document() -> None:
    without = identity_of("河东区2018年政府信息公开年度报告", "2018年,我区工作有序。")
    assert (without.region_code, without.level) == (None, "county")
    assert "identity.region" in findings(without)
    around = identity_of("河东区2018年政府信息公开年度报告", "2018年,按照临沂市部署,我区工作有序。")
    assert around.region_code == "371312"


def test_a_zone_has_no_code_and_the_level_of_its_government() -> None:
    found = identity_of(
        "杭州东湖经济开发区管理委员会2022年政府信息公开工作年度报告", "在区委、区政府领导下,我委工作有序。"
    )
    assert (found.region_code, found.publisher_kind, found.level) == (None, "zone", "county")


@pytest.mark.parametrize(
    ("title", "publisher", "code", "level", "kind"),
    [
        ("兰州新区农林水务局", "兰州新区农林水务局", "620100", "prefecture", "department"),
        ("雄安新区管理委员会", "雄安新区管理委员会", "130000", "province", "zone"),
        ("南京江北新区管委会", "南京江北新区管委会", "320100", "prefecture", "zone"),
        ("加格达奇区", "加格达奇区", "232700", "county", "zone"),
        ("深汕特别合作区", "深汕特别合作区", "440300", "county", "zone"),
        ("大理市国有资产监督管理委员会", "大理市国有资产监督管理委员会", "532901", "county", "department"),
        ("天津市城市管理委员会", "天津市城市管理委员会", "120000", "province", "department"),
        ("国网绥德县供电公司", "国网绥德县供电公司", "610826", "county", "other"),
        ("松辽水利委员会", "松辽水利委员会", None, "national", "department"),
        ("双江自治县", "双江自治县人民政府", "530925", "county", "government"),
        ("坦洲镇", "坦洲镇人民政府", "442000", "township", "government"),
        ("中国证监会安徽监管局", "中国证监会安徽监管局", "340000", "province", "vertical"),
        ("江西省景德镇监狱", "江西省景德镇监狱", "360200", "prefecture", "other"),
        ("绥德县公路管理段", "绥德县公路管理段", "610826", "county", "other"),
        ("烟台出口加工区", "烟台出口加工区", "370600", "prefecture", "zone"),
        ("中关村科技园区丰台园管理委员会", "中关村科技园区丰台园管理委员会", "110106", "county", "zone"),
        ("宿迁市洋河新区", "宿迁市洋河新区", "321300", "prefecture", "zone"),
        (
            "中国(云南)自由贸易试验区红河片区管理委员会", "中国(云南)自由贸易试验区红河片区管理委员会",
            "532500", "prefecture", "zone",
        ),
        (
            "北京大兴国际机场临空经济区(廊坊)管委会", "北京大兴国际机场临空经济区(廊坊)管委会",
            "131000", "prefecture", "zone",
        ),
        ("中国(湖南)自由贸易试验区管委会", "中国(湖南)自由贸易试验区管委会", "430000", "province", "zone"),
        ("中国(上海)自由贸易试验区张江片区管委会", "中国(上海)自由贸易试验区张江片区管委会", None, None, "zone"),
    ],
)  # fmt: skip
def test_zones_and_odd_bodies(title: str, publisher: str, code: str | None, level: str, kind: str) -> None:
    found = identity_of(f"{title}2016年政府信息公开工作年度报告", "一、概述", "全年工作有序开展。")
    assert (found.publisher, found.region_code, found.level, found.publisher_kind) == (publisher, code, level, kind)


def test_a_school_year_leaves_the_school_its_name() -> None:
    found = identity_of("绥德县第一中学2019-2020学年信息公开年度报告", "我校公开信息30条。")
    assert (found.publisher, found.publisher_kind) == ("绥德县第一中学", "other")


def test_a_zone_of_its_own_name_is_another_body_than_its_city() -> None:
    zone, city = read_name("兰州新区财政局"), read_name("兰州市财政局")
    assert zone
    assert city
    assert not same_body(zone, city)


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


def test_a_new_area_that_another_name_ends_with_is_not_meant() -> None:
    assert identity_of("2018年,月亮湾江北新区主动公开信息3条。").region_code is None
    assert identity_of("2018年,月亮湾滨海新区主动公开信息3条。").region_code is None
    assert identity_of("2018年,银湖湾滨海新区主动公开信息3条。").region_code == "440705"


def test_our_district_may_be_a_zone() -> None:
    assert identity_of("2021年,经开区推进公开,我区公开信息30条。").level is None
    assert identity_of("2021年,我区公开信息30条。").level == "county"
    assert identity_of("2021年,我市落实省委、省政府要求,公开信息30条。").level is None


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (
            ("请联系:广州市公安局花都区分局指挥中心警讯组,电话略。", "分局公开信息3条。"),
            "广州市公安局花都区分局",
        ),
        (("如有疑问请联系吉林市公安局行政审批办公室,电话略。", "2013年,我局公开3条。"), "吉林市公安局"),
        (("市残联2020年政府信息公开年报", "2020年,梅河口市残疾人联合会认真公开信息。"), "梅河口市残疾人联合会"),
        (("一、总体情况", "安排1人承担彝良县公安局政府信息公开工作。", "2016年公开信息3条。"), "彝良县公安局"),
        (("本报告由北坎镇党政办公室编制。", "2020年,我镇公开信息30条。"), "北坎镇人民政府"),
        (("2022年,东山街按照区部署推进公开。", "2022年我街收到申请1件。"), "东山街道"),
    ],
)
def test_names_that_stand_in_other_words(lines: tuple[str, ...], publisher: str) -> None:
    found = identity_of(*lines).publisher
    assert found is not None
    assert found.startswith(publisher)


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
        ("  • 2019-02-03", date(2019, 2, 3)),
        ("中国政府门户网站 www.gov.cn   2011年03月06日   来源:永嘉县", date(2011, 3, 6)),
        ("撰写时间:2023-01-19 字体:分享", date(2023, 1, 19)),
        ("发表日期:2022-01-12 09:50:00 发布机构:水利局", date(2022, 1, 12)),
        ("2017年1月24日召开会议,来源于群众。", None),
    ],
)
def test_the_day_of_publication(line: str, day: date | None) -> None:
    found = identity_of("永嘉县水利局政府信息公开年报", line, "我局公开信息3条。")
    assert found.published_on == day


def test_a_site_is_no_body() -> None:
    found = identity_of("一、总体情况", "2024年,市人民政府网站共发布信息300条,我局公开信息20条。")
    assert found.publisher is None


def test_levels_without_a_name() -> None:
    assert identity_of("2015年,我局在区委、区政府领导下工作。").level == "county"
    assert identity_of("2015年,我街道工作有序。").level == "township"
    assert identity_of("2015年,我局根据《某省政府办公厅关于公开的意见》工作。").level is None
    assert identity_of("2015年,我局按照省政府办公厅要求工作。").level == "province"
    assert identity_of("市安监局2015年政府信息公开年度报告\n2015年,我局按照省政府办公厅要求工作。").level is None


@pytest.mark.parametrize("seed", range(120))
def test_rendered_reports_say_whose_they_are(seed: int) -> None:
    made = make(seed, format="txt")
    found = of_document(from_lines(made.content.decode()))
    body = made.facts.body
    assert (found.year, found.publisher, found.level) == (made.facts.year, body.name, body.level)
    assert found.region_code == body.region_code


@given(st.text(alphabet="年月日20158一、区县市局镇人民政府信息公开报告由与联系《》()\n 我", max_size=300))
@settings(max_examples=150, deadline=None)
def test_nothing_but_an_identity_comes_out(text: str) -> None:
    assert isinstance(of_document(from_lines(text)), Identity)


@pytest.mark.parametrize("entry", read("publisher.yaml")["witnesses"], ids=lambda entry: entry["example"][0])
def test_each_witness_has_its_example(entry: dict[str, list[str]]) -> None:
    data = read("publisher.yaml")
    pattern = re.compile(str(entry["pattern"]).replace("{B}", data["name_characters"]), re.M)
    text, expected = entry["example"]
    match = pattern.search(text)
    assert match is not None
    name = read_name(match["body"])
    assert name is not None
    assert name.text.startswith(expected)


@pytest.mark.parametrize(
    ("pattern", "example", "year"),
    [(each["pattern"], *each["example"]) for kind in read("year.yaml")["patterns"].values() for each in kind],
)
def test_each_pattern_of_the_year_has_its_example(pattern: str, example: str, year: int) -> None:
    match = re.search(pattern, example)
    assert match is not None
    assert int(match["year"]) == year
