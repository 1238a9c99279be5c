"""A server on loopback that plays any number of sites, gentle and hostile: the host name chooses the site.

A site is a function of the path and the request's headers that gives a `Reply`. What a reply cannot say (a reset, a
drip) it does by itself with the connection.
"""

from __future__ import annotations

import gzip
import hashlib
import random
import socket
import ssl
import struct
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>"
    + "<p>本机关依照条例编制本年度报告，内容包括总体情况、主动公开等六部分。</p>" * 18
    + "</body></html>"
)


@dataclass
class Reply:
    """What a site answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    act: Callable[[BaseHTTPRequestHandler], None] | None = None  # in place of an answer


Site = Callable[[str, dict[str, str]], Reply]


def page(title: str, more: str = "") -> Reply:
    """A page with enough text of its own, and an ETag."""
    body = (PAGE.format(title=title) + more).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Reply(body, headers={"Content-Type": "text/html; charset=utf-8", "ETag": tag})


def html(text: str, **headers: str) -> Reply:
    """A page with exactly this markup."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(text.encode(), headers={"Content-Type": "text/html; charset=utf-8", **named})


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": to})


def failing(status: int, **headers: str) -> Reply:
    return Reply(b"sorry", status, {name.replace("_", "-"): value for name, value in headers.items()})


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def truncate(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than there is."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<p>half")
    handler.close_connection = True


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever."""
    handler.close_connection = True
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n")
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    """A header that does not end."""
    handler.close_connection = True
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)


def other_protocol(handler: BaseHTTPRequestHandler) -> None:
    """No HTTP at all."""
    handler.wfile.write(b"SSH-2.0-x\r\n\r\n")
    handler.close_connection = True


def nobody(path: str, headers: dict[str, str]) -> Reply:
    return failing(404)


def always(reply: Reply) -> Site:
    """A site that answers everything alike, and has no robots.txt."""
    return lambda path, headers: failing(404) if path == "/robots.txt" else reply


def silent(handler: BaseHTTPRequestHandler) -> None:
    """No answer at all."""
    handler.close_connection = True
    time.sleep(1.5)


def bomb(size: int) -> bytes:
    return gzip.compress(bytes(size), 9)


class Server:
    """The sites, and what was asked of them."""

    def __init__(self) -> None:
        self.scheme = "http"
        self.sites: dict[str, Site] = {}
        self.asked: dict[str, list[float]] = defaultdict(list)  # moments, by host
        self.paths: Counter[str] = Counter()  # by host and path
        self.bodies: Counter[str] = Counter()  # answers that carried a body, by host and path
        self.most_at_once: Counter[str] = Counter()
        self.at_once: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30
            wbufsize = 1 << 20  # an answer goes out in one piece
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                outer.serve(self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        class Listening(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 200

            def handle_error(self, *_: Any) -> None:
                """A client that went away is no error."""

        self.http = Listening(("127.0.0.1", 0), Handler)
        self.port = self.http.server_port

    def url(self, host: str, path: str = "/") -> str:
        return f"{self.scheme}://{host}.localhost:{self.port}{path}"

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        host = handler.headers.get("Host", "").partition(".")[0]
        with self.lock:
            self.asked[host].append(time.monotonic())
            self.paths[host + handler.path] += 1
            self.at_once[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self.at_once[host])
            self.agents.add(handler.headers.get("User-Agent", ""))
        try:
            site = self.sites.get(host, nobody)
            self._answer(handler, host, site(handler.path, dict(handler.headers)))
        finally:
            with self.lock:
                self.at_once[host] -= 1

    def _answer(self, handler: BaseHTTPRequestHandler, host: str, reply: Reply) -> None:
        if reply.act is not None:
            reply.act(handler)
            return
        tag = reply.headers.get("ETag")
        if tag and handler.headers.get("If-None-Match") == tag:
            reply = Reply(b"", 304, {"ETag": tag})
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if reply.status != 304 and "Content-Length" not in reply.headers:
            handler.send_header("Content-Length", str(len(reply.body)))
        handler.end_headers()
        if reply.body:
            with self.lock:
                self.bodies[host + handler.path] += 1
            handler.wfile.write(reply.body)
        handler.wfile.flush()


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server()
    if tls is not None:
        server.scheme = "https"
        server.http.socket = tls.wrap_socket(server.http.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()


def flaky(site: Site, share: float, seed: int) -> Site:
    """A site of whose answers a share fails for a passing reason, never twice in a row at a path."""
    chance = random.Random(seed)
    lock = threading.Lock()
    failed: set[str] = set()
    faults: list[Callable[[], Reply]] = [
        lambda: failing(503, Retry_After="0"),
        lambda: failing(429, Retry_After="0"),
        lambda: failing(500),
        lambda: Reply(act=reset),
        lambda: Reply(act=truncate),
    ]

    def answer(path: str, headers: dict[str, str]) -> Reply:
        with lock:
            if path not in failed and chance.random() < share:
                failed.add(path)
                return chance.choice(faults)()
            failed.discard(path)
        return site(path, headers)

    return answer
