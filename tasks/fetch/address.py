"""Addresses on the web: what may be asked for, and one spelling for each."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from tasks.model import Rejected

PORTS = {"http": 80, "https": 443}
BEFORE_QUERY = re.compile(r"^[^?#]*")
KEPT = "/%:=&?~#+!$,;'@()*[]-._"  # what a path or query may hold as it is


def address(text: str, base: str | None = None) -> str:
    """An absolute address without fragment, percent-encoded, host in lower case and IDNA.

    Raises Rejected("bad_address") for what is no http or https address.
    """
    try:  # before a query `\` is read as `/`, as browsers do
        text = BEFORE_QUERY.sub(lambda found: found[0].replace("\\", "/"), text.strip(), count=1)
        parts = urlsplit(urljoin(base, text) if base else text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Rejected("bad_address", f"{text[:200]!r} is no address: {error}") from None
    if parts.scheme not in PORTS or not host or parts.username is not None:
        raise Rejected("bad_address", f"{text[:200]!r}: only http and https addresses are asked for")
    netloc = _host(host) + (f":{port}" if port not in (None, PORTS[parts.scheme]) else "")
    path = re.sub(r"[\x00-\x1f\x7f]", "", parts.path) or "/"
    return urlunsplit((parts.scheme, netloc, quote(path, safe=KEPT), quote(parts.query, safe=KEPT), ""))


def _host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    try:
        name = host.rstrip(".").encode("ascii" if host.isascii() else "idna").decode("ascii")
    except UnicodeError:
        raise Rejected("bad_address", f"{host!r} is no host name") from None
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,253}", name):
        raise Rejected("bad_address", f"{host!r} is no host name")
    return name.lower()


def host_of(url: str) -> str:
    """The host of an address, which politeness is kept by."""
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """Scheme, host and port: what a robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
