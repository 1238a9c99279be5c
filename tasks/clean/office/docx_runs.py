"""What a paragraph of a DOCX shows: the text of its runs, how they look, the text boxes in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from tasks.clean.office.docx_styles import W, child_of, child_value, is_on

ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"  # versions of one thing

_UNSEEN = {
    W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "sdtPr", "object", "fldData", "tblPr")
}
_BREAKS = {W + "br", W + "cr"}

Look = tuple[str | None, bool, str | None]  # East Asian font, bold, size: None where the style decides


@dataclass(slots=True)
class Found:
    """What a paragraph's runs hold: its text, the looks of its runs, the text boxes in it."""

    pieces: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


def read_runs(element: etree._Element, found: Found) -> None:
    """Gather the text of a paragraph or a run, and the text boxes in it."""
    for child in element:
        tag = child.tag
        if tag == W + "r":
            properties = child_of(child, "rPr")
            if properties is None or not is_on(properties, "vanish"):
                before = len(found.pieces)
                read_runs(child, found)
                if any(piece.strip() for piece in found.pieces[before:]):
                    found.looks.append(_look(properties))
        elif tag == W + "t":
            found.pieces.append(child.text or "")
        elif tag in _BREAKS:
            found.pieces.append("\n")
        elif tag in (W + "tab", W + "ptab"):
            found.pieces.append(" ")
        elif tag == W + "noBreakHyphen":
            found.pieces.append("-")
        elif tag == W + "txbxContent":
            found.boxes.append(child)
        elif tag == W + "sym":
            found.pieces.append(_symbol(child))
        elif tag == ALTERNATIVES:
            read_runs(newer(child), found)
        elif isinstance(tag, str) and tag not in _UNSEEN:
            read_runs(child, found)


def _symbol(element: etree._Element) -> str:
    """A sign of a symbol font: it has no character, only a place in that font."""
    code = element.get(f"{W}char", "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _look(properties: etree._Element | None) -> Look:
    if properties is None:
        return None, False, None
    fonts = child_of(properties, "rFonts")
    font = None if fonts is None else fonts.get(f"{W}eastAsia")
    return font, is_on(properties, "b"), child_value(properties, "sz") or None


def newer(alternatives: etree._Element) -> etree._Element:
    """Of the versions of one thing the one for newer programs; a reader sees one of them only."""
    return alternatives[0] if len(alternatives) else alternatives
