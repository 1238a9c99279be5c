"""Names of public bodies, read into places and core."""

import re

import pytest

from tasks.parse.identity.names import is_damaged, read_name, without_disclosure_office, without_office
from tasks.parse.identity.same_body import is_short_for
from tasks.parse.rulefile import read
from warehouse.catalogue import catalogue_rows
from warehouse.regions import regions


@pytest.mark.parametrize(
    ("text", "name", "places", "kind"),
    [
        ("天津市河东区", "天津市河东区人民政府", ["天津市", "河东区"], "government"),
        ("长沙县黄花镇", "长沙县黄花镇人民政府", ["长沙县", "黄花镇"], "government"),
        ("北京街道", "北京街道办事处", ["北京街道"], "government"),
        ("衢江区湖南镇", "衢江区湖南镇人民政府", ["衢江区", "湖南镇"], "government"),
        ("绥德县政府", "绥德县人民政府", ["绥德县"], "government"),
        ("官渡区人民政府吴井街道办事处", "官渡区人民政府吴井街道办事处", ["官渡区", "吴井街道"], "government"),
        ("重庆市公安局渝中区分局", "重庆市公安局渝中区分局", ["重庆市", "渝中区"], "department"),
        ("滨江区市场监督管理局", "滨江区市场监督管理局", ["滨江区"], "department"),
        ("区卫健局", "区卫健局", ["区"], "department"),
        ("昌邑市综合执法局(城市管理局)", "昌邑市综合执法局(城市管理局)", ["昌邑市"], "department"),
        ("海陵区工信局(以下简称工信局)", "海陵区工信局", ["海陵区"], "department"),
        ("北京市规划委员会朝阳分局", "北京市规划委员会朝阳分局", ["北京市", "朝阳"], "department"),
        ("东莞市虎门镇", "东莞市虎门镇人民政府", ["东莞市", "虎门镇"], "government"),
        ("市民政局", "市民政局", ["市"], "department"),
        ("市政务服务局", "市政务服务局", ["市"], "department"),
        ("市场监督管理局", "市场监督管理局", [], "department"),
        ("城乡建设局", "城乡建设局", [], "department"),
        ("武汉东湖新技术开发区发展改革局", "武汉东湖新技术开发区发展改革局", ["武汉"], "department"),
        ("国家税务总局海门市税务局", "国家税务总局海门市税务局", ["海门市"], "vertical"),
        ("中华人民共和国教育部", "中华人民共和国教育部", [], "department"),
        ("番禺经济技术开发区管委会", "番禺经济技术开发区管委会", ["番禺"], "zone"),
        ("扎兰屯市浩饶山镇", "扎兰屯市浩饶山镇人民政府", ["扎兰屯市", "浩饶山镇"], "government"),
        ("南平市政和县财政局", "南平市政和县财政局", ["南平市", "政和县"], "department"),
        ("本溪市审计局", "本溪市审计局", ["本溪市"], "department"),
        ("涵江区区卫生局", "涵江区卫生局", ["涵江区"], "department"),
        ("海关总署(本级机关)", "海关总署", [], "department"),
        ("公安部交通管理局", "公安部交通管理局", [], "department"),
        ("mirror.example.com沙头镇", "沙头镇人民政府", ["沙头镇"], "government"),
        ("国家税务总局湟中县税务局", "国家税务总局湟中县税务局", ["湟中县"], "vertical"),
        ("国家能源局华北监管局", "国家能源局华北监管局", [], "vertical"),
        ("中国人民银行绥德县支行", "中国人民银行绥德县支行", ["绥德县"], "vertical"),
        ("中共绥德县委办公室", "中共绥德县委办公室", ["绥德县"], "department"),
        ("大理省级旅游度假区", "大理省级旅游度假区", ["大理"], "zone"),
        ("新疆生产建设兵团", "新疆生产建设兵团", ["新疆生产建设兵团"], "government"),
        ("第六师五家渠市", "第六师五家渠市", ["第六师", "五家渠市"], "government"),
        ("兵团第七师一二五团", "兵团第七师一二五团", ["兵团", "第七师", "一二五团"], "government"),
        ("湖南第一师范学院", "湖南第一师范学院", ["湖南"], "other"),
        ("将乐县", "将乐县人民政府", ["将乐县"], "government"),
        ("绥德县统计局•国家统计局绥德调查队", "绥德县统计局", ["绥德县"], "department"),
        ("《绥德县水利局", "绥德县水利局", ["绥德县"], "department"),
        ("大方县人民政府(县人民政府办公室)", "大方县人民政府", ["大方县"], "government"),
        ("绥德县人民政府县水利局", "绥德县水利局", ["绥德县"], "department"),
        ("海宁市政府市教育局", "海宁市教育局", ["海宁市"], "department"),
        ("海宁市人民政府市场发展中心", "海宁市人民政府市场发展中心", ["海宁市"], "other"),
        ("海宁市交易服务中心许村分中心", "海宁市交易服务中心许村分中心", ["海宁市"], "other"),
        ("绥德县水利局/河湖办公室", "绥德县水利局", ["绥德县"], "department"),
        ("在江河大学", "江河大学", [], "other"),
        ("绥德县人民政府及办公室", "绥德县人民政府", ["绥德县"], "government"),
        ("国网浙江省电力公司海宁市供电公司", "国网浙江省电力公司海宁市供电公司", ["浙江省", "海宁市"], "other"),
        ("本年度海宁市教育局", "海宁市教育局", ["海宁市"], "department"),
    ],
)  # fmt: skip
def test_a_name_in_its_parts(text: str, name: str, places: list[str], kind: str) -> None:
    read = read_name(text)
    assert read is not None
    assert (read.text, [place.name for place in read.places], read.kind) == (name, places, kind)


@pytest.mark.parametrize(
    "text",
    [
        "我局",
        "本机关",
        "各县区",
        "全市各部门",
        "县政府各部门",
        "bet365亚洲官网区教育局",
        "投注网站镇",
        "某某国际公司市教育局",
        "威廉希尔镇",
        "学校",
        "院长办公室",
        "党政办公室",
        "一、概述",
        "开发区",
        "国家税务总局湟中县税务局向社会公布本单位",
        "河南省水利厅政府信息公开省水利厅",
        "河南省自然资源厅省自然资源厅",
        "青岛海事局烟台海事局济南海事局潍坊海事局",
        "",
    ],
)
def test_what_names_no_body(text: str) -> None:
    assert read_name(text) is None


@pytest.mark.parametrize("tail", ["", "人民政府", "教育局", "市场监督管理局", "城市管理综合执法局"])
def test_every_region_of_the_catalogue_can_be_read(tail: str) -> None:
    index = regions()
    names = {name for name in index._named if name[-1] in "省市州县区旗盟"}
    wrong = []
    for name in names:
        read = read_name(name + tail)
        if (
            read is None
            or [place.name for place in read.places] != [name]
            or not set(read.places[0].codes) <= {region.code for region in index.named(name)}
        ):
            wrong.append(name)
    assert not wrong


@pytest.mark.parametrize("file", ["regions.csv", "townships.csv"])
def test_no_place_of_the_catalogue_begins_with_a_word_that_is_none(file: str) -> None:
    """将乐县 is no 将 before a name, 各卡乡 none of 各 bodies; nor is 本溪 alone."""
    names = [row[1] for row in catalogue_rows(file) if re.fullmatch("[一-龥]{2,}", row[1])]
    assert len(names) > 3000
    wrong = [name for name in names if (read := read_name(name + "教育局")) is None or read.text != name + "教育局"]
    bare = [re.sub("(?:县|市)$", "", name) for name in names if file == "regions.csv"]
    wrong += [
        name
        for name in bare
        if len(name) > 1 and ((read := read_name(name + "国税局")) is None or read.text[0] != name[0])
    ]
    assert not wrong


def test_every_township_of_the_catalogue_can_be_read() -> None:
    names = [name for name in regions()._townships if re.search("(?:镇|乡|街道|苏木)$", name)][::7]
    wrong = [name for name in names if (read := read_name(name)) is None or read.places[-1].name != name]
    assert len(names) > 3000
    assert not wrong


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("海口市卫生局办公室", "海口市卫生局"),
        ("赣州市卫生局政务公开办公室", "赣州市卫生局"),
        ("平度市政府办公室政府信息公开领导小组办公室", "平度市政府"),
        ("绥德县政府信息中心", "绥德县政府"),
        ("绥德县人民政府外事办公室政府信息公开领导小组办公室", "绥德县人民政府外事办公室"),
        ("国家民委办公厅政务信息处", "国家民委"),
        ("官渡区人民政府吴井街道办事处党政综合部", "官渡区人民政府吴井街道办事处"),
    ],
)
def test_the_office_that_answers_is_taken_off(text: str, body: str) -> None:
    assert without_office(text) == body


def test_the_disclosure_office_stands_for_its_government() -> None:
    assert without_disclosure_office("上海市松江区政府信息公开办公室") == "上海市松江区"
    assert without_disclosure_office("上海市政府信息与政务公开办公室") == "上海市"
    assert without_disclosure_office("海陵区教育局") == "海陵区教育局"
    assert without_disclosure_office("海陵区教育局政府信息公开工作机构-办公室") == "海陵区教育局"
    assert without_disclosure_office("海陵区教育局办公室") == "海陵区教育局"
    assert without_disclosure_office("海陵区人民政府法制办公室") == "海陵区人民政府法制办公室"


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("卫健局", "卫生健康局", True),
        ("发改委", "发展和改革委员会", True),
        ("安监局", "安全生产监督管理局", True),
        ("管委会", "管理委员会", True),
        ("高新区", "国家高新区管委会", True),
        ("海事局", "海事局烟台海事局", False),
        ("卫生局", "教育局", False),
        ("财政局", "财政局", False),
        ("民政局", "民族宗教事务局", False),
    ],
)
def test_abbreviations(short: str, full: str, expected: bool) -> None:
    assert is_short_for(short, full) is expected


@pytest.mark.parametrize("entry", read("bodies.yaml")["kinds"], ids=lambda entry: entry["example"])
def test_each_kind_has_its_example(entry: dict[str, str]) -> None:
    name = read_name(entry["example"])
    assert name is not None
    assert name.kind == entry["kind"]
    assert re.search(entry["pattern"], name.text)


@pytest.mark.parametrize("file", ["regions.csv", "townships.csv"])
def test_no_place_of_the_catalogue_is_taken_for_a_damaged_name(file: str) -> None:
    names = {row[1].partition("（")[0] for row in catalogue_rows(file)}  # behind it the catalogue's own remarks
    assert not set(filter(is_damaged, names))
