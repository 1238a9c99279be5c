"""The one value an analyst should use, where a report states a number more than once.

The rule, first difference decides:

1. a statistical table before prose (the form defines what is counted);
2. exact before 余, 近, 约;
3. the statutory part that the indicator belongs to before any other (a request counted in section three before the
   summary in section one);
4. what stands first.

Only numbers of the report's own year can be primary. What they disagree about is a finding, `statement.<indicator>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tasks.model import PartName
from tasks.parse.outline.tree import Outline
from tasks.parse.stated import Finding, Stated

_HOME: dict[str, PartName] = {
    "proactive": "proactive",
    "content": "proactive",
    "decisions": "proactive",
    "request": "requests",
    "reconsideration": "disputes",
    "litigation": "disputes",
    "appeals": "disputes",
}

Key = tuple[str, str]  # indicator and applicant type


class Choice(NamedTuple):
    """The primary statement of each number, what else the report states of it exactly, and what contradicts it."""

    primary: dict[Key, Stated]
    restated: dict[Key, frozenset[float]]
    findings: tuple[Finding, ...]


def choose_primary(stated: Sequence[Stated], outline: Outline) -> Choice:
    """The primary statement of each indicator and applicant type, and what the others say."""
    chosen: dict[Key, Stated] = {}
    several: dict[Key, list[Stated]] = {}
    for item in stated:
        if item.period == "year":
            key = item.indicator_id, item.applicant_type
            first = chosen.setdefault(key, item)
            if first is not item:
                several.setdefault(key, [first]).append(item)
    for key, items in several.items():
        chosen[key] = min(items, key=lambda item: _rank(item, outline))
    findings = tuple(
        Finding(
            f"statement.{key[0]}", key[1], chosen[key].value, other.value, "fail", "warning",
            f"stated as {chosen[key].value:g} ({chosen[key].method}) and as {other.value:g} ({other.method})",
        )
        for key in chosen
        if key in several
        for other in {item.value: item for item in several[key] if not _agree(item, chosen[key])}.values()
    )  # fmt: skip
    restated = {
        key: frozenset(item.value for item in items if item.qualifier == "exact" and item is not chosen[key])
        for key, items in several.items()
    }
    return Choice(chosen, restated, findings)


def _rank(item: Stated, outline: Outline) -> tuple[bool, bool, bool, int]:
    heading = outline.at(item.quote_span[0])
    home = _HOME.get(item.indicator_id.split(".")[0])
    return (
        item.method != "table",
        item.qualifier != "exact",
        heading is None or heading.part != home,
        item.quote_span[0],
    )


def _agree(one: Stated, other: Stated) -> bool:
    """Whether two statements can both be true: equal, or one of them rounded to within a tenth."""
    if one.qualifier == other.qualifier == "exact":
        return abs(one.value - other.value) < 1e-9 * max(1.0, abs(one.value))
    return abs(one.value - other.value) <= 0.1 * max(abs(one.value), abs(other.value))
