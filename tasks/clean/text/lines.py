"""The lines of a plain text, each with its span."""

from __future__ import annotations

import re
from typing import NamedTuple

_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff"


class Line(NamedTuple):
    """One line without the blanks at its ends; `text` is '' where it has nothing else. `raw` counts all characters."""

    start: int
    end: int
    text: str
    raw: int


def split_lines(text: str) -> list[Line]:
    """All lines of `text` in order, blank ones with them."""
    lines: list[Line] = []
    at = 0
    for piece in _BREAK.split(text):
        stripped = piece.strip(BLANKS)
        start = at + (len(piece) - len(piece.lstrip(BLANKS)) if stripped else 0)
        lines.append(Line(start, start + len(stripped), stripped, len(piece)))
        at += len(piece)
        at += 2 if text.startswith("\r\n", at) else 1
    return lines
