"""A line as it is compared with the words of the data files: Simplified, without blanks."""

from __future__ import annotations

import re

from tasks.clean.t2s import tables

_BLANKS = re.compile(r"[\s\u200b\ufeff]+")


def fold(text: str) -> str:
    """`text` in Simplified characters without its blanks; spans are lost."""
    return simplified(_BLANKS.sub("", text))


def simplified(text: str) -> str:
    """`text` character for character in Simplified characters: of the same length."""
    return text.translate(tables().characters)
