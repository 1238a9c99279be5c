"""The words that state a number: from the label that names it to the numeral with its unit, within one sentence."""

from __future__ import annotations

import re

from tasks.model import Span
from tasks.parse.prose.numerals import MEASURES, NumeralToken
from tasks.parse.prose.readings import Reading
from tasks.parse.prose.sentences import Sentence, place_in_text

_UNIT = re.compile(rf"\s?(?:[万亿](?!元))?\s?[余多几]?\s?(?:{MEASURES}|[%％])?(?:以上|以下|以内|左右)?")
_BORDER = re.compile(r"[,，、:：(（)）\d]")
_FIGURE = re.compile(r"\d+(?!\d|年)")  # any but a year
_CLAUSE_STARTS = ",:;("
_LEAD_STARTS = _CLAUSE_STARTS + "#%"
_JOINTS = " \u3000\xa0、，,和及与;；"
_LONGEST_LEAD = 14  # characters of a clause without a figure that is taken along: 2018年, 其中, 截至12月31日
_LONGEST_SCOPE = 60  # how far before the numeral the words may stand that say which time it is about


def quote_of(text: str, sentence: Sentence, reading: Reading) -> Span:
    """The clause that states the reading's numeral; it holds the numeral and what the rule matched."""
    first, last = reading.matched
    if reading.scope != "year" and last < _LONGEST_SCOPE:
        first = 0
    start = _clause_start(text, sentence, first) if reading.since is None else reading.since
    end = _with_unit(text, reading.token)
    beyond = place_in_text(text, sentence, last)
    if beyond > end:  # the label stands after the numeral: 2名兼职工作人员
        border = _BORDER.search(text, beyond, sentence.end)
        clause_end = border.start() if border else sentence.end
        end = clause_end if clause_end - beyond <= _LONGEST_LEAD else beyond
    return start, min(end, sentence.end)


def quote_of_none(text: str, sentence: Sentence, said: Span) -> Span:
    """The clause that holds the words which say none."""
    start = max(text.rfind(mark, sentence.start, said[0]) for mark in ",，") + 1
    if start:
        lead = max(*(text.rfind(mark, sentence.start, start - 1) for mark in ",，"), sentence.start - 1) + 1
        if start - lead <= _LONGEST_LEAD and _FIGURE.search(text, lead, start) is None:
            start = lead
    ends = [found for found in (text.find(mark, said[1], sentence.end) for mark in ",，") if found > 0]
    return min(start or sentence.start, said[0]), min(ends, default=sentence.end)


def _clause_begin(mask: str, place: int) -> int:
    """Where the clause begins that holds `place`, with the short lead before it."""
    start = _after_last(mask, _CLAUSE_STARTS, place)
    if mask[start - 1 : start] == ",":
        lead = _after_last(mask, _LEAD_STARTS, start - 1)
        if start - lead <= _LONGEST_LEAD and mask[lead - 1 : lead] not in ("#", "%"):
            return lead
    return start


def _after_last(mask: str, marks: str, place: int) -> int:
    """The place after the last of the marks before `place`; 0 where none stands there."""
    while place and mask[place - 1] not in marks:
        place -= 1
    return place


def _clause_start(text: str, sentence: Sentence, place: int) -> int:
    start = _clause_begin(sentence.mask, place)
    before = [
        token for at, token in sentence.signs.items() if start <= at < place and token.kind in ("count", "percent")
    ]
    if not before:
        return place_in_text(text, sentence, start)
    position = _with_unit(text, before[-1])
    if place in sentence.signs:  # 2名兼职、1名专职: the label of the one before stands in between
        position = max(position, *(text.rfind(mark, position, sentence.signs[place].start) for mark in _JOINTS))
    while text[position] in _JOINTS:
        position += 1
    return min(position, place_in_text(text, sentence, place))


def _with_unit(text: str, token: NumeralToken) -> int:
    unit = _UNIT.match(text, token.end)
    return unit.end() if unit and unit.group().strip() else token.end
