"""Every numeral of a text, found once: Arabic figures with their 万 or %, and Chinese numerals before a measure word."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from tasks.model import Qualifier

NumeralKind = Literal[
    "count",  # a plain number, which may state an indicator
    "percent",
    "year",
    "date",
    "document_number",
    "article",
    "ordinal",
    "section_number",
    "contact",  # telephones, postcodes, addresses, links
]


class NumeralToken(NamedTuple):
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


MEASURES = (
    "人次|条次|件次|篇次|批次|场次|万元|亿元|件|份|条|个|宗|起|项|篇|次|例|则|期|场|名|人|位|批|元|处|家|类|所|封|部|种|大类|届"
)
_DIGITS = "〇零一二两三四五六七八九"
_DIGIT_VALUES = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNIT_VALUES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000, "亿": 100_000_000}

_ARABIC = re.compile(r"\d+(?:[,，]\d{3})*(?![,，]?\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_CHINESE = re.compile(rf"(?<![第统专唯逐每某同之〇零一二两三四五六七八九十百千])[{_DIGITS}十百千]+[万亿]?(?=\s?[余多]?\s?(?:{MEASURES}))(?!起[来草])")
_CHINESE_PERCENT = re.compile(rf"百分之([{_DIGITS}十百]+)")
_TAIL = re.compile(rf"\s?(?:([万亿])(?!元))?\s?(余|多|几)?\s?({MEASURES})?(以上|以下|以内|左右)?")
_HEAD = re.compile(r"(近|约|大约|接近|超过|超|逾|突破|不少于|至少|不到|不足|将近|达到?近)\s?$")
_DATE_PUNCTUATION = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}:\d{2}")
_CONTACT_WORDS = re.compile(r"(?:电话|传真|邮编|邮政编码|热线|号码|QQ|手机|邮箱|信箱|网址|地址|[路街道弄巷村幢栋楼号])[^。;；\n]{0,6}$")

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
    "不少于": "at_least",
    "至少": "at_least",
    "余": "at_least",
    "多": "at_least",
    "以上": "at_least",
    "不到": "at_most",
    "不足": "at_most",
    "以下": "at_most",
    "以内": "at_most",
}


def find_numerals(text: str) -> tuple[NumeralToken, ...]:
    """All numerals of the text by position; none overlaps another."""
    tokens = [_arabic(text, match.start(), match.end()) for match in _ARABIC.finditer(text)]
    if "百分之" in text:
        tokens += [_chinese_percent(match) for match in _CHINESE_PERCENT.finditer(text)]
    tokens += [_chinese(text, match.start(), match.end()) for match in _CHINESE.finditer(text)]
    tokens.sort(key=_start)
    return tuple(tokens)


def chinese_value(digits: str) -> float | None:
    """The value of a Chinese numeral such as 一百二十三, 十, 二〇一八 or 三万; None where it is none."""
    if digits and digits[-1] in _SCALES:
        inner = chinese_value(digits[:-1])
        return None if inner is None else inner * _SCALES[digits[-1]]
    if not any(character in _UNIT_VALUES for character in digits):
        return float("".join(str(_DIGIT_VALUES[character]) for character in digits)) if digits else None
    total, current = 0, 0
    for character in digits:
        if character in _DIGIT_VALUES:
            current = _DIGIT_VALUES[character]
        else:
            total += (current or (0 if total else 1)) * _UNIT_VALUES[character]
            current = 0
    return float(total + current)


def _start(token: NumeralToken) -> int:
    return token.start


def _arabic(text: str, start: int, end: int) -> NumeralToken:
    kind = _kind(text, start, end)
    if kind == "percent":
        close = text.find("%", end) + 1 or text.find("％", end) + 1
        value = float(text[start:end].replace(",", "").replace("，", ""))
        return _with_context(text, start, close, value, kind, chinese=False)
    digits = text[start:end].replace(",", "").replace("，", "")
    value = float(digits) if len(digits) < 16 else None
    if kind != "count" or value is None:
        return NumeralToken(start, end, text[start:end], value, kind, mask_start=start, mask_end=end)
    scale = text[end : end + 2].lstrip()[:1]
    if scale in _SCALES and scale:
        closed = text.index(scale, end) + 1
        if text[closed : closed + 1] != "元":
            return _with_context(text, start, closed, round(value * _SCALES[scale], 4), kind, chinese=False)
    return _with_context(text, start, end, value, kind, chinese=False)


def _chinese(text: str, start: int, end: int) -> NumeralToken:
    kind: NumeralKind = "count"
    if text[end : end + 1] == "条" and text[start - 1 : start] in "第至、" and "第" in text[max(0, start - 8) : start]:
        kind = "article"
    return _with_context(text, start, end, chinese_value(text[start:end]), kind, chinese=True)


def _chinese_percent(match: re.Match[str]) -> NumeralToken:
    start, end = match.span()
    return NumeralToken(
        start, end, match.group(), chinese_value(match.group(1)), "percent", mask_start=start, mask_end=end, chinese=True
    )


def _with_context(
    text: str, start: int, end: int, value: float | None, kind: NumeralKind, *, chinese: bool
) -> NumeralToken:
    head = _HEAD.search(text, max(0, start - 4), start)
    tail = _TAIL.match(text, end)
    more, measure, after = (tail.group(2), tail.group(3), tail.group(4)) if tail else (None, None, None)
    qualifier = _QUALIFIERS.get(more or after or (head.group(1) if head else ""), "exact")
    mask_end = tail.end(2) if tail and more else end
    mask_start = head.start() if head else start
    return NumeralToken(
        start, end, text[start:end], value, kind, qualifier, measure or "", mask_start, mask_end, chinese
    )


def _kind(text: str, start: int, end: int) -> NumeralKind:  # noqa: PLR0911
    """What sort of numeral stands here, by the characters next to it."""
    before = text[start - 1 : start]
    after = text[end : end + 2].lstrip()[:1]
    if after in ("%", "％") and after:
        return "percent"
    if after == "年":
        return "year" if end - start in (2, 4) else "date"
    if (after in ("月", "日") and after) or (after == "时" and before in "日 "):
        return "date"
    if before in ("〔", "﹝") and before or (after in ("〕", "﹞") and after):
        return "document_number"
    if after == "号":
        return "document_number" if before in "〕第﹞])）】年 " and "〔" in text[max(0, start - 9) : start] or before == "第" else "contact"
    if before == "第" or text[start - 2 : start] == "第 ":
        return "article" if after in "条款项章节" and after else "ordinal"
    if after == "条" and before in ("至", "、") and before and "第" in text[max(0, start - 8) : start]:
        return "article"
    return _kind_by_neighbours(text, start, end, before, after)


def _kind_by_neighbours(text: str, start: int, end: int, before: str, after: str) -> NumeralKind:
    if (before and before in "-/.:@_=&?—" ) or (after and after in "-/:@_=&" and text[end : end + 1] == after) or _is_latin(before, after):
        window = text[max(0, start - 8) : end + 8]
        return "date" if _DATE_PUNCTUATION.search(window) else "contact"
    if after and after in ".、．" and text[start - 1 : start] in ("", "\n", " ", "\u3000", "(", "（") and not text[end + 1 : end + 2].isdigit():
        return "section_number"
    if before and before in "(（" and after and after in ")）":
        return "section_number"
    if end - start >= 5 and _CONTACT_WORDS.search(text, max(0, start - 12), start):
        return "contact"
    if end - start == 4 and "1990" < text[start:end] < "2050" and text.startswith(("全年", "度"), end):
        return "year"
    return "count"


def _is_latin(before: str, after: str) -> bool:
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
