"""Finds the report's title and takes it apart: body, year, the words of the report (`rules/titles.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.model import Document
from tasks.parse.identity.han_digits import digit_by_digit
from tasks.parse.identity.names import BodyName, read_name, trimmed
from tasks.parse.identity.opening import Opening
from tasks.parse.rulefile import pattern_at

_YEAR = re.compile(
    r"(?<!\d)(?P<digits>20[0-4]\d)(?:[-—–~至]+20[0-4]\d)?(?:学年度|学年|年度|年|度)?|(?<!\d)(?P<short>[012]\d)年度?|(?P<han>[二2][〇○零0ОO][〇○零一二三四五六七八九]{2})年?度?"
)
_REPORT_END = re.compile(r"报告|年报|总结|报表")
_NO_TITLE = re.compile(r"[。;!?:]|\d[-/:]\d|^[一二三四五六七八九十]、")
_MOST_LINES = 6  # of a title that is set over several
_LONGEST_LINE = 90
_SAYS_ALL = 5


@dataclass(frozen=True, slots=True)
class Title:
    """A title in its parts. `year` and `body` are None where the title does not say (or is damaged)."""

    text: str
    year: int | None
    body_text: str
    body: BodyName | None


def _words(name: str) -> re.Pattern[str]:
    return pattern_at("titles.yaml", name)


def year_in(text: str) -> tuple[int | None, str]:
    """The first year that the text names, in digits or characters, and the text without it."""
    match = _YEAR.search(text)
    if match is None:
        return None, text
    if match["digits"]:
        year = int(match["digits"])
    elif match["short"]:
        year = 2000 + int(match["short"])
    else:
        year = digit_by_digit(match["han"])
    before, after = text[: match.start()], text[match.end() :]
    rest = before if after in before else before + after  # 某海关2015年|海关政府信息公开
    return (year if 2003 <= year <= 2040 else None), rest


def read_title(text: str) -> Title | None:
    """The title that a line is or begins with; None where it is none."""
    line = re.sub(r"\s+", "", text)
    match = _words("report").search(line)
    if match is None or match.start() > _LONGEST_LINE or _words("sentence").match(line[match.end() :]):
        return None
    before = re.split(r"[>»|:]", line[: match.start()])[-1]
    if _words("before_sentence").search(before) or _words("category").search(line[: match.start()]):
        return None
    year, body_text = year_in(before)
    if year is None:
        year, _ = year_in(line[match.start() : match.end() + 12])
    body_text = trimmed(body_text)
    if body_text.endswith("人民"):  # …人民|政府信息公开
        body_text += "政府"
    return Title(trimmed(before + match[0]) or match[0], year, body_text, read_name(body_text))


def find_title(document: Document, opening: Opening) -> Title | None:
    """The title that says most, the earliest of them: of the markup, of the index card, of the first lines."""
    best: Title | None = None
    best_score = -1
    for text in _candidates(document, opening):
        title = read_title(text)
        if title is None:
            continue
        score = 2 * (title.year is not None) + 2 * (title.body is not None)
        score += title.body is not None and not title.body.is_bare
        if score > best_score:
            best, best_score = title, score
        if score == _SAYS_ALL:
            break
    return best


def _candidates(document: Document, opening: Opening) -> Iterator[str]:
    yield from document.title_candidates
    yield from opening.field("title")
    lines = opening.lines[:40]
    for number, line in enumerate(lines):
        if not _REPORT_END.search(line[:_LONGEST_LINE]):
            continue
        yield line
        for first in range(number - 1, max(number - _MOST_LINES, -1), -1):
            short = 45 if number - first <= 2 else 20  # a title over four lines and more has a word or two in each
            if any(len(each) > short or _NO_TITLE.search(each) for each in lines[first:number]) or (
                _words("report").search(lines[first])  # a title of its own
            ):
                break
            yield "".join(lines[first : number + 1])
