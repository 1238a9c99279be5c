"""HTTP/2: spoken with a server that offers it, many requests over one connection."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import RequestReceived
from h2.exceptions import ProtocolError

from tests.fetch.made import run, source
from tests.fetch.server import PAGE
from tests.fetch.test_tls import certified


class Speaker:
    """A server of HTTP/2 alone, on loopback."""

    def __init__(self, context: ssl.SSLContext) -> None:
        context.set_alpn_protocols(["h2"])
        self.context = context
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        self.connections = 0
        self.paths: list[str] = []

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                plain, _ = self.listening.accept()
                self.connections += 1
                with suppress(OSError, ProtocolError), self.context.wrap_socket(plain, server_side=True) as connection:
                    self._speak(connection)

    def _speak(self, connection: ssl.SSLSocket) -> None:
        spoken = H2Connection(H2Configuration(client_side=False))
        spoken.initiate_connection()
        connection.sendall(spoken.data_to_send())
        while data := connection.recv(1 << 16):
            for event in spoken.receive_data(data):
                if isinstance(event, RequestReceived):
                    self._answer(spoken, event)
            connection.sendall(spoken.data_to_send())

    def _answer(self, spoken: H2Connection, request: RequestReceived) -> None:
        path = dict(request.headers)[b":path"].decode()
        self.paths.append(path)
        if path.startswith("/reset"):
            spoken.reset_stream(request.stream_id, ErrorCodes.INTERNAL_ERROR)
            return
        if path.startswith("/away") and self.paths.count(path) == 1:
            spoken.close_connection()
            return
        status = "404" if path == "/robots.txt" else "200"
        headers = [(":status", status), ("content-type", "text/html; charset=utf-8")]
        spoken.send_headers(request.stream_id, headers)
        spoken.send_data(request.stream_id, PAGE.format(title=path).encode(), end_stream=True)


@contextmanager
def speaking(context: ssl.SSLContext) -> Iterator[Speaker]:
    speaker = Speaker(context)
    thread = threading.Thread(target=speaker.serve, daemon=True)
    thread.start()
    try:
        yield speaker
    finally:
        speaker.listening.shutdown(socket.SHUT_RDWR)
        speaker.listening.close()
        thread.join(timeout=5)


def test_a_server_that_offers_http2_is_asked_in_it_over_one_connection(tmp_path: Path) -> None:
    with speaking(certified(tmp_path)) as server:
        host = f"https://two.localhost:{server.port}"
        urls = [f"{host}/{number}.html" for number in range(5)]
        tls = {"two.localhost": {"accept_invalid_certificate": True}}
        codes = run([source("two", urls, tls=tls)], tmp_path / "home")
        assert {codes[url] for url in urls} == {None}
        assert sorted(server.paths) == sorted(["/robots.txt", *(f"/{number}.html" for number in range(5))])
        assert server.connections == 1


def test_a_stream_that_is_reset_may_pass_and_a_connection_that_is_closed_is_opened_again(tmp_path: Path) -> None:
    with speaking(certified(tmp_path)) as server:
        urls = [f"https://cut.localhost:{server.port}/{name}" for name in ("away", "reset", "well")]
        tls = {"cut.localhost": {"accept_invalid_certificate": True}}
        codes = run([source("cut", urls, tls=tls)], tmp_path / "home")
        assert [codes[url] for url in urls] == [None, "connection_broken", None]
        assert server.paths.count("/reset") == 3
