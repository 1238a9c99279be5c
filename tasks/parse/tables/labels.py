"""Whether a key found in a cell is the cell's label, and whether the values that follow are that label's."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache, lru_cache
from typing import NamedTuple

from tasks.parse.tables.forms import Found, Row, half_width
from tasks.parse.tables.stream import Stream

_NUMBERING = re.compile(r"(?:其中:?|[\d一二三四五六七八九十]{1,3}[、.,)]|\([\d一二三四五六七八九十]{1,3}\)|[\s*·])+")
_ITEM = re.compile(r"[\s\x02]*\(?\d{1,2}[.、)](?!\d)")  # opens the next label: 其他处理 1.申请人无正当理由…
_SEPARATORS = re.compile(r"[\x01\x02\s\"'()、,.:;*·—\-]+")


def is_whole(stream: Stream, found: Found, units: Set[str]) -> bool:
    """Whether the key is all that its cell says, but for a number before it, quotes around it and its unit behind."""
    start, end = stream.bounds(found.start)
    text = stream.text[start:end]
    numbering = _NUMBERING.match(text)
    rest = plain(text[found.end - start :].removeprefix('"数'))  # “商业秘密”数
    before = text[numbering.end() if numbering else 0 : found.start - start]
    return not plain(before) and (not rest or rest in units)


class _Surroundings(NamedTuple):
    """A key and what stands around it: before and behind it in its cell, and in the cells up to the values."""

    before: str
    key: str
    tail: str
    after: str


def is_next(stream: Stream, found: Found, row: Row, start: int, units: Set[str]) -> bool:
    """Whether nothing but the label's own words stands between the key and the values that begin at `start`.

    Otherwise these are the values of another label, which the forms don't know.
    """
    text = stream.text
    cell_start, cell_end = stream.bounds(found.start)[0], stream.bounds(found.end - 1)[1]
    around = _Surroundings(
        text[cell_start : found.start], text[found.start : found.end], text[found.end : cell_end], text[cell_end:start]
    )
    may_be_misprinted = row.table == "requests" and not found.whole  # no other rows stand there
    return _is_label(around, row.label, units, found.whole, may_be_misprinted)


def spans_both(key: Found, first: str, second: str, label: str, units: Set[str]) -> bool:
    """Whether a key stands over the end of one piece of a label and the beginning of the next, and both are its own."""
    joined = first + second
    around = _Surroundings(joined[: key.start], joined[key.start : key.end], joined[key.end :], "")
    return key.start < len(first) < key.end and _is_label(around, label, units, whole=False, may_be_misprinted=False)


@lru_cache(maxsize=8192)  # the labels of all reports are much the same
def _is_label(around: _Surroundings, label: str, units: Set[str], whole: bool, may_be_misprinted: bool) -> bool:
    official = _official(label)
    before, after = plain(_NUMBERING.sub("", around.before, count=1)), plain(around.after)
    tail = _without_unit(plain(around.tail), units)
    if _ITEM.match(around.tail or around.after):
        return False
    rest = _without_unit(after, units)
    if not rest or (rest in official and not whole):
        after = ""
    if may_be_misprinted:
        key = plain(around.key)
        behind = official.partition(key)[2] if key in official else official
        return len(tail) + len(after) <= len(behind) + 4
    return not after and _fits(before, official) and _fits(tail, official)


def _without_unit(piece: str, units: Set[str]) -> str:
    """The rest of a label without the unit at its end: 原告诉讼请求数（件）."""
    return piece.removesuffix(max((unit for unit in units if piece.endswith(unit)), key=len, default=""))


def is_misprint(text: str, label: str) -> bool:
    """Whether a text is a label with a few characters wrong: 本年处理绝对数量 for 本年处理决定数量."""
    own, official = set(plain(half_width(text))), set(_official(label))
    return len(own & official) >= 0.6 * max(len(own), len(official))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A text without blanks, brackets and signs."""
    return _SEPARATORS.sub("", text) if text else ""


def _fits(piece: str, official: str) -> bool:
    """Whether a piece of a cell beside the key is of the label: a few words, or as the form prints it (数, 数量)."""
    return len(piece) <= 6 or piece.removesuffix("量") in official


@cache
def _official(label: str) -> str:
    """A form's label as cells are compared with it."""
    return plain(half_width(label))
