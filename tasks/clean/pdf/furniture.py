"""A page's lines and tables, and what on it belongs to no text: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tasks.clean.grid import Fragment
from tasks.clean.pdf.lines import Line

MARGIN = 0.12  # of the page's height, above and below: where page numbers and running heads stand
SHORTEST_HEAD = 6  # characters of a running head that repeats the title

_PAGE_NUMBER = re.compile(
    r"[\s\-—–－_·.~]*(?:第\s*)?(?:[pP](?:age)?\.?\s*)?[\d０-９ⅠⅡⅢⅣⅤⅰⅱⅲⅳⅴ]{1,4}\s*页?[\s\-—–－_·.~]*"
    r"(?:[/／，,]?\s*(?:of|共|总)?\s*\d{1,4}\s*页?)?[\s\-—–－_·.~]*"
)

Font = tuple[str, float, int]  # its name and size as the file states them; how it is drawn (outlined to look bold)


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A piece of a table and where it stands; `lines` is its print as lines, should it be no table."""

    fragment: Fragment
    top: float
    bottom: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PageFlow:
    """What stands on a page, from top to bottom, and the font at a character (its index in pdfium's text page)."""

    width: float
    height: float
    items: Sequence[Line | PlacedTable]
    font_of: Callable[[int], Font]


def without_furniture(pages: Sequence[PageFlow]) -> list[PageFlow]:
    """The pages without page numbers and running heads.

    What stands in the margin is a running head where it stands alike on at least half of the pages, or repeats what
    the document begins with.
    """
    head = "".join(item.text.replace(" ", "") for item in pages[0].items[:3] if isinstance(item, Line)) if pages else ""
    repeated = Counter(key for page in pages for key in {_margin_key(line, page) for line in _margin_lines(page)})
    often = {key for key, count in repeated.items() if count >= max(2, len(pages) / 2)}
    cleaned = []
    for page in pages:
        furniture = {
            id(line)
            for line in _margin_lines(page)
            if _PAGE_NUMBER.fullmatch(line.text)
            or _margin_key(line, page) in often
            or (page is not pages[0] and len(line.text) >= SHORTEST_HEAD and line.text.replace(" ", "") in head)
        }
        items = [item for item in page.items if id(item) not in furniture]
        cleaned.append(PageFlow(page.width, page.height, items, page.font_of))
    return cleaned


def _margin_lines(page: PageFlow) -> Iterator[Line]:
    """The lines in the upper or lower margin with nothing but such lines beyond them."""
    for items in (page.items, page.items[::-1]):
        for item in items:
            if not isinstance(item, Line):
                break
            if MARGIN * page.height < (item.top + item.bottom) / 2 < (1 - MARGIN) * page.height:
                break
            yield item


def _margin_key(line: Line, page: PageFlow) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.baseline / page.height * 50)
