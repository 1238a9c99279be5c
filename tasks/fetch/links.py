"""Where a page leads: the addresses that a list has, the files that carry a report, and the further parts of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urlsplit

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from tasks.fetch.address import address
from tasks.fetch.decoding import decode
from tasks.model import Rejected

FILES = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip)$", re.IGNORECASE)
NAMED = re.compile(r"\.(?:pdf|docx?|wps|xlsx?)\b", re.IGNORECASE)  # in the text of a link to a download script
CARRIER = 1500  # characters up to which a page, its menus included, may be one that only carries a file
LEADING = 100  # characters up to which a page may be one that only leads on
ONWARD = re.compile(
    r"""<meta\b[^>]{0,200}?\brefresh\b[^>]{0,200}?url\s?=\s?['"]?(?P<meta>[^'"\s>]{1,2000})"""
    r"""|\blocation(?:\.href\s?=|\.replace\(|\s?=)\s?['"](?P<script>[^'"]{1,2000})""",
    re.IGNORECASE,
)
ATTACHMENTS = 20
PARTS = 50
GZIP = b"\x1f\x8b"
PAGED = re.compile(
    r"createPage(?:HTML|Html)?\(\s*['\"]?(\d{1,3})['\"]?\s*,\s*['\"]?\d+['\"]?\s*,\s*['\"]([\w-]+)['\"]\s*,\s*['\"](\w+)['\"]"
)


def links(text: str, base: str) -> Iterator[tuple[str, str]]:
    """The http and https addresses of a page's links, each once, with the text of the link."""
    tree = LexborHTMLParser(text)
    declared = tree.css_first("base[href]")
    if declared is not None:
        base = _address(declared.attributes.get("href") or "", base) or base
    seen = set()
    for node in tree.css("a[href], area[href], iframe[src], embed[src]"):
        found = _address(node.attributes.get("href") or node.attributes.get("src") or "", base)
        if found and found not in seen:
            seen.add(found)
            yield found, node.text(strip=True)


def _address(href: str, base: str) -> str | None:
    try:
        return address(href, base) if href and not href.startswith("#") else None
    except Rejected:
        return None


def matching(found: Iterable[tuple[str, str]], patterns: Iterable[str]) -> list[str]:
    """The addresses in which one of the patterns is found."""
    compiled = [re.compile(pattern) for pattern in patterns]
    return [url for url, _ in found if any(pattern.search(url) for pattern in compiled)]


def attachments(text: str, own_length: int, base: str) -> list[str]:
    """The files of a page that is no longer than menus and a notice, and where a page that shows nothing leads on."""
    if own_length > CARRIER:
        return []
    found = [url for url, label in links(text, base) if _is_file(url) or NAMED.search(label)]
    if own_length <= LEADING and (onward := ONWARD.search(text)):
        url = _address(unescape(onward["meta"] or onward["script"]), base)
        found += [url] if url and url != base else []
    return found[:ATTACHMENTS]


def _is_file(url: str) -> bool:
    """Whether an address names a file, in its path or, as `down.jsp?name=a.pdf`, in its query."""
    parts = urlsplit(url)
    return bool(FILES.search(parts.path) or NAMED.search(parts.query))


def parts(text: str, base: str) -> list[str]:
    """The further parts of a page that is cut in several: `t1_2.html`, `t1_3.html` … of `t1.html`."""
    path = urlsplit(base).path
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    if not stem or (f"{stem}_" not in text and "createPage" not in text):
        return []
    one = re.compile(rf"/{re.escape(stem)}_\d{{1,3}}\.{re.escape(ending)}$")
    found = [url for url, _ in links(text, base) if one.search(urlsplit(url).path)]
    for count, name, kind in PAGED.findall(text):
        if (name, kind) == (stem, ending):
            found += [address(f"{name}_{number}.{kind}", base) for number in range(1, min(int(count), PARTS))]
    same = [url for url in dict.fromkeys(found) if urlsplit(url).netloc == urlsplit(base).netloc]
    return sorted(same, key=lambda url: (len(url), url))[:PARTS]


def sitemap(body: bytes, max_bytes: int) -> tuple[list[str], list[str]]:
    """The sitemaps and the pages that a sitemap names, itself perhaps packed, as `sitemap.xml.gz` is.

    Raises Rejected for what is no sitemap or unpacks to more than `max_bytes`, Passing for one that ends too early.
    """
    if body.startswith(GZIP):
        body = decode(body, "gzip", max_bytes)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise Rejected("no_sitemap", f"a sitemap was expected: {error}") from None
    if root is None:
        raise Rejected("no_sitemap", "a sitemap was expected, there is no XML")
    found: dict[str, list[str]] = {"sitemap": [], "url": []}
    for node in root.iter("{*}loc"):
        parent = node.getparent()
        kind = etree.QName(parent).localname if parent is not None else ""
        url = _address(node.text or "", "")
        if kind in found and url:
            found[kind].append(url)
    if etree.QName(root).localname not in ("sitemapindex", "urlset"):
        raise Rejected("no_sitemap", f"a sitemap was expected, found <{etree.QName(root).localname}>")
    return found["sitemap"], found["url"]
