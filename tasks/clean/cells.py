"""What a cell of a table holds: a number, one of the signs for none, or words."""

from __future__ import annotations

import re
from functools import lru_cache

from tasks.model import CellState

_STATES: tuple[tuple[CellState, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"[约近]?[+\-±]?(?:[增减]加?少?)?\d+(?:,\d{3})*(?:\.\d+)?[余多]?"
            r"(?:%|‰|[万亿]?元|[万亿]|人次|[条件次篇个人份项场期宗起例])?[余多]?"
        ),
    ),
    ("slash", re.compile(r"[/\\]{1,4}")),
    ("dash", re.compile(r"[-—_~～]{1,4}")),
    ("none", re.compile(r"[暂均]?无|没有")),
)


@lru_cache(maxsize=4096)
def state_of(text: str) -> CellState:
    """The state of a cell whose text is normalised: `blank` where it has no character."""
    if not text:
        return "blank"
    if text.isdecimal():
        return "number"
    if len(text) > 20:
        return "text"
    return next((state for state, pattern in _STATES if pattern.fullmatch(text)), "text")
