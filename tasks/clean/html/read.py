"""Pages: decoded, parsed as the HTML standard says, walked in reading order, and cut down to the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.clean.characters.charset import decode
from tasks.clean.characters.mojibake import refuse_mojibake
from tasks.clean.extract import Extract, GridCell, SourceWriter
from tasks.clean.html.chrome import refuse_no_report, refuse_no_text
from tasks.clean.html.main_content import PageNames, kept_lines
from tasks.clean.html.metadata import read_card, read_rows, without_counters
from tasks.clean.html.table import words
from tasks.clean.html.walk import Page, walk
from tasks.clean.limits import MOST_TAGS, check_length, check_size
from tasks.clean.text.lines import split_lines
from tasks.clean.text.pasted_tables import find_tables
from tasks.clean.titles import is_title, kind_of, sections_of, titles_of
from tasks.clean.wording.fold import fold
from tasks.model import Block, MetadataItem, Paragraph, RawDocument, Rejected

_NO_TEXT = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "select",
    "button",
    "textarea",
]
_LOOKED_AT = ", ".join(
    [*_NO_TEXT, "title", "meta[content]", '[style*="none" i]', '[style*="hidden" i]', "[hidden]"]
)  # in one search: each goes through the whole page
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SHOWN_LATER = 3  # sentences from which a hidden box is a text that a script shows
_META_FIELDS = {
    "pubdate": "发布日期",
    "contentsource": "来源",
    "author": "作者",
    "keywords": "主题词",
    "columnname": "分类",
}
_TITLE_FIELDS = ("articletitle", "og:title", "title")
_PARTED = re.compile(r"\s*[-_|–—>»]+\s*")
_SITE_FIRST = re.compile(r"(.{2,}?(?:政府|网站?|平台))[\s\-_|–—>»]+(?=.*(?:报告|年报|总结))")  # of a <title>
_MANY_TAGS = 40_000  # below it no nesting is deep enough to slow the parser, whose time grows with its square
_DEEPEST = 10_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLOSES_ITSELF = frozenset(
    re.findall(
        r"\w+",
        "area base br col hr img input link meta source wbr p li td th tr dd dt option tbody thead tfoot colgroup",
    )
)


def extract_html(raw: RawDocument) -> Extract:
    """A page as an Extract.

    Errors: empty, not_text, mojibake, too_large, too_deep, too_many_rows, those of `data/chrome.yaml` (login_page …).
    """
    check_size(raw)
    decoded = decode(raw.content, raw.charset, html=True)
    _check_tags(decoded.text)
    tree = LexborHTMLParser(decoded.text)
    fields, page_title = _take_out(tree)
    page = walk((tree.body.html if tree.body else None) or "")
    text = "\n".join(line.text for line in page.lines)
    has_grid = any(line.grid for line in page.lines)
    check_length(len(text))
    if not has_grid:
        refuse_no_report(page_title, text)
    if not (text or has_grid):
        refuse_no_text(decoded.text)
    refuse_mojibake(text)
    return _written(page, fields, page_title, decoded.charset)


def _written(page: Page, fields: dict[str, str], page_title: str, charset: str) -> Extract:
    """The lines that are the report's as an Extract."""
    texts = ["" if line.grid else line.text for line in page.lines]
    card = read_card(texts, frozenset(box.last - 1 for box in page.boxes if box.tag == "table"))
    kept = kept_lines(page, card.lines, _names_of(fields, page_title))
    if not kept:
        raise Rejected("empty", "the page has no line beside the site's own: fetch it again")
    free = [texts[index] for index in kept if texts[index] and index not in card.lines]
    headings = [texts[index] for index in kept if page.lines[index].heading == 1 and len(texts[index]) > 4]
    found = [*filter(None, [fields.get("articletitle")]), *headings, *titles_of(free)]
    own_title = _SITE_FIRST.sub("", page_title, count=1)
    candidates = tuple(dict.fromkeys([*found, *_report_parts(own_title), *filter(None, [own_title])]))
    writer = SourceWriter()
    items = list(card.items)
    for index in kept:
        line = page.lines[index]
        if line.grid is not None:
            items += _write_grid(line.grid, writer)
        elif index in card.lines:
            writer.paragraph(without_counters(line.text), "metadata")
        else:
            for start, end in sections_of(line.text):
                kind = kind_of(line.text[start:end], found)
                writer.paragraph(line.text[start:end], "heading" if kind == "paragraph" and line.heading > 1 else kind)
    source = writer.source_text()
    blocks = tuple(writer.blocks if any(line.grid for line in page.lines) else _with_pasted(source, writer.blocks))
    items += (MetadataItem(key, fields[name]) for name, key in _META_FIELDS.items() if fields.get(name))
    return Extract(source, blocks, candidates, tuple(items), charset, "text/html")


def _write_grid(grid: Sequence[GridCell], writer: SourceWriter) -> tuple[MetadataItem, ...]:
    """Write a table; where it is an index card a line a row, and give its fields."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(grid, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell.text)
    items = read_rows(list(rows.values()))
    if items is None:
        writer.table(grid)
        return ()
    for row in rows.values():
        writer.paragraph("\t".join(row), "metadata")
    return items


def _with_pasted(source: str, blocks: list[Block]) -> Iterator[Block]:
    """The blocks with tables that the page holds as lines of text."""
    lines = split_lines(source)
    card = {block.start for block in blocks if isinstance(block, Paragraph) and block.kind == "metadata"}
    tables = find_tables(source, lines, frozenset(index for index, line in enumerate(lines) if line.start in card))
    spans = [(lines[table.first].start, lines[table.last - 1].end) for table in tables]
    yield from sorted(
        [
            *(table.table for table in tables),
            *(block for block in blocks if not any(start <= block.start < end for start, end in spans)),
        ],
        key=lambda block: block.start,
    )


def _take_out(tree: LexborHTMLParser) -> tuple[dict[str, str], str]:
    """The page's <meta> fields and <title>; what is no text, or hidden and no text that a script will show, goes.

    From the end to the beginning: what stands inside an element comes before it, and the first field of a name counts.
    """
    fields: dict[str, str] = {}
    title = ""
    for node in reversed(tree.css(_LOOKED_AT)):
        tag = node.tag
        if tag == "meta":
            attributes = node.attributes
            if value := words(attributes.get("content") or ""):
                fields[(attributes.get("name") or attributes.get("property") or "").lower()] = value
        elif tag == "title":
            title = words(node.text())
        elif tag in _NO_TEXT or (tag != "body" and _is_hidden(node)):
            node.decompose()
    return fields, title


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" not in attributes and not _HIDDEN.search(attributes.get("style") or ""):
        return False
    return node.text().count("。") < _SHOWN_LATER


def _names_of(fields: dict[str, str], page_title: str) -> PageNames:
    """What the page calls itself, and its site: beside a report's title the rest of <title> is the site's."""
    titles = {fields[name] for name in _TITLE_FIELDS if fields.get(name)}
    site = _SITE_FIRST.match(page_title)
    parts = set(filter(None, _PARTED.split(page_title[site.end() :] if site else page_title)))
    sites = {part for part in parts if not is_title(part)} if any(map(is_title, parts)) else set()
    sites.update(filter(None, [fields.get("sitename"), site and site[1]]))
    return PageNames(*(frozenset(map(fold, names)) for names in (titles, parts - sites, sites)))


def _report_parts(page_title: str) -> Iterator[str]:
    """The parts of <title> that read like a report's: the site's name often stands beside it."""
    yield from (part for part in _PARTED.split(page_title) if is_title(part))


def _check_tags(text: str) -> None:
    count = text.count("<")
    if count > MOST_TAGS:
        raise Rejected("too_large", f"{count:,} tags, more than the {MOST_TAGS:,} that a page may have; split it")
    if count < _MANY_TAGS:
        return
    depth = 0
    for match in _TAG.finditer(text):
        if match[2].lower() in _CLOSES_ITSELF:
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > _DEEPEST:
            raise Rejected("too_deep", f"elements are nested more than {_DEEPEST:,} deep: not a page of a site")
