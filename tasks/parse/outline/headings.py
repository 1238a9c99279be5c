"""Find headings: 一、 （一） 1. （1） ① 第一部分, on their own line or at the start of their paragraph.

What is no heading: the list of headings in a preamble, the rows of a statistical table, an item of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tasks.model import Document, PartName, Section, Table
from tasks.parse.outline.parts import heading_parts, is_annex_heading, is_table_row, is_unnumbered_heading, item_heading
from tasks.parse.outline.tree import Heading, Outline

LONGEST_HEADING = 45
LONGEST_LEAD = 32  # of a heading that its paragraph goes on after
_DIGITS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STOPS = "。:：;；"
_PART_RANK = 1  # of 一、

# Marks by rank: a mark of a higher rank opens a deeper level wherever one of a lower rank is open.
_MARK = re.compile(
    rf"\s*(?:第(?P<r0>[{_DIGITS}]{{1,3}})(?:部分|章|篇)[、:：.\s]*"
    rf"|(?P<r1>[{_DIGITS}]{{1,3}})(?:\s?[、．.,，:：]\s*|\s+(?=\S))"
    rf"|[(（﹙〔【]\s?(?P<r2>[{_DIGITS}]{{1,3}})\s?[)）﹚〕】][、.．]?\s*"
    r"|(?P<r3>\d{1,2})\s?[、．.](?!\d)\s*"
    r"|[(（]\s?(?P<r4>\d{1,2})\s?[)）][、.．]?\s*"
    rf"|(?P<r5>[{_CIRCLED}])\s*)"
)
_INLINE_MARK = re.compile(
    rf"(?<=[\s。;；:：])(?:(?P<r1>[{_DIGITS}]{{1,3}})\s?[、．.]\s?(?=[^\s{_DIGITS}])"
    rf"|[(（](?P<r2>[{_DIGITS}]{{1,3}})[)）]\s?"
    r"|(?P<r3>\d{1,2})[、．.]\s?(?=[一-鿿]))"
)
_INLINE_TITLE = re.compile(
    rf"[^。;；:：\n]{{0,28}}?(?:情况|概述|措施|事项|问题|附表)(?=[\s。;；:：,，、(（]|[{_DIGITS}]、|$)"
)
_INLINE_LEAD = re.compile(r"[^\d,，、;；:：。\n]{2,20}(?=[。:：])")
_LISTED_AFTER = re.compile(r"\s+(?=一是|首先|第一[,，、])")  # a heading that its list follows on the same line
_CONTENTS = re.compile(
    rf"[,，](?:[(（][{_DIGITS}]{{1,3}}[)）]|[{_DIGITS}]{{1,3}}、)"
)  # a table of contents on one line
_STOP_WITHIN = re.compile(r"[。;；:：](?=.)")
_STOP = re.compile(f"[{_STOPS}]")
_COMMA = re.compile("[,，]")
_COUNT = re.compile(r"\d\s?[余多]?[条件份次篇个项人宗起]")


@dataclass(frozen=True, slots=True)
class _Mark:
    rank: int
    number: int | None
    title: str
    start: int
    title_end: int


def find_outline(document: Document) -> Outline:
    """Find the headings of a document, numbered as they are printed, as far as that makes a tree."""
    marks = _without_preamble(list(_marks(document)))
    headings: list[Heading] = []
    open_headings: list[tuple[int, str, PartName | None]] = []
    last_number: dict[str, int] = {}
    for mark, following in pairwise([*marks, None]):
        assert mark is not None
        while open_headings and open_headings[-1][0] >= mark.rank:
            open_headings.pop()
        _, above, part = open_headings[-1] if open_headings else (0, "", None)
        previous = last_number.get(above, 0)
        number = mark.number if mark.number is not None and mark.number > previous else previous + 1
        last_number[above] = number
        section_no = f"{above}.{number}" if above else str(number)
        named = heading_parts(mark.title)
        part = part or (named[0] if named else None)
        open_headings.append((mark.rank, section_no, part))
        end = following.start if following else len(document.text)
        headings.append(
            Heading(section_no, len(open_headings), mark.title, part, named, mark.start, mark.title_end, end)
        )
    return Outline(tuple(headings))


def sections(document: Document, outline: Outline) -> tuple[Section, ...]:
    """The rows of the public table `sections`."""
    rows = []
    for heading in outline.headings:
        body = document.text[heading.body_start : heading.end].strip(_STOPS + " \t\n")
        last = heading.start + len(document.text[heading.start : heading.end].rstrip())
        span = document.source_span(heading.start, last)
        document_id = document.raw.document_id
        rows.append(Section(document_id, heading.section_no, heading.level, heading.title, heading.part, body, *span))
    return tuple(rows)


def _marks(document: Document) -> Iterator[_Mark]:
    for block, following in pairwise([*document.blocks, None]):
        if block is None or isinstance(block, Table) or block.kind in ("metadata", "title"):
            continue
        paragraph = document.text[block.start : block.end]
        if len(_CONTENTS.findall(paragraph)) >= 3:
            continue
        before_table = isinstance(following, Table)
        mark = _opening_mark(paragraph, block.start) or _unnumbered_mark(paragraph, block.start, before_table)
        if mark is not None:
            yield mark
        if len(paragraph) > LONGEST_HEADING:
            yield from _inline_marks(document.text, mark.title_end if mark else block.start, block.end)


def _without_preamble(marks: list[_Mark]) -> list[_Mark]:
    """The marks without the numbered notes of a preamble: deeper marks that name no part, before the first part."""
    first = next((index for index, mark in enumerate(marks) if mark.rank <= _PART_RANK), 0)
    return [mark for index, mark in enumerate(marks) if index >= first or heading_parts(mark.title)]


def _opening_mark(paragraph: str, offset: int) -> _Mark | None:
    match = _MARK.match(paragraph)
    if match is None or match.lastgroup is None:
        return None
    rank = int(match.lastgroup[1])
    title, length = _title(paragraph[match.end() :], rank)
    if not title or is_table_row(title):
        return None
    if match[0].strip() == match[match.lastgroup] and rank == _PART_RANK and not heading_parts(title):
        return None  # 一 with a blank alone behind it: a heading only where its words are a heading's
    start = offset + len(match[0]) - len(match[0].lstrip())
    return _Mark(rank, _number(match[match.lastgroup]), title, start, offset + match.end() + length)


def _title(rest: str, rank: int) -> tuple[str, int]:
    """The heading's words, and how far they reach: to the paragraph's end or, where it goes on, to its first stop."""
    listed = _LISTED_AFTER.search(rest)
    whole = rest[: listed.start()] if listed else rest
    words = whole.strip()
    is_whole = len(words) <= LONGEST_HEADING and not _STOP_WITHIN.search(words)
    if is_whole and not (_COUNT.search(words) and len(words) > 12):
        return words.rstrip(_STOPS + ",，、 "), len(whole)
    stop = _STOP.search(rest, 0, LONGEST_LEAD)
    lead = rest[: stop.start()].strip() if stop else ""
    if stop and not _COUNT.search(lead) and (rank <= _PART_RANK or not _COMMA.search(lead)):
        return lead, stop.end()
    return _run_in_title(rest, rank)


def _run_in_title(rest: str, rank: int) -> tuple[str, int]:
    """A heading that the text goes on after without a stop: only such as name a part, or an item of the first."""
    item = item_heading(rest)
    if item:
        return item, len(item)
    run_in = _INLINE_TITLE.match(rest) if rank <= _PART_RANK else None
    return (run_in[0], run_in.end()) if run_in and heading_parts(run_in[0]) else ("", 0)


def _unnumbered_mark(paragraph: str, offset: int, before_table: bool) -> _Mark | None:
    title = paragraph.strip().rstrip(_STOPS)
    if not 1 <= len(title) <= LONGEST_HEADING:
        return None
    if not is_unnumbered_heading(title) and not (before_table and is_annex_heading(title)):
        return None
    return _Mark(_PART_RANK, None, title, offset + paragraph.index(title), offset + len(paragraph))


def _inline_marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """Headings inside a paragraph, where a report or a part of it was run into one."""
    marks = []
    for match in _INLINE_MARK.finditer(text, start, end):
        rank = int((match.lastgroup or "r1")[1])
        title = _inline_title(text, match.end(), end, rank)
        if title and not is_table_row(title):
            number = _number(match[match.lastgroup or "r1"])
            marks.append(_Mark(rank, number, title, match.start(), match.end() + len(title)))
    listed = {mark for pair in pairwise(marks) if _is_list(text[pair[0].title_end : pair[1].start]) for mark in pair}
    yield from (mark for mark in marks if mark not in listed)


def _inline_title(text: str, start: int, end: int, rank: int) -> str:
    """The words of a heading inside a paragraph: such as name a part, an item of the first, or end at a stop."""
    if rank > _PART_RANK:
        lead = _INLINE_LEAD.match(text, start, end)
        return item_heading(text[start : min(end, start + LONGEST_LEAD)]) or (lead[0] if lead else "")
    named = _INLINE_TITLE.match(text, start, end)
    return named[0] if named and heading_parts(named[0]) else ""


def _is_list(between: str) -> bool:
    """Whether what stands between two headings only strings them together, as a preamble's list of parts does."""
    return between.strip() != "" and between.strip(" \t;；,，、和及与") == ""


def _number(digits: str) -> int:
    if digits in _CIRCLED:
        return _CIRCLED.index(digits) + 1
    if digits.isdecimal():
        return int(digits)
    tens, _, ones = digits.rpartition("十")
    if "十" not in digits:
        return _DIGITS.index(digits[0]) + 1
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)
