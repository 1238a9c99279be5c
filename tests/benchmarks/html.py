"""Pages: reading them, beside packages that find the main text and packages that only parse."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import lxml.html
import trafilatura
from bs4 import BeautifulSoup
from lxml import etree
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree
from selectolax.lexbor import LexborHTMLParser

from tasks.clean.clean import clean
from tasks.clean.html.read import extract_html
from tests.benchmarks.kept import Kept, add_extract, bare
from tests.benchmarks.measured import Bound, Measured, milliseconds, named, percent
from tests.benchmarks.pages import Page, pages
from tests.clean.known import placed, raw

PAGES = 20


class Found(NamedTuple):
    """What a rival gives: text, cells one after the other, and its tables where it has a grid."""

    text: str
    entries: list[str]
    tables: list[list[tuple[int, int, int, int, str]]] | None = None


def by_trafilatura(content: bytes) -> Found:
    """With its tables, as XML: the way that keeps most."""
    xml = trafilatura.extract(content, output_format="xml", include_tables=True)
    root = etree.fromstring((xml or "<doc/>").encode())
    tables = [
        [
            (row, column, height, width, bare(text))
            for row, column, height, width, text in placed(
                [[("".join(map(str, cell.itertext())), 1, 1) for cell in row.iter("cell")] for row in table.iter("row")]
            )
        ]
        for table in root.iter("table")
    ]
    return Found("".join(map(str, root.itertext())), [cell[4] for table in tables for cell in table], tables)


def by_resiliparse(content: bytes, main_content: bool = True) -> Found:
    """It has no tables: what stands apart on a line is taken for a cell."""
    text = extract_plain_text(content.decode(), main_content=main_content)
    return Found(text, re.split(r"\n|\t|\s*\|\s*|  +", text))


def by_beautifulsoup(content: bytes) -> Found:
    """Everything on the page: it knows no main text."""
    soup = BeautifulSoup(content, "lxml")
    cells = [cell.get_text() for cell in soup.find_all(["td", "th"]) if not cell.find("table")]
    for element in soup(["script", "style"]):
        element.extract()
    return Found(soup.get_text(), cells)


def measure() -> Measured:
    """The table."""
    made = pages(PAGES)
    contents = [page.content for page in made]
    kept = Kept()
    for page in made:
        add_extract(kept, page.document, extract_html(raw(page.content)), page.chrome)
    own = milliseconds(lambda content: clean(raw(content)), contents)
    reading = milliseconds(lambda content: extract_html(raw(content)), contents)
    rows = [
        _row("gongkai, the whole cleaning", own, kept),
        _row("gongkai, the reading of the page in it", reading, kept),
    ]
    rivals: list[tuple[str, Callable[[bytes], Found]]] = [
        (named("trafilatura", "XML with tables"), by_trafilatura),
        (named("resiliparse", "main content"), by_resiliparse),
        (named("resiliparse", "all text"), lambda content: by_resiliparse(content, main_content=False)),
        (named("beautifulsoup4", "lxml, all text"), by_beautifulsoup),
    ]
    cost = {}
    for name, read in rivals:
        cost[name] = milliseconds(read, contents)
        rows.append(_row(name, cost[name], _kept(made, read)))
    parsers: list[tuple[str, Callable[[bytes], object]]] = [
        (named("lxml"), lambda content: lxml.html.fromstring(content.decode())),
        (named("selectolax"), lambda content: LexborHTMLParser(content.decode())),
        (named("resiliparse"), lambda content: HTMLTree.parse(content.decode())),
    ]
    rows += [(f"{name}: parsing alone", f"{milliseconds(parse, contents):.1f}", *["–"] * 4) for name, parse in parsers]
    ratio = cost[rivals[0][0]] / own
    size = sum(map(len, contents)) / PAGES / 1000
    return Measured(
        "html",
        "Pages",
        f"{PAGES} pages by five page builders, {size:.0f} kB each: a report of 7,000 characters, three tables, "
        f"240 links. Cleaning is {ratio:.0f} times as fast as trafilatura.",
        ("reader", "ms a page", "prose kept", "chrome left", "cells lost", "cells with place and spans"),
        tuple(rows),
        (
            Bound("ms a page of 85 kB", own, 6),
            Bound("times as fast as trafilatura", ratio, 6, at_least=True),
            Bound("share of cells exact", kept.exact / kept.all_cells, 1, at_least=True),
            Bound("share of prose kept", kept.prose_kept / kept.prose, 1, at_least=True),
            Bound("share of chrome left", kept.chrome_left / kept.chrome, 0.01),
        ),
    )


def _kept(made: list[Page], read: Callable[[bytes], Found]) -> Kept:
    kept = Kept()
    for page in made:
        found = read(page.content)
        kept.add(page.document, found.text, found.entries, page.chrome)
        if found.tables is not None:
            kept.add_grids(page.document.grids, found.tables)
    return kept


def _row(name: str, cost: float, kept: Kept) -> tuple[str, ...]:
    return (
        name,
        f"{cost:.1f}",
        percent(kept.prose_kept, kept.prose),
        percent(kept.chrome_left, kept.chrome),
        percent(kept.cells - kept.cells_kept, kept.cells),
        percent(kept.exact, kept.all_cells) if kept.all_cells else "no grid",
    )
