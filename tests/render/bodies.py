"""Random public bodies of real regions, from the catalogue."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tasks.model import Level, PublisherKind
from tests.render.facts import Body

CATALOGUE = Path(__file__).parents[2] / "warehouse" / "catalogue"
AREAS = (("自治区", "全区"), ("自治州", "全州"), ("地区", "全地区"), ("市", "全市"), ("省", "全省"), ("县", "全县"))


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str
    level: Level
    parent: str
    first: int  # the years in which the code was valid
    last: int

    def stood_in(self, year: int) -> bool:
        """Whether the code was valid in `year` and the years around it: reorganisations are nobody's quarrel here."""
        return self.first < year < self.last


@cache
def regions() -> dict[str, Region]:
    """All regions by code, without Taiwan, Hong Kong and Macau, which publish no such reports."""
    with (CATALOGUE / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["region_code"]: Region(
                row["region_code"],
                row["name"],
                row["level"],  # type: ignore[arg-type]
                row["parent_code"],
                int(row["valid_from"] or 0),
                int(row["valid_to"] or 9999),
            )
            for row in csv.DictReader(file)
            if row["region_code"] < "700000"
        }


@cache
def townships() -> tuple[tuple[str, str], ...]:
    """(name, county code) of the towns, townships and streets that are named as such."""
    with (CATALOGUE / "townships.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["name"], row["county_code"])
            for row in csv.DictReader(file)
            if row["name"].endswith(("街道", "镇", "乡")) and len(row["name"]) > 2
        )


@cache
def _name_counts() -> Counter[str]:
    return Counter(region.name for region in regions().values())


@cache
def _kinds() -> dict[str, list[Any]]:
    data: dict[str, list[Any]] = yaml.load(
        (Path(__file__).parent / "bodies.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    return data


@cache
def _standing(level: Level, year: int) -> tuple[Region, ...]:
    return tuple(region for region in regions().values() if region.level == level and region.stood_in(year))


def full_name(region: Region) -> str:
    """The region's name with its city before it: 常州市武进区."""
    parent = regions().get(region.parent)
    if (
        parent is None
        or region.level != "county"
        or region.name.endswith("市")
        or not (parent.level == "prefecture" or parent.name.endswith("市"))
    ):
        return region.name
    return parent.name + region.name


def random_body(rng: Random, year: int, level: Level | None = None, kind: PublisherKind | None = None) -> Body:
    """A body that existed in `year`; of any level and kind unless they are asked for."""
    level = (
        level or rng.choices(("national", "province", "prefecture", "county", "township"), weights=(1, 2, 4, 7, 4))[0]
    )
    if level == "national":
        chosen = _pick(rng, "national", year)
        return Body(chosen["name"], chosen["name"], chosen["we"], "全国", "办公厅", "national", "department", None)
    if level == "township":
        return _township(rng, year)
    assert level is not None
    region = rng.choice(_standing(level, year))
    if kind is None:
        weights = {"province": (4, 4, 0, 0), "prefecture": (5, 6, 1, 1), "county": (5, 6, 1, 1)}[level]
        kind = rng.choices(("government", "department", "zone", "vertical"), weights=weights)[0]
    return _of_region(rng, year, region, kind or "government")


def _pick(rng: Random, key: str, year: int) -> dict[str, Any]:
    chosen: dict[str, Any] = rng.choice(
        [entry for entry in _kinds()[key] if entry.get("from", 0) <= year <= entry.get("to", 9999)]
    )
    return chosen


def _of_region(rng: Random, year: int, region: Region, kind: PublisherKind) -> Body:
    full, short, area = full_name(region), region.name, _area(region.name)
    if full != short and _name_counts()[short] == 1 and not short.endswith("区") and rng.random() < 0.5:
        full = short
    head = (region.level, kind, region.code)
    office = rng.choice(("办公室", "政务公开办公室", "信息公开办公室"))
    if kind == "government":
        tail = "行政公署" if region.name.endswith(("地区", "盟")) else "人民政府"
        return Body(full + tail, short + tail, f"我{area[1:]}", area, "办公室", *head)
    if kind == "zone":
        name = rng.choice(_kinds()["zones"])
        return Body(full + name, short + name, "我委", "全区", office, *head)
    if kind == "vertical":
        chosen = _pick(rng, "vertical", year)
        return Body(
            chosen["name"].format(place=full), chosen["name"].format(place=short), chosen["we"], area, office, *head
        )
    chosen = _pick(rng, "departments", year)
    name = chosen["name"]
    if region.level == "province" and not region.name.endswith("市"):
        name = chosen.get("province", name.removesuffix("局") + "厅")
    return Body(full + name, short + name, "我厅" if name.endswith("厅") else chosen["we"], area, office, *head)


def _township(rng: Random, year: int) -> Body:
    while True:
        name, county = rng.choice(townships())
        region = regions().get(county)
        if region is not None and region.stood_in(year):
            break
    suffix = "办事处" if name.endswith("街道") else "人民政府"
    unit = "街道" if name.endswith("街道") else name[-1]
    return Body(
        f"{full_name(region)}{name}{suffix}",
        f"{name}{suffix}",
        f"我{unit}" if unit != "街道" else "我街道",
        f"全{unit}",
        rng.choice(("党政办公室", "综合办公室", "党政综合办公室")),
        "township",
        "government",
        region.code,
    )


def _area(name: str) -> str:
    return next((area for ending, area in AREAS if name.endswith(ending)), "全区")
