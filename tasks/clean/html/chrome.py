"""Lines that belong to the site and not to the report, and pages that hold no report at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

from tasks.clean.text.labels import kind
from tasks.clean.wording.fold import fold
from tasks.model import Rejected

_LONGEST = 160  # characters of a line that may be chrome
_LIST_LINE = 40  # characters of a line in a site's own list behind the report
_NO_PAGE = 800  # characters from which a page is more than a notice
_TITLE_END = re.compile("(?:政府|政务)?信息公开(?:工作)?年报|政务公开年报")
_OPEN_YEAR = re.compile(r"(?:20\d\d|[〇○零一二三四五六七八九]{4})年度?$")
_REPORT = re.compile("信息公开|政务公开|年度报告|年报")


class _Patterns(NamedTuple):
    line: re.Pattern[str]
    end: re.Pattern[str]
    refused: list[tuple[str, re.Pattern[str], str]]
    textless: list[tuple[str, re.Pattern[str], str]]


def chrome_lines(texts: Sequence[str]) -> frozenset[int]:
    """Which of a document's lines, stripped of blanks, are chrome: indices into `texts`."""
    found = {index for index, text in enumerate(texts) if text and is_chrome(text) and not _ends_title(texts, index)}
    ends = [index for index, text in enumerate(texts) if text and _ends_report(text)]
    tails = (range(end, len(texts)) for end in ends)
    found.update(next((tail for tail in tails if all(_is_listed(texts[index]) for index in tail)), ()))
    return frozenset(found)


@lru_cache(maxsize=4096)
def is_chrome(text: str) -> bool:
    """Whether a line is a widget, a breadcrumb, a footer or the like."""
    return len(text) <= _LONGEST and bool(_patterns().line.fullmatch(fold(text)))


@lru_cache(maxsize=4096)
def _ends_report(text: str) -> bool:
    """Whether only the site's own lists follow behind a line."""
    return len(text) <= _LIST_LINE and bool(_patterns().end.fullmatch(fold(text)))


def refuse_no_report(title: str, text: str) -> None:
    """Raise Rejected where a page is an error, a login or a challenge: a short one that speaks of nothing else."""
    if len(text) > _NO_PAGE or text.count("。") > 6 or (_REPORT.search(fold(text)) and text.count("。") > 1):
        return
    for code, pattern, message in _patterns().refused:
        if pattern.search(title) or pattern.search(text):
            raise Rejected(code, message)


def refuse_no_text(markup: str) -> None:
    """Raise Rejected for a page that shows no text, with the reason that its markup gives."""
    for code, pattern, message in _patterns().textless:
        if pattern.search(markup):
            raise Rejected(code, message)
    raise Rejected("empty", "the page has no text: fetch it again, or take it out of the source")


def _ends_title(texts: Sequence[str], index: int) -> bool:
    """Whether a line is the rest of a title that names its year on the line above: 某镇2016年 / 政府信息公开年报."""
    return index > 0 and bool(_TITLE_END.fullmatch(fold(texts[index])) and _OPEN_YEAR.search(fold(texts[index - 1])))


def _is_listed(text: str) -> bool:
    return len(text) <= _LIST_LINE and "。" not in text and not kind(text).sure


@cache
def _patterns() -> _Patterns:
    data: dict[str, Any] = yaml.load(
        resources.files("tasks.clean").joinpath("data/chrome.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    widget = "|".join(f"(?:{widget})" for widget in data["widgets"])
    # Of signs alone a line is no widget, and a lone 大 or 次 is none either.
    lines = [rf"(?=.{{2}})(?=.*[^\W\d_])(?:[\W_]|{widget})+", *(line["pattern"] for line in data["lines"])]
    return _Patterns(
        line=re.compile("|".join(f"(?:{line})" for line in lines)),
        end=re.compile("|".join(f"(?:{end['pattern']})" for end in data["ends"])),
        refused=_refusals(data["refused"]),
        textless=_refusals(data["textless"]),
    )


def _refusals(rules: list[dict[str, str]]) -> list[tuple[str, re.Pattern[str], str]]:
    return [(rule["code"], re.compile(rule["pattern"], re.I | re.S), rule["message"]) for rule in rules]
