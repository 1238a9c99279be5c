"""Marks of Markdown in a text: they show how it looks, and are none of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.clean.text.lines import BLANKS, Line

_OPENING = re.compile(r"#{1,6}\s+(?=\S)|(?:\*\*|__)(?=[^\s*_])")
_CLOSING = re.compile(r"(?<=[^\s*_])(?:\*\*|__)$|\s+#{1,6}$")
_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?|[-*_](?:\s*[-*_]){2,}")  # |---|---|, ---


def unmarked(lines: Sequence[Line]) -> list[Line]:
    """The lines without `#` and `**` at their ends; a line that only rules (|---|---|) counts as empty."""
    return [_unmarked(line) if line.text[:1] in _MARKS else line for line in lines]


_MARKS = frozenset("#*_|-:")


def _unmarked(line: Line) -> Line:
    if _RULE.fullmatch(line.text):
        return Line(line.start, line.start, "", 0)
    start, text = line.start, line.text
    while opening := _OPENING.match(text):
        rest = text[opening.end() :].lstrip(BLANKS)
        start, text = start + len(text) - len(rest), rest
        if closing := _CLOSING.search(text):
            text = text[: closing.start()].rstrip(BLANKS)
    return Line(start, start + len(text), text, line.raw)
