"""Each kind of bad answer ends in its code; what is only unusual does not."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import brotli
import pytest
import zstandard

from tasks.fetch.judge import judge, rules
from tasks.model import Rejected
from tests.fetch.made import run, source
from tests.fetch.server import (
    PAGE,
    Reply,
    Server,
    Site,
    always,
    bomb,
    drip,
    drip_headers,
    failing,
    html,
    other_protocol,
    page,
    redirect,
    reset,
    running,
    silent,
    truncate,
)

GARBLED = b"<p>" + bytes(range(128, 256)) * 9
GOOD = PAGE.format(title="某县2022年政府信息公开工作年度报告")
HTML = {"Content-Type": "text/html"}


def packed(coding: str, body: bytes) -> Reply:
    return Reply(body, headers={**HTML, "Content-Encoding": coding})


HOSTILE: dict[str, tuple[Reply, str]] = {
    "error-page": (html("<title>提示信息</title><p>您访问的页面不存在</p>"), "error_page"),
    "error-title": (html("<title>404 Not Found</title><p>nginx</p>"), "error_page"),
    "login": (html("<title>平台</title><form><input name=u><input type='password' name=p></form>"), "login_page"),
    "challenge": (
        html("<script>document.cookie='__jsl=1;';location.href=location.pathname</script>"), "javascript_challenge"
    ),
    "empty": (Reply(b""), "empty_body"),
    "blank": (Reply(b" \r\n\r\n "), "empty_body"),
    "truncated": (Reply(act=truncate), "truncated_body"),
    "truncated-gzip": (packed("gzip", gzip.compress(GOOD.encode())[:-20]), "truncated_body"),
    "not-gzip": (packed("gzip", GOOD.encode()), "undecodable"),
    "unknown-coding": (packed("sdch", b"x"), "undecodable"),
    "image": (Reply(b"\x89PNG\r\n\x1a\n" + bytes(99), headers=HTML), "wrong_content_type"),
    "no-pdf": (Reply(b"plainly not", headers={"Content-Type": "application/pdf"}), "wrong_content_type"),
    "wrong-charset": (Reply(GARBLED, headers={"Content-Type": "text/html; charset=utf-8"}), "wrong_charset"),
    "missing-charset": (Reply(GARBLED, headers=HTML), "missing_charset"),
    "loop": (redirect("/page"), "endless_redirect"),
    "drip": (Reply(act=drip), "too_slow"),
    "drip-headers": (Reply(act=drip_headers), "too_slow"),
    "silent": (Reply(act=silent), "timeout"),
    "reset": (Reply(act=reset), "connection_broken"),
    "bomb-gzip": (packed("gzip", bomb(50 << 20)), "decompression_bomb"),
    "bomb-br": (packed("br", brotli.compress(bytes(50 << 20), quality=5)), "decompression_bomb"),
    "bomb-zstd": (packed("zstd", zstandard.compress(bytes(50 << 20))), "decompression_bomb"),
    "large": (Reply(b"<p>" + b"x" * 3_000_000), "too_large"),
    "gone": (failing(410), "gone"),
    "missing": (failing(404), "not_found"),
    "forbidden": (failing(403), "forbidden"),
    "teapot": (failing(418), "unusable_status"),
    "down": (failing(503), "server_error"),
    "busy": (failing(429), "too_many_requests"),
    "patience": (failing(503, Retry_After="3600"), "server_error"),
    "inside": (redirect("http://10.0.0.1/"), "refused_address"),
    "metadata": (redirect("http://169.254.169.254/latest/"), "refused_address"),
    "six-to-four": (redirect("http://[2002:a00:1::1]/"), "refused_address"),
    "translated": (redirect("http://[64:ff9b::a00:1]/"), "refused_address"),
    "compatible": (redirect("http://[::10.0.0.1]/"), "refused_address"),
    "site-local": (redirect("http://[fec0::1]/"), "refused_address"),
    "decimal": (redirect("http://167772161/"), "refused_address"),
    "mapped": (redirect("http://[::ffff:10.0.0.1]/"), "refused_address"),
    "file": (redirect("file:///etc/passwd"), "bad_address"),
    "ftp": (redirect("ftp://example.org/x"), "bad_address"),
    "userinfo": (redirect("http://someone@example.org/"), "bad_address"),
    "no-port": (redirect("http://example.org:99999/"), "bad_address"),
    "no-address": (redirect("http://[x/"), "bad_address"),
    "nowhere": (Reply(b"<p>moved</p>", 302), "unusable_status"),
    "unasked-304": (Reply(b"", 304, {}), "unusable_status"),
    "rare-5xx": (failing(508), "server_error"),
    "no-length": (Reply(b"x", headers={**HTML, "Content-Length": "many"}), "connection_broken"),
    "no-http": (Reply(act=other_protocol), "connection_broken"),
}  # fmt: skip


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str | None]]]:
    with running() as server:
        for name, (reply, _) in HOSTILE.items():
            server.sites[name] = always(reply)
        urls = [server.url(name, "/page") for name in HOSTILE]
        sources = [source("hostile", urls, limits={"max_bytes": 2 << 20})]
        yield server, run(sources, tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_site_ends_in_its_code(ended: tuple[Server, dict[str, str | None]], name: str) -> None:
    server, codes = ended
    assert codes[server.url(name, "/page")] == HOSTILE[name][1]


@pytest.mark.parametrize(
    "name", ["gone", "missing", "forbidden", "empty", "error-page", "bomb-gzip", "drip", "patience"]
)
def test_what_will_not_change_is_asked_once(ended: tuple[Server, dict[str, str | None]], name: str) -> None:
    assert ended[0].paths[f"{name}/page"] == 1


@pytest.mark.parametrize("name", ["down", "busy", "reset", "truncated", "silent"])
def test_what_may_pass_is_asked_again(ended: tuple[Server, dict[str, str | None]], name: str) -> None:
    assert ended[0].paths[f"{name}/page"] == 3


GENTLE: dict[str, Reply] = {
    "gzip": packed("gzip", gzip.compress(GOOD.encode())),
    "members": Reply(
        gzip.compress(GOOD.encode()) + gzip.compress(b"<p>"), headers={**HTML, "Content-Encoding": "gzip"}
    ),
    "br": packed("br", brotli.compress(GOOD.encode())),
    "zstd": packed("zstd", zstandard.compress(GOOD.encode())),
    "deflate": packed("deflate", zlib.compress(GOOD.encode())),
    "raw-deflate": packed("deflate", zlib.compress(GOOD.encode(), wbits=-15)),
    "gbk": Reply(GOOD.encode("gbk"), headers={"Content-Type": "text/html; charset=utf-8"}),
    "gbk-unsaid": Reply(GOOD.replace("<meta charset='utf-8'>", "").encode("gbk"), headers={}),
    "as-pdf": Reply(GOOD.encode(), headers={"Content-Type": "application/pdf"}),
    "pdf-as-page": Reply(b"%PDF-1.4\n" + bytes(500), headers=HTML),
    "packed-twice": Reply(
        gzip.compress(gzip.compress(GOOD.encode())), headers={**HTML, "Content-Encoding": "gzip, gzip"}
    ),
    "moved": redirect("/elsewhere", 301),
    "moved-chinese": redirect("/年报.html".encode().decode("latin-1")),
    "moved-gbk": redirect("/年报.html".encode("gbk").decode("latin-1")),
}


def arriving(at: str, reply: Reply) -> Site:
    """A site that answers alike but at one path, where there is a page."""
    return lambda path, headers: page("到了") if path == at else reply


def test_what_is_only_unusual_is_kept(tmp_path: Path) -> None:
    with running() as server:
        for name, reply in GENTLE.items():
            server.sites[name] = always(reply)
        chinese = quote("/年报.html")
        for name in ("moved-chinese", "moved-gbk"):
            server.sites[name] = arriving(chinese, GENTLE[name])
        server.sites["moved"] = arriving("/elsewhere", GENTLE["moved"])
        codes = run([source("gentle", [server.url(name, "/page") for name in GENTLE])], tmp_path)
    assert set(codes.values()) == {None}


def test_loopback_is_refused_where_the_source_does_not_allow_it(tmp_path: Path) -> None:
    with running() as server:
        server.sites["a"] = lambda path, headers: page("x")
        codes = run([source("shut", [server.url("a", "/page")], allow_networks=[])], tmp_path)
        assert codes == {server.url("a", "/page"): "refused_address"}
        assert not server.asked


@pytest.mark.parametrize("rule", rules()[1], ids=lambda rule: rule.code)
def test_the_examples_of_the_rules(rule: object) -> None:
    with pytest.raises(Rejected) as caught:
        judge(rule.example.encode(), "text/html")  # type: ignore[attr-defined]
    assert caught.value.error_code == rule.code  # type: ignore[attr-defined]


def test_a_page_with_text_of_its_own_may_speak_of_errors() -> None:
    judged = judge(GOOD.replace("六部分", "六部分，您访问的页面不存在").encode(), "text/html; charset=utf-8")
    assert judged.charset == "utf-8"


def test_a_redirect_to_a_name_that_leads_inside_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = socket.getaddrinfo

    def answered(host: str, port: int, *more: Any, **named: Any) -> list[Any]:
        if host != "inner.example":
            return look_up(host, port, *more, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", answered)
    with running() as server:
        server.sites["outer"] = always(redirect("http://inner.example/"))
        url = server.url("outer", "/1")
        assert run([source("outer", [url])], tmp_path) == {url: "refused_address"}


@pytest.mark.parametrize(
    "text", ["<title>" * 50_000, "<input " * 50_000 + ">", "<script>", "404" + " " * 300_000 + "x", "<!--" * 50_000]
)
def test_a_page_made_to_be_searched_for_ever_is_not(text: str) -> None:
    begun = time.process_time()
    judge(f"<p>一</p>{text}".encode(), "text/html; charset=utf-8")
    assert time.process_time() - begun < 2


def test_a_host_that_drips_is_left_alone_after_a_while(tmp_path: Path) -> None:
    with running() as server:
        server.sites["dripping"] = always(Reply(act=drip))
        urls = [server.url("dripping", f"/{number}") for number in range(6)]
        codes = run([source("dripping", urls, limits={"failures": 2, "down_seconds": 60})], tmp_path)
    assert sorted(codes[url] or "" for url in urls) == ["host_down"] * 4 + ["too_slow"] * 2


def test_redirects_without_end_are_not_followed_for_ever(tmp_path: Path) -> None:
    with running() as server:

        def chain(path: str, headers: dict[str, str]) -> Reply:
            return failing(404) if path == "/robots.txt" else redirect(f"{path}1")

        server.sites |= {"chain": chain, "ping": always(redirect(server.url("pong", "/1")))}
        server.sites["pong"] = always(redirect(server.url("ping", "/1")))
        urls = [server.url("chain", "/1"), server.url("ping", "/1")]
        codes = run([source("rounds", urls, limits={"redirects": 5})], tmp_path)
        assert [codes[url] for url in urls] == ["endless_redirect"] * 2
        assert len(server.asked["chain"]) == 1 + 6
        assert server.paths["ping/1"] == server.paths["pong/1"] == 1
