"""Certificates: an error is an error, unless the source's file says otherwise for that very host."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path

from tests.fetch.made import run, source
from tests.fetch.server import always, page, running


def test_a_certificate_error_is_an_error_unless_the_source_says_otherwise_for_that_host(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=other.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with running(context) as server:
        server.sites = {"safe": always(page("x")), "lax": always(page("y"))}
        urls = [server.url("safe"), server.url("lax")]
        tls = {"lax.localhost": {"accept_invalid_certificate": True, "legacy_renegotiation": True}}
        codes = run([source("tls", urls, tls=tls)], tmp_path / "home")
        assert codes[urls[0]] == "bad_certificate"
        assert codes[urls[1]] is None
        assert server.bodies["safe/"] == 0
