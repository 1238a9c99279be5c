from __future__ import annotations

import csv

import pytest

from warehouse.bodies import Body, identify
from warehouse.body_keys import Stated, office
from warehouse.catalogue import FOLDER
from warehouse.reforms import reforms
from warehouse.regions import regions


def county(publisher: str, code: str, kind: str = "government") -> Stated:
    return Stated(publisher, code, "county", kind)


def bureau(publisher: str) -> Stated:
    return Stated(publisher, "371600", "prefecture", "department")


def town(publisher: str) -> Stated:
    return Stated(publisher, "410527", "township", "government")


def bodies_of(*reports: tuple[Stated, int]) -> list[Body]:
    return sorted(identify(reports)[0], key=lambda body: (body.first_year or 0, body.name))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (county("福州市仓山区民政局", "350104"), "民政"),
        (county("仓山区教育委员会", "350104"), "教育"),
        (county("仓山区人民政府办公室", "350104"), "人民政府办公室"),
        (Stated("中华人民共和国教育部", None, "national", "department"), "教育"),
        (Stated("济南市长清区平安街道办事处", "370113", "township", "government"), "平安街道办事处"),
        (county("国家税务总局宁国市税务局", "341881", "vertical"), "国家税务总局税务"),
        (county("仓山区人民政府法制办公室", "350104"), "法制办公室"),
        (county("仓山区法制办公室", "350104"), "法制办公室"),
        (Stated("中华人民共和国国家卫生健康委员会", None, "national", "department"), "卫生健康"),
        (Stated("国务院法制办公室", None, "national", "department"), "法制办公室"),
        (Stated("中国银行业监督管理委员会", None, "national", "department"), "银行业监督管理"),
    ],
)
def test_an_office_is_the_name_without_place_and_rank(stated: Stated, expected: str) -> None:
    assert office(stated, regions()) == expected


def test_a_renamed_region_is_one_body() -> None:
    [body] = bodies_of((county("密云县人民政府", "110228"), 2012), (county("密云区人民政府", "110118"), 2018))
    assert (body.name, body.names) == ("密云区人民政府", "密云县人民政府|密云区人民政府")
    assert (body.region_code, body.first_year, body.last_year, body.is_decided) == ("110118", 2012, 2018, True)


def renamed_codes() -> list[tuple[str, list[str]]]:
    """The codes that the list has under two names, each with the earlier and the later."""
    names: dict[str, list[str]] = {}
    with (FOLDER / "regions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["region_code"], []).append(row["name"])
    return [(code, both) for code, both in names.items() if len(both) == 2]


@pytest.mark.parametrize(("code", "names"), renamed_codes())
def test_a_region_that_kept_its_code_is_one_body_and_a_code_that_passed_on_is_two(code: str, names: list[str]) -> None:
    passed_on = {"500110", "500111"}  # from districts of Chongqing to what they and the counties around them became
    level = regions()[code].level
    for what in ("人民政府", "民政局"):
        before, after = (Stated(f"{name}{what}", code, level, "other") for name in names)
        assert len(bodies_of((before, 2009), (after, 2021))) == (2 if code in passed_on else 1)


def test_a_county_that_went_into_a_district_of_another_code_says_so() -> None:
    before, after = bodies_of((county("綦江县人民政府", "500222"), 2009), (county("綦江区人民政府", "500110"), 2012))
    assert (before.name, before.valid_to, after.name) == ("綦江县人民政府", 2010, "綦江区人民政府")
    assert "merged into 綦江区" in str(before.note)


def test_a_district_of_a_city_that_changed_its_name_is_one_body() -> None:
    [body] = bodies_of((county("襄樊市襄城区民政局", "420602"), 2009), (county("襄阳市襄城区民政局", "420602"), 2012))
    assert (body.name, body.is_decided) == ("襄阳市襄城区民政局", True)


def test_a_merged_region_stays_apart_and_ends() -> None:
    merged, into = bodies_of((county("下关区人民政府", "320107"), 2010), (county("鼓楼区人民政府", "320106"), 2011))
    assert (merged.region_code, merged.valid_to) == ("320107", 2012)
    assert "merged into 鼓楼区" in str(merged.note)
    assert (into.region_code, into.valid_to) == ("320106", None)


def test_a_reform_that_renames_is_one_body_and_one_that_merges_is_two() -> None:
    before, after = bodies_of(
        (bureau("滨州市卫生局"), 2010),
        (bureau("滨州市卫生和计划生育委员会"), 2016),
        (bureau("滨州市卫生健康委员会"), 2019),
    )
    assert (before.names, before.valid_to) == ("滨州市卫生局", 2015)
    assert (after.names, after.valid_from) == ("滨州市卫生和计划生育委员会|滨州市卫生健康委员会", 2013)
    assert before.is_decided
    assert after.is_decided


def test_offices_that_report_for_the_same_year_are_not_one() -> None:
    both = bodies_of((bureau("滨州市环境保护局"), 2018), (bureau("滨州市生态环境局"), 2018))
    assert [body.is_decided for body in both] == [False, False]


def test_what_names_cannot_tell_stays_apart_and_says_so() -> None:
    pairs = [
        bodies_of((bureau("滨州市农业局"), 2017), (bureau("滨州市农业农村局"), 2019)),
        bodies_of((town("内黄县马上乡人民政府"), 2014), (town("内黄县马上镇人民政府"), 2020)),
    ]
    for pair in pairs:
        assert [(body.is_decided, bool(body.note)) for body in pair] == [(False, True)] * 2
    [nowhere] = bodies_of((Stated("某县财政局", None, "county", "department"), 2015))
    assert not nowhere.is_decided


def test_a_report_outside_the_years_of_a_reform_says_that_the_body_was_there() -> None:
    """Counties had offices of market supervision before the centre had one, and offices of land for longer."""
    market, land = bodies_of((bureau("滨州市市场监督管理局"), 2015), (bureau("滨州市国土资源局"), 2021))
    assert (market.valid_from, market.valid_to) == (2015, None)
    assert land.valid_to == 2021


def test_the_centres_own_offices_are_found_in_the_reforms() -> None:
    before, after = bodies_of(
        *(
            (Stated(name, None, "national", "department"), year)
            for name, year in (
                ("中国银行业监督管理委员会", 2016), ("中国银行保险监督管理委员会", 2019), ("国家金融监督管理总局", 2024)
            )
        )
    )  # fmt: skip
    assert (before.last_year, before.valid_to) == (2016, 2018)
    assert after.names == "中国银行保险监督管理委员会|国家金融监督管理总局"


def test_ids_do_not_depend_on_what_else_is_there() -> None:
    alone = bodies_of((county("密云区人民政府", "110118"), 2018))
    among = bodies_of((county("密云区人民政府", "110118"), 2018), (bureau("滨州市卫生局"), 2010))
    assert {body.body_id for body in alone} < {body.body_id for body in among}


def test_every_reform_has_its_reasons() -> None:
    with (FOLDER / "reforms.csv").open(encoding="utf-8") as file:
        assert len(reforms()) == len(list(csv.DictReader(file)))
    for reform in reforms():
        assert reform.verdict in ("same", "apart", "undecided")
        assert reform.reason
        assert reform.reason_zh
        assert reform.source
        assert reform.year <= reform.local_year
