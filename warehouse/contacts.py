"""How a region is reached: telephone area codes, post code and its name in pinyin, as government sites are called.

Source: `catalogue/region_contacts.csv`, a row a region by its present code. A region without area codes has those of
the region above it; of a region that was renamed the pinyin of the former name follows.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from warehouse.catalogue import catalogue_rows
from warehouse.regions import regions


class Contact(NamedTuple):
    """What letters, calls and sites of a region have in common; empty where it is not known."""

    telephones: frozenset[str]
    postcode: str
    pinyin: frozenset[str]


@cache
def _contacts() -> dict[str, Contact]:
    return {
        code: Contact(frozenset(telephones.split()), postcode, frozenset(pinyin.split()))
        for code, telephones, postcode, pinyin in catalogue_rows("region_contacts.csv")
    }


def contact_of(code: str) -> Contact:
    """The contact of a region, under any code that it has had; its area codes are those of its prefecture."""
    above = [_contacts()[region.present_code] for region in regions().upwards(code)]
    telephones = next((each.telephones for each in above if each.telephones), frozenset())
    return above[0]._replace(telephones=telephones)
