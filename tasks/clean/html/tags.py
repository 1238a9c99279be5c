"""A page taken apart into its texts and the tags between them.

What is taken apart is the page as the parser writes it out again: every element closed where the HTML standard closes
it, every value in quotes, every sign in a text or a value escaped. So two expressions are enough, and most of what
stands between two texts stands there many times in a page, and in the pages of one site.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption figure"
        " footer form frameset h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody"
        " td tfoot th thead tr ul",
    )
)
BOXES = frozenset(
    re.findall(r"\w+", "article aside center dd div dl fieldset footer form header main nav ol section table td ul")
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MARKS = BOXES | HEADINGS | {"caption", "tr", "th"}
_NAME = r"[^ \t\r\n\f/>]"
_ATTRIBUTES = rf'(?: {_NAME}[^ \t\r\n\f/>=]*+="[^"]*+")*+'
_TAG = re.compile(rf"<(/?)({_NAME}++)({_ATTRIBUTES})>")
_PIECE = re.compile(rf"((?:<(?!a[ >])/?{_NAME}++{_ATTRIBUTES}>)*+)((?:<a{_ATTRIBUTES}>)?+)([^<]*+)")
# Lists of links alone and without a sentence: never a report's.
LINK_LISTS = re.compile(
    rf"(<ul{_ATTRIBUTES}>\s*+(?:<li{_ATTRIBUTES}>\s*+<a{_ATTRIBUTES}>[^<。]*+</a>\s*+</li>\s*+){{4,}}+</ul>)"
)


class Mark(NamedTuple):
    """A tag of a box, a heading, or a row or cell of a table."""

    closes: bool
    tag: str
    attributes: str  # as they are written: ' id="main" class="text"'


class Tags(NamedTuple):
    """What the tags between two texts say."""

    is_break: bool
    ends_link: bool
    marks: tuple[Mark, ...]


def pieces_of(html: str) -> list[tuple[str, str, str]]:
    """The texts of a page: the tags before each, the tag of the link that begins with it or '', and the text."""
    return _PIECE.findall(html)


@lru_cache(maxsize=4096)
def tags_of(between: str) -> Tags:
    """What the tags before a text say."""
    tags = _TAG.findall(between)
    return Tags(
        is_break=any(tag in _BLOCKS for _, tag, _ in tags),
        ends_link=any(tag == "a" for _, tag, _ in tags),
        marks=tuple(Mark(bool(slash), tag, attributes) for slash, tag, attributes in tags if tag in _MARKS),
    )
