"""Why a numeral states no fact: the closed list of `reasons.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tasks.parse.prose.holders import ReportFacts
from tasks.parse.prose.numerals import NumeralToken
from tasks.parse.prose.readings import Reading, leading_words
from tasks.parse.prose.scope import scope_of
from tasks.parse.prose.sentences import Sentence
from tasks.parse.rulefile import pattern_at, read

_KIND_REASONS = {
    "year": "date",
    "date": "date",
    "duration": "date",
    "document_number": "document_number",
    "article": "article",
    "ordinal": "ordinal",
    "section_number": "section_number",
    "contact": "contact",
    "percent": "share",
}
SCOPE_REASONS = {  # why a figure about something else than the year states nothing
    "change": "change",
    "previous_year": "previous_year",
    "other_year": "previous_year",
    "target": "target",
    "part_of_year": "part_of_total",
    "other_body": "other_body",
    "on_behalf": "other_body",
}


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (entry["reason"], entry["where"], re.compile(entry["pattern"])) for entry in read("prose/reasons.yaml")["rules"]
    )


def reason_for(
    sentence: Sentence, position: int, token: NumeralToken, readings: Mapping[int, Reading], report: ReportFacts
) -> str:
    """The reason why the numeral at that place is no fact; `unexplained` where none of the list fits."""
    if token.kind in _KIND_REASONS:
        return _KIND_REASONS[token.kind]
    mask = sentence.mask
    close = mask.find("#", position + 1)
    places = {
        "before": leading_words(mask, position),
        "after": mask[position + 1 : close if close > 0 else position + 40],
        "lead": mask[:position],
    }
    for reason, where, pattern in _patterns():
        if pattern.search(places[where]):
            return reason
    scope = scope_of(mask, position, report)
    if scope in SCOPE_REASONS:
        return SCOPE_REASONS[scope]
    if _is_part(mask, position, readings):
        return "part_of_total"
    if token.chinese and token.value is not None and token.value < 10:
        return "wording"
    is_near = pattern_at("prose/reasons.yaml", "indicator_words").search(places["before"] + places["after"][:12])
    return "unexplained" if is_near else "not_in_catalogue"


def _is_part(mask: str, position: int, readings: Mapping[int, Reading]) -> bool:
    """Whether the numeral stands in a list: after a total of its sentence, or under one of the sentence before."""
    if any(
        place < position and (reading.indicators or reading.reason == "part_of_total")
        for place, reading in readings.items()
    ):
        return True
    return not readings and mask.count("#条") + mask.count("#件") >= 3
