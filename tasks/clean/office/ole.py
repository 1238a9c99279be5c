"""Streams of an OLE file (XLS, DOC), read only as far as needed to see that it is whole and holds no impossible cell.

Format: [MS-CFB]. A stream is a chain of sectors in the allocation table (FAT); one below 4,096 bytes lies in small
sectors within the root's own stream.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = 0xFFFFFFFA  # this and all above mark no sector
SMALL_STREAM = 4_096
ENTRY = 128  # bytes of a directory entry

_BLANK, _MULTIPLE_BLANK, _MULTIPLE_NUMBER = 0x201, 0xBE, 0xBD  # kinds of records, see [MS-XLS]
_DIMENSIONS, _FILE_PASS, _STRINGS, _SHEET = 0x200, 0x2F, 0xFC, 0x85
_CELLS = {0x06, 0x27E, 0x203, 0x204, 0xFD, 0x205, 0xD6, _BLANK, _MULTIPLE_BLANK, _MULTIPLE_NUMBER}


class BrokenOle(Exception):
    """A chain that leads nowhere: a file cut off or damaged."""


def streams(content: bytes) -> dict[str, bytes]:
    """The streams of the file by name; of two with one name the first. Raises BrokenOle."""
    if len(content) < 512 or not content.startswith(MAGIC):
        raise BrokenOle("no OLE header")
    sector = 1 << min(struct.unpack_from("<H", content, 30)[0], 16)
    first_directory, first_small, first_table = (struct.unpack_from("<I", content, at)[0] for at in (48, 60, 68))
    table = _table(content, sector, first_table)
    directory = _chain(content, table, first_directory, sector, sector)
    entries = [directory[at : at + ENTRY] for at in range(0, len(directory) - ENTRY + 1, ENTRY)]
    if not entries or len(directory) % ENTRY:
        raise BrokenOle("the directory is cut off")
    small_table = _numbers(_chain(content, table, first_small, sector, sector))
    small = _chain(content, table, _start(entries[0]), sector, sector)
    found: dict[str, bytes] = {}
    for entry in entries:
        if entry[66] == 2:  # a stream
            size = struct.unpack_from("<I", entry, 120)[0]
            if size < SMALL_STREAM:
                data = _chain(small, small_table, _start(entry), 64, 0)
            else:
                data = _chain(content, table, _start(entry), sector, sector)
            if len(data) < size:
                raise BrokenOle("a stream is cut off")
            found.setdefault(_name(entry), data[:size])
    return found


def reach(workbook: bytes) -> tuple[int, int, bool]:
    """How many rows and columns the cells of an XLS stream reach over, and whether it is encrypted.

    Raises BrokenOle where a reader that trusts the file's own counts would ask for all memory there is.
    """
    rows = columns = 0
    for kind, data in _records(workbook):
        if kind == _FILE_PASS:
            return 0, 0, True
        if kind == _DIMENSIONS and len(data) >= 12:
            first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", data)
            if first_row > last_row or first_column > last_column:
                raise BrokenOle("a sheet ends before it begins")
            rows, columns = max(rows, last_row), max(columns, last_column)
        elif kind == _STRINGS and len(data) >= 8 and struct.unpack_from("<I", data, 4)[0] > len(workbook):
            raise BrokenOle("more strings are promised than the file can hold")
        elif kind == _SHEET and len(data) >= 4 and struct.unpack_from("<I", data)[0] >= len(workbook):
            raise BrokenOle("a sheet lies beyond the file")
        elif kind in _CELLS and len(data) >= 6:
            row, column = struct.unpack_from("<HH", data)
            last = (
                struct.unpack_from("<H", data, len(data) - 2)[0] if kind in (_MULTIPLE_BLANK, _MULTIPLE_NUMBER) else 0
            )
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
    return rows, columns, False


def _records(workbook: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, at)
        yield kind, workbook[at + 4 : at + 4 + size]
        at += 4 + size


def _table(content: bytes, sector: int, first_table: int) -> tuple[int, ...]:
    """The allocation table: for each sector the next of its stream. Its own sectors are listed in the header."""
    listed = list(struct.unpack_from("<109I", content, 76))
    seen = set()
    while first_table < END:
        block = _sector(content, first_table, sector, sector)
        if first_table in seen or len(block) < sector:
            raise BrokenOle("the list of tables runs in a circle")
        seen.add(first_table)
        *more, first_table = _numbers(block)
        listed += more
    return tuple(number for at in listed if at < END for number in _numbers(_sector(content, at, sector, sector)))


def _chain(content: bytes, table: tuple[int, ...], start: int, size: int, offset: int) -> bytes:
    """The bytes of the sectors that follow from `start`."""
    pieces: list[bytes] = []
    while start < END:
        if start >= len(table) or len(pieces) > len(table):
            raise BrokenOle("a chain leads nowhere")
        pieces.append(_sector(content, start, size, offset))
        start = table[start]
    return b"".join(pieces)


def _sector(content: bytes, number: int, size: int, offset: int) -> bytes:
    return content[offset + number * size : offset + (number + 1) * size]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _start(entry: bytes) -> int:
    start: int = struct.unpack_from("<I", entry, 116)[0]
    return start


def _name(entry: bytes) -> str:
    return entry[: max(0, min(struct.unpack_from("<H", entry, 64)[0], 64) - 2)].decode("utf-16-le", "replace")
