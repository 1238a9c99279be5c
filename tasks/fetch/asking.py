"""Asking for an address to the end: robots.txt, the host's turn, redirects, further attempts, a record a request."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from protego import Protego

from tasks.fetch.address import address, host_of, origin_of
from tasks.fetch.client import REDIRECTS, Answer, Client, complaint
from tasks.fetch.gate import GATES, Gate
from tasks.fetch.judge import judge
from tasks.fetch.ledger import Address, Ledger, Request
from tasks.fetch.outcome import HOST_FAILS, Passing
from tasks.fetch.source import Source
from tasks.fetch.store import keep
from tasks.model import Rejected
from warehouse.home import raw_path

PRODUCT = "gongkai"
PERMANENT = {301, 308}
ROBOTS_BYTES = 500 << 10  # as much as RFC 9309 has everybody read


@dataclass(frozen=True, slots=True)
class Got:
    """The end of an ask: where it ended, and the answer."""

    url: str
    answer: Answer
    is_moved: bool  # every redirect on the way there was a permanent one


@dataclass(frozen=True, slots=True)
class Visit:
    """A document of the raw store, as an address gave it."""

    address: Address
    final_url: str
    body: bytes
    text: str | None  # of a page
    own_length: int  # the characters that it shows


class Asker:
    """Asks for the addresses of one source in one run. For any number of threads."""

    def __init__(self, source: Source, agent: str, ledger: Ledger, raw: Path, run_id: str) -> None:
        self.source = source
        self.client = Client(source, agent)
        self.ledger = ledger
        self.raw = raw
        self.run_id = run_id
        self.robots: dict[str, Protego | None] = {}
        self.locks: dict[str, threading.Lock] = {}
        self.lock = threading.Lock()

    def visit(self, known: Address) -> Visit:
        """The document at an address, in the raw store and in the ledger. Raises Rejected, Passing; both recorded."""
        try:
            return self._visit(known)
        except Rejected as rejected:
            self.ledger.put(known.failed(time.time(), rejected.error_code, rejected.message))
            raise
        except Passing as passing:
            self.ledger.put(known.failed(time.time(), passing.error_code, passing.message))
            raise

    def _visit(self, known: Address) -> Visit:
        got = self.ask(known.url, self._conditions(known), obeys=True)
        now = time.time()
        moved_to = got.url if got.is_moved else None
        if got.answer.status == 304:
            assert known.sha256 is not None
            body = raw_path(self.raw, known.sha256).read_bytes()
            found = replace(known.found(now, known.sha256), moved_to=moved_to)
            judged = judge(body, known.media_type)
        else:
            body = got.answer.body
            content_type = got.answer.header("content-type")
            judged = judge(body, content_type)
            found = replace(
                known.found(now, hashlib.sha256(body).hexdigest()),
                media_type=judged.media_type,
                charset=judged.charset,
                etag=got.answer.header("etag"),
                last_modified=got.answer.header("last-modified"),
                moved_to=moved_to,
            )
        self.ledger.put(found)
        return Visit(found, got.url, body, judged.text, judged.own_length)

    def _conditions(self, known: Address) -> dict[str, str]:
        """The headers that make an unchanged document cost a 304: only where its bytes are still in the store."""
        if known.sha256 is None or not raw_path(self.raw, known.sha256).exists():
            return {}
        validators = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in validators.items() if value}

    def ask(self, url: str, conditions: dict[str, str], *, obeys: bool) -> Got:
        """The answer at the end of at most so many redirects, each of them checked like a first address.

        Raises Rejected for what is final (endless_redirect, what robots.txt forbids), Passing for what may pass.
        """
        here, is_moved, seen = url, False, {url}
        for _ in range(self.source.limits.redirects + 1):
            if obeys:
                self._obey(here)
            answer = self._attempts(url, here, conditions)
            location = answer.header("location")
            if answer.status not in REDIRECTS or not location:
                return Got(here, answer, is_moved and here != url)
            is_moved = answer.status in PERMANENT and (is_moved or here == url)
            here = address(_as_sent(location), here)
            if here in seen:
                break
            seen.add(here)
        raise Rejected("endless_redirect", f"no end after {len(seen)} addresses, the last of them {here}")

    def _attempts(self, url: str, here: str, conditions: dict[str, str]) -> Answer:
        limits = self.source.limits
        gate = GATES.of(host_of(here), limits)
        for attempt in range(limits.attempts):
            try:
                return self._once(gate, url, here, conditions)
            except Passing as passing:
                wait = limits.backoff_seconds * 2**attempt * random.uniform(0.5, 1.5)
                wait = max(wait, passing.wait or 0.0)
                if passing.wait is not None:
                    gate.hold(passing.wait)
                is_last = attempt + 1 == limits.attempts
                if is_last or wait > limits.patience_seconds or passing.error_code in ("host_down", "asked_to_wait"):
                    raise
                time.sleep(wait)
        raise AssertionError("unreachable: there is at least one attempt")

    def _once(self, gate: Gate, url: str, here: str, conditions: dict[str, str]) -> Answer:
        """One request, with its record and its body in the store before anything is made of it."""
        with gate.turn():
            asked_at, begun = time.time(), time.monotonic()
            answer: Answer | None = None
            fault: Rejected | Passing | None
            try:
                answer = self.client.get(here, conditions)
                fault = complaint(answer, is_conditional=bool(conditions))
            except (Rejected, Passing) as error:
                fault = error
        if fault is not None and fault.error_code in HOST_FAILS:
            gate.failed()
        elif answer is not None:
            gate.worked()
        sha256 = None
        if answer is not None and answer.body:
            sha256 = hashlib.sha256(answer.body).hexdigest()
            keep(self.raw, sha256, answer.body)
        self.ledger.record(
            Request(
                self.run_id, url, here,
                answer.status if answer else None,
                json.dumps(answer.headers if answer else ()),
                asked_at, time.monotonic() - begun, sha256,
                answer.byte_count if answer else 0,
                fault.error_code if fault else None,
                fault.message if fault else None,
            )
        )  # fmt: skip
        if fault is not None:
            raise fault
        assert answer is not None
        return answer

    def _obey(self, url: str) -> None:
        rules = self._rules(origin_of(url))
        if rules is not None and not rules.can_fetch(url, PRODUCT):
            raise Rejected("disallowed_by_robots", f"{origin_of(url)}/robots.txt keeps us from this address")

    def _rules(self, origin: str) -> Protego | None:
        """What an origin's robots.txt says, read once a run; None where there is none."""
        if origin in self.robots:
            return self.robots[origin]
        with self.lock:
            lock = self.locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self.robots:
                rules = self._read_rules(origin)
                delay = rules.crawl_delay(PRODUCT) if rules else None
                if delay:
                    GATES.of(host_of(origin), self.source.limits).slow_to(float(delay))
                self.robots[origin] = rules
            return self.robots[origin]

    def _read_rules(self, origin: str) -> Protego | None:
        """As RFC 9309 has it: what a server refuses to show is no rule; while it fails, nothing is asked for."""
        url = f"{origin}/robots.txt"
        known = self.ledger.get(url) or Address(url, self.source.name, "robots")
        try:
            got = self.ask(url, self._conditions(known), obeys=False)
        except Rejected as rejected:
            if rejected.error_code in ("not_found", "gone", "forbidden", "unusable_status", "endless_redirect"):
                return None
            raise
        if got.answer.status == 304 and known.sha256 is not None:
            body = raw_path(self.raw, known.sha256).read_bytes()
        else:
            body = got.answer.body
            found = known.found(time.time(), hashlib.sha256(body).hexdigest())
            etag, last_modified = got.answer.header("etag"), got.answer.header("last-modified")
            self.ledger.put(replace(found, etag=etag, last_modified=last_modified) if body else found)
        text = body[:ROBOTS_BYTES].decode("utf-8-sig", "replace")
        return None if "<html" in text[:2000].lower() else Protego.parse(text)

    def close(self) -> None:
        """Close its connections."""
        self.client.close()


def _as_sent(location: str) -> str:
    """A `Location` in the characters that its bytes stand for: some servers do not percent-encode Chinese ones."""
    for charset in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return location.encode("latin-1").decode(charset)
    return location
