"""What a source leads to: lists and their pages, sitemaps, files and parts; and what becomes of it over time."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tasks.fetch.address import address
from tasks.fetch.availability import rows, stage_availability
from tasks.fetch.harvest import harvest
from tasks.fetch.ledger import Address
from tasks.fetch.links import attachments, links, parts
from tasks.fetch.outcome import Passing
from tasks.fetch.plan import plan
from tasks.fetch.warc import export_warc
from tests.fetch.made import crawling, run, source
from tests.fetch.server import Reply, always, bomb, failing, html, page, redirect, running
from warehouse.known import Known

PDF = Reply(b"%PDF-1.4\n" + bytes(300), headers={"Content-Type": "application/octet-stream"})
MENU = "<p>目录</p>" * 400


def look(home: Path, name: str) -> dict[str, Address]:
    with crawling([], home, "look") as crawl:
        return {known.url: known for known in crawl.ledger.addresses(name) if known.role != "robots"}


def test_a_list_with_further_pages(tmp_path: Path) -> None:
    pages = {
        "/list/": "<a href='../nb/1.html'>一</a><a href='/nb/2.html#top'>二</a><a href='/about.html'>x</a>",
        "/list/index_1.html": "<a href='/nb/3.html'>三</a>",
        "/list/index_2.html": "<a href='/nb/3.html'>三</a>",
    }
    with running() as server:
        server.sites["list"] = lambda path, headers: (
            html(pages[path] + MENU) if path in pages else page(path) if path.startswith("/nb/") else failing(404)
        )
        listed = source(
            "list", [server.url("list", "/list/")], "list_page", links=[r"/nb/\d+\.html$"],
            paging={"pattern": "index_{n}.html", "first": 1},
        )  # fmt: skip
        codes = run([listed], tmp_path)
        assert {url for url in codes if "/nb/" in url} == {server.url("list", f"/nb/{n}.html") for n in (1, 2, 3)}
        assert server.paths["list/list/index_3.html"] == 0


def test_a_sitemap_of_sitemaps(tmp_path: Path) -> None:
    with running() as server:
        index = f"<sitemapindex><sitemap><loc>{server.url('map', '/a.xml')}</loc></sitemap></sitemapindex>"
        leaf = "".join(f"<url><loc>{server.url('map', f'/{n}.html')}</loc></url>" for n in range(3))
        xml = {"/sitemap.xml": index, "/a.xml": f"<urlset>{leaf}</urlset>"}
        server.sites["map"] = lambda path, headers: (
            Reply(xml[path].encode(), headers={"Content-Type": "application/xml"})
            if path in xml
            else failing(404) if path == "/robots.txt" else page(path)
        )  # fmt: skip
        codes = run([source("map", [server.url("map", "/sitemap.xml")], "sitemap", links=[r"/[01]\.html"])], tmp_path)
        assert codes == {server.url("map", path): None for path in ("/sitemap.xml", "/a.xml", "/0.html", "/1.html")}


def test_a_packed_sitemap(tmp_path: Path) -> None:
    with running() as server:
        leaf = "".join(f"<url><loc>{server.url('packed', f'/{n}.html')}</loc></url>" for n in range(3))
        packed = gzip.compress(f"<urlset>{leaf}</urlset>".encode())
        replies = {
            "/sitemap.xml.gz": Reply(packed, headers={"Content-Type": "application/x-gzip"}),
            "/bomb.xml.gz": Reply(bomb(100 << 20), headers={"Content-Type": "application/x-gzip"}),
            "/half.xml.gz": Reply(packed[:-20], headers={"Content-Type": "application/x-gzip"}),
        }
        server.sites["packed"] = lambda path, headers: (
            page(path) if path.endswith(".html") else replies.get(path, failing(404))
        )
        urls = {path: server.url("packed", path) for path in replies}
        codes = run([source("packed", urls.values(), "sitemap")], tmp_path)
        assert sum(".html" in url and code is None for url, code in codes.items()) == 3
        assert codes[urls["/sitemap.xml.gz"]] is None
        assert codes[urls["/bomb.xml.gz"]] == "decompression_bomb"
        assert codes[urls["/half.xml.gz"]] == "truncated_body"


def test_a_page_that_only_carries_a_file_is_followed_and_linked(tmp_path: Path) -> None:
    with running() as server:
        server.sites["file"] = lambda path, headers: (
            html("<title>某县2022年年度报告</title><a href='./P02.pdf'>附件：年度报告.pdf</a>")
            if path.endswith(".html")
            else PDF if path.endswith(".pdf") else failing(404)
        )  # fmt: skip
        url = server.url("file", "/nb/1.html")
        run([source("file", [url])], tmp_path)
        known = look(tmp_path, "file")
        attached = known[server.url("file", "/nb/P02.pdf")]
        assert (attached.role, attached.parent, attached.error_code) == ("attachment", url, None)
        assert attached.media_type == "application/octet-stream"
        assert {entry.source_ref for entry in harvest(known.values(), tmp_path / "raw")} == set(known)


def test_the_parts_of_a_page_are_followed_and_linked(tmp_path: Path) -> None:
    with running() as server:
        script = "<script>createPageHTML(3, 0, 't1', 'html')</script>"
        server.sites["part"] = lambda path, headers: failing(404) if path == "/robots.txt" else page(path, script)
        url = server.url("part", "/nb/t1.html")
        run([source("part", [url])], tmp_path)
        known = look(tmp_path, "part")
        assert {each.url for each in known.values() if each.role == "part" and each.parent == url} == {
            server.url("part", "/nb/t1_1.html"),
            server.url("part", "/nb/t1_2.html"),
        }


def test_links_are_read_as_a_browser_would() -> None:
    text = "<base href='/b/'><a href='1.html'>一</a><a href='javascript:x()'>y</a><a href='mailto:a@b'>z</a>"
    assert list(links(text, "http://a.gov.cn/c/")) == [("http://a.gov.cn/b/1.html", "一")]
    assert attachments("<a href='/down?id=3'>附件.docx</a>", 7, "http://a.gov.cn/") == ["http://a.gov.cn/down?id=3"]
    assert attachments("<a href='/x.pdf'>附件</a>", 2000, "http://a.gov.cn/") == []
    assert parts("<a href='t1_2.html'>2</a><a href='t10_2.html'>x</a>", "http://a.gov.cn/t1.html") == [
        "http://a.gov.cn/t1_2.html"
    ]


def test_what_becomes_of_an_address(tmp_path: Path) -> None:
    first = {"/same": page("同"), "/changes": page("前"), "/moves": page("移"), "/goes": page("去")}
    first |= {"/shuts": page("关"), "/fails": page("败"), "/never": failing(404)}
    then = {"/changes": page("后"), "/moves": redirect("/same", 301), "/goes": failing(404)}
    then |= {"/shuts": html("<input type=password>"), "/fails": failing(503)}
    with running() as server:
        now = dict(first)
        server.sites["life"] = lambda path, headers: now.get(path, failing(404))
        one = source("life", [server.url("life", path) for path in first])
        run([one], tmp_path)
        now |= then
        run([one], tmp_path, "run2")
        found = {row["url"].rpartition("/")[2]: row for row in rows(look(tmp_path, "life").values(), {"life": one})}
    assert {name: row["state"] for name, row in found.items()} == {
        "same": "live", "changes": "changed", "moves": "moved", "goes": "gone", "shuts": "blocked", "fails": "live",
        "never": "never_seen",
    }  # fmt: skip
    assert found["fails"]["error_code"] == "server_error"
    assert found["goes"]["document_id"] is not None
    assert found["moves"]["moved_to"].endswith("/same")
    stage_availability(found.values(), tmp_path / "staging")


def test_what_was_fetched_is_planned_like_files_of_a_folder(tmp_path: Path) -> None:
    """The same bytes at two addresses are one document; an address that gave none is a row of its own."""
    with running() as server:
        server.sites["plan"] = lambda path, headers: page("同") if path in ("/1", "/2") else failing(404)
        urls = [server.url("plan", path) for path in ("/1", "/2", "/bad")]
        run([source("plan", urls)], tmp_path)
        planned = plan(harvest(look(tmp_path, "plan").values(), tmp_path / "raw"), Known(), "1")
    document, fault = (each.item for each in planned)
    assert [sighting.source_ref for sighting in document.sightings] == urls[:2]
    assert document.raw is not None
    assert document.raw.url == urls[0]
    assert [(row.source_ref, row.error_code) for row in fault.quarantine] == [(urls[2], "not_found")]
    assert fault.raw is None


def test_a_run_as_a_warc_file(tmp_path: Path) -> None:
    with running() as server:
        server.sites["warc"] = always(page("存"))
        url = server.url("warc", "/1")
        one = source("warc", [url])
        run([one], tmp_path)
        with crawling([one], tmp_path, "look") as crawl:
            requests = crawl.ledger.requests("run1")
            assert export_warc(crawl.ledger, tmp_path / "raw", "run1", tmp_path / "run1.warc.gz") == 2
    assert [(request.final_url.rpartition("/")[2], request.status) for request in requests] == [
        ("robots.txt", 404),
        ("1", 200),
    ]
    assert ["ETag" in dict(json.loads(request.headers)) for request in requests] == [False, True]
    with (tmp_path / "run1.warc.gz").open("rb") as file:
        records = {
            record.rec_headers.get_header("WARC-Target-URI"): (
                record.http_headers.get_statuscode(),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file)
            if record.rec_type == "response"
        }
    assert records[url] == ("200", page("存").body)


def test_a_file_may_be_named_in_a_query_and_a_page_may_only_lead_on() -> None:
    base = "http://a.gov.cn/b/"
    assert attachments("<a href='down.jsp?name=%E5%B9%B4%E6%8A%A5.doc&amp;id=1'>下载</a>", 2, base) == [
        "http://a.gov.cn/b/down.jsp?name=%E5%B9%B4%E6%8A%A5.doc&id=1"
    ]
    assert attachments("<a href='年报 一.pdf'>下载</a>", 2, base) == [
        "http://a.gov.cn/b/%E5%B9%B4%E6%8A%A5%20%E4%B8%80.pdf"
    ]
    assert attachments("<meta http-equiv='Refresh' content='0; url=c.html?a=1&amp;b=2'>", 0, base) == [
        "http://a.gov.cn/b/c.html?a=1&b=2"
    ]
    assert attachments("<script>window.location.href = '../d.html'</script>", 0, base) == ["http://a.gov.cn/d.html"]
    assert attachments("<script>top.location.replace('/e.html')</script>", 500, base) == []
    assert attachments("<script>location.href='javascript:void(0)'</script>", 0, base) == []


def test_one_spelling_for_an_address() -> None:
    assert address("..\\c\\1.html?x=\\#y", "http://A.gov.cn./b/") == "http://a.gov.cn/c/1.html?x=%5C"
    assert address("HTTP://a.gov.cn:80/年报.html") == "http://a.gov.cn/%E5%B9%B4%E6%8A%A5.html"
    assert address("https://公开.cn/") == "https://xn--55qw44a.cn/"


def test_what_other_lists_have_is_noted_where_one_fails(tmp_path: Path) -> None:
    listed = html("<a href='/1.html'>一</a>")
    with running() as server:
        server.sites["lists"] = lambda path, headers: {"/a": failing(503), "/b": listed}.get(path, failing(404))
        starts = [server.url("lists", path) for path in ("/a", "/b")]
        with crawling([source("lists", starts, "list_page", links=["html$"])], tmp_path) as crawl:
            with pytest.raises(Passing):
                crawl.discover("lists")
            assert crawl.due() == [server.url("lists", "/1.html")]


def test_sitemaps_that_name_each_other_end(tmp_path: Path) -> None:
    index = "<sitemapindex>{}</sitemapindex>"
    with running() as server:
        named = [server.url("rings", path) for path in ("/a.xml", "/b.xml", "/down.xml", "/pages.xml")]
        every = index.format("".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in named))
        pages = f"<urlset><url><loc>{server.url('rings', '/1.html')}</loc></url></urlset>"
        answers = {"/a.xml": html(every), "/b.xml": html(every), "/down.xml": failing(503), "/pages.xml": html(pages)}
        server.sites["rings"] = lambda path, headers: answers.get(path, failing(404))
        with crawling([source("rings", named[:1], "sitemap")], tmp_path) as crawl:
            with pytest.raises(Passing):
                crawl.discover("rings")
            assert crawl.due() == [server.url("rings", "/1.html")]
        assert server.paths["rings/a.xml"] == server.paths["rings/b.xml"] == 1


def test_nobody_is_asked_for_a_folder(tmp_path: Path) -> None:
    kept = source("kept", ["http://kept.localhost/1.html"], "folder", folder=tmp_path / "kept")
    with crawling([kept], tmp_path) as crawl:
        assert crawl.discover("kept") == 0
        assert crawl.due() == []


def test_a_list_that_shows_its_first_page_again_ends(tmp_path: Path) -> None:
    with running() as server:
        same = html("<a href='1.html#top'>一</a><a href='1.html'>一</a><a href='2.html'>二</a>")
        server.sites["again"] = lambda path, headers: failing(404) if path == "/robots.txt" else same
        paging = {"pattern": "index_{n}.html", "last": 50}
        lists = source("again", [server.url("again", "/")], "list_page", links=[r"/\d\.html$"], paging=paging)
        with crawling([lists], tmp_path) as crawl:
            assert crawl.discover("again") == 2
        assert server.paths["again/index_1.html"] == 1
        assert server.paths["again/index_2.html"] == 0
