"""Every numeral of a text, found once: Arabic figures with 万 or %, and Chinese numerals before a measure word.

Most numerals of a report are the cells of its tables, of which nobody asks more than where they stand and what they
are worth: they become no tokens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from tasks.model import Qualifier, Span
from tasks.parse.prose.chinese_value import CAPITALS, DIGITS, SCALES, chinese_value
from tasks.parse.prose.numeral_kinds import NumeralKind, numeral_kind
from tasks.parse.spans import outside

Figure = tuple[int, int, float | None]  # start, end and value of a numeral


@dataclass(slots=True, eq=False)
class NumeralToken:
    """One numeral. `mask_start` and `mask_end` take in what belongs to it: 近 before it, 余 or 多 after it."""

    start: int
    end: int
    text: str
    value: float | None
    kind: NumeralKind
    qualifier: Qualifier = "exact"
    measure: str = ""
    mask_start: int = 0
    mask_end: int = 0
    chinese: bool = False


class Numerals(NamedTuple):
    """The numerals of a text by position; none overlaps another."""

    tokens: list[NumeralToken]  # outside the tables
    figures: list[Figure]  # all


MEASURES = (
    "人次|条次|件次|篇次|批次|场次|万元|亿元|件|份|条|个|宗|起|项|篇|次|例|则|期|场|"
    "名|人|位|批|元|处|家|类|所|封|部|种|大类|届"
)
# A pattern that begins with one character, not with a repetition or a look back, is searched for several times as fast.
# `alone`: in its line, as the cells of a table are.
_ARABIC = re.compile(
    r"\d(?:(?P<alone>(?<![^\n\t].)\d*(?:[,，]\d{3})*(?:\.\d+)?(?![^\n\t]))"
    r"|\d*(?:[,，]\d{3})*(?![,，]?\d)(?:\.\d+)?|\d*(?:\.\d+)?)"
)
_NUMERAL_CHARACTERS = f"{DIGITS}十百千"
_CHINESE = re.compile(
    rf"[{_NUMERAL_CHARACTERS}](?<![第统专唯逐每某同之\d{_NUMERAL_CHARACTERS}].)(?<!\d .)[{_NUMERAL_CHARACTERS}]*[万亿]?"
    rf"(?=\s?[余多]?\s?(?:{MEASURES}))(?!起[来草])"
)
_CAPITAL = re.compile(rf"[{CAPITALS}][{CAPITALS}零]*(?=[余多]?(?:{MEASURES}))")
_BEFORE_NO_CAPITAL = frozenset("队退入登大内着上收第")  # 队伍人员, 登陆人次
_CHINESE_PERCENT = re.compile(rf"百分之([{DIGITS}十百]+)")
_TAIL = re.compile(rf"\s?(?:([万亿])(?!元))?\s?(余|多|几)?\s?({MEASURES})?(以上|以下|以内|左右)?")
_EITHER = re.compile(rf"(?<!\d)(\d)、(\d)(?=\s?(?:{MEASURES}))")
_DURATIONS = ("个工作日", "工作日", "个月", "个小时", "小时", "天", "分钟", "周")
_SCALE = re.compile(rf"\s?([余多])?([万亿](?!元)|[百千](?=\s?[余多]?(?:{MEASURES})))")
_SCALE_STARTS = frozenset("百千万亿余多")
_START = attrgetter("start")
_TOO_LONG = 16  # digits
_COMMAS = frozenset(",，")
_BLANKS = " \u3000\xa0"
_HEAD_ENDS = frozenset("近约过超逾破到足 ")
_HEAD = re.compile(r"(近|约|大约|接近|超过|超|逾|突破|不到|不足|将近)\s?$")

_QUALIFIERS: dict[str, Qualifier] = {
    "近": "approximate",
    "约": "approximate",
    "大约": "approximate",
    "接近": "approximate",
    "将近": "approximate",
    "左右": "approximate",
    "几": "approximate",
    "超过": "at_least",
    "超": "at_least",
    "逾": "at_least",
    "突破": "at_least",
    "余": "at_least",
    "多": "at_least",
    "以上": "at_least",
    "不到": "at_most",
    "不足": "at_most",
    "以下": "at_most",
    "以内": "at_most",
}


def find_numerals(text: str, covered: Sequence[Span] = ()) -> Numerals:
    """All numerals of the text; tokens of those outside the covered spans."""
    tokens: list[NumeralToken] = []
    alone: list[Figure] = []
    for match in _ARABIC.finditer(text):
        start, end = match.span()
        if match.lastgroup and end - start < _TOO_LONG:
            alone.append((start, end, _value(match[0])))
        else:
            tokens.append(_arabic(text, start, end))
    if "百分之" in text:
        tokens += [_chinese_percent(match) for match in _CHINESE_PERCENT.finditer(text)]
    tokens += [_chinese(text, match.start(), match.end()) for match in _CHINESE.finditer(text)]
    tokens += [
        _chinese(text, match.start(), match.end())
        for match in _CAPITAL.finditer(text)
        if text[match.start() - 1] not in _BEFORE_NO_CAPITAL
    ]
    figures = sorted([*alone, *((token.start, token.end, token.value) for token in tokens)])
    tokens += [
        NumeralToken(start, end, text[start:end], value, "count", "exact", "", start, end)
        for start, end, value in outside(covered, alone, [start for start, _, _ in alone])
    ]
    tokens.sort(key=_START)
    return Numerals(outside(covered, tokens, [token.start for token in tokens]), figures)


def _arabic(text: str, start: int, end: int) -> NumeralToken:
    after = text[end : end + 2].lstrip(_BLANKS)[:1]
    kind = numeral_kind(text, start, end, after)
    is_unknown = kind == "count" and (_is_torn(text, start, end) or _is_either(text, start, end))
    value = None if is_unknown else _value(text[start:end])
    if kind not in ("count", "percent") or value is None:
        return NumeralToken(start, end, text[start:end], value, kind, "exact", "", start, end)
    if kind == "percent":
        return _with_context(text, (start, text.index(after, end) + 1), value, kind)
    scale = _SCALE.match(text, end) if after and after in _SCALE_STARTS else None
    if scale:
        token = _with_context(text, (start, scale.end()), round(value * SCALES[scale.group(2)], 4), kind)
        if scale.group(1):
            token.qualifier = "at_least"  # 20余万
        return token
    return _with_context(text, (start, end), value, kind)


def _is_either(text: str, start: int, end: int) -> bool:
    """Whether the digit and the one beside it name a number between them: 3、4条, but not 分别3、4条."""
    either = _EITHER.search(text, max(0, start - 2), end + 4)
    return (
        either is not None and int(either[1]) + 1 == int(either[2]) and "分别" not in text[max(0, start - 24) : start]
    )


def _is_torn(text: str, start: int, end: int) -> bool:
    """Whether a comma parts the digits from others, and not by thousands (12,34): no one knows the number."""
    return (text[end : end + 1] in _COMMAS and text[end + 1 : end + 2].isdecimal()) or (
        text[start - 1 : start] in _COMMAS and text[start - 2 : start - 1].isdecimal()
    )


@lru_cache(maxsize=4096)
def _value(digits: str) -> float | None:
    """The number that the digits write; None where it is too long to be a count."""
    if not digits.isdecimal():
        digits = digits.replace(",", "").replace("，", "")
    return float(digits) if len(digits) < _TOO_LONG else None


def _chinese(text: str, start: int, end: int) -> NumeralToken:
    is_listed = text.startswith("条", end) and text[start - 1 : start] in ("至", "、")
    is_article = is_listed and "第" in text[max(0, start - 8) : start]
    token = _with_context(text, (start, end), chinese_value(text[start:end]), "article" if is_article else "count")
    token.chinese = True
    return token


def _chinese_percent(match: re.Match[str]) -> NumeralToken:
    start, end = match.span()
    value = chinese_value(match.group(1))
    return NumeralToken(start, end, match.group(), value, "percent", mask_start=start, mask_end=end, chinese=True)


def _with_context(text: str, span: Span, value: float | None, kind: NumeralKind) -> NumeralToken:
    start, end = span
    head = _HEAD.search(text, max(0, start - 4), start) if text[start - 1 : start] in _HEAD_ENDS else None
    tail = _TAIL.match(text, end)
    more, measure, after = tail.group(2, 3, 4) if tail else (None, None, None)
    qualifier = _QUALIFIERS.get(more or after or (head.group(1) if head else ""), "exact")
    mask_start = head.start() if head else start
    mask_end = tail.end(2) if tail and more else end
    if kind == "count" and text.startswith(_DURATIONS, mask_end):
        kind = "duration"
    return NumeralToken(start, end, text[start:end], value, kind, qualifier, measure or "", mask_start, mask_end)
