"""Which code makes the rows: the version, and a fingerprint of the code, its data and the libraries that enter them."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("tasks", "warehouse")
KINDS = {".py", ".yaml", ".csv", ".sql"}
LIBRARIES = ("ahocorasick_rs", "lxml", "opencc-python-reimplemented", "pypdfium2", "python-calamine", "selectolax")


@cache
def code_version() -> str:
    """Such as `0.1.0+3f9a…`: equal where the same bytes give the same rows."""
    digest = hashlib.sha256(platform.python_version().encode())
    for library in LIBRARIES:
        digest.update(f"{library}=={version(library)}\n".encode())
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in KINDS]
    for path in sorted(files):
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())
    return f"{version('gongkai')}+{digest.hexdigest()[:12]}"
