"""Lines that are the name of a body (and a date) and nothing else: below the text, or beside the title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.parse.identity.names import BodyName, read_name
from tasks.parse.identity.opening import Opening
from tasks.parse.rulefile import pattern_at

_DATE = re.compile(r"20\d\d\D{1,2}\d{1,2}\D{1,2}\d{1,2}|[二2][〇○零0O].{2}年")
_HAN = re.compile(r"[一-龥]")
_TOP = 8
_LONGEST = 40


def _told(what: str) -> re.Pattern[str]:
    return pattern_at("publisher.yaml", "signatures", what)


def signed(opening: Opening) -> Iterator[BodyName]:
    """The bodies below the text, the last first."""
    return (name for line in reversed(opening.last_lines) if (name := _signature(line)))


def beside_title(opening: Opening) -> Iterator[BodyName]:
    """The bodies beside the title, with their place: 项目中心 is of the page's menu."""
    names = (name for line in _beside_title(opening.lines[:_TOP]) if (name := _signature(line)))
    return (name for name in names if name.places or name.ministry)


def _beside_title(top: tuple[str, ...]) -> tuple[str, ...]:
    """The lines from the one above the title on, dates not counted; what heads the page is its owner's name."""
    title = next((number for number, line in enumerate(top) if _told("title").search(line)), 0)
    above = next((number for number in range(title - 1, -1, -1) if _HAN.search(top[number])), 0)
    return top[above:]


def _signature(line: str) -> BodyName | None:
    if len(line) > _LONGEST or _told("nobody").search(line):
        return None
    text = _DATE.sub("", line)
    name = read_name(text) if _told("name").search(text) else None
    return name if name and name.core else None
