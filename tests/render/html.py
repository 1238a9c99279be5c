"""A document as a web page, by five kinds of page builders."""

from __future__ import annotations

from html import escape
from random import Random

from tests.render.document import Grid, Line, NeutralDocument
from tests.render.pages import Builder, page

# How each builder prints each kind of line. The old one never closes its paragraphs, and at times not its fonts.
LINES: dict[Builder, dict[str, str]] = {
    "bare": {
        "title": "<h1>{}</h1>",
        "heading": "<h2>{}</h2>",
        "paragraph": '<p style="text-indent:2em">{}</p>',
        "sign": '<p style="text-align:right">{}</p>',
        "caption": '<p style="text-align:center">{}</p>',
    },
    "modern": {
        "title": "<h1>{}</h1>",
        "heading": '<p style="text-indent:2em"><strong>{}</strong></p>',
        "paragraph": '<p style="text-indent:2em"><span style="font-size:16px">{}</span></p>',
        "sign": '<p style="text-align:right">{}</p>',
        "caption": '<p style="text-align:center">{}</p>',
    },
    "layout": {
        "title": '<div align="center"><font size="5" color="#990000"><b>{}</b></font></div>',
        "heading": "<p>　　<b>{}</b></p>",
        "paragraph": "<p>　　{}</p>",
        "sign": '<div align="right">{}</div>',
        "caption": '<div align="center"><b>{}</b></div>',
    },
    "breaks": {
        "title": '<div class="tit">{}</div>',
        "heading": "&nbsp;&nbsp;&nbsp;&nbsp;<b>{}</b><br/>",
        "paragraph": "&nbsp;&nbsp;&nbsp;&nbsp;{}<br/>",
        "sign": '<span style="float:right">{}</span><br/>',
        "caption": "<center>{}</center>",
    },
    "old": {
        "title": "<p align=center><font size=5><b>{}</b></font>",
        "heading": "<p><font face=黑体>　　{}</font>",
        "paragraph": "<p>　　<font face=宋体>{}",
        "sign": "<p align=right>{}",
        "caption": "<p align=center>{}",
    },
}


def html_of(document: NeutralDocument, builder: Builder, rng: Random, charset: str = "utf-8") -> str:
    """The page; `charset` is what its meta element claims."""
    heading: list[str] = []
    content: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            content.append(_table(block, builder, rng))
        else:
            (heading if block.kind == "title" else content).append(_line(block, builder))
    card = tuple((escape(key), escape(value)) for key, value in document.metadata)
    return page(builder, escape(document.page_title), "".join(heading), "\n".join(content), card, charset, rng)


def _line(line: Line, builder: Builder) -> str:
    return LINES[builder][line.kind].format(escape(line.text, quote=False))


def _table(grid: Grid, builder: Builder, rng: Random) -> str:
    end = "" if builder == "old" else "</tr>"
    rows = (
        "<tr>" + "".join(_cell(cell.text, cell.row_span, cell.column_span, builder, rng) for cell in row) + end
        for row in grid.by_row()
    )
    style = "border=1 cellspacing=0" if builder == "old" else 'border="1" style="border-collapse:collapse;width:100%"'
    return f"<table {style}>" + "\n".join(rows) + "</table>"


def _cell(text: str, row_span: int, column_span: int, builder: Builder, rng: Random) -> str:
    spans = ""
    if row_span > 1:
        spans += f' rowspan="{row_span}"'
    if column_span > 1:
        spans += f' colspan="{column_span}"'
    inner = escape(text, quote=False) or "&nbsp;"
    if builder == "old":
        return f"<td{spans.replace(chr(34), '')}>{inner}"
    if builder == "layout":
        return f"<td{spans}>{inner}</td>"
    if builder == "breaks":  # as Word leaves them
        return f'<td{spans} class="xl65" style="height:14.25pt"><span lang="EN-US">{inner}<o:p></o:p></span></td>'
    if builder == "modern" and len(text) > 3 and rng.random() < 0.5:
        cut = rng.randint(1, len(text) - 1)
        inner = f"<span>{escape(text[:cut], quote=False)}</span><span>{escape(text[cut:], quote=False)}</span>"
    return f'<td{spans}><p style="text-align:center">{inner}</p></td>'
