"""Documents made straight from tables, as the clean room hands them on: real grids, or rows pasted as text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from tasks.model import Block, Cell, CellRow, CellState, Document, Paragraph, Table
from tasks.parse.source import SourceMap
from tasks.parse.tables.cells import cell_rows
from tasks.parse.tables.read import TableReading, read_tables
from tests.parse.documents import from_lines
from tests.render.document import Grid, GridCell, NeutralDocument
from tests.render.facts import Key

Way = Literal["grid", "turned", "remarks", "rows", "padded_rows", "cell_a_row", "one_row"]
APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
GRIDS: tuple[Way, ...] = ("grid", "turned", "remarks")
WAYS: tuple[Way, ...] = (*GRIDS, "rows", "padded_rows", "cell_a_row", "one_row")
STATES: dict[str, CellState] = {
    "": "blank",
    "/": "slash",
    "／": "slash",
    "无": "none",
    "—": "dash",
    "－": "dash",
    "——": "dash",
}


class Sheet:
    """Text that grows block by block."""

    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []

    def line(self, text: str) -> None:
        self.blocks.append(Paragraph(len(self.text), len(self.text) + len(text)))
        self.text += text + "\n"

    def table(self, cells: Sequence[tuple[int, int, int, int, str]], *, ragged: bool) -> None:
        """Cells as (row, column, row span, column span, text)."""
        made = []
        start = len(self.text)
        for row, column, down, right, text in cells:
            at = len(self.text)
            made.append(Cell(row, column, down, right, at, at + len(text), re.sub(r"\s", "", text), state(text)))
            self.text += text + "\n"
        rows = 1 + max(row + down - 1 for row, _, down, _, _ in cells)
        columns = 1 + max(column + right - 1 for _, column, _, right, _ in cells)
        self.blocks.append(Table(start, len(self.text) - 1, rows, columns, tuple(made), ragged))

    def document(self, *, truncated: bool = False) -> Document:
        return replace(from_lines(self.text, truncated=truncated), blocks=tuple(self.blocks))


def state(text: str) -> CellState:
    if text.strip() in STATES:
        return STATES[text.strip()]
    return "number" if re.fullmatch(r"\d+(\.\d+)?", text.strip()) else "text"


def table(*rows: Sequence[str], ragged: bool = False, truncated: bool = False) -> Document:
    """A document of one table whose cells span nothing."""
    sheet = Sheet()
    sheet.table([(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)], ragged=ragged)
    if not truncated:
        sheet.line("五、存在的主要问题及改进情况")
    return sheet.document(truncated=truncated)


def document_of(made: NeutralDocument, way: Way) -> Document:
    """A made-up report with its tables in one of the ways in which they arrive."""
    sheet = Sheet()
    for block in made.blocks:
        if isinstance(block, Grid):
            sheet.table(_cells(block, way), ragged=way not in GRIDS)
        else:
            sheet.line(block.text)
    return sheet.document()


def _cells(grid: Grid, way: Way) -> list[tuple[int, int, int, int, str]]:
    if way == "turned" and (grid.name in ("requests", "disputes") or grid.name.startswith("proactive.")):
        cells = [(cell.column, cell.row, cell.column_span, cell.row_span, cell.text) for cell in grid.cells]
        return sorted(cells)
    if way in GRIDS:
        cells = [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]
        behind = [(row, grid.columns, 1, 1, "" if row else "备注") for row in range(grid.rows)]
        return sorted([*cells, *behind]) if way == "remarks" else cells
    found: list[tuple[int, int, int, int, str]] = []
    for number, row in enumerate(grid.by_row()):
        texts = [cell.text for cell in row]
        if way == "padded_rows":
            texts += [""] * sum(cell.column_span - 1 for cell in row)
        for place, text in enumerate(texts):
            at = {"cell_a_row": (len(found), 0), "one_row": (0, len(found))}.get(way, (number, place))
            found.append((*at, 1, 1, text))
    return found


def figures(made: NeutralDocument) -> list[GridCell]:
    """The cells that print a figure."""
    return [cell for grid in made.grids for cell in grid.cells if cell.key]


def cells_of(reading: TableReading) -> tuple[CellRow, ...]:
    """The rows of the table `cells`."""
    return cell_rows(SourceMap(reading.document), reading)


def values_of(reading: TableReading, period: str = "year") -> dict[Key, float]:
    """What the tables state for a period."""
    return {(item.indicator_id, item.applicant_type): item.value for item in reading.stated if item.period == period}


def section_three(*rows: list[str], ragged: bool = True, truncated: bool = False) -> TableReading:
    """Rows below the heads of section three, read."""
    return read_tables(table(["申请人情况", *APPLICANTS], *rows, ragged=ragged, truncated=truncated))
