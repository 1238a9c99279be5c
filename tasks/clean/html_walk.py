"""A page in reading order: its lines and grids, and the boxes around them.

The walk keeps its own stack, so that no depth of nesting ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from tasks.clean.extract import GridCell
from tasks.clean.html_table import BLOCKS, read_grid, words

_BOXES = frozenset(
    re.findall(r"\w+", "article aside center dd div dl fieldset footer form header main nav ol section table td ul")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class PageLine:
    """What stands on one line of a page, or a grid in its place."""

    text: str
    linked: int = 0  # characters of it that are links
    links: int = 0
    heading: int = 0  # 1 to 6 of h1 to h6
    grid: list[GridCell] | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """An element around lines [first, last)."""

    first: int
    last: int
    tag: str
    names: str  # its id and classes


@dataclass(slots=True)
class Page:
    """A page as it was walked."""

    lines: list[PageLine] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)  # inner ones first


class _Walk:
    def __init__(self, layout: frozenset[int]) -> None:
        self.page = Page()
        self._layout = layout
        self._pieces: list[str] = []
        self._linked = self._links = self._in_link = self._heading = 0
        self._in_pre = 0

    def run(self, root: LexborNode) -> Page:
        """Walk the whole tree below `root`, in reading order, with a stack of its own."""
        stack: list[tuple[LexborNode, str, int]] = []
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag or ""
            child = self._enter(node, tag)
            if child is not None:
                stack.append((node, tag, len(self.page.lines)))
                node = child
                continue
            self._leave(node, tag, len(self.page.lines))
            following = node.next if stack else None
            while following is None and stack:
                node, tag, first = stack.pop()
                self._leave(node, tag, first)
                following = node.next if stack else None
            node = following
        self._end_line()
        return self.page

    def _enter(self, node: LexborNode, tag: str) -> LexborNode | None:
        """Take in what the node itself says; its first child where there is more."""
        if tag == "-text":
            self._text(node.text_content or "")
            return None
        if tag[:1] in "-!":
            return None
        if tag in BLOCKS:
            self._end_line()
            if tag == "table" and node.mem_id not in self._layout and (grid := read_grid(node)) is not None:
                if grid:
                    self.page.lines.append(PageLine("", grid=grid))
                return None
            if tag in _HEADINGS:
                self._heading = int(tag[1])
            elif tag == "pre":
                self._in_pre += 1
        elif tag == "a":
            self._in_link += 1
            self._links += 1
        return node.child

    def _leave(self, node: LexborNode, tag: str, first: int) -> None:
        if tag == "a":
            self._in_link = max(self._in_link - 1, 0)
        if tag not in BLOCKS:
            return
        self._end_line()
        if tag in _HEADINGS:
            self._heading = 0
        elif tag == "pre":
            self._in_pre = max(self._in_pre - 1, 0)
        if tag in _BOXES and len(self.page.lines) > first:
            attributes = node.attributes
            names = f"{attributes.get('id') or ''} {attributes.get('class') or ''} {attributes.get('role') or ''}"
            self.page.boxes.append(Box(first, len(self.page.lines), tag, names))

    def _text(self, text: str) -> None:
        if self._in_pre and "\n" in text:
            *whole, text = text.split("\n")
            for line in whole:
                self._pieces.append(line)
                self._end_line()
        self._pieces.append(text)
        if self._in_link:
            self._linked += len(text.strip())

    def _end_line(self) -> None:
        if not self._pieces:
            return
        text = words("".join(self._pieces))
        if text:
            self.page.lines.append(PageLine(text, min(self._linked, len(text)), self._links, self._heading))
            self._linked = self._links = 0
        self._pieces = []


def walk(root: LexborNode, layout: frozenset[int]) -> Page:
    """The page below `root`; tables whose id is in `layout` are walked into."""
    return _Walk(layout).run(root)
