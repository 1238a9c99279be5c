"""The regions of the catalogue as an index: codes with their history, names with and without suffix, townships.

Source: in `catalogue/`, `regions.csv` (GB/T 2260 since 2007), `townships.csv` (today's townships and streets),
`city_townships.csv` (those of the four cities without counties, which stand for the county), `nationalities.csv` (what
an autonomous area's short name leaves out) and `region_aliases.csv` (short names by custom).
`valid_from` and `valid_to` are the first and last year-end lists that have the code; None means before the lists begin,
or still now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple, cast

from warehouse.catalogue import catalogue_rows

RegionLevel = Literal["province", "prefecture", "county"]

_SUFFIX = {
    "province": re.compile(r"(?:省|市|自治区|特别行政区)$"),
    "prefecture": re.compile(r"(?:市|州|地区|盟)$"),
    "county": re.compile(r"(?:新区|自治旗|市|县|区|旗)$"),
}


class Region(NamedTuple):
    """One code of one region; a region that was renamed or upgraded has several."""

    code: str
    name: str
    level: RegionLevel
    parent_code: str | None
    valid_from: int | None
    valid_to: int | None
    present_code: str

    def valid_in(self, year: int) -> bool:
        """Whether the code stood in the list of that year."""
        return (self.valid_from or 0) <= year <= (self.valid_to or 9999)


class Regions:
    """The index. `named` takes a name as people write it; the rest takes codes."""

    def __init__(
        self,
        rows: Iterable[Region],
        aliases: Iterable[tuple[str, str]],
        townships: Iterable[tuple[str, str]],
        nationalities: list[str],
    ) -> None:
        every = list(rows)
        self._by_code = {region.code: region for region in every}  # of a code with two names the later
        self._named: dict[str, list[Region]] = {}
        self._bare: dict[str, list[Region]] = {}
        self._once: dict[str, list[Region]] = {}
        people = "|".join(sorted(nationalities, key=len, reverse=True))
        self._autonomous = re.compile(rf"(?<=..)(?:(?:{people})族?)+自治(?=[区州县旗]$)")
        for region in every:
            self._once.setdefault(region.present_code, []).append(region)
            full, bare = self._short_names(region)
            for name in {region.name, full, self._autonomous_short(full, region.name)}:
                self._named.setdefault(name, []).append(region)
            self._bare.setdefault(bare, []).append(region)
        for alias, code in aliases:
            self._named.setdefault(alias, []).append(self._by_code[code])
        self._townships: dict[str, list[str]] = {}
        for name, county in townships:
            if county in self._by_code:  # a few lie in counties younger than the list of regions
                self._townships.setdefault(name, []).append(county)

    def _short_names(self, region: Region) -> tuple[str, str]:
        """阿坝藏族羌族自治州 -> 阿坝州, 阿坝; 昌江黎族自治县 -> 昌江县, 昌江; 河东区 -> 河东区, 河东."""
        full = self._autonomous.sub("", region.name)
        if full == region.name:  # named after its people alone: 鄂温克族自治旗 is 鄂温克旗
            full = re.sub(r"族?自治(?=[县旗]$)", "", full)
        bare = _SUFFIX[region.level].sub("", full)
        if region.level == "province" and full != region.name:
            full = bare = full[:-1]  # 广西壮族自治区 is 广西, never 广西区
        return full, bare if len(bare) > 1 else full

    @staticmethod
    def _autonomous_short(full: str, name: str) -> str:
        """双江县 -> 双江自治县, where the name says 自治."""
        return f"{full[:-1]}自治{full[-1]}" if "自治" in name and name[-1] in "县州旗" else full

    def __getitem__(self, code: str) -> Region:
        return self._by_code[code]

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def named(self, name: str) -> tuple[Region, ...]:
        """The regions of that name, or of that name in its short form with suffix (阿坝州)."""
        return tuple(self._named.get(name, ()))

    def bare(self, name: str) -> tuple[Region, ...]:
        """The regions that are called so without their suffix (天津, 河东)."""
        return tuple(self._bare.get(name, ()))

    def counties_of_township(self, name: str) -> tuple[str, ...]:
        """The present codes of the counties that have a township or street of that full name."""
        return tuple(self._townships.get(name, ()))

    def is_township(self, name: str) -> bool:
        """Whether there is a township or street of that full name today."""
        return name in self._townships

    def upwards(self, code: str) -> Iterator[Region]:
        """The region and those that it lies in, lowest first."""
        current = self._by_code.get(code)
        while current is not None:
            yield current
            current = self._by_code.get(current.parent_code or "")

    def within(self, code: str, other: str) -> bool:
        """Whether the first region is the second or lies in it, under any code that either has had."""
        present = self._by_code[other].present_code
        return any(present == above.present_code for each in self.history(code) for above in self.upwards(each.code))

    def history(self, code: str) -> tuple[Region, ...]:
        """Every code that the region has had, this one included."""
        return tuple(self._once[self._by_code[code].present_code])

    def stood(self, code: str, year: int) -> bool:
        """Whether the list of that year has the code, under whichever name (a code may pass to another region)."""
        return any(region.code == code and region.valid_in(year) for region in self.history(code))

    def in_year(self, code: str, year: int | None) -> Region | None:
        """The region under the code that was valid in that year; None where it had none.

        A year before the lists begin has the codes of their first year; without a year the code stays as it is.
        """
        region = self._by_code[code]
        if year is None or region.valid_in(year):
            return region
        return next((each for each in self.history(code) if each.valid_in(year)), None)


def _region(row: list[str]) -> Region:
    code, name, level, parent, valid_from, valid_to, present = row
    years = [int(year) if year else None for year in (valid_from, valid_to)]
    return Region(code, name, cast(RegionLevel, level), parent or None, years[0], years[1], present or code)


@cache
def regions() -> Regions:
    """The catalogue's index, built once (about 40 ms)."""
    return Regions(
        map(_region, catalogue_rows("regions.csv")),
        ((alias, code) for alias, code in catalogue_rows("region_aliases.csv")),
        (
            (name, county)
            for file in ("townships.csv", "city_townships.csv")
            for _, name, county in catalogue_rows(file)
        ),
        [name for (name,) in catalogue_rows("nationalities.csv")],
    )
