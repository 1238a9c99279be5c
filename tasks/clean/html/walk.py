"""A page in reading order: its lines and grids, and the boxes around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from tasks.clean.extract import GridCell
from tasks.clean.html.table import read_grid, words
from tasks.clean.html.tags import BOXES, HEADINGS, LINK_LISTS, Mark, pieces_of, tags_of

# A table that holds no other one, no title and no form: those lay out the page.
_TABLE = re.compile(r"(<table[ >][^<]*+(?:<(?!/?table[ >]|h[12][ >]|form[ >])[^<]*+)*+</table>)")
_CAPTION = re.compile(r"<caption[ >].*?</caption>", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TYPED = re.compile(r"<pre[ >].*?</pre>", re.S)
_LINK_TEXT = re.compile(">([^<]*+)</a>")
_NAMES = re.compile(r' (?:id|class|role)="([^"]*)"')


@dataclass(slots=True)
class PageLine:
    """What stands on one line of a page, or a grid in its place."""

    text: str
    linked: int = 0  # characters of it that are links
    links: int = 0
    heading: int = 0  # 1 to 6 of h1 to h6
    grid: list[GridCell] | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """An element around lines [first, last)."""

    first: int
    last: int
    tag: str
    names: str  # its id, classes and role


@dataclass(slots=True)
class Page:
    """A page as it was walked."""

    lines: list[PageLine] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)  # inner ones first


class _Walk:
    def __init__(self) -> None:
        self.page = Page()
        self._open: list[tuple[Mark, int]] = []  # boxes, and the number of lines before each
        self._pieces: list[str] = []
        self._linked = self._links = self._heading = 0
        self._in_link = False

    def run(self, html: str) -> Page:
        html = _COMMENT.sub("", html.replace("&nbsp;", "\u00a0"))
        html = _TYPED.sub(lambda match: match[0].replace("\n", "<br>"), html)
        for number, part in enumerate(_TABLE.split(html)):
            grid = read_grid(part) if number % 2 else None
            if grid is None:
                self._read(part)
            elif grid:
                self._read("".join(_CAPTION.findall(part)))
                self._end_line()
                self.page.lines.append(PageLine("", grid=grid))
        self._end_line()
        return self.page

    def _read(self, html: str) -> None:
        for number, part in enumerate(LINK_LISTS.split(html)):
            if number % 2:
                self._read_links(_LINK_TEXT.findall(part))
            else:
                self._read_pieces(part)

    def _read_links(self, texts: list[str]) -> None:
        """A list of nothing but links is one line in a box of its own: nothing but its size is asked for."""
        self._end_line()
        before = len(self.page.lines)
        self._pieces = texts
        self._links += len(texts)
        self._linked += sum(map(len, texts))
        self._end_line()
        if len(self.page.lines) > before:
            self.page.boxes.append(Box(before, before + 1, "ul", ""))

    def _read_pieces(self, html: str) -> None:
        for between, link, text in pieces_of(html):
            if between:
                tags = tags_of(between)
                if tags.is_break:
                    self._end_line()
                if tags.ends_link:
                    self._in_link = False
                for mark in tags.marks:
                    self._mark(mark)
            if link:
                self._in_link = True
                self._links += 1
            if text:
                self._pieces.append(text)
                if self._in_link:
                    self._linked += len(text.strip())

    def _mark(self, mark: Mark) -> None:
        if mark.tag in HEADINGS:
            self._heading = 0 if mark.closes else int(mark.tag[1])
        elif mark.tag not in BOXES:
            return
        elif not mark.closes:
            self._open.append((mark, len(self.page.lines)))
        elif self._open and self._open[-1][0].tag == mark.tag:
            opened, first = self._open.pop()
            if len(self.page.lines) > first:
                names = " ".join(_NAMES.findall(opened.attributes))
                self.page.boxes.append(Box(first, len(self.page.lines), mark.tag, names))

    def _end_line(self) -> None:
        if not self._pieces:
            return
        text = words(unescape("".join(self._pieces)))
        if text:
            self.page.lines.append(PageLine(text, min(self._linked, len(text)), self._links, self._heading))
            self._linked = self._links = 0
        self._pieces = []


def walk(html: str) -> Page:
    """The page whose body the parser wrote as `html`."""
    return _Walk().run(html)
