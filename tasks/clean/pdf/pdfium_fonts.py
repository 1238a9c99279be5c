"""What pdfium uses in place of a font that a PDF names and does not hold: fonts of its own, none of the machine's.

So a file reads alike on all machines, and no folder of fonts is searched. Chinese, Japanese and Korean fonts are none
of pdfium's own, and it drops a text whose only character no font draws: in these every character is a small bar.
"""

from __future__ import annotations

import ctypes
import struct
from typing import Any

import pypdfium2 as pdfium

_EAST_ASIAN = frozenset({128, 129, 130, 134, 136})  # character sets, as Windows numbers them
_BAR = 1  # the font's glyph for all characters


class OwnFonts(pdfium.PdfSysfontBase):  # type: ignore[misc]
    """pdfium asks it for each font that is missing."""

    def EnumFonts(self, *_: Any) -> None:  # noqa: N802
        """Tell of no font."""

    def GetFont(self, *_: Any) -> None:  # noqa: N802
        """Have no font of any name."""

    def MapFont(self, _: Any, _weight: int, _italic: int, charset: int, *_more: Any) -> int | None:  # noqa: N802
        """The font of bars where the character set is East Asian."""
        return _BAR if charset in _EAST_ASIAN else None

    def GetFontData(self, _: Any, _font: Any, table: int, buffer: Any, size: int) -> int:  # noqa: N802
        """The whole font; how many bytes it has, which alone is asked for first."""
        if table:
            return 0
        if buffer and size >= len(_FONT):
            ctypes.memmove(buffer, _FONT, len(_FONT))
        return len(_FONT)

    def GetFaceName(self, *_: Any) -> int:  # noqa: N802
        """No name."""
        return 0

    def GetFontCharset(self, *_: Any) -> int:  # noqa: N802
        """Any character set."""
        return 1

    def DeleteFont(self, *_: Any) -> None:  # noqa: N802
        """Nothing is to be given back."""


def _font_of_bars() -> bytes:
    """A TrueType font of 1,000 units an em, in which each character is a bar that is narrower than any character."""
    width, height = 50, 500
    corners = struct.pack(">h4h2H4B", 1, 0, 0, width, height, 3, 0, *[0x01] * 4)
    bar = corners + struct.pack(">8h", 0, width, 0, -width, 0, 0, height, 0)
    groups = struct.pack(">2H6L", 13, 0, 28, 0, 1, 0, 0x10FFFF, _BAR)
    tables = {
        b"cmap": struct.pack(">4HL", 0, 1, 3, 10, 12) + groups,
        b"glyf": bar,
        b"head": struct.pack(
            ">4L2H2Q4h2H3h", 1 << 16, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, width, height, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">L16hH", 1 << 16, 880, -120, 0, 1000, 0, 0, width, 1, *[0] * 8, 1),
        b"hmtx": struct.pack(">2H2H", 1000, 0, 0, 0)[:6],
        b"loca": struct.pack(">3L", 0, 0, len(bar)),
        b"maxp": struct.pack(">L14H", 1 << 16, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    at = 12 + 16 * len(tables)
    header, data = struct.pack(">L4H", 1 << 16, len(tables), 64, 2, 16 * len(tables) - 64), b""
    for name, table in tables.items():
        header += struct.pack(">4s3L", name, 0, at + len(data), len(table))
        data += table + bytes(-len(table) % 4)
    return header + data


_FONT = _font_of_bars()
