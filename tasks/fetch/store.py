"""The raw store: the bytes of every document as they came, under the SHA-256 of their content.

A file `raw/ab/abcdef…` appears whole or not at all, and is never changed: who finds it may trust it.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

from warehouse.home import raw_path


def keep(raw: Path, document_id: str, content: bytes) -> Path:
    """Store bytes that are not stored yet; returns where they lie."""
    path = raw_path(raw, document_id)
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
