"""What a home promises, to be held against what is there: the hashes of its manifest, the facts of some documents."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.home import Home
from warehouse.package import MANIFEST, digest
from warehouse.query import QueryError, opened

FactRow = tuple[str, str, str, float, str, int, int]  # fact_id, indicator_id, applicant_type, value, quote, start, end


@dataclass(frozen=True, slots=True)
class Sampled:
    """One document as it was fetched, and the facts that the warehouse has of it."""

    document_id: str
    source_ref: str
    url: str | None
    fetched_at: datetime
    media_type: str | None  # as the server declared it
    charset: str | None  # likewise
    facts: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that is not as it was written."""

    path: Path
    said: str  # what is wrong with it


@dataclass(frozen=True, slots=True)
class Held:
    """How many exported files and documents of the raw store a manifest names, and which of them are broken."""

    files: int
    documents: int
    broken_files: tuple[Broken, ...]
    broken_documents: tuple[Broken, ...]


def hold(home: Home, folder: Path) -> Held:
    """Hold every file that a folder's manifest names, exported or raw, against the hash that stands there.

    Raises QueryError where the folder has no manifest.
    """
    path = folder / MANIFEST
    if not path.exists():
        raise QueryError(
            f"there is no {MANIFEST} in {folder}: gongkai run and gongkai export write one with their files"
        )
    counts = {"export": 0, "raw": 0}
    wrong: dict[str, list[Broken]] = {"export": [], "raw": []}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            named = (folder if row["kind"] == "export" else home.path) / row["path"]
            counts[row["kind"]] += 1
            said = _wrong(named, row)
            if said is not None:
                wrong[row["kind"]].append(Broken(named, f"{row['path']} {said}"))
    return Held(counts["export"], counts["raw"], tuple(wrong["export"]), tuple(wrong["raw"]))


def _wrong(file: Path, row: dict[str, str]) -> str | None:
    """What is wrong with a file that the manifest names."""
    if not file.is_file():
        return "is gone"
    if file.stat().st_size != int(row["bytes"]):
        return f"has {file.stat().st_size} bytes, {row['bytes']} were written"
    if digest(file) != row["sha256"]:
        return "is not what was written: its hash is another"
    return None


def source_refs(home: Home, documents: Iterable[str]) -> dict[str, str]:
    """Where each of these documents came from, by its id; those that the warehouse does not know are left out."""
    with opened(home) as db:
        rows = db.execute(
            "SELECT document_id, source_ref FROM documents WHERE document_id IN (SELECT unnest($ids))",
            {"ids": list(documents)},
        )
        return dict(rows.fetchall())


def sample(home: Home, size: int) -> list[Sampled]:
    """Some documents of the warehouse, spread evenly over all of them."""
    with opened(home) as db:
        rows = db.execute(
            "SELECT d.document_id, d.source_ref, d.url, d.fetched_at, m.media_type, m.charset FROM documents d"
            " LEFT JOIN internal.made m USING (document_id) WHERE d.source_text IS NOT NULL"
            " QUALIFY (row_number() OVER (ORDER BY d.document_id) - 1) % greatest(count(*) OVER () // $size, 1) = 0"
            " ORDER BY d.document_id LIMIT $size",
            {"size": size},
        ).fetchall()
        return [
            Sampled(document_id, ref, url, at.replace(tzinfo=UTC), media_type, charset, _facts(db, document_id))
            for document_id, ref, url, at, media_type, charset in rows
        ]


def _facts(db: duckdb.DuckDBPyConnection, document_id: str) -> tuple[FactRow, ...]:
    return tuple(
        db.execute(
            "SELECT fact_id, indicator_id, applicant_type, value, quote, char_start, char_end FROM facts"
            " WHERE document_id = ? ORDER BY ALL",
            [document_id],
        ).fetchall()
    )
