"""The lines and tables of all pages into what a reader sees: titles, headings, paragraphs and whole tables.

A line goes on the paragraph before it where that line had no room for its beginning, and it is not set in. Page
numbers, running heads and feet are left out; a table that goes on on the next page is joined.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from tasks.clean.extract import SourceWriter
from tasks.clean.grid import ITEM, Fragment, join_over_page
from tasks.clean.pdf.columns import in_columns
from tasks.clean.pdf.furniture import Font, PageFlow, PlacedTable, without_furniture
from tasks.clean.pdf.lines import NEVER_FIRST, Line, is_wide
from tasks.model import ParagraphKind

LONGEST_HEADING = 40  # characters
WIDER_GAP = 1.7  # of the usual distance of two lines: a gap that parts two paragraphs

_FULL_STOPS = frozenset("。！？；")
_SENTENCE_END = tuple("。！？；，：;,")


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


@dataclass(slots=True)
class _Table:
    """A table that may still go on; `lines` is the print of its first piece."""

    fragment: Fragment
    lines: tuple[Line, ...]
    page: int


def write_flow(pages: Sequence[PageFlow], writer: SourceWriter) -> list[str]:
    """Write all pages; the title candidates that the layout shows, best first."""
    pages = without_furniture(pages)
    flow = _Flow(writer, _body_font(pages), _table_titles(pages))
    pieces = ((page, *piece) for page in pages for piece in in_columns(page))
    for number, (page, piece, is_column) in enumerate(pieces):
        column = _text_column(piece if is_column else page)
        for item in piece.items:
            if isinstance(item, PlacedTable):
                flow.add_table(item, number)
            else:
                flow.add_line(item, piece, number, column)
    flow.close()
    return flow.titles


class _Flow:
    """Writes what is read line by line and piece by piece; one paragraph or one table is open at a time."""

    def __init__(self, writer: SourceWriter, body: Font, table_titles: Container[str]) -> None:
        self.titles: list[str] = []
        self._writer = writer
        self._body = body
        self._table_titles = table_titles
        self._at_head = True
        self._paragraph: _Paragraph | None = None
        self._table: _Table | None = None

    def add_table(self, placed: PlacedTable, number: int) -> None:
        """A piece of a table: of the one that is open where that ended on a page before."""
        if self._table and self._table.page < number:
            joined = join_over_page(self._table.fragment, placed.fragment, self._table_titles)
            if joined:
                self._table.fragment, self._table.page = joined, number
                return
        self.close()
        self._table = _Table(placed.fragment, placed.lines, number)
        self._at_head = False

    def add_line(self, line: Line, page: PageFlow, number: int, column: Column) -> None:
        """A line outside of tables."""
        style = Style(page.font_of(line.runs[0].place), page.font_of(line.runs[-1].last))
        is_title = self._at_head and number == 0 and _is_title(line, style, self._body, page, column)
        self._at_head = self._at_head and (is_title or _may_precede_title(line, column))
        kind = "title" if is_title else _kind(line, style, self._body, column)
        open_one = self._paragraph
        if open_one and _goes_on(open_one, line, style, kind, number, column):
            open_one.lines.append(line)
            open_one.page = number
            if open_one.kind == "heading":
                open_one.kind = kind
        else:
            self.close()
            self._paragraph = _Paragraph([line], style, number, kind)

    def close(self) -> None:
        """Write what is open."""
        if self._paragraph:
            text = _joined(self._paragraph.lines)
            if self._paragraph.kind == "title":
                self.titles.append(text)
            self._writer.paragraph(text, self._paragraph.kind)
        elif self._table and len(self._table.fragment.pieces) > 1:
            self._writer.table(self._table.fragment.cells(), ragged=self._table.fragment.is_aligned)
        elif self._table:  # a box around some words
            for line in self._table.lines:
                self._writer.paragraph(line.text)
        self._paragraph = self._table = None


def _goes_on(paragraph: _Paragraph, line: Line, style: Style, kind: ParagraphKind, number: int, column: Column) -> bool:
    """Whether a line on page `number` belongs to the paragraph before it."""
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


def _may_precede_title(line: Line, column: Column) -> bool:
    """Whether a line is short, and neither a sentence nor an item: a number of an annex, a date."""
    is_short = line.right < column.right - 2 * line.size
    return is_short and not line.text.endswith(_SENTENCE_END) and not ITEM.match(line.text)


def _kind(line: Line, style: Style, body: Font, column: Column) -> ParagraphKind:
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


def _body_font(pages: Sequence[PageFlow]) -> Font:
    """The font in which most of the text outside tables is set, judged at a Chinese character of each line."""
    fonts: Counter[Font] = Counter()
    for page in pages:
        for line in page.items:
            if isinstance(line, Line):
                middle = line.runs[len(line.runs) // 2 :]
                wide = next((run for run in middle if is_wide(run.text[len(run.text) // 2])), line.runs[0])
                fonts[page.font_of(wide.place + len(wide.text) // 2)] += len(line.text)
    return fonts.most_common(1)[0][0] if fonts else ("", 0.0, 0)


def _table_titles(pages: Sequence[PageFlow]) -> Container[str]:
    """With what, numerals aside, several tables begin that stand below something on their page: no pieces of others."""
    own = (item.fragment.title for page in pages for item in page.items[1:] if isinstance(item, PlacedTable))
    return {title for title, count in Counter(own).items() if title and count > 1}


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
