"""XLSX and XLS files: each sheet that can be seen, as paragraphs above and below, and tables between blank rows.

Numbers are written as Excel holds them, whole ones without a point; what a cell's number format would show (50% for
0.5) is not known here. A formula gives the value that was saved with it.
"""

from __future__ import annotations

import datetime
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import python_calamine as calamine

from tasks.clean.extract import Extract, GridCell, SourceWriter
from tasks.clean.grid import fold_phantom_columns
from tasks.clean.limits import MOST_COLUMNS, MOST_REACHED, check_cells, check_rows, check_size
from tasks.clean.office.ole import BrokenOle, reach, streams
from tasks.clean.office.zip_parts import OfficeZip
from tasks.clean.sniff import sniff
from tasks.clean.stacked import unstack
from tasks.model import MetadataItem, RawDocument, Rejected

XLSX_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS_MEDIA_TYPE = "application/vnd.ms-excel"

_REFERENCE = re.compile(rb"""r(?<=\br)\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")  # a letter first is found sooner
_PART_OF_FORM = re.compile(r"\s*第.{1,4}条")  # a row of the official form itself, not a heading above the table

Row = list[str]
Merge = tuple[int, int, int, int]  # row, column, row span, column span


def extract_sheets(raw: RawDocument) -> Extract:
    """Read an XLSX or XLS file.

    Errors: broken_xlsx, encrypted_office, zip_bomb, macro_document, too_large, too_many_rows, empty_xlsx.
    """
    check_size(raw)
    is_xls = sniff(raw.content) == "xls"
    properties: tuple[MetadataItem, ...] = ()
    if is_xls:
        _check_workbook(raw.content)
    else:
        package = OfficeZip(raw.content, "xlsx")
        _check_sheets(package)
        properties = package.properties()
    writer = SourceWriter()
    titles: list[str] = []
    for rows, merges in _sheets(raw.content):
        _write_sheet(rows, merges, writer, titles)
    if not writer.blocks:
        raise Rejected("empty_xlsx", "no sheet of the file holds anything: fetch it again, or take it out")
    titles += [item.value for item in properties if item.key == "title"]
    media_type = XLS_MEDIA_TYPE if is_xls else XLSX_MEDIA_TYPE
    candidates = tuple(dict.fromkeys(titles))
    return Extract(writer.source_text(), tuple(writer.blocks), candidates, properties, None, media_type)


def _check_sheets(package: OfficeZip) -> None:
    """Reject sheets that would fill the memory: they are laid out as full rectangles. Unpacks each part once."""
    for name in package.names:
        if not name.endswith(".xml") or not name.startswith("xl/"):
            continue
        data = package.read(name)
        if name.startswith("xl/worksheets/"):
            references = _REFERENCE.findall(data)
            rows = max(map(int, {number for _, number in references}), default=0)
            columns = max(map(_column_number, {letters for letters, _ in references}), default=0)
            _check_reach(name, rows, columns)


def _check_workbook(content: bytes) -> None:
    """The same for XLS, whose reader must not meet a damaged file: it would print its own trace."""
    try:
        found = streams(content)
        rows, columns, is_encrypted = reach(found.get("Workbook") or found.get("Book") or b"")
    except BrokenOle as error:
        raise Rejected("broken_xlsx", f"the file cannot be read ({error}); fetch it again") from error
    if "_VBA_PROJECT" in found:
        raise Rejected("macro_document", "the file carries macros; save it as xlsx without them")
    if is_encrypted:
        raise Rejected("encrypted_office", "the file opens with a password only; fetch it without one")
    _check_reach("the file", rows, columns)


def _check_reach(name: str, rows: int, columns: int) -> None:
    if rows * columns > MOST_REACHED:
        said = f"the cells of {name} reach over {rows:,} rows and {columns:,} columns; take out those far away"
        raise Rejected("too_many_rows", said)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number


def _sheets(content: bytes) -> Iterator[tuple[list[Row], list[Merge]]]:
    """The rows of each visible sheet as text, and its merged cells."""
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for meta in book.sheets_metadata:
                if meta.visible != calamine.SheetVisibleEnum.Visible or meta.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                check_rows(sheet.height)
                rows = [
                    ["" if value == "" else _shown(value) for value in row[:MOST_COLUMNS]]
                    for row in sheet.to_python(skip_empty_area=False)
                ]
                yield rows, _merges(sheet, len(rows), max(map(len, rows), default=0))
    except calamine.PasswordError as error:
        raise Rejected("encrypted_office", "the file opens with a password only; fetch it without one") from error
    except Rejected:
        raise
    except (calamine.CalamineError, OSError, ValueError, RuntimeError) as error:
        raise Rejected("broken_xlsx", f"the file cannot be read ({error}); fetch it again") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the reader, written in Rust, gives up
            raise
        raise Rejected("broken_xlsx", "the file cannot be read; fetch it again") from error


def _merges(sheet: calamine.CalamineSheet, height: int, width: int) -> list[Merge]:
    """The merged cells as far as the sheet's own cells reach; none may lie over another."""
    merges = [
        (top, left, min(bottom + 1, height) - top, min(right + 1, width) - left)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < height and left < width
    ]
    if sum(rows * columns for _, _, rows, columns in merges) > height * width:
        raise Rejected("broken_xlsx", "merged cells lie over one another; save it anew")
    return merges


def _shown(value: object) -> str:
    """A cell's value as Excel would show it without a format: 7 for 7.0, and no digits beyond its 15."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()


def _write_sheet(rows: list[Row], merges: list[Merge], writer: SourceWriter, titles: list[str]) -> None:
    """Write the regions of a sheet that blank rows part; the first lone line of the first sheet is its title."""
    held = {row for top, _, height, _ in merges for row in range(top, top + height)}
    tall = {row for top, _, height, _ in merges if height > 1 for row in range(top, top + height)}
    merged: dict[int, list[Merge]] = defaultdict(list)
    for merge in merges:
        merged[merge[0]].append(merge)
    start = None
    for number in range(len(rows) + 1):
        blank = number == len(rows) or not (any(rows[number]) or number in held)
        if blank and start is not None:
            first, last = _write_above(rows, (start, number), tall, writer, titles)
            writer.table(_grid(rows, first, last, [merge for row in range(first, last) for merge in merged[row]]))
            for below in range(last, number):
                writer.paragraph("".join(rows[below]))
            start = None
        elif not blank and start is None:
            start = number


def _write_above(
    rows: list[Row], span: tuple[int, int], tall: set[int], writer: SourceWriter, titles: list[str]
) -> tuple[int, int]:
    """Write the lone lines above a region's table as paragraphs; returns the rows of the table."""
    top, last = span

    def is_lone(number: int) -> bool:
        words = [text for text in rows[number] if text]
        return len(words) == 1 and number not in tall and not _PART_OF_FORM.match(words[0])

    first = top
    while first < last and is_lone(first):
        first += 1
    while last > first and is_lone(last - 1):
        last -= 1
    for number in range(top, first):
        text = "".join(rows[number])
        if not writer.blocks:
            titles.append(text)
        writer.paragraph(text, "paragraph" if writer.blocks else "title")
    return first, last


def _grid(rows: Sequence[Row], first: int, last: int, merges: Sequence[Merge]) -> list[GridCell]:
    """The cells of the table in rows [first, last), within the columns that hold anything."""
    used = {column for row in rows[first:last] for column, text in enumerate(row) if text}
    left, right = min(used, default=0), max(used, default=-1) + 1
    check_cells((last - first) * (right - left))
    spans = {
        (row, column): (min(height, last - row), min(width, right - column)) for row, column, height, width in merges
    }
    hidden = {
        (r, c)
        for (row, column), (height, width) in spans.items()
        for r in range(row, row + height)
        for c in range(column, column + width)
        if (r, c) != (row, column)
    }
    cells = [
        GridCell(row - first, column - left, *spans.get((row, column), (1, 1)), rows[row][column])
        for row in range(first, last)
        for column in range(left, right)
        if (row, column) not in hidden
    ]
    return fold_phantom_columns(unstack(cells))
