"""What the text of one cell can be in an official table: a label with its role, a unit, a value, or neither."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

import yaml

from tasks.clean.wording.t2s import tables as t2s_tables

Role = Literal["part", "column", "row", "unit", "value", "fragment", "text"]

VALUE = re.compile(
    r"(?:[?？]+\s*(?=\d))?(?:[+\-−－±]|增加?|减少?)?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?\s*[%‰余]?\s*"
    r"(?:万元|亿元|元|[条件次篇个人份项场期宗]|人次|万|亿)?|[/／\\—\-–－─_*]{1,4}|无|空|不变|持平|无变化|[未不无]增[未不无]减|"
    r"(?:[+＋]|增加?)\s*[(（]?\d+[)）]?[\s,，、;；/／]*(?:[\-－−]|减少?)\s*[(（]?\d+[)）]?"  # a change as its two parts
)
_NUMBERING = re.compile(
    r"(?:(?:其中[:：]?|[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?[、.．:]|[(（][一二三四五六七八九十\d]{1,3}[)）])\s*)+"
)
_YEAR = re.compile(r"[12]\d{3}年度?|[本上]年度?")  # heads a column
_FIRST = re.compile(r"[(（]?[一1１][)）.．]")
_SIGNS = re.compile(r"[\W_]+")
_NOTE = re.compile(r"[(（]")
_NOTED = re.compile(r"([^()]*)\((?:[^()]|\([^()]*\))*\)")
_CUT = 6  # characters of the longest piece of a label that stands on a line of its own
_LONGEST_CELL = 200


class Kind(NamedTuple):
    """The role of a cell's text; `sure` where only a table has it; `numbered` behind 一、 (一) 1. or 其中."""

    role: Role
    sure: bool
    numbered: bool
    is_group: bool = False  # stands beside several rows
    is_first: bool = False  # numbered as the first of a list


class _Labels(NamedTuple):
    roles: dict[str, tuple[Role, bool]]
    groups: frozenset[str]
    columns: str  # all column labels, for a look at their pieces


@lru_cache(maxsize=4096)
def kind(text: str) -> Kind:
    """What a cell, stripped of blanks at both ends, is."""
    if VALUE.fullmatch(text):
        return Kind("value", False, False)
    if _YEAR.fullmatch(text):
        return Kind("column", False, False)
    if len(text) > _LONGEST_CELL:
        return Kind("text", False, False)
    body, numbered = _plain(text)
    known = _labels()
    key = _SIGNS.sub("", body)
    found = known.roles.get(key) or known.roles.get(_SIGNS.sub("", _NOTE.split(body, maxsplit=1)[0]))
    if found:
        role, sure = found
        as_row = role == "column" and numbered and not sure
        return Kind("row" if as_row else role, sure, numbered, key in known.groups, bool(_FIRST.match(text)))
    if key and len(key) <= _CUT and not numbered and key in known.columns:
        return Kind("fragment", False, False)
    return Kind("text", False, numbered)


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether a text is a whole label and nothing but one, with a note in brackets at most."""
    plain, _ = _plain(text)
    roles = _labels().roles
    noted = _NOTED.fullmatch(plain)
    return _SIGNS.sub("", plain) in roles or (noted is not None and _SIGNS.sub("", noted[1]) in roles)


def _plain(text: str) -> tuple[str, bool]:
    """A text as labels are compared, less its numbering; and whether it had one."""
    plain = unicodedata.normalize("NFKC", text).translate(t2s_tables().characters)
    plain = plain.replace("檔案", "文件").replace("档案", "文件")
    numbering = _NUMBERING.match(plain)
    return (plain[numbering.end() :], True) if numbering else (plain, False)


@cache
def _labels() -> _Labels:
    data = yaml.load(
        resources.files("tasks.clean").joinpath("data/table_labels.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    sections: list[tuple[list[str], Role, bool]] = [
        (data["weak"]["columns"], "column", False),
        (data["weak"]["rows"], "row", False),
        (data["units"], "unit", False),
        (data["parts"], "part", True),
        (data["columns"], "column", True),
        (data["rows"], "row", True),
    ]
    roles: dict[str, tuple[Role, bool]] = {label: (role, sure) for part, role, sure in sections for label in part}
    columns = data["columns"] + data["weak"]["columns"]
    return _Labels(roles, frozenset(data["groups"]), "\n".join(columns))
