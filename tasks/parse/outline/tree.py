"""The tree of headings of a document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import repeat

from tasks.model import PartName


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and what it stands over. Offsets in `Document.text`; `end` is where the next heading begins."""

    section_no: str
    level: int
    title: str
    part: PartName | None  # that it is filed under: that of the heading above it, else its own
    named: tuple[PartName, ...]  # the parts that its own words name
    start: int
    body_start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """All headings of a document in order."""

    headings: tuple[Heading, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(heading.start for heading in self.headings))

    def at(self, offset: int) -> Heading | None:
        """The innermost heading that stands over an offset of `Document.text`; None before the first."""
        index = bisect_right(self._starts, offset) - 1
        return self.headings[index] if index >= 0 else None

    def section_nos(self, offsets: Iterable[int]) -> list[str | None]:
        """The number of the innermost section over each of many offsets."""
        numbers = [None, *(heading.section_no for heading in self.headings)]
        return [numbers[index] for index in map(bisect_right, repeat(self._starts), offsets)]
