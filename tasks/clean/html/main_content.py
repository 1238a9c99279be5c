"""Which lines of a page are the report's: recall before precision, a doubtful line stays.

Out go boxes that a page names as chrome (nav, footer, share …) and boxes of little but links, where they hold neither
prose nor a table; lines that are chrome by their words; and what stands above the report's title, the index card
excepted.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import NamedTuple

import yaml

from tasks.clean.html.chrome import chrome_lines
from tasks.clean.html.walk import Box, Page
from tasks.clean.titles import CLOSED, CONTINUES, NUMBERED, is_title
from tasks.clean.wording.fold import fold

_LINKED = 0.6  # share of linked characters from which a box is a list of links
_FEWEST_LINKS = 4
_RICH = 200  # characters without links that make a named box one of content
_SENTENCES = 2
_LONGEST_HALF = 45  # characters of the first line of a title over two


class PageNames(NamedTuple):
    """What a page says it is, folded: by fields of its own, by a part of its <title>; and what its site is called."""

    titles: frozenset[str]
    parts: frozenset[str]
    sites: frozenset[str]


def kept_lines(page: Page, card: frozenset[int], names: PageNames) -> list[int]:
    """The indices of the lines that stay; `card` are lines of the index card."""
    sums = _Sums(page)
    dropped: set[int] = set()
    for box in page.boxes:
        if _is_chrome(box, sums):
            dropped.update(range(box.first, box.last))
    texts = ["" if line.grid or index in dropped else line.text for index, line in enumerate(page.lines)]
    dropped |= chrome_lines(texts)
    first = _title_begins(page, _first_title(page, dropped, names), dropped)
    dropped.update(index for index in range(first) if "。" not in texts[index] and not page.lines[index].grid)
    return [index for index in range(len(page.lines)) if index not in dropped or index in card]


class _Sums:
    """What boxes hold, by sums over the lines before each."""

    def __init__(self, page: Page) -> None:
        lines = page.lines
        self._characters = [0, *accumulate(len(line.text) for line in lines)]
        self._linked = [0, *accumulate(line.linked for line in lines)]
        self._links = [0, *accumulate(line.links for line in lines)]
        self._sentences = [0, *accumulate(line.text.count("。") for line in lines)]
        self._grids = [0, *accumulate(line.grid is not None for line in lines)]

    def of(self, box: Box) -> tuple[int, int, int, int, int]:
        """Characters, linked characters, links, sentences and grids."""
        sums = (self._characters, self._linked, self._links, self._sentences, self._grids)
        return tuple(sum_[box.last] - sum_[box.first] for sum_ in sums)  # type: ignore[return-value]


def _is_chrome(box: Box, sums: _Sums) -> bool:
    characters, linked, links, sentences, grids = sums.of(box)
    if grids or (sentences >= _SENTENCES and characters - linked > _RICH):
        return False
    if box.tag in ("nav", "footer") or _names().search(box.names):
        return True
    return links >= _FEWEST_LINKS and linked >= _LINKED * characters and sentences < _SENTENCES


def _first_title(page: Page, dropped: set[int], names: PageNames) -> int:
    """The line of the report's title, 0 where none is seen above its text."""
    first = 0
    for index, line in enumerate(page.lines):
        text = fold(line.text)
        if index in dropped or line.grid or text in names.sites - names.titles:
            continue
        if (line.heading == 1 and not line.links) or is_title(line.text) or text in names.titles:
            return index
        if "。" in line.text or NUMBERED.match(line.text):
            break
        if not first and text in names.parts:
            first = index
    return first


def _title_begins(page: Page, title: int, dropped: set[int]) -> int:
    """The first line of a title over two, which stand in one box: 某县水利局 / 2023年政府信息公开工作年度报告."""
    if not title or title - 1 in dropped or not CONTINUES.match(fold(page.lines[title].text)):
        return title
    above = page.lines[title - 1]
    if above.heading != page.lines[title].heading:
        return title
    is_half = not (above.grid or above.links) and len(above.text) <= _LONGEST_HALF and not CLOSED.search(above.text)
    return title - 1 if is_half and _box(page, title - 1) == _box(page, title) is not None else title


def _box(page: Page, index: int) -> Box | None:
    """The innermost box around a line."""
    return next((box for box in page.boxes if box.first <= index < box.last), None)


@cache
def _names() -> re.Pattern[str]:
    text = resources.files("tasks.clean").joinpath("data/chrome.yaml").read_text("utf-8")
    names = yaml.load(text, Loader=yaml.CSafeLoader)["names"]
    return re.compile(rf"(?<![a-z])(?:{'|'.join(names)})(?![a-z])", re.I)
