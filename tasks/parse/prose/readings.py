"""What a rule makes of a numeral, and what it has to know of the place where the numeral stands."""

from __future__ import annotations

from typing import NamedTuple

from tasks.model import Span
from tasks.parse.prose.holders import ReportFacts
from tasks.parse.prose.numerals import NumeralToken
from tasks.parse.prose.rules import Rule
from tasks.parse.prose.scope import Scope
from tasks.parse.prose.sentences import Sentence


class Reading(NamedTuple):
    """One numeral read by one rule. `indicators` is empty where the words fit but the figure can't be given to one."""

    token: NumeralToken
    rule: Rule
    indicators: tuple[str, ...]
    scope: Scope
    reason: str | None = None
    applicant: str = "total"
    matched: Span = (0, 0)  # what the rule matched, in the mask
    also: Reading | None = None  # what the same figure states besides
    since: int | None = None  # where in the text the sentence before begins, if it names what is counted


class Before(NamedTuple):
    """What was said before a sentence: the topic, the words of its heading and of the paragraph, the sentence before.

    `sentence` is None where that one belongs to another paragraph, and is no heading.
    """

    topic: str | None = None
    words: str = ""
    sentence: Sentence | None = None


class Place(NamedTuple):
    """Where a numeral stands: the masked sentence, its place, the words that lead to it, the topic, the report, what
    was said before."""

    mask: str
    position: int
    leading: str
    topic: str | None
    report: ReportFacts
    before: Before


def leading_words(mask: str, position: int) -> str:
    """The words between the numeral before, or the clause's start, and the numeral at that place."""
    start = max(mask.rfind("#", 0, position), mask.rfind(";", 0, position), mask.rfind("%", 0, position))
    return mask[start + 1 : position]
