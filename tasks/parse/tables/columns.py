"""Which of several columns of figures is the report's: by the year or by the body that heads it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tasks.model import Period
from tasks.parse.tables.forms import Forms, Head

_YEAR = re.compile(r"(20\d\d)年?度?(?:统计|数据|合计|累计|完成)?数?量?")
_PART = re.compile(r"[季月旬]|半年")  # of a year
_SUM = re.compile(r"[合总]计|汇总")
_SHORTEST_BODY = 3  # characters: 水务局
_GOVERNMENT = "人民政府"
# What a column's head says of time, as a name or as a year so long before the report's: of other times no fact can be.
_PERIODS: dict[str, Period] = {
    "year": "year",
    "year_to_date": "year",
    "previous_year": "previous_year",
    "cumulative": "cumulative",
}
_YEARS_BEFORE: dict[int, Period] = {0: "year", 1: "previous_year"}


def period_of(name: str, year: int | None) -> Period | None:
    """The period of a column: of one that a year heads by how long before the report's `year` it is."""
    if not name.isdigit():
        return _PERIODS.get(name)
    return _YEARS_BEFORE.get(year - int(name)) if year else None


def periods_by_head(
    heads: Mapping[int, str], forms: Forms, year: int | None, publisher: str | None
) -> dict[int, Period]:
    """The columns that state the report's figures, each of another period; `heads`: by column, what stands above it.

    A body's own column is the year's, whatever others stand beside it. Their sum is the year's in the report of a
    government, which is of all of them; where its offices have a column too, neither is.
    """
    own = [column for column, head in heads.items() if publisher and is_own(head, publisher)]
    sums = [column for column, head in heads.items() if _SUM.fullmatch(head)]
    if own:
        is_sure = len(own) == 1 and not (sums and heads[own[0]].endswith("政府"))
        return {own[0]: "year"} if is_sure else {}
    found: dict[int, Period] = {}
    foreign = False
    for column, head in heads.items():
        name = _name(head, forms)
        foreign |= name is None
        period = period_of(name, year) if name else None
        if period and (period in found.values()):
            return {}
        if period:
            found[column] = period
    years = all(_YEAR.fullmatch(heads[column]) for column in found)
    return found if not foreign or years or (list(found) == sums and _is_government(publisher)) else {}


def tells_a_time(head: str) -> bool:
    """Whether a head says of what year, or part of one, the figures below are."""
    return bool(_YEAR.fullmatch(head) or _PART.search(head))


def is_own(head: str, publisher: str) -> bool:
    """Whether a head names the body that reports: 水务局, 县水务局, or a place in the report of its government."""
    if len(head) < _SHORTEST_BODY or head == _GOVERNMENT:
        return False
    return publisher.endswith(head) or publisher.removesuffix(_GOVERNMENT).endswith(head)


def _name(head: str, forms: Forms) -> str | None:
    """A column as the forms name it, by its year where it has one; None where they don't know it."""
    if year := _YEAR.fullmatch(head):
        return year[1]
    if _PART.search(head):
        return "part"
    names = (
        meaning.name
        for found in forms.find(head)
        for meaning in found.meanings.get("statistics", ())
        if isinstance(meaning, Head) and (not found.whole or found.end - found.start == len(head))
    )
    return next(names, None)


def _is_government(publisher: str | None) -> bool:
    return bool(publisher and publisher.endswith(_GOVERNMENT))
