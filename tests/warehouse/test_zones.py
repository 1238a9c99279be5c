"""The catalogue's zones and contacts stand in regions that there are."""

import re

from warehouse.catalogue import catalogue_rows
from warehouse.contacts import contact_of
from warehouse.regions import regions
from warehouse.zones import zones


def test_every_zone_lies_in_a_region_and_is_no_region_itself() -> None:
    index = regions()
    assert len(zones()) > 60
    for zone in zones().values():
        assert zone.region_code in index
        assert not index.named(zone.name)
        order = ["province", "prefecture", "county"]
        assert order.index(zone.level) >= order.index(index[zone.region_code].level) - 2


def test_contacts_are_of_present_regions_and_well_formed() -> None:
    rows = list(catalogue_rows("region_contacts.csv"))
    assert len({row[0] for row in rows}) == len(rows) > 3000
    for code, telephones, postcode, pinyin in rows:
        assert regions()[code].present_code == code
        assert re.fullmatch(r"(?:0\d{2,3} ?)*", telephones)
        assert re.fullmatch(r"\d{6}|", postcode)
        assert re.fullmatch(r"[a-z ]+", pinyin)


def test_a_county_has_the_area_code_of_its_prefecture_and_a_renamed_one_both_names() -> None:
    assert contact_of("360732").telephones == {"0797"}
    assert contact_of("360732").postcode.startswith("3424")
    assert {"midu", "nanjian"}.isdisjoint(contact_of("360732").pinyin)
    assert contact_of("110228") == contact_of("110118")
    assert {"zhuanghe"} == contact_of("210283").pinyin
    assert {"xiangyang", "xiangfan"} <= contact_of("420600").pinyin
