"""The raw store: the bytes of every document as they came, under the SHA-256 of their content.

A file `raw/ab/abcdef…` appears whole or not at all, and is never changed: who finds it may trust it.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path


def path_of(raw: Path, document_id: str) -> Path:
    """Where the bytes of a document lie."""
    return raw / document_id[:2] / document_id


def keep(raw: Path, document_id: str, content: bytes) -> Path:
    """Store bytes that are not stored yet; returns where they lie."""
    path = path_of(raw, document_id)
    if path.exists() and path.stat().st_size == len(content):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return path
