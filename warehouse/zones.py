"""Areas with a committee of their own that the list of regions does not have: new areas, zones, quasi-districts.

Source: `catalogue/zones.csv`, where `region_code` is the region that the area lies in and is run by, and `level` that
of the committee's government. Only areas that their name alone makes known stand there: 南宁经济技术开发区 says itself
whose it is.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, cast

from warehouse.catalogue import catalogue_rows

ZoneLevel = Literal["province", "prefecture", "county"]


class Zone(NamedTuple):
    """One area and where it belongs."""

    name: str
    region_code: str
    level: ZoneLevel


@cache
def zones() -> dict[str, Zone]:
    """The areas by name."""
    return {name: Zone(name, code, cast(ZoneLevel, level)) for name, code, level in catalogue_rows("zones.csv")}
