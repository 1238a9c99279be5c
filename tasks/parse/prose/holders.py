"""Whose figures a report has: the body's own, those of a part of it, of the whole place, of the bodies below."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from tasks.parse.rulefile import pattern_at

Reporter = Literal["government", "department", "township"]


class ReportFacts(NamedTuple):
    """What decides how a sentence is to be read: the report's year, who reports, and for whom there are
    figures too (`whole` place, bodies `below`)."""

    year: int | None
    by: Reporter = "government"
    others: frozenset[str] = frozenset()


def _named(name: str) -> re.Pattern[str]:
    return pattern_at("prose/holders.yaml", name)


def reporter(publisher: str | None) -> Reporter:
    """What kind of body reports, by its name."""
    if publisher is None:
        return "government"
    if _named("township").search(publisher):
        return "township"
    return "government" if _named("government").search(publisher) else "department"


def other_figures(text: str) -> frozenset[str]:
    """For whom the report has figures besides the body's own: 省政府及其部门受理9件 is then a part."""
    return frozenset(name for name in ("whole", "below") if _named(name).search(text))


def names_a_part(heading: str) -> bool:
    """Whether what stands below the heading is of a part of the body only: 省政府办公厅办理的申请情况如下."""
    return _named("part").search(heading) is not None


def names_a_holder(mask: str, start: int, end: int) -> bool:
    """Whether the words of the mask from `start` to `end` name whose figure follows."""
    return _named("holder").search(mask, start, end) is not None
