"""The index of regions: history, short names, townships."""

import pytest

from warehouse.regions import Region, regions


def codes(found: tuple[Region, ...]) -> list[str]:
    return [region.code for region in found]


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("110118", 2012, "110228"),  # 密云区 was a county
        ("110228", 2018, "110118"),
        ("110228", 2012, "110228"),
        ("120107", 2008, "120107"),
        ("120107", 2012, None),  # 塘沽区 went into 滨海新区
        ("120116", 2008, None),
        ("120102", None, "120102"),
        ("520621", 2009, "522222"),  # before the prefecture was a city the county had another code
    ],
)
def test_a_region_has_the_code_of_the_year(code: str, year: int | None, expected: str | None) -> None:
    region = regions().in_year(code, year)
    assert (region.code if region else None) == expected


def test_a_code_that_changed_its_name_has_the_name_of_the_year() -> None:
    assert [regions().in_year("210112", year).name for year in (2010, 2020)] == ["东陵区", "浑南区"]  # type: ignore[union-attr]
    assert codes(regions().named("东陵区")) == ["210112"]


def test_a_code_that_passed_to_another_region_stood_for_both() -> None:
    assert [regions().in_year("500111", year).name for year in (2010, 2015)] == ["双桥区", "大足区"]  # type: ignore[union-attr]
    assert regions().stood("500111", 2010)
    assert not regions().stood("110118", 2010)


@pytest.mark.parametrize(
    ("name", "code"),
    [("阿坝州", "513200"), ("昌江县", "469026"), ("鄂温克旗", "150724"), ("玉龙县", "530721"), ("东乌旗", "152525")],
)
def test_short_names_with_suffix(name: str, code: str) -> None:
    assert codes(regions().named(name)) == [code]


@pytest.mark.parametrize(("name", "code"), [("天津", "120000"), ("广西", "450000"), ("内蒙古", "150000")])
def test_names_without_suffix(name: str, code: str) -> None:
    assert code in codes(regions().bare(name))


def test_one_name_several_regions() -> None:
    assert codes(regions().named("河东区")) == ["120102", "371312"]
    assert not regions().within("371312", "120000")
    assert regions().within("120102", "120000")


def test_lying_in_a_region_holds_over_changed_codes() -> None:
    assert regions().within("522222", "520600")  # 江口县, then of 铜仁地区
    assert [region.name for region in regions().upwards("320812")] == ["清江浦区", "淮安市", "江苏省"]


def test_townships_lead_to_their_counties() -> None:
    assert regions().counties_of_township("湖南镇") == ("330803", "350112")
    assert regions().is_township("北京街道")
    assert not regions().is_township("北京")
    assert all(code in regions() for code in regions().counties_of_township("城关镇"))
    assert regions().counties_of_township("樟木头镇") == ("441900",)  # 东莞 has no counties
