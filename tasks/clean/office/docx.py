"""DOCX files, straight from their XML: paragraphs with Word's own numbering, tables with merged cells, text boxes.

What a reader of the printed document sees is read, once: insertions, not deletions; a text box after the paragraph
that holds it; the newer of two versions of a drawing; no hidden text, no table of contents, no heads and feet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tasks.clean.extract import Extract, GridCell, SourceWriter
from tasks.clean.grid import ITEM, fold_phantom_columns
from tasks.clean.limits import MOST_COLUMNS, check_cells, check_rows, check_size
from tasks.clean.office.docx_numbering import Numbering
from tasks.clean.office.docx_runs import ALTERNATIVES, Found, Look, newer, read_runs
from tasks.clean.office.docx_styles import WRAPPERS, Style, Styles, W, child_of, child_value, integer
from tasks.clean.office.zip_parts import OfficeZip
from tasks.clean.stacked import unstack
from tasks.model import RawDocument, Rejected

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_HEADING = 40  # characters
_SENTENCE_END = tuple("。！？；，：;,")


@dataclass(slots=True)
class _Paragraph:
    """A paragraph of the body, its look at both ends, and how its style and its place present it."""

    text: str
    first: Look
    last: Look
    style: Style
    is_centred: bool


def extract_docx(raw: RawDocument) -> Extract:
    """Read a DOCX.

    Errors: broken_docx, zip_bomb, macro_document, xml_entities, too_deep, too_large, too_many_rows.
    """
    check_size(raw)
    package = OfficeZip(raw.content, "docx")
    root = package.xml("word/document.xml")
    body = child_of(root, "body")
    if body is None:
        raise Rejected("broken_docx", "the file has no document in it; fetch it again")
    styles = Styles(package.xml("word/styles.xml"))
    blocks = list(_Walk(styles, Numbering(package.xml("word/numbering.xml"))).blocks(body))
    writer = SourceWriter()
    titles = _write(blocks, writer)
    properties = package.properties()
    titles += [item.value for item in properties if item.key == "title"]
    candidates = tuple(dict.fromkeys(titles))
    return Extract(writer.source_text(), tuple(writer.blocks), candidates, properties, None, MEDIA_TYPE)


def _write(blocks: list[_Paragraph | list[GridCell]], writer: SourceWriter) -> list[str]:
    """Write the blocks; the titles found at the document's head, joined where they go over several lines."""
    looks: Counter[Look] = Counter()
    for block in blocks:
        if isinstance(block, _Paragraph):
            looks[block.first] += len(block.text)
    body = looks.most_common(1)[0][0] if looks else (None, False, None)
    titles: list[str] = []
    at_head = True
    for block in blocks:
        if isinstance(block, list):
            writer.table(block)
            at_head = False
            continue
        is_title = at_head and (block.style.kind == "title" or (block.is_centred and block.first != body))
        apart = body not in (block.first, block.last)
        short = len(block.text) <= LONGEST_HEADING and not block.text.endswith(_SENTENCE_END)
        # the number of an annex or a date may stand above the title
        at_head = is_title or (at_head and short and not ITEM.match(block.text))
        if is_title:
            titles.append(block.text)
            writer.paragraph(block.text, "title")
        elif block.style.kind == "heading" or (apart and short):
            writer.paragraph(block.text, "heading")
        else:
            writer.paragraph(block.text)
    return ["".join(titles), *titles] if titles else []


class _Walk:
    """Walks the document in reading order. Its depth is bounded by that of the XML (256)."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def blocks(self, holder: etree._Element) -> Iterator[_Paragraph | list[GridCell]]:
        """The paragraphs and tables in a body, a text box or a cell that serves as a page."""
        for element in _children(holder, W + "p", W + "tbl"):
            if element.tag == W + "tbl":
                yield from self._table(element)
            else:
                yield from self._paragraph(element)

    def _paragraph(self, element: etree._Element) -> Iterator[_Paragraph | list[GridCell]]:
        properties = child_of(element, "pPr")
        style = self._styles.of(properties)
        found = self._read(element, style, properties)
        if style.kind != "contents":
            first, last = (found.looks[0], found.looks[-1]) if found.looks else ((None, False, None),) * 2
            is_centred = child_value(properties, "jc") == "center"
            for line in "".join(found.pieces).split("\n"):
                if line.strip():
                    yield _Paragraph(line.strip(), first, last, style, is_centred)
        for box in found.boxes:
            yield from self.blocks(box)

    def _read(self, element: etree._Element, style: Style, properties: etree._Element | None) -> Found:
        """What a paragraph holds, its number before it."""
        found = Found()
        read_runs(element, found)
        number_id, depth = style.numbering(properties)
        if number_id and any(piece.strip() for piece in found.pieces):
            found.pieces.insert(0, self._numbering.label(number_id, depth))
        return found

    def _table(self, table: etree._Element) -> Iterator[_Paragraph | list[GridCell]]:
        """A table, then what stands inside its cells: further tables, text boxes.

        A table of one column or row that holds tables sets the page out: its cells are walked like a page.
        """
        rows = [list(_placed_cells(row)) for row in _rows(table)]
        check_rows(len(rows))
        check_cells(sum(map(len, rows)))
        is_nested = next(table.iterdescendants(W + "tbl"), None) is not None
        if is_nested and (len(rows) == 1 or all(len(row) == 1 for row in rows)):
            for row in rows:
                for _, _, cell in row:
                    yield from self.blocks(cell)
            return
        inner: list[etree._Element] = []
        widths = [integer(column.get(f"{W}w", ""), 0, 1_000_000) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        yield fold_phantom_columns(unstack(self._grid(rows, inner)), widths)
        for holder in inner:
            if holder.tag == W + "tbl":
                yield from self._table(holder)
            else:
                yield from self.blocks(holder)

    def _grid(self, rows: list[list[tuple[int, int, etree._Element]]], inner: list[etree._Element]) -> list[GridCell]:
        """The cells of a table; what they hold beside text goes to `inner`."""
        cells: list[GridCell] = []
        open_at: dict[int, int] = {}  # of a column the number of the cell that may go on downwards
        for row_number, row in enumerate(rows):
            for column, span, element in row:
                merge = child_of(child_of(element, "tcPr"), "vMerge")
                goes_on = merge is not None and merge.get(f"{W}val", "continue") != "restart"
                above = open_at.get(column)
                if goes_on and above is not None and cells[above].row + cells[above].row_span == row_number:
                    cells[above] = cells[above]._replace(row_span=cells[above].row_span + 1)
                    continue
                if merge is None:
                    open_at.pop(column, None)
                else:
                    open_at[column] = len(cells)
                cells.append(GridCell(row_number, column, 1, span, self._cell_text(element, inner)))
        return cells

    def _cell_text(self, cell: etree._Element, inner: list[etree._Element]) -> str:
        lines = []
        for element in _children(cell, W + "p", W + "tbl"):
            if element.tag == W + "tbl":
                inner.append(element)
                continue
            properties = child_of(element, "pPr")
            found = self._read(element, self._styles.of(properties), properties)
            lines.append("".join(found.pieces))
            inner += found.boxes
        return "\n".join(lines).strip()


def _children(holder: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The elements of some kinds below `holder`, through the wrappers that Word puts between, in order."""
    for child in holder:
        if child.tag in tags:
            yield child
        elif child.tag == ALTERNATIVES:
            yield from _children(newer(child), *tags)
        elif child.tag in WRAPPERS:
            yield from _children(child, *tags)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _children(table, W + "tr"):
        if child_of(child_of(row, "trPr"), "del") is None:
            yield row


def _placed_cells(row: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """The cells of a row with their first column and the columns they span."""
    column = integer(child_value(child_of(row, "trPr"), "gridBefore"), 0, MOST_COLUMNS)
    for cell in _children(row, W + "tc"):
        span = max(1, integer(child_value(child_of(cell, "tcPr"), "gridSpan"), 1, MOST_COLUMNS))
        yield column, span, cell
        column += span
        if column > MOST_COLUMNS:
            break
