"""One request and its answer, within the bounds of its source."""

from __future__ import annotations

import ssl
import threading
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import responses

import httpcore2

from tasks.fetch.address import host_of
from tasks.fetch.decoding import ACCEPTED, decode
from tasks.fetch.network import Guarded, within
from tasks.fetch.outcome import Passing
from tasks.fetch.source import Source, Tls
from tasks.model import Rejected

Headers = tuple[tuple[str, str], ...]
PASSING_STATUS = {408, 425, 429}  # and every 5xx
REDIRECTS = {301, 302, 303, 307, 308}
FORBIDDEN = {401, 402, 403, 407, 451}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request."""

    status: int
    headers: Headers
    body: bytes  # as it was before it was packed for the way
    byte_count: int  # that came over the line

    def header(self, name: str) -> str | None:
        """A header's value; None where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Client:
    """The connections of one source. For any number of threads."""

    def __init__(self, source: Source, agent: str) -> None:
        self.source = source
        self.limits = source.limits
        self.timeout = {
            "connect": self.limits.connect_seconds,
            "read": self.limits.read_seconds,
            "write": self.limits.read_seconds,
            "pool": self.limits.total_seconds,
        }
        self.headers = {
            "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "User-Agent": agent,
            "Accept-Encoding": ACCEPTED,
        }
        self.own_headers = {**self.headers, **source.headers, "User-Agent": agent, "Accept-Encoding": ACCEPTED}
        self.own_hosts = {host_of(url) for url in source.starts}  # no other is told what the source's file sends
        # By host: a pool looks at all of its connections each time.
        self.pools: dict[str, httpcore2.ConnectionPool] = {}
        self.lock = threading.Lock()

    def get(self, url: str, conditions: dict[str, str]) -> Answer:
        """The answer to one GET, whatever its status.

        Raises Rejected for what will not change by asking again soon, Passing for what may.
        """
        headers_sent = self.own_headers if host_of(url) in self.own_hosts else self.headers
        request = {"Host": _netloc(url), **headers_sent, **conditions}
        try:
            with (
                within(self.limits.total_seconds),
                self._pool(url).stream(
                    "GET", url, headers=list(request.items()), extensions={"timeout": self.timeout}
                ) as response,
            ):
                headers = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers)
                packed = self._read(response)
        except httpcore2.TimeoutException:
            raise Passing("timeout", f"no answer within {self.limits.read_seconds:g} s") from None
        except httpcore2.ConnectError as error:
            raise _unconnected(url, error) from None
        except (httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
            raise _broken(error) from None
        except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as error:
            raise Rejected("malformed_answer", f"the answer is no HTTP: {error}") from None
        answer = Answer(response.status, headers, packed, len(packed))
        encodings = answer.header("content-encoding")
        if not encodings or not packed:
            return answer
        return Answer(response.status, headers, decode(packed, encodings, self.limits.max_bytes), len(packed))

    def _read(self, response: httpcore2.Response) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_stream():
            size += len(piece)
            if size > self.limits.max_bytes:
                raise Rejected("too_large", f"the body has more than {self.limits.max_bytes:,} bytes")
            pieces.append(piece)
        return b"".join(pieces)

    def _pool(self, url: str) -> httpcore2.ConnectionPool:
        host = host_of(url)
        with self.lock:
            pool = self.pools.get(host)
            if pool is None:
                pool = self.pools[host] = httpcore2.ConnectionPool(
                    ssl_context=_context(self.source.tls.get(host, Tls())),
                    max_connections=self.limits.concurrency,
                    keepalive_expiry=30.0,
                    http2=True,
                    network_backend=Guarded(self.source.allow_networks),
                )
        return pool

    def close(self) -> None:
        """Close all connections."""
        for pool in self.pools.values():
            pool.close()


@cache
def _context(tls: Tls) -> ssl.SSLContext:
    if tls == Tls():
        return httpcore2.default_ssl_context()
    context = ssl.create_default_context()
    if tls.accept_invalid_certificate:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if tls.legacy_renegotiation:
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
    return context


def _netloc(url: str) -> str:
    return url.split("/", 3)[2]


def _unconnected(url: str, error: Exception) -> Rejected | Passing:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Rejected("bad_certificate", f"{host_of(url)}: {cause.verify_message}")
        if isinstance(cause, ssl.SSLError):
            return Rejected("tls_failed", f"{host_of(url)}: {cause.reason or cause}")
        cause = cause.__cause__ or cause.__context__
    return Passing("unreachable", f"{host_of(url)} cannot be reached: {error}")


def _broken(error: Exception) -> Passing:
    if "without sending complete message body" in str(error) or "incomplete" in str(error):
        return Passing("truncated_body", "the connection was closed before the body's end")
    return Passing("connection_broken", f"the connection broke: {error or type(error).__name__}")


def complaint(answer: Answer, *, is_conditional: bool) -> Rejected | Passing | None:
    """What a status says against an answer; None for a body, for a 304 that was asked for, and for a redirect."""
    status = answer.status
    said = f"the server answered {status} {responses.get(status, '')}".rstrip()
    if status in PASSING_STATUS or status >= 500:
        return Passing("too_many_requests" if status == 429 else "server_error", said, waits(answer))
    if status in (404, 410):
        return Rejected("gone" if status == 410 else "not_found", said)
    if status in FORBIDDEN:
        return Rejected("forbidden", said)
    leads = status in REDIRECTS and answer.header("location")
    if not leads and status not in (200, 203, 206) and not (status == 304 and is_conditional):
        return Rejected("unusable_status", said)
    return None


def waits(answer: Answer) -> float | None:
    """The seconds that `Retry-After` asks for, given in seconds or as a date."""
    text = (answer.header("retry-after") or "").strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time()) if text else None
    except (ValueError, TypeError, OverflowError):
        return None
