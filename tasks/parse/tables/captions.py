"""Tables of the same form one after another: which of them is not the report's year's, or another body's."""

from __future__ import annotations

import re
from typing import NamedTuple

from tasks.model import Document, Paragraph, Period, Table
from tasks.parse.tables.columns import is_own, period_of

_LONGEST = 60  # characters of a line that is a table's title
_TITLE = re.compile(r"统计表|统计报表|情况表|汇总表|一览表")
_NUMBER = re.compile(r"^[\s(（]*附?[件表录]?[\d一二三四五六七八九十]*[)）]?[、.．:：\s]*")
_YEAR = re.compile(r"(20\d\d)年")
_SUBJECT = re.compile(r"20\d\d|政府信息|政务|信息公开|依申请|主动公开")
_BODY = re.compile(r"[\u4e00-\u9fff]{2,}(?:[局委办院站所队处会厅部镇乡]|中心|街道|政府|公司|学校)$")


class _Caption(NamedTuple):
    """What a table's title says that it is of; None where it says nothing."""

    year: str | None
    body: str | None


def others(document: Document, year: int | None, publisher: str | None) -> dict[int, Period | None]:
    """By the number of a table that its title gives to another year or body: of what period its figures are, if any.

    Only beside a table that is the report's own: a lone title may be left over from the year before.
    """
    captions = _captions(document)
    if len(captions) < 2:
        return {}
    found: dict[int, Period | None] = {}
    for table, (of_year, body) in captions.items():
        if body and publisher and not is_own(body, publisher) and publisher not in body:
            found[table] = None
        elif of_year and year and of_year != str(year):
            found[table] = period_of(of_year, year)
    return found if len(found) < len(captions) else {}


def _captions(document: Document) -> dict[int, _Caption]:
    """The titles of the tables that have one: the line above, or a first cell over all columns."""
    captions: dict[int, _Caption] = {}
    table = -1
    above = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above = document.text[block.start : block.end] if block.end - block.start <= _LONGEST else ""
            continue
        table += 1
        for title in (_first_cell(block), above):
            if _TITLE.search(title):
                captions[table] = _caption("".join(title.split()))
                break
        above = ""
    return captions


def _first_cell(table: Table) -> str:
    first = table.cells[0]
    is_title = table.column_count > 1 and first.column_span == table.column_count and len(first.text) <= _LONGEST
    return first.text if is_title else ""


def _caption(title: str) -> _Caption:
    years = set(_YEAR.findall(title))
    name = _SUBJECT.split(_NUMBER.sub("", title), maxsplit=1)[0]
    return _Caption(years.pop() if len(years) == 1 else None, name if _BODY.fullmatch(name) else None)
