"""A document as a Word file, written as XML directly: merged cells, headings by style or by bold text."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.render.document import Grid, GridCell, Line, NeutralDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/><Relationship Id="rId2"'
    ' Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties'
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
# Half-points, alignment, indent of the first line in twips, bold.
LOOKS = {
    "title": (36, "center", 0, True),
    "heading": (28, "both", 560, True),
    "paragraph": (28, "both", 560, False),
    "sign": (28, "right", 0, False),
    "caption": (28, "center", 0, False),
}


def docx_of(document: NeutralDocument) -> bytes:
    """The file; the same document gives the same bytes."""
    body = "".join(_table(block) if isinstance(block, Grid) else _paragraph(block) for block in document.blocks)
    margins = " ".join(f'w:{side}="1440"' for side in ("top", "right", "bottom", "left"))
    page = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar {margins}/></w:sectPr>'
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{W}"><w:body>{body}{page}</w:body></w:document>'
    )
    files = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "docProps/core.xml": CORE.format(title=escape(document.page_title)),
        "word/document.xml": xml,
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text, ZIP_DEFLATED)
    return buffer.getvalue()


def _paragraph(line: Line) -> str:
    size, alignment, indent, bold = LOOKS[line.kind]
    return _xml_paragraph(line.text, size, alignment, indent, bold)


@cache
def _run_properties(size: int, bold: bool) -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋" w:hAnsi="Times New Roman"/>'
    return f'<w:rPr>{fonts}{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'


def _xml_paragraph(text: str, size: int, alignment: str, indent: int = 0, bold: bool = False) -> str:
    first = f'<w:ind w:firstLine="{indent}"/>' if indent else ""
    run = f'<w:r>{_run_properties(size, bold)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr>{first}<w:jc w:val="{alignment}"/></w:pPr>{run}</w:p>'


def _table(grid: Grid) -> str:
    """A cell that spans rows begins with vMerge restart and goes on as an empty cell in each row below."""
    width = 9026 // grid.columns
    at: dict[tuple[int, int], GridCell] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            at[row, cell.column] = cell
    rows = []
    for row in range(grid.rows):
        cells = "".join(_cell(at[row, column], row, width) for column in range(grid.columns) if (row, column) in at)
        header = "<w:trPr><w:tblHeader/></w:trPr>" if row < grid.header_rows else ""
        rows.append(f"<w:tr>{header}{cells}</w:tr>")
    columns = f'<w:gridCol w:w="{width}"/>' * grid.columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>" + _xml_paragraph("", 21, "both")
    )


def _cell(cell: GridCell, row: int, width: int) -> str:
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    merge = ""
    if cell.row_span > 1:
        merge = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    text = cell.text if row == cell.row else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width * cell.column_span}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{_xml_paragraph(text, 21, 'center')}</w:tc>"
    )
