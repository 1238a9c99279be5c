"""Lines that read like a report's title or a section's heading, by their form alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tasks.clean.wording.fold import fold
from tasks.model import ParagraphKind, Span

NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、.．,，]|[(（﹙][一二三四五六七八九十]{1,3}[)）﹚]|[㈠-㈩]"
    r"|第[一二三四五六七八九十]{1,2}(?:部分|章|篇)"
)
# A page of an e-book: its number and the book's title.
PAGE = re.compile(r"Page\s*(?P<number>\d{1,4})\s*-\s*(?P<title>.+)")
CLOSED = re.compile("[。！？!?；;：:…”》）)】]$")
_TITLE = re.compile(r"(?:报告|年报|总结)(?:的函|的通知)?(?:[(（].{0,12}[)）])?$")
_TAIL = re.compile("(?:政府|政务)?信息(?:与政务)?公开|公开|年度报告|工作报告|关于")
CONTINUES = re.compile(rf"20\d\d年|{_TAIL.pattern}")  # how a title's second line begins
_INLINE = re.compile(r"(?P<number>[一二三四五六七八九十])(?:(?<=[\s。；].)|(?<=^.))、\S{2,30}(?=\s)")
_NUMBERS = "一二三四五六七八九十"
_FEWEST_INLINE = 3  # sections that a text in one line must have to be cut
_LONGEST_HEADING = 50
_LONGEST_TITLE = 80
_TITLE_LINES = 16  # lines at the top among which a title is looked for


def is_title(text: str) -> bool:
    """Whether a line reads like the title of a report."""
    return len(text) <= _LONGEST_TITLE and not CLOSED.search(text.rstrip("）)")) and bool(_TITLE.search(fold(text)))


def titles_of(lines: Sequence[str]) -> Iterator[str]:
    """The titles among a document's first lines; one that is cut in two comes joined, then its second line."""
    for before, line in pairwise(["", *lines[:_TITLE_LINES]]):
        page = PAGE.fullmatch(line)
        title = page["title"] if page else line
        if page or is_title(title):
            joins = before and len(before) <= _LONGEST_HEADING and not CLOSED.search(before) and not is_title(before)
            if joins and _TAIL.match(fold(title)):
                yield before + title
            yield title


def kind_of(text: str, titles: Sequence[str]) -> ParagraphKind:
    """What a line is by its form: a title that was found (or a half of one), a numbered heading, or a paragraph."""
    if len(text) > _LONGEST_TITLE:
        return "paragraph"
    if text in titles or (len(text) > 4 and any(title.startswith(text) or title.endswith(text) for title in titles)):
        return "title"
    if len(text) <= _LONGEST_HEADING and NUMBERED.match(text) and not re.search("[。；;，,]", text[2:-1]):
        return "heading"
    return "paragraph"


def sections_of(text: str) -> list[Span]:
    """The headings and texts of a report that stands in one line, its headings between blanks; else the line."""
    found: list[re.Match[str]] = []
    for match in _INLINE.finditer(text):
        last = _NUMBERS.index(found[-1]["number"]) if found else -1
        if last < _NUMBERS.index(match["number"]) and (found or match["number"] == _NUMBERS[0]):
            found.append(match)
    starts = [match.start() for match in found]
    between = (text[match.end() : start] for match, start in zip(found, starts[1:], strict=False))
    if len(found) < _FEWEST_INLINE or not all("。" in part for part in between):
        return [(0, len(text))]
    edges = sorted({0, len(text), *starts, *(match.end() for match in found)})
    return [span for start, end in pairwise(edges) if (span := _stripped(text, start, end))[0] < span[1]]


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
