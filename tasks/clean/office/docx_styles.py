"""The styles of a Word document, and how its elements are asked for their values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WRAPPERS = {W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}  # without print
MOST_ANCESTORS = 20  # of a style

StyleKind = Literal["paragraph", "title", "heading", "contents"]


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says about the paragraph."""

    kind: StyleKind = "paragraph"
    number_id: str = ""  # of the list that numbers its paragraphs
    depth: int = 0

    def numbering(self, properties: etree._Element | None) -> tuple[str, int]:
        """The list and depth of a paragraph: its own, else the style's; list '' for none."""
        own = child_of(properties, "numPr")
        if own is None:
            return self.number_id, self.depth
        number_id = child_value(own, "numId")
        depth = integer(child_value(own, "ilvl"), self.depth, 8)
        return ("" if number_id == "0" else number_id or self.number_id), depth


class Styles:
    """The paragraph styles of a document, each with what it takes from those it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = () if root is None else root.iterfind(f"{W}style")
        self._elements = {element.get(f"{W}styleId", ""): element for element in elements}
        self._known: dict[str, Style] = {}

    def of(self, properties: etree._Element | None) -> Style:
        """The style of a paragraph, by its properties; its own outline level makes it a heading."""
        style = self._named(child_value(properties, "pStyle"))
        if properties is not None and style.kind == "paragraph" and _outline(properties):
            return Style("heading", style.number_id, style.depth)
        return style

    def _named(self, style_id: str) -> Style:
        style = self._known.get(style_id)
        if style is None:
            style = self._known[style_id] = self._resolved(style_id)
        return style

    def _resolved(self, style_id: str) -> Style:
        kind: StyleKind = "paragraph"
        number_id, depth = "", 0
        for _ in range(MOST_ANCESTORS):
            element = self._elements.get(style_id)
            if element is None:
                break
            properties = child_of(element, "pPr")
            if kind == "paragraph":
                kind = _kind(child_value(element, "name"), properties)
            numbers = child_of(properties, "numPr")
            if numbers is not None and not number_id:
                number_id = child_value(numbers, "numId")
                depth = integer(child_value(numbers, "ilvl"), 0, 8)
            style_id = child_value(element, "basedOn")
        return Style(kind, "" if number_id == "0" else number_id, depth)


def _kind(name: str, properties: etree._Element | None) -> StyleKind:
    name = name.lower()
    if name in {"title", "标题"}:
        return "title"
    if name.startswith("toc ") or name == "toc heading":
        return "contents"
    return "heading" if re.match(r"(?:heading|标题) ?\d", name) or _outline(properties) else "paragraph"


def _outline(properties: etree._Element | None) -> bool:
    """Whether an outline level makes it a heading (9 is the text itself)."""
    return integer(child_value(properties, "outlineLvl"), 9, 9) < 9


def child_of(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name. (The `find` of lxml costs four times as much.)"""
    return None if element is None else next(element.iterchildren(W + name), None)


def child_value(element: etree._Element | None, name: str) -> str:
    """The value of the child of that name; '' where there is none."""
    child = child_of(element, name)
    return "" if child is None else child.get(f"{W}val", "")


def is_on(properties: etree._Element, name: str) -> bool:
    """Whether a switch (bold, hidden) is set: it is where it stands without a value."""
    child = child_of(properties, name)
    return child is not None and child.get(f"{W}val", "1") not in {"0", "false", "off", "none"}


def integer(text: str, default: int, most: int) -> int:
    """A count that a document states, held between 0 and `most`."""
    return min(int(text), most) if re.fullmatch(r"\d{1,9}", text) else default
