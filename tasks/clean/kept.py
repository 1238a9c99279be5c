"""Cleaned documents kept beside the raw store, so that a change in how they are parsed does not clean them again.

A file `cleaned/ab/abcdef…` holds a line of JSON (what cleaned it, as which media type, from what declaration) and the
document. It is a convenience: whatever is wrong with one, the document is cleaned anew.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from zlib import crc32

import pyarrow as pa

from tasks.model import Document, RawDocument

FINGERPRINTS = "fingerprints.json"  # what this version cleans each media type by


def prepare(folder: Path, fingerprints: Mapping[str, str]) -> None:
    """Make the folder, and tell whoever cleans what cleans each media type now."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{FINGERPRINTS}.tmp"
    unfinished.write_text(json.dumps(fingerprints), "utf-8")
    unfinished.replace(folder / FINGERPRINTS)


def folder_of(stored: Path) -> Path:
    """Where cleaned documents lie, by where the bytes of one are stored."""
    return stored.parents[2] / "cleaned"


def is_kept(raw: RawDocument, stored: Path) -> bool:
    """Whether a document need not be cleaned."""
    return _head(raw, stored) is not None


def kept(raw: RawDocument, stored: Path) -> Document | None:
    """The document as it was cleaned before by what would clean it now; None where it is not."""
    try:
        head = _head(raw, stored)
        if head is None:
            return None
        with _path(raw, stored).open("rb") as file:
            file.readline()
            content = pa.decompress(file.read(), decompressed_size=head["size"], codec="zstd", asbytes=True)
        if crc32(content) != head["crc"]:
            return None
        document: Document = pickle.loads(content)
    except (OSError, ValueError, pickle.PickleError, pa.ArrowException):
        return None
    return replace(document, raw=raw)


def keep(document: Document, stored: Path) -> None:
    """Keep a cleaned document; where the disk has no room, none is kept."""
    fingerprint = _fingerprints(folder_of(stored)).get(document.media_type)
    if fingerprint is None:
        return
    content = pickle.dumps(document, protocol=5)
    declared = [document.raw.media_type, document.raw.charset]
    head = {
        "made": fingerprint, "media_type": document.media_type, "declared": declared, "size": len(content),
        "crc": crc32(content),
    }  # fmt: skip
    path = _path(document.raw, stored)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(json.dumps(head).encode() + b"\n" + pa.compress(content, codec="zstd", asbytes=True))
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)


def _head(raw: RawDocument, stored: Path) -> dict[str, int] | None:
    """The first line of a kept document that is still good."""
    try:
        with _path(raw, stored).open("rb") as file:
            head = json.loads(file.readline())
        good = head["made"] == _fingerprints(folder_of(stored))[head["media_type"]]
        return head if good and head["declared"] == [raw.media_type, raw.charset] else None
    except (OSError, ValueError, KeyError):
        return None


def _path(raw: RawDocument, stored: Path) -> Path:
    return folder_of(stored) / raw.document_id[:2] / raw.document_id


@cache
def _fingerprints(folder: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((folder / FINGERPRINTS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found
