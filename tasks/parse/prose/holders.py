"""Whose figures a report has: the body's own, those of a part of it, of the whole place, of the bodies below."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from tasks.parse.rulefile import read

Reporter = Literal["government", "department", "township"]


class ReportFacts(NamedTuple):
    """What decides how a sentence is to be read: the report's year, who reports, and for whom there are
    figures too (`whole` place, bodies `below`)."""

    year: int | None
    by: Reporter = "government"
    others: frozenset[str] = frozenset()


@cache
def holder_pattern(name: str) -> re.Pattern[str]:
    """One pattern of `holders.yaml`."""
    return re.compile(read("prose/holders.yaml")[name]["pattern"])


def reporter(publisher: str | None) -> Reporter:
    """What kind of body reports, by its name."""
    if publisher is None:
        return "government"
    if holder_pattern("township").search(publisher):
        return "township"
    return "government" if holder_pattern("government").search(publisher) else "department"


def other_figures(text: str) -> frozenset[str]:
    """For whom the report has figures besides the body's own: 省政府及其部门受理9件 is then a part."""
    return frozenset(name for name in ("whole", "below") if holder_pattern(name).search(text))


def names_a_part(heading: str) -> bool:
    """Whether what stands below the heading is of a part of the body only: 省政府办公厅办理的申请情况如下."""
    return holder_pattern("part").search(heading) is not None


def names_a_holder(mask: str, start: int, end: int) -> bool:
    """Whether the words of the mask from `start` to `end` name whose figure follows."""
    return holder_pattern("holder").search(mask, start, end) is not None
