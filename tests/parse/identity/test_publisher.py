"""Whose report it is: by title, preamble, contact and running text; none where none of them says."""

import re
from dataclasses import replace
from datetime import date

import pytest

from tasks.model import MetadataItem
from tasks.parse.identity.names import read_name
from tasks.parse.identity.offices import governing
from tasks.parse.identity.opening import read_opening
from tasks.parse.identity.self_word import may_say, self_word
from tasks.parse.rulefile import read
from tests.parse.documents import from_lines
from tests.parse.identity.identities import findings, identity_of, of_document

PREAMBLE = "根据有关规定,编制本报告。统计期限自{year}年1月1日起至{year}年12月31日止。\n一、概述\n"


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
        (("本报告由市政府办公厅编制。", "可在重庆市政府公众信息网下载。"), "重庆市人民政府", "500000"),
        (("2014年,海陵区市场监管局立足职能公开信息43条。",), "海陵区市场监管局", "321202"),
        (("由绥德县政务公开和政府信息公开领导小组办公室编制。",), "绥德县人民政府", "610826"),
        (("请与绥德县人民政府办公室联系。", "绥德县人民政府办公室深入贯彻条例。"), "绥德县人民政府办公室", "610826"),
        (("如有疑问,请与绥德县人民政府办公室联系。", "县人民政府办公室制定指南。"), "绥德县人民政府", "610826"),
        (("当前位置:绥德县>绥德县人民政府办公室>信息公开年度报告", "我县公开信息3条。"), "绥德县人民政府", "610826"),
        (("如有疑问,请与县政务公开办公室联系。", "绥德县民政局严格贯彻条例。"), "绥德县民政局", "610826"),
        (("由区住建局编制。", "《海陵区住房和城乡建设局公开制度》"), "海陵区住房和城乡建设局", "321202"),
        (("由区住建局编制。", "《海陵区住宅发展局公开制度》"), "区住建局", "321202"),
        (("特公布2014年本镇公开年报。", "如有疑问,可致电绥德县审计局。", "我局公开3条。"), "绥德县审计局", "610826"),
        (("请与绥德县政务服务局联系。", "2014年,绥德县坚持公开。"), "绥德县人民政府", "610826"),
        (("由绥德县工业园区管委会党政办公室编制。",), "绥德县工业园区管委会", "610826"),
        (("2014年,全县公开3条。", "有疑问请与绥德县人民政府信息化工作办公室联系。"), "绥德县人民政府", "610826"),
        (("我局制定《2014年绥德县水利局政务公开制度》。",), "绥德县水利局", "610826"),
        (("由绥德县人民政府政府办公室编制。",), "绥德县人民政府", "610826"),
        (("我县工作有序。", "请与富县县人民政府办公室联系。"), "富县人民政府", "610628"),
        (("2014年我旗工作有序。", "信息在乌拉特前旗政府网站发布。"), "乌拉特前旗人民政府", "150823"),
        (("由市粮食局编制。", "依《丽水市粮食局办法》,《丽水粮食》刊载,丽水粮食网可查。"), "丽水市粮食局", "331100"),
        (("由市粮食局编制。", "依《丽水市粮食局办法》,丽水市可查。"), "市粮食局", None),
        (("公布2014年环保局政府信息公开年报。", "2014年,丽水市环保局政务公开有序。"), "丽水市环保局", "331100"),
        (("公布2014年环保局政府信息公开年报。", "丽水市环保局大力指导。"), "环保局", None),
        (("2014年,我区工作有序。", "海陵区政务微信平台发布3条。"), "海陵区人民政府", "321202"),
        (("现将泰顺县大安乡2014年度政府信息工作年度报告公开。",), "泰顺县大安乡人民政府", "330329"),
        (("请与绥德县人民政府名州镇办公室联系,电话略。", "我镇公开3条。"), "绥德县名州镇人民政府", "610826"),
        (("结合国家税务总局绥德县税务局(以下简称县局)有关数据撰写。",), "国家税务总局绥德县税务局", "610826"),
        (("成立了绥德县水利局“公开”领导小组,我局公开3条。",), "绥德县水利局", "610826"),
        (("请联系绥德县名州镇人民政府经济发展办公室。", "我镇公开3条。"), "绥德县名州镇人民政府", "610826"),
        (("请联系南关区永吉街道办事处社区事务服务中心。",), "南关区永吉街道办事处", "220102"),
    ],
)  # fmt: skip
def test_a_report_without_a_title(lines: tuple[str, ...], publisher: str, code: str | None) -> None:
    found = identity_of("根据条例编制本报告。统计期限自2014年1月1日起至12月31日止。", *lines)
    assert (found.publisher, found.region_code, found.year) == (publisher, code, 2014)


def test_a_heading_of_the_city_does_not_outweigh_the_body_that_compiles() -> None:
    found = identity_of(
        "北京市政府信息公开工作年度报告", "本报告由北京市水务局编制。", PREAMBLE.format(year=2012), "我局公开信息3条。"
    )
    assert found.publisher == "北京市水务局"


def test_the_path_of_a_page_does_not_outweigh_the_body_that_reports() -> None:
    found = identity_of(
        "海宁市人民政府政府信息公开年度报告", "现将市水利局2014年度政府信息公开情况报告如下。", "请联系:海宁市水利局。"
    )
    assert found.publisher == "海宁市水利局"
    found = identity_of("海宁市人民政府信息公开年度报告", "2014年公开信息3条。")
    assert found.publisher == "海宁市人民政府"


@pytest.mark.parametrize(
    ("owner", "lines", "publisher"),
    [
        ("海宁市人民政府", ("2019年,我局公开信息3条。", "请与海宁市水利局联系。"), "海宁市水利局"),
        ("海宁市人民政府", ("2019年,我镇公开信息3条。", "由许村镇人民政府编制。"), "许村镇人民政府"),
        ("海宁市人民政府", ("2019年,我市公开信息3条。", "请与海宁市水利局联系。"), "海宁市人民政府"),
        ("许村镇人民政府", ("2019年,我镇公开信息3条。", "请与海宁市水利局联系。"), "许村镇人民政府"),
    ],
)
def test_the_government_above_a_title_may_own_the_page(owner: str, lines: tuple[str, ...], publisher: str) -> None:
    text = ["各项工作有序开展。" * 8] * 6
    found = identity_of(owner, "2019年政府信息公开工作年度报告", *lines, *text)
    assert (found.publisher, found.year) == (publisher, 2019)
    assert (found.title == "2019年政府信息公开工作年度报告") is (owner != publisher)


def test_an_office_of_nobody_is_no_publisher() -> None:
    document = from_lines("2020年度信息公开年度报告\n江河学院认真总结了2020年度信息公开情况。")
    found = of_document(replace(document, metadata=(MetadataItem("发布机构", "院长办公室"),)))
    assert found.publisher == "江河学院"


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


def test_the_owner_of_the_page_is_not_the_body_that_it_succeeded() -> None:
    text = ["我局开展工作。" * 8] * 12
    found = identity_of("绥德县粮食和物资储备局", "绥德县粮食局2011年度政府信息公开工作报告", *text)
    assert found.publisher == "绥德县粮食局"
    found = identity_of("-项目中心", "根据条例编制2011年度政府信息公开工作报告。", *text)
    assert found.publisher is None
    found = identity_of("绥德县农业局", "2012-03-01", "2011年度政府信息公开工作报告", *text)
    assert found.publisher == "绥德县农业局"


def test_who_answers_for_a_government_reports_where_nobody_else_is_named() -> None:
    assert identity_of("2014年公开3条。", "请与绥德县政务服务局联系。").publisher == "绥德县政务服务局"


def test_an_office_whose_work_is_told_reports_itself() -> None:
    found = identity_of("2024年,海宁市人民政府办公室严格对照要求。", "2024年通过海宁市人民政府门户网站公开信息20条。")
    assert found.publisher == "海宁市人民政府办公室"


def test_a_government_that_answers_is_not_the_bureau_that_reports() -> None:
    found = identity_of("2013年,我局加强领导。", "如有疑问,请与海宁市人民政府办公室联系。", "2013年我局公开信息20条。")
    assert found.publisher is None
    assert "identity.publisher" in findings(found)


def test_a_hijacked_name_is_none_with_its_reason() -> None:
    found = identity_of("博彩官网_投注平台区2017年政府信息公开年度报告", "2017年,我街道公开信息3条。")
    assert (found.publisher, found.region_code, found.year, found.level) == (None, None, 2017, "township")
    detail = next(finding.detail for finding in found.findings if finding.identity_id == "identity.publisher")
    assert detail is not None
    assert "replaced" in detail


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (
            ("请联系:广州市公安局花都区分局指挥中心警讯组,电话略。", "分局公开信息3条。"),
            "广州市公安局花都区分局",
        ),
        (("如有疑问请联系吉林市公安局行政审批办公室,电话略。", "2013年,我局公开3条。"), "吉林市公安局"),
        (("市残联2020年政府信息公开年报", "2020年,梅河口市残疾人联合会认真公开信息。"), "梅河口市残疾人联合会"),
        (("请联系学校信息公开办公室。", "制定《江河大学信息公开实施办法》。"), "江河大学"),
        (("一、总体情况", "安排1人承担彝良县公安局政府信息公开工作。", "2016年公开信息3条。"), "彝良县公安局"),
        (("本报告由北坎镇党政办公室编制。", "2020年,我镇公开信息30条。"), "北坎镇人民政府"),
        (("2022年,东山街按照区部署推进公开。", "2022年我街收到申请1件。"), "东山街道"),
    ],
)
def test_names_that_stand_in_other_words(lines: tuple[str, ...], publisher: str) -> None:
    found = identity_of(*lines).publisher
    assert found is not None
    assert found.startswith(publisher)


def test_a_site_is_no_body() -> None:
    found = identity_of("一、总体情况", "2024年,市人民政府网站共发布信息300条,我局公开信息20条。")
    assert found.publisher is None


@pytest.mark.parametrize("body", read("publisher.yaml")["offices"])
def test_an_office_stands_for_its_body_unless_it_reports_itself(body: str) -> None:
    entry = read("publisher.yaml")["offices"][body]
    office, other = map(read_name, (entry["example"][0], entry["counter"]))
    assert office is not None
    assert other is not None
    assert governing(office, None).text == entry["example"][1]
    assert governing(office, "办") == office
    assert governing(other, None) == other


@pytest.mark.parametrize("word", read("publisher.yaml")["self"])
def test_which_bodies_call_themselves_by_a_word(word: str) -> None:
    entry = read("publisher.yaml")["self"][word]
    own, other = read_name(entry["example"]), read_name("绥德县文学艺术界联合会")
    assert own is not None
    assert other is not None
    assert may_say(own, word)
    assert may_say(other, word) == (entry["core"] == "")
    assert self_word(read_opening(from_lines(f"2018年,我{word}加强领导。"))) == word


def test_what_is_no_word_for_itself() -> None:
    rule = read("publisher.yaml")["no_self"]
    texts = [f"{rule['example']},2018年公开信息3条。", f"2018年,{rule['counter']}公开信息3条。"]
    assert [self_word(read_opening(from_lines(text))) for text in texts] == [None, "局"]


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
