"""The level of the government that a body belongs to; zones and bodies that stand outside the ladder."""

import pytest

from tasks.parse.identity.names import read_name
from tasks.parse.identity.same_body import same_body
from tests.parse.identity.identities import identity_of


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
        ("高新区(新市区)", "高新区(新市区)", "650104", "county", "zone"),
        ("杭州高新区(滨江)政府", "杭州高新区(滨江)政府", "330108", "county", "government"),
        ("乌鲁木齐经济技术开发区(头屯河区)", "乌鲁木齐经济技术开发区(头屯河区)", "650106", "county", "zone"),
        ("武进国税局", "武进国税局", "320412", "county", "vertical"),
        ("国务院侨办", "国务院侨办", None, "national", "department"),
        ("中国(湖南)自由贸易试验区管委会", "中国(湖南)自由贸易试验区管委会", "430000", "province", "zone"),
        ("中国(上海)自由贸易试验区张江片区管委会", "中国(上海)自由贸易试验区张江片区管委会", None, None, "zone"),
    ],
)  # fmt: skip
def test_zones_and_odd_bodies(title: str, publisher: str, code: str | None, level: str, kind: str) -> None:
    found = identity_of(f"{title}2016年政府信息公开工作年度报告", "一、概述", "全年工作有序开展。")
    assert (found.publisher, found.region_code, found.level, found.publisher_kind) == (publisher, code, level, kind)


def test_a_zone_of_its_own_name_is_another_body_than_its_city() -> None:
    zone, city = read_name("兰州新区财政局"), read_name("兰州市财政局")
    assert zone
    assert city
    assert not same_body(zone, city)


def test_our_district_may_be_a_zone() -> None:
    assert identity_of("2021年,经开区推进公开,我区公开信息30条。").level is None
    assert identity_of("2021年,我区公开信息30条。").level == "county"
    assert identity_of("2021年,我市落实省委、省政府要求,公开信息30条。").level is None
    assert identity_of("2021年,我市市政府及各县、区政府公开信息30条。").level == "prefecture"


def test_levels_without_a_name() -> None:
    assert identity_of("2015年,我局在区委、区政府领导下工作。").level == "county"
    assert identity_of("2015年,我街道工作有序。").level == "township"
    assert identity_of("2015年,我局根据《某省政府办公厅关于公开的意见》工作。").level is None
    assert identity_of("2015年,我局按照省政府办公厅要求工作。").level == "province"
    assert identity_of("市安监局2015年政府信息公开年度报告\n2015年,我局按照省政府办公厅要求工作。").level is None
