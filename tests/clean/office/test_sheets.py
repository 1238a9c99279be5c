"""XLSX and XLS: values as they are shown, merged cells, titles above tables; and files that promise too much."""

from __future__ import annotations

import io
import struct
from random import Random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tasks.clean.office.ole import BrokenOle, reach, streams
from tasks.clean.office.sheets import extract_sheets
from tasks.model import Rejected
from tests.clean.known import Rows, expected, kinds_of, placed, raw, requests, statistics, tables_of
from tests.clean.raw import assert_spans


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def fill(sheet: Worksheet, rows: Rows, top: int) -> None:
    for row, column, height, width, text in placed(rows):
        value = int(text) if text.isdigit() else text or None
        sheet.cell(top + row, column + 1, value)
        if height > 1 or width > 1:
            sheet.merge_cells(None, top + row, column + 1, top + row + height - 1, column + width)


def test_sheet_with_title_two_tables_and_notes() -> None:
    rng = Random(4)
    first, second = requests(rng), statistics(rng)
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.cell(1, 1, "清溪县2022年度统计表")
    sheet.merge_cells("A1:J1")
    fill(sheet, first, 2)
    fill(sheet, second, len(first) + 3)
    sheet.cell(len(first) + len(second) + 3, 1, "填表人：甲")
    hidden = book.create_sheet("草稿")
    hidden.cell(1, 1, "不公开")
    hidden.sheet_state = "hidden"
    extract = extract_sheets(raw(saved(book)))
    assert tables_of(extract) == [expected(first), expected(second)]
    assert kinds_of(extract) == {"清溪县2022年度统计表": "title", "填表人：甲": "paragraph"}
    assert extract.title_candidates == ("清溪县2022年度统计表",)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(7.0, "7"), (0.1 + 0.2, "0.3"), (96171.6, "96171.6"), (12345678.0, "12345678"), (" 无 ", "无"), (True, "TRUE")],
)
def test_values_are_shown_as_a_sheet_shows_them(value: object, shown: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["甲", value])
    sheet.append(["乙", 1])
    assert tables_of(extract_sheets(raw(saved(book))))[0][1][4] == shown


def test_part_of_the_form_stays_in_the_table() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (["第二十条第（一）项"], ["信息内容", "本年制发件数"], ["规章", 3]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    assert tables_of(extract_sheets(raw(saved(book))))[0][0] == (0, 0, 1, 2, "第二十条第（一）项")


def test_sheet_that_reaches_too_far() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.cell(1, 1, "甲")
    sheet.cell(1_048_576, 16_384, "乙")
    with pytest.raises(Rejected) as caught:
        extract_sheets(raw(saved(book)))
    assert caught.value.error_code == "too_many_rows"


def test_sheet_without_anything() -> None:
    with pytest.raises(Rejected) as caught:
        extract_sheets(raw(saved(openpyxl.Workbook())))
    assert caught.value.error_code == "empty_xlsx"


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def test_reach_of_an_xls_stream() -> None:
    number = record(0x203, struct.pack("<HHHd", 8, 2, 0, 1.0))
    blanks = record(0xBE, struct.pack("<HHHHH", 3, 1, 0, 0, 5))
    assert reach(number + blanks) == (9, 6, False)
    assert reach(record(0x2F, b"\0" * 6)) == (0, 0, True)
    with pytest.raises(BrokenOle):
        reach(record(0x200, struct.pack("<IIHHH", 9, 3, 0, 2, 0)))
    with pytest.raises(BrokenOle):
        reach(record(0xFC, struct.pack("<II", 1, 2**31)))


def ole(**named: bytes) -> bytes:
    """An OLE file of 512-byte sectors whose streams are large enough to need no small sectors."""
    sectors, entries, table = [b"", b""], [(b"Root Entry", 5, 0xFFFFFFFE, 0)], [0xFFFFFFFD, 0xFFFFFFFE]
    for name, data in named.items():
        entries.append((name.encode(), 2, len(sectors), len(data)))
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        table += [*range(len(sectors) + 1, len(sectors) + len(pieces)), 0xFFFFFFFE]
        sectors += pieces
    sectors[0] = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    directory = b""
    for label, kind, start, size in entries:
        wide = label.decode().encode("utf-16-le")
        entry = wide.ljust(64, b"\0") + struct.pack("<HB", len(wide) + 2, kind)
        directory += entry.ljust(116, b"\0") + struct.pack("<IQ", start, size)
    sectors[1] = directory.ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<H", 9)
    header = header.ljust(44, b"\0") + struct.pack("<II", 1, 1)
    header = header.ljust(60, b"\0") + struct.pack("<IIII", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors)


def test_streams_of_an_ole_file() -> None:
    data = bytes(range(256)) * 20
    content = ole(Workbook=data, Other=data[::-1])
    assert streams(content) == {"Workbook": data, "Other": data[::-1]}
    with pytest.raises(BrokenOle):
        streams(content[:-1024])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=20), st.integers(0, 5_000))
def test_damaged_bytes_raise_nothing_but_rejected(changes: list[tuple[int, int]], length: int) -> None:
    for whole in (SAMPLE_XLSX, SAMPLE_OLE):
        content = bytearray(whole)
        for at, byte in changes:
            content[at % len(content)] = byte
        try:
            extract = extract_sheets(raw(bytes(content[: len(content) - length % len(content)])))
        except Rejected:
            continue
        assert_spans(extract)


def _sample() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet, statistics(Random(2), 1), 1)
    return saved(book)


SAMPLE_XLSX = _sample()
SAMPLE_OLE = ole(Workbook=(record(0x809, b"\0\6\5\0" + bytes(12)) + record(0x0A, b"")).ljust(5_000, b"\0"))
