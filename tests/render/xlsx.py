"""A document as a workbook: the lines in merged rows, each table below them with its merged cells."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment

from tests.render.document import Grid, NeutralDocument

COLUMNS = 15  # as wide as the widest table


def xlsx_of(document: NeutralDocument) -> bytes:
    """The file, on one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "年度报告"
    top = 1
    for block in document.blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                row, column = top + cell.row, 1 + cell.column
                number = cell.text.isascii() and cell.text.isdigit() and str(int(cell.text)) == cell.text
                sheet.cell(row, column, int(cell.text) if number else cell.text or None)
                if cell.row_span > 1 or cell.column_span > 1:
                    sheet.merge_cells(
                        start_row=row,
                        start_column=column,
                        end_row=row + cell.row_span - 1,
                        end_column=column + cell.column_span - 1,
                    )
            top += block.rows + 1
        else:
            sheet.cell(top, 1, block.text).alignment = Alignment(wrap_text=True)
            sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=COLUMNS)
            top += 1
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
