"""A document as a web page, by four kinds of page builders."""

from __future__ import annotations

from html import escape
from random import Random
from typing import Literal, get_args

from tests.render.document import Block, Grid, Line, NeutralDocument
from tests.render.pages import Page, bare_page, layout_page, modern_page, old_page

Builder = Literal["bare", "modern", "layout", "old"]
BUILDERS: tuple[Builder, ...] = get_args(Builder)
_PAGES = {"bare": bare_page, "modern": modern_page, "layout": layout_page, "old": old_page}


def html_of(document: NeutralDocument, builder: Builder, rng: Random, charset: str = "utf-8") -> str:
    """The page; `charset` is what its meta element claims."""
    content = "\n".join(_block(block, builder, rng) for block in document.blocks)
    page = Page(
        title=escape(document.page_title),
        content=content,
        card=tuple((escape(key), escape(value)) for key, value in document.metadata),
        charset=charset,
        rng=rng,
    )
    return _PAGES[builder](page)


def _block(block: Block, builder: Builder, rng: Random) -> str:
    if isinstance(block, Grid):
        return _table(block, builder, rng)
    return _line(block, builder)


def _line(line: Line, builder: Builder) -> str:
    text = escape(line.text, quote=False)
    if builder == "old":
        return _old_line(line, text)
    if line.kind == "title":
        if builder == "layout":
            return f'<div align="center"><font size="5" color="#990000"><b>{text}</b></font></div>'
        return f"<h1>{text}</h1>"
    if line.kind == "heading":
        return (
            f'<p style="text-indent:2em"><strong>{text}</strong></p>'
            if builder != "bare"
            else f"<h{line.depth + 1}>{text}</h{line.depth + 1}>"
        )
    if line.kind == "sign":
        return f'<p style="text-align:right">{text}</p>'
    if line.kind == "caption":
        return f'<p style="text-align:center">{text}</p>'
    return f'<p style="text-indent:2em">{text}</p>'


def _old_line(line: Line, text: str) -> str:
    """An old content system: fonts that are never closed, paragraphs without an end."""
    if line.kind == "title":
        return f"<p align=center><font size=5 color=#ff0000><b>{text}</b>"
    if line.kind == "heading":
        return f"<p><font face=黑体>　　{text}</font>"
    if line.kind in ("sign", "caption"):
        return f"<p align={'right' if line.kind == 'sign' else 'center'}>{text}"
    return f"<p>　　<font face=宋体>{text}"


def _table(grid: Grid, builder: Builder, rng: Random) -> str:
    rows = []
    for row in grid.by_row():
        cells = "".join(_cell(cell.text, cell.row_span, cell.column_span, builder, rng) for cell in row)
        rows.append(f"<tr>{cells}" + ("" if builder == "old" else "</tr>"))
    style = " border=1 cellspacing=0" if builder == "old" else ' border="1" style="border-collapse:collapse;width:100%"'
    return f"<table{style}>" + "\n".join(rows) + "</table>"


def _cell(text: str, row_span: int, column_span: int, builder: Builder, rng: Random) -> str:
    spans = (f' rowspan="{row_span}"' if row_span > 1 else "") + (
        f' colspan="{column_span}"' if column_span > 1 else ""
    )
    inner = escape(text, quote=False) or "&nbsp;"
    if builder == "old":
        return f"<td{spans.replace(chr(34), '')}>{inner}"
    if builder == "modern" and len(text) > 3 and rng.random() < 0.5:
        cut = rng.randint(1, len(text) - 1)
        inner = f"<span>{escape(text[:cut], quote=False)}</span><span>{escape(text[cut:], quote=False)}</span>"
    return (
        f"<td{spans}>"
        + (f'<p style="text-align:center">{inner}</p>' if builder in ("modern", "bare") else inner)
        + "</td>"
    )
