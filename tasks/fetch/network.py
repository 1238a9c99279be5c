"""Connections: to public addresses only, to the very address that was checked, and never beyond a request's time.

The name is resolved once, every address that it stands for is checked, and the socket is opened to one of these: there
is no second look-up that a hostile name server could answer otherwise.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore2

from tasks.fetch.outcome import Passing
from tasks.model import Rejected

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PUBLIC = ipaddress.IPv6Network("2000::/3")  # all that is routed; what IPv6 has elsewhere is of a place or an experiment
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # an IPv4 address behind a translator (RFC 6052)

_deadline = threading.local()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All that this thread reads and writes meanwhile is done in so many seconds, or raises Rejected("too_slow")."""
    _deadline.at = time.monotonic() + seconds
    try:
        yield
    finally:
        del _deadline.at


def _left(timeout: float | None) -> float | None:
    at = getattr(_deadline, "at", None)
    if at is None:
        return timeout
    left: float = at - time.monotonic()
    if left <= 0:
        raise Rejected("too_slow", "the answer was not complete when its time was over")
    return left if timeout is None else min(left, timeout)


class Stream(httpcore2.NetworkStream):
    """A connection that keeps to the time of the request it is used for."""

    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self.inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As httpcore2 has it."""
        try:
            return self.inner.read(max_bytes, _left(timeout))
        except httpcore2.ReadTimeout:
            _left(timeout)  # it may have been the request's time, not the read's
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As httpcore2 has it."""
        self.inner.write(buffer, _left(timeout))

    def close(self) -> None:
        """As httpcore2 has it."""
        self.inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """As httpcore2 has it."""
        return Stream(self.inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """As httpcore2 has it."""
        return self.inner.get_extra_info(info)


class Guarded(httpcore2.NetworkBackend):
    """Opens connections; `allowed` are networks that may be reached although they are not public."""

    def __init__(self, allowed: Iterable[Network] = ()) -> None:
        self.allowed = tuple(allowed)
        self.inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore2.NetworkStream:
        """As httpcore2 has it; raises Rejected("refused_address") for a name that leads inside."""
        found = resolve(host, port)
        for each in found:
            if not self._is_allowed(each):
                raise Rejected("refused_address", f"{host} stands for {each}, which is no public address")
        failure: Exception | None = None
        for each in found:
            try:
                return Stream(self.inner.connect_tcp(str(each), port, _left(timeout), local_address, socket_options))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure or Rejected("no_such_host", f"{host} has no address")

    def _is_allowed(self, found: Address) -> bool:
        plain = _meant(found)
        if any(
            each.version == network.version and each in network for network in self.allowed for each in (found, plain)
        ):
            return True
        return plain.is_global and not plain.is_multicast and (plain.version == 4 or plain in PUBLIC)


def _meant(found: Address) -> Address:
    """The IPv4 address that an IPv6 one leads to (mapped, 6to4, translated), else itself."""
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found in TRANSLATED:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or found


def resolve(host: str, port: int) -> list[Address]:
    """What a host name stands for. Names under `localhost` are the loopback, whatever a name server says (RFC 6761).

    Raises Rejected (no_such_host, bad_address), and Passing where no name server answers.
    """
    if host == "localhost" or host.endswith(".localhost"):
        return [ipaddress.IPv4Address("127.0.0.1")]
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise Rejected("no_such_host", f"no name server knows {host}") from None
        raise Passing("name_server_failed", f"{host} could not be looked up: {error.strerror}") from None
    except UnicodeError:
        raise Rejected("bad_address", f"{host!r} is no host name") from None
    return list(dict.fromkeys(ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows))
