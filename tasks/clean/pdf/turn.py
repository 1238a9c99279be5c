"""How a page is turned so that its text stands upright.

Coordinates are points (1/72 inch) from the upper left corner of the turned page, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

FARTHEST = 1e6  # points: nothing is printed farther off; a broken file may place a thing nowhere

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Sides(NamedTuple):
    """The sides of many boxes, each side a list."""

    lefts: list[float]
    tops: list[float]
    rights: list[float]
    bottoms: list[float]


@dataclass(frozen=True, slots=True)
class Turn:
    """Some quarter turns of a page to the left, and the box of the PDF that is seen of it (y upwards)."""

    quarters: int
    crop: Box

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the turned page."""
        left, top, right, bottom = self.crop
        width, height = max(right - left, 1.0), max(top - bottom, 1.0)
        return (height, width) if self.quarters % 2 else (width, height)

    def boxes(self, boxes: Sequence[float]) -> Sides:
        """Turn boxes of the PDF that stand one after the other: left, top, right, bottom (y upwards), left, …"""
        first = [(side - self.quarters) % 4 for side in range(4)]
        return Sides(*(self._turned(boxes[at::4], at % 2 == 0) for at in first))

    def depths(self, points: Sequence[float]) -> list[float]:
        """How far down points of the PDF are that stand one after the other: x, y, x, …"""
        is_x = self.quarters % 2 == 1
        return self._turned(points[0 if is_x else 1 :: 2], is_x)

    def _turned(self, values: Sequence[float], is_x: bool) -> list[float]:
        left, top, right, bottom = self.crop
        if is_x:
            return [x - left for x in values] if self.quarters < 2 else [right - x for x in values]
        return [y - bottom for y in values] if self.quarters in (1, 2) else [top - y for y in values]
