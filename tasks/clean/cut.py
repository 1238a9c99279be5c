"""Documents that were cut over several pages: which page this one is."""

from __future__ import annotations

import re

from tasks.clean.titles import PAGE

_ADDRESS = re.compile(r"[^/_]_([2-9]|1\d)\.[a-z]{3,5}(?:[?#]|$)")  # content_2.html; _1 is many a site's own number
_COUNTED_FROM_0 = re.compile(r"/?t\d{8}_\d{3,}_(\d{1,2})\.s?html?(?:[?#]|$)")  # …_1.html is the second page
_HEAD = 300  # characters in which an e-book names its page


def part_of(address: str, source_text: str) -> int | None:
    """The page's number by what it says of itself, else by its address (file name or URL); None where neither does."""
    if stated := PAGE.search(source_text[:_HEAD]):
        return int(stated["number"])
    if counted := _COUNTED_FROM_0.search(address):
        return int(counted[1]) + 1
    found = _ADDRESS.search(address)
    return int(found[1]) if found else None
