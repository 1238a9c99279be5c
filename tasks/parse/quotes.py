"""The words that state a number: from the label that names it to the numeral with its unit, within one sentence."""

from __future__ import annotations

import re

from tasks.model import Span
from tasks.parse.clauses import Reading
from tasks.parse.numerals import MEASURES, NumeralToken
from tasks.parse.sentences import Sentence, place_in_text

_UNIT = re.compile(rf"\s?(?:[万亿](?!元))?\s?[余多几]?\s?(?:{MEASURES}|[%％])?(?:以上|以下|以内|左右)?")
_CLAUSE_STARTS = ",:;("
_JOINTS = " \u3000\xa0、，,和及与;；"
_LONGEST_LEAD = 14  # characters of a clause without a figure that is taken along: 2018年, 其中, 截至12月31日
_LONGEST_SCOPE = 60  # how far before the numeral the words may stand that say which time it is about


def quote_of(text: str, sentence: Sentence, reading: Reading) -> Span:
    """The clause that states the reading's numeral; it holds the numeral and what the rule matched."""
    first, last = reading.matched
    if reading.scope != "year" and last < _LONGEST_SCOPE:
        first = 0
    start = _clause_start(text, sentence, first)
    end = max(_with_unit(text, reading.token), place_in_text(text, sentence, last))
    return start, min(end, sentence.end)


def clause_start(mask: str, place: int) -> int:
    """Where the clause begins that holds `place`, with the short lead before it."""
    start = max(mask.rfind(mark, 0, place) for mark in _CLAUSE_STARTS) + 1
    if mask[start - 1 : start] == ",":
        lead = max(mask.rfind(mark, 0, start - 1) for mark in (*_CLAUSE_STARTS, "#", "%")) + 1
        if start - lead <= _LONGEST_LEAD and mask[lead - 1 : lead] not in ("#", "%"):
            return lead
    return start


def _clause_start(text: str, sentence: Sentence, place: int) -> int:
    start = clause_start(sentence.mask, place)
    before = [
        token for at, token in sentence.signs.items() if start <= at < place and token.kind in ("count", "percent")
    ]
    if not before:
        return place_in_text(text, sentence, start)
    position = _with_unit(text, before[-1])
    while text[position] in _JOINTS:
        position += 1
    return min(position, place_in_text(text, sentence, place))


def _with_unit(text: str, token: NumeralToken) -> int:
    unit = _UNIT.match(text, token.end)
    return unit.end() if unit and unit.group().strip() else token.end
