"""The ledger beside the raw store: every request that was made, and what is known of every address.

An SQLite file, so that what is written is kept at whichever moment the process ends.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cache
from operator import attrgetter
from pathlib import Path

DEFINITION = Path(__file__).with_name("ledger.sql")


@dataclass(frozen=True, slots=True)
class Request:
    """One request; the fields are the columns of `ledger.sql`."""

    run_id: str
    url: str
    final_url: str
    status: int | None
    headers: str
    asked_at: float
    seconds: float
    sha256: str | None = None
    byte_count: int = 0
    error_code: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """What is known of an address; the fields are the columns of `ledger.sql`."""

    url: str
    source: str
    role: str
    parent: str | None = None
    first_seen: float | None = None
    last_seen: float | None = None
    last_change: float | None = None
    last_asked: float | None = None
    first_sha256: str | None = None
    sha256: str | None = None
    fetched_at: float | None = None
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    error_code: str | None = None
    message: str | None = None

    def found(self, now: float, sha256: str) -> Address:
        """After it gave a document."""
        changed = sha256 != self.sha256
        return replace(
            self,
            first_seen=self.first_seen or now,
            last_seen=now,
            last_asked=now,
            last_change=now if changed else self.last_change,
            first_sha256=self.first_sha256 or sha256,
            sha256=sha256,
            fetched_at=now if changed else self.fetched_at,
            moved_to=None,
            error_code=None,
            message=None,
        )

    def failed(self, now: float, error_code: str, message: str) -> Address:
        """After it gave none."""
        return replace(self, last_asked=now, error_code=error_code, message=message)


@cache
def _columns(kind: type) -> str:
    return ", ".join(field.name for field in fields(kind))


class Ledger:
    """For any number of threads of one process."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.lock = threading.Lock()
        self.db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.executescript(DEFINITION.read_text("utf-8"))

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def begin(self, run_id: str, now: float) -> float:
        """When the crawl that this run belongs to began: its own, or that of a run before it which was stopped."""
        with self.lock:
            row = self.db.execute("SELECT began FROM crawls WHERE ended IS NULL ORDER BY began LIMIT 1").fetchone()
            if row is None:
                self.db.execute("INSERT INTO crawls VALUES (?, ?, NULL)", (run_id, now))
                return now
            return float(row[0])

    def end(self, now: float) -> None:
        """The crawl is over: every address of it is settled."""
        with self.lock:
            self.db.execute("UPDATE crawls SET ended = ? WHERE ended IS NULL", (now,))

    def record(self, request: Request) -> None:
        """Keep the record of a request."""
        self._insert("INSERT INTO requests", Request, request)

    def put(self, address: Address) -> None:
        """Keep what is known of an address now."""
        self._insert("INSERT OR REPLACE INTO addresses", Address, address)

    def _insert(self, statement: str, kind: type, row: Request | Address) -> None:
        columns = _columns(kind)
        values = attrgetter(*columns.split(", "))(row)
        with self.lock:
            self.db.execute(f"{statement} ({columns}) VALUES ({', '.join('?' * len(values))})", values)

    def get(self, url: str) -> Address | None:
        """What is known of an address."""
        with self.lock:
            row = self.db.execute(f"SELECT {_columns(Address)} FROM addresses WHERE url = ?", (url,)).fetchone()
        return Address(*row) if row else None

    def note(self, source: str, role: str, urls: Iterable[str], parent: str | None = None) -> None:
        """Make sure that these addresses have a row."""
        with self.lock:
            self.db.executemany(
                "INSERT OR IGNORE INTO addresses (url, source, role, parent) VALUES (?, ?, ?, ?)",
                [(url, source, role, parent) for url in urls],
            )

    def addresses(self, source: str | None = None) -> list[Address]:
        """What is known of all addresses, or of a source's, by address."""
        where, values = ("WHERE source = ?", (source,)) if source is not None else ("", ())
        with self.lock:
            rows = self.db.execute(f"SELECT {_columns(Address)} FROM addresses {where} ORDER BY url", values).fetchall()
        return [Address(*row) for row in rows]

    def requests(self, run_id: str) -> list[Request]:
        """The requests of a run, in the order in which they were recorded."""
        with self.lock:
            rows = self.db.execute(
                f"SELECT {_columns(Request)} FROM requests WHERE run_id = ? ORDER BY request_id", (run_id,)
            ).fetchall()
        return [Request(*row) for row in rows]
