"""The fields of a page's index card (索引号, 发布机构 …), from lines of text, pipe rows or cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import yaml

from tasks.clean.titles import NUMBERED, is_title
from tasks.clean.wording.fold import fold, simplified
from tasks.model import MetadataItem

_HEAD_LINES = 40  # lines at the top, and at the bottom, where an index card stands
_FOOT_LINES = 8
_SHORTEST_SENTENCE = 30
_LONGEST_LINE = 300
_LONGEST_VALUE = 120
_GLUED = 4  # characters from which a name is one without a blank before it: 来源：某镇发布日期：2021-01-05
_NAME = "名称"
_PIPE = re.compile("[|｜]")
_BULLET = r"[\s•·●◆■\-–*【\[（(]*"
_VALUE_END = re.compile(
    r"[】\]]|\s{3,}|(?:作者|编辑|审核|发布时间|来源|日期|时间)[:：].*|\s+(?=(?:浏览|点击|阅读|访问)(?:次数|量|数)|字\s*体|字\s*号|【|\[|打印|分享|视力保护|保存|关闭)|(?:浏览次数|点击数|阅读次数|访问量|分享到|字体[:：]|字号[:：]|文字大小|打印).*"
)

_COUNTERS = re.compile(
    r"[\s|｜【\[]*(?:(?:浏览|点击|阅读|访问|人气)(?:次数|数|量|率)?[:：]|字\s*[体号][:：]|文字大小|分享[到至]|(?<![:：])(?:打印|收藏)).*"
)


class _Keys(NamedTuple):
    names: dict[str, str]  # every name of a field -> the name that is handed on
    plain: frozenset[str]  # names that count only with a colon
    colon: re.Pattern[str]  # a name with its colon, which a long one has where the value before it runs into it, too


class Card(NamedTuple):
    """The fields found, and the lines that hold them (indices)."""

    items: tuple[MetadataItem, ...]
    lines: frozenset[int]


def read_card(texts: Sequence[str], ends: frozenset[int] = frozenset()) -> Card:
    """The index card among a document's lines, which are stripped of blanks.

    `ends` are the last lines of tables: a name there has no value on the line below.
    """
    filled = [index for index, text in enumerate(texts) if text]
    body = next((place for place, index in enumerate(filled) if _is_body(texts[index])), len(filled))
    head, rest = filled[: min(body, _HEAD_LINES)], filled[body:]
    foot = [index for index in rest[-_FOOT_LINES:] if not _PIPE.search(texts[index])]
    items: list[MetadataItem] = []
    lines: set[int] = set()
    waiting: str | None = None
    beside: int | None = None  # the last line with a value beside its name; the field below such a line is blank
    for index in [*head, *foot]:
        text = texts[index]
        below = next((texts[later] for later in head if later > index), "")
        found, names = _read_line(text, near=index - 1 in lines or _opens_field(below))
        if found or names:
            items += found
            lines.add(index)
        elif waiting and len(text) <= _LONGEST_VALUE and "。" not in text and not NUMBERED.match(text):
            if waiting == _NAME or not is_title(text):
                items.append(MetadataItem(waiting, text))
            if not is_title(text):  # a title stands for itself, below a field without a value as below its own name
                lines.add(index)
        is_blank = index in ends or (beside == index - 1 and names[-1:] != [_NAME])
        waiting = names[-1] if names and not found and not is_blank else None
        beside = index if found else beside
    return Card(tuple(items), frozenset(lines))


def without_counters(text: str) -> str:
    """A line of the card without the counters and buttons at its end (点击数：596 收藏), if no field follows them."""
    tail = _COUNTERS.search(text)
    if tail is None or tail.start() == 0 or _keys().colon.search(simplified(text[tail.start() :])):
        return text
    return text[: tail.start()]


def _is_body(text: str) -> bool:
    """Whether the report itself has begun: a section's heading, or a sentence."""
    return bool(NUMBERED.match(text)) or ("。" in text and len(text) > _SHORTEST_SENTENCE)


def read_rows(rows: Sequence[Sequence[str]]) -> tuple[MetadataItem, ...] | None:
    """The fields of a table's rows of cells; None where the table is no index card."""
    named = sum(bool(row) and field_name(row[0]) is not None for row in rows)
    if named * 2 < len(rows) or not any(_read_cells(row)[1] for row in rows):
        return None
    return tuple(item for row in rows for item in _read_cells(row, near=True)[0])


@lru_cache(maxsize=4096)
def field_name(text: str) -> str | None:
    """The name handed on for a field, or None."""
    return _keys().names.get(fold(text).strip(":：【】[]()（）•·"))


def _read_line(text: str, *, near: bool = False) -> tuple[list[MetadataItem], list[str]]:
    """The fields of a line, and the names in it, those without a value too; `near` another line of the card."""
    if len(text) > _LONGEST_LINE:
        return [], []
    if _PIPE.search(text):
        return _read_cells(_PIPE.split(text), near=near)
    matches = list(_keys().colon.finditer(simplified(text))) if ":" in text or "：" in text else []
    if not matches and text[:1] not in "•-":
        return _read_words(text, near=near)
    if not matches or re.fullmatch(_BULLET, text[: matches[0].start()]) is None:
        return [], []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    names = [_keys().names[fold(match[1])] for match in matches]
    spans = zip(names, matches, ends, strict=True)
    return [
        MetadataItem(name, value) for name, match, end in spans if (value := _value(text[match.end() : end]))
    ], names


def _opens_field(text: str) -> bool:
    """Whether a line begins with a field's name that is no plain word, and a blank."""
    word = text.split(maxsplit=1)[0] if text else ""
    return len(word) < len(text) and field_name(word) is not None and fold(word) not in _keys().plain


def _read_words(text: str, *, near: bool) -> tuple[list[MetadataItem], list[str]]:
    """Fields that stand without a colon: 索引号 0001/2018 分类 年报; a lone name only near another line of the card."""
    words = text.split()
    if not words or "。" in text or not ((near and field_name(words[0])) or _opens_field(text)):
        return [], []
    items: list[MetadataItem] = []
    names: list[str] = []
    values: list[str] = []
    for word in [*words, ""]:
        name = field_name(word) if word else None
        if (name or not word) and names and values:
            items.append(MetadataItem(names[-1], " ".join(values)))
        if name:
            names.append(name)
            values = []
        else:
            values.append(word)
    return items, names


def _read_cells(cells: Sequence[str], *, near: bool = False) -> tuple[list[MetadataItem], list[str]]:
    """Fields of cells: a name, then its value; or both in one cell with a colon between."""
    if not cells or not any(cell.strip() for cell in cells):
        return [], []
    items: list[MetadataItem] = []
    names: list[str] = []
    waiting: str | None = None
    sure = near
    for cell in cells:
        name = field_name(cell) if len(cell) < 24 else None
        if name:
            sure |= fold(cell).strip("【】:：") not in _keys().plain or cell.rstrip().endswith((":", "："))
            names.append(name)
            waiting = name
        elif waiting:
            if value := _value(cell):
                items.append(MetadataItem(waiting, value))
            waiting = None
        elif cell.strip():
            found, inside = _read_line(cell) if not _PIPE.search(cell) else ([], [])
            items += found
            names += inside
            sure |= bool(inside)
            if not inside and not names:
                return [], []  # a row of something else
    return (items, names) if sure else ([], [])


def _value(text: str) -> str | None:
    text = text.strip()
    end = _VALUE_END.search(text)
    return (text[: end.start()] if end else text).strip(" \t\u00a0\u3000)）|;；") or None


@cache
def _keys() -> _Keys:
    data = yaml.load(
        resources.files("tasks.clean").joinpath("data/metadata_keys.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    names = dict(_names(data))
    plain = frozenset(name for one in data if one.get("colon") for name in [one["key"], *one.get("also", [])])
    spelled = {name: r"\s*".join(name) for name in sorted(names, key=len, reverse=True)}
    glued = "|".join(spelled[name] for name in spelled if len(name) >= _GLUED and name not in plain)
    colon = rf"((?<![\w])(?:{'|'.join(spelled.values())})|(?:{glued}))\s*[】\]]?\s*[:：]"
    return _Keys(names, plain, re.compile(colon))


def _names(data: list[dict[str, object]]) -> Iterator[tuple[str, str]]:
    for one in data:
        also = one.get("also", [])
        assert isinstance(also, list)
        for name in [one["key"], *also]:
            yield str(name), str(one["key"])
