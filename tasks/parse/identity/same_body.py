"""Whether two names stand for one body, and which of them says more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tasks.parse.identity.names import BodyName
from tasks.parse.identity.places import Place
from tasks.parse.rulefile import read


@cache
def _customary() -> dict[str, list[str]]:
    same: dict[str, list[str]] = read("bodies.yaml")["same"]
    return same


def same_body(one: BodyName, other: BodyName) -> bool:
    """Whether two names may stand for one body: 区卫健局 and 莆田市涵江区卫生健康局."""
    cores = one.core == other.core or is_short_for(one.core, other.core) or is_short_for(other.core, one.core)
    return cores and _same_place(one.places, other.places)


def _same_place(one: tuple[Place, ...], other: tuple[Place, ...]) -> bool:
    if not one or not other:
        return True
    low, high = one[-1], other[-1]
    if low.codes and high.codes and (low.kind == "zone") == (high.kind == "zone"):
        return bool(set(low.codes) & set(high.codes))
    if "word" in (low.kind, high.kind):
        return low.name[-1] == high.name[-1] or low.name.endswith(high.name) or high.name.endswith(low.name)
    return low.name == high.name


def is_short_for(short: str, full: str) -> bool:
    """Whether a core abbreviates another: 卫健局 of 卫生健康局, 发改委 of 发展和改革委员会."""
    if short == full:
        return False
    if full in _customary().get(short, ()):
        return True
    if short in full and short.endswith("区"):  # 高新区 of 国家高新区管委会
        return True
    if len(short) >= len(full) or full.count(short) > 1 or short[0] != full[0] or len(short) < 2:
        return False
    if short[-1] != full[-1] and not (short[-1] == "委" and full.endswith("委员会")):
        return False
    characters: Iterator[str] = iter(full)
    return all(character in characters for character in short)


def fullness(name: BodyName) -> tuple[bool, int, int]:
    """What of two names of one body is to be compared: the larger is the fuller."""
    return not name.is_bare, len(name.core), len(name.text)
