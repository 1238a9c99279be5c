"""What sort of numeral a run of digits is, by the characters next to it: a count, a date, a number of a document."""

from __future__ import annotations

import re
from string import ascii_letters
from typing import Literal

NumeralKind = Literal[
    "count",  # a plain number, which may state an indicator
    "percent",
    "year",
    "date",
    "document_number",
    "article",
    "ordinal",
    "section_number",
    "duration",  # 20个工作日, 3天
    "contact",  # telephones, postcodes, addresses, links
]

_DATE_PUNCTUATION = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}:\d{2}")
_OF_CODES = frozenset(f"{ascii_letters}-/.:@_=&?—－")
_ENDS_A_NUMBER = frozenset(".、．)）")
_COUNTED = frozenset("条件份个项篇期次人余万")  # 公众号公开22325条 is a count, though 号 stands before it
_CONTACT_WORDS = re.compile(
    r"(?:电话|传真|邮编|邮政编码|热线|号码|QQ|手机|邮箱|信箱|网址|地址|[路街道弄巷村幢栋楼号])[^。;；\n]{0,6}$"
)


def numeral_kind(text: str, start: int, end: int, after: str) -> NumeralKind:
    """The kind of the digits text[start:end]; `after` is the character that follows them, blanks left out."""
    before = text[start - 1 : start]
    if after and after in "%％":
        return "percent"
    if after == "年":
        return "year" if end - start in (2, 4) else "date"
    if after and after in "月日时" and (after != "时" or before in ("日", " ")):
        return "date"
    if before == "第" or text[start - 2 : start] == "第 ":
        return _numbered(after)
    if before in ("〔", "﹝") or after in ("〕", "﹞") or after == "号":
        is_document = after != "号" or "〔" in text[max(0, start - 9) : start]
        return "document_number" if is_document else "contact"
    return _by_neighbours(text, start, end, after)


def _numbered(after: str) -> NumeralKind:
    if after == "号":
        return "document_number"
    return "article" if after and after in "条款项章节" else "ordinal"


def _by_neighbours(text: str, start: int, end: int, after: str) -> NumeralKind:
    before, following = text[start - 1 : start], text[end : end + 1]
    if after == "条" and before in ("至", "、") and "第" in text[max(0, start - 8) : start]:
        return "article"
    if (before in _OF_CODES and _is_code(before, text[start - 2 : start - 1])) or (
        following in _OF_CODES and _is_code(following, text[end + 1 : end + 2])
    ):
        return "date" if _DATE_PUNCTUATION.search(text[max(0, start - 8) : end + 8]) else "contact"
    if after in _ENDS_A_NUMBER and _numbers_a_heading(before, after, text[end + 1 : end + 2]):
        return "section_number"
    if end - start >= 5 and after not in _COUNTED and _CONTACT_WORDS.search(text, max(0, start - 12), start):
        return "contact"
    if end - start == 4 and "1990" < text[start:end] < "2050" and text.startswith(("全年", "度"), end):
        return "year"
    return "count"


def _numbers_a_heading(before: str, after: str, next_after: str) -> bool:
    """1. and 1、 at the start of a line or after a blank; (1)."""
    if after in (")", "）"):
        return before in ("(", "（")
    return (not before or before in "\n \u3000(（;；:：") and not next_after.isdigit()


def _is_code(near: str, beyond: str) -> bool:
    """Whether the neighbours are those of a link or a telephone: a Latin letter, or a sign after one or a digit."""
    return near.isalpha() or (beyond.isascii() and beyond.isalnum())
