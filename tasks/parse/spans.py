"""Spans in the order of the text, none of which overlaps another, and what stands in them or outside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeVar

from tasks.model import Span

T = TypeVar("T")


def outside(spans: Sequence[Span], found: Sequence[T], starts: Sequence[int]) -> list[T]:
    """What was found, by where it starts, outside the spans; all in the order of the text."""
    kept: list[T] = []
    first = 0
    for low, high in spans:
        kept += found[first : bisect_left(starts, low)]
        first = bisect_left(starts, high, lo=first)
    return [*kept, *found[first:]]


def holds(spans: Sequence[Span], place: int) -> bool:
    """Whether one of the spans holds a place."""
    index = bisect_right(spans, place, key=_start) - 1
    return index >= 0 and place < spans[index][1]


def _start(span: Span) -> int:
    return span[0]
