"""Certificates and old servers: an error is an error, unless the source's file says otherwise for that very host."""

from __future__ import annotations

import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.fetch.made import crawling, run, source
from tests.fetch.server import always, page, running


def certified(folder: Path) -> ssl.SSLContext:
    """A server's context with a certificate that nobody signed, for another name."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=other.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def test_a_certificate_error_is_an_error_unless_the_source_says_otherwise_for_that_host(tmp_path: Path) -> None:
    with running(certified(tmp_path)) as server:
        server.sites = {"safe": always(page("x")), "lax": always(page("y"))}
        urls = [server.url("safe"), server.url("lax")]
        tls = {"lax.localhost": {"accept_invalid_certificate": True}}
        codes = run([source("tls", urls, tls=tls)], tmp_path / "home")
        assert codes[urls[0]] == "bad_certificate"
        assert codes[urls[1]] is None
        assert server.bodies["safe/"] == 0


def record(kind: int, body: bytes) -> bytes:
    return struct.pack(">BHH", kind, 0x0303, len(body)) + body


HELLO = struct.pack(">H32sBHB", 0x0303, bytes(32), 0, 0xC02F, 0)  # TLS 1.2, a cipher, no extension: not RFC 5746's
OLD = record(22, b"\x02" + len(HELLO).to_bytes(3, "big") + HELLO)
CLOSED = record(21, b"\x02\x50")  # fatal: internal_error


@contextmanager
def old_server() -> Iterator[int]:
    """The first words of a server from before secure renegotiation, which then gives up; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with suppress(OSError), connection:
                        connection.recv(1 << 14)
                        connection.sendall(OLD + CLOSED)
                        connection.recv(1 << 14)

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def test_legacy_renegotiation_is_borne_only_where_the_source_asks_for_it(tmp_path: Path) -> None:
    with old_server() as port:
        urls = [f"https://{host}.localhost:{port}/" for host in ("strict", "lenient")]
        tls = {"lenient.localhost": {"legacy_renegotiation": True, "accept_invalid_certificate": True}}
        sources = [source("old", urls, tls=tls)]
        run(sources, tmp_path)
        with crawling(sources, tmp_path, "look") as crawl:
            known = {each.url: each for each in crawl.ledger.addresses("old")}
    strict, lenient = (known[url].message or "" for url in urls)
    assert "UNSAFE_LEGACY_RENEGOTIATION_DISABLED" in strict
    assert "INTERNAL_ERROR" in lenient  # it went on to what the server said next
