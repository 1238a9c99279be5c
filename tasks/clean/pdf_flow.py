"""The lines and tables of all pages into what a reader sees: titles, headings, paragraphs and whole tables.

A line goes on the paragraph before it where that line had no room for its beginning, and it is not set in. Page
numbers, running heads and feet are left out; a table that goes on on the next page is joined.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tasks.clean.extract import SourceWriter
from tasks.clean.grid import ITEM, Fragment, join_over_page
from tasks.clean.pdf_lines import NEVER_FIRST, Line, is_wide
from tasks.model import ParagraphKind

MARGIN = 0.12  # of the page's height, above and below: where page numbers and running heads stand
SHORTEST_HEAD = 6  # characters of a running head that repeats the title
LONGEST_HEADING = 40  # characters
WIDER_GAP = 1.7  # of the usual distance of two lines: a gap that parts two paragraphs

_PAGE_NUMBER = re.compile(
    r"[\s\-—–－_·.~]*(?:第\s*)?(?:[pP](?:age)?\.?\s*)?[\d０-９ⅠⅡⅢⅣⅤⅰⅱⅲⅳⅴ]{1,4}\s*页?[\s\-—–－_·.~]*"
    r"(?:[/／，,]?\s*(?:of|共|总)?\s*\d{1,4}\s*页?)?[\s\-—–－_·.~]*"
)
_FULL_STOPS = frozenset("。！？；")
_SENTENCE_END = tuple("。！？；，：;,")

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
    items: list[Line | PlacedTable]
    font_of: Callable[[int], Font]


@dataclass(frozen=True, slots=True)
class Style:
    """A line's look: the font of its first and of its last character."""

    first: Font
    last: Font


@dataclass(frozen=True, slots=True)
class Column:
    """The text column of a page: where full lines begin and end, and how far apart their baselines are."""

    left: float
    right: float
    pitch: float


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that may still go on."""

    lines: list[Line]
    style: Style
    page: int
    kind: ParagraphKind = "paragraph"


def write_flow(pages: Sequence[PageFlow], writer: SourceWriter) -> list[str]:
    """Write all pages; the title candidates that the layout shows, best first."""
    pages = _without_furniture(pages)
    body = _body_font(pages)
    columns = [_text_column(page) for page in pages]
    titles: list[str] = []
    open_paragraph: _Paragraph | None = None
    open_table: tuple[Fragment, PlacedTable, int] | None = None

    def close_paragraph() -> None:
        nonlocal open_paragraph
        if open_paragraph:
            text = _joined(open_paragraph.lines)
            if open_paragraph.kind == "title":
                titles.append(text)
            writer.paragraph(text, open_paragraph.kind)
        open_paragraph = None

    def close_table() -> None:
        nonlocal open_table
        if open_table:
            fragment, placed, _ = open_table
            if len(fragment.pieces) > 1:
                writer.table(fragment.cells(), ragged=fragment.is_aligned)
            else:  # a box around some words
                for line in placed.lines:
                    writer.paragraph(line.text)
        open_table = None

    in_title = True
    for number, (page, column) in enumerate(zip(pages, columns, strict=True)):
        for item in page.items:
            if isinstance(item, PlacedTable):
                close_paragraph()
                joined = join_over_page(open_table[0], item.fragment) if open_table and open_table[2] < number else None
                if joined and open_table:
                    open_table = (joined, open_table[1], number)
                else:
                    close_table()
                    open_table = (item.fragment, item, number)
                in_title = False
                continue
            close_table()
            style = _style(item, page)
            in_title = in_title and number == 0 and _is_title(item, style, body, page, column)
            kind = _kind(item, style, body, column, in_title)
            if open_paragraph and _goes_on(open_paragraph, item, style, kind, (number, column)):
                open_paragraph.lines.append(item)
                open_paragraph.page = number
                if open_paragraph.kind == "heading":
                    open_paragraph.kind = kind
            else:
                close_paragraph()
                open_paragraph = _Paragraph([item], style, number, kind)
    close_paragraph()
    close_table()
    return titles


def _goes_on(paragraph: _Paragraph, line: Line, style: Style, kind: ParagraphKind, where: tuple[int, Column]) -> bool:
    """Whether a line belongs to the paragraph before it."""
    number, column = where
    last = paragraph.lines[-1]
    same_page = paragraph.page == number
    if paragraph.kind == "title" or kind == "title":
        close = same_page and line.baseline - last.baseline < 2.5 * last.size
        return paragraph.kind == kind and close and style.first == paragraph.style.first
    if kind == "heading" and paragraph.kind == "paragraph":
        return False
    if same_page and line.baseline - last.baseline > WIDER_GAP * max(column.pitch, last.size):
        return False
    if line.left > column.left + 1.2 * line.size:
        return False
    if paragraph.lines[0].left < column.left + line.size and last.text[-1] in _FULL_STOPS and ITEM.match(line.text):
        return False  # no paragraph is set in here: a new item tells
    return last.right + line.first_word_width() > column.right - 0.4 * line.size


def _is_title(line: Line, style: Style, body: Font, page: PageFlow, column: Column) -> bool:
    """Whether a line at the document's head stands in the middle, or in larger print than the text."""
    centred = abs(line.middle - page.width / 2) < 1.5 * line.size and line.left > column.left + 0.8 * line.size
    return (centred and style.first != body) or style.first[1] > 1.2 * body[1]


def _kind(line: Line, style: Style, body: Font, column: Column, in_title: bool) -> ParagraphKind:
    if in_title:
        return "title"
    apart = body not in (style.first, style.last) and is_wide(line.text[-1])
    short = len(line.text) <= LONGEST_HEADING and not line.text.endswith(_SENTENCE_END)
    return "heading" if apart and short and line.right < column.right - line.size else "paragraph"


def _joined(lines: Sequence[Line]) -> str:
    """The text of a paragraph; a blank only where two Latin words meet at a line's end."""
    text = lines[0].text
    for line in lines[1:]:
        one, other = text[-1], line.text[0]
        blank = one.isascii() and other.isascii() and one.isalpha() and other.isalpha()
        text += (" " if blank else "") + line.text
    return text


def _style(line: Line, page: PageFlow) -> Style:
    return Style(page.font_of(line.glyphs[0].place), page.font_of(line.glyphs[-1].place))


def _body_font(pages: Sequence[PageFlow]) -> Font:
    """The font in which most of the text outside tables is set, judged at a Chinese character of each line."""
    fonts: Counter[Font] = Counter()
    for page in pages:
        for line in page.items:
            if isinstance(line, Line):
                middle = len(line.glyphs) // 2
                glyph = next((g for g in line.glyphs[middle:] if is_wide(g.text)), line.glyphs[0])
                fonts[page.font_of(glyph.place)] += len(line.glyphs)
    return fonts.most_common(1)[0][0] if fonts else ("", 0.0, 0)


def _text_column(page: PageFlow) -> Column:
    """Where the text of a page begins and ends; the page's own margins where too few lines show it."""
    lines = [item for item in page.items if isinstance(item, Line)]
    if not lines:
        return Column(0.0, page.width, 0.0)
    size = sorted(line.size for line in lines)[len(lines) // 2]
    left = min(line.left for line in lines)
    rights = sorted(line.right for line in lines if line.text[-1] not in NEVER_FIRST)  # a comma may hang beyond
    rights = rights or [max(line.right for line in lines)]
    right = rights[-2] if len(rights) > 1 else rights[-1]
    if sum(abs(other - right) < 1.5 * size for other in rights) < 4:
        right = max(right, page.width - left)
    gaps = sorted(b.baseline - a.baseline for a, b in itertools.pairwise(lines) if b.baseline > a.baseline)
    return Column(left, right, gaps[len(gaps) // 2] if gaps else 0.0)


def _without_furniture(pages: Sequence[PageFlow]) -> list[PageFlow]:
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
