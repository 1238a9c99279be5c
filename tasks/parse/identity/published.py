"""When a report was published (the page's own field), and the date below its text."""

from __future__ import annotations

import re
from datetime import date

from tasks.parse.identity.han_digits import DIGITS, digit_by_digit
from tasks.parse.identity.opening import Opening

_DATE = re.compile(r"(?<!\d)(20[0-4]\d)\s{0,2}[年\-/.]\s{0,2}(\d{1,2})\s{0,2}[月\-/.]\s{0,2}(\d{1,2})(?!\d)")
# A date at the head of the line with its time or the page's own words, or behind the source (blanks are taken out).
_DAY = r"(20[0-4]\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
_TIME = r"\d\d(?::\d\d(?::\d\d)?|时\d\d分)"
_ABOVE_TEXT = re.compile(
    rf"^(?:(?:\W|[^\s\d]{{0,12}}www[.][a-z.]+)?{_DAY}(?:(?:{_TIME})?\W{{0,3}}(?:来源|作者|编辑|字[号体]|浏览|阅读|点击|访问)|{_TIME}$)"
    rf"|[^\s\d]{{2,16}}www[.][a-z.]+{_DAY}$|[^\s\d]{{0,20}}(?:发布|公开|发文|成文)(?:时间|日期){_DAY}$|.{{6,60}}(?:报告|年报){_DAY}(?:{_TIME})?$|来源:[^\s\d:]{{1,20}}{_DAY}(?:{_TIME})?$|^[•·]?(20[0-4]\d(?:-\d\d?-|[.]\d\d?[.])\d\d?)$)",
    re.M,
)
_SENTENCE = re.compile(r"[:,。;、]|至|到|截|自|起|以来")
_HAN = re.compile(
    r"([二2][〇○零0O][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日?"
)
_NO_DAY = 99
_CARD = 600  # characters of the head in which that line stands


def read_date(text: str) -> date | None:
    """The first date in the text, in digits or characters; None where there is none or it is no day."""
    if match := _DATE.search(text):
        parts = [int(group) for group in match.groups()]
    elif match := _HAN.search(text):
        parts = [digit_by_digit(match[1]), _small(match[2]), _small(match[3])]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _small(text: str) -> int:
    """Chinese numerals up to 三十一; what is none (十十) is too large for a day."""
    tens, ten, units = text.rpartition("十")
    of_tens = DIGITS.get(tens, _NO_DAY) if tens else len(ten)
    return 10 * of_tens + (DIGITS.get(units, _NO_DAY) if units else 0)


def published_on(opening: Opening) -> date | None:
    """The page's publication date; where it has none, the date on which the document was made."""
    if day := next((day for value in opening.field("published") if (day := read_date(value))), None):
        return day
    above = _ABOVE_TEXT.search(opening.head, 0, _CARD)
    return read_date(next(day for day in above.groups() if day)) if above else None


def signed_on(opening: Opening) -> date | None:
    """The date that stands alone on a line below the text, or in brackets below the title."""
    for line in (*reversed(opening.last_lines), *opening.lines[1:5]):
        if len(line) <= 30 and not _SENTENCE.search(line) and (day := read_date(line)):
            return day
    return None
