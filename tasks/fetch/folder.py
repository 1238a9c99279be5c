"""A folder of files as a source: what lies in it, and what each file holds."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tasks.fetch.manifest import NAME, Declared, InputError, read_manifest
from tasks.model import Rejected
from tasks.retries import is_transient

NOWHERE = ""  # the path of a file that the manifest names and nobody finds: it reads as one that vanished
MAX_BYTES = 200 << 20  # a report is a few hundred kilobytes, a scanned one some ten megabytes

REASONS = {
    errno.ENOENT: ("vanished", "the file is not there any more, or only the manifest names it"),
    errno.EACCES: ("unreadable", "the file may not be read: give the run permission to"),
    errno.ELOOP: ("symbolic_link", "links are not followed: put the file itself into the folder"),
    errno.ENXIO: ("not_a_file", "neither a file nor a folder"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an input folder."""

    path: str  # as the system names it; bytes that are not UTF-8 are kept as lone surrogates
    source_ref: str  # within the folder, with / between; bytes that are not UTF-8 shown as \\xNN
    declared: Declared
    fault: tuple[str, str] | None = None  # why it gives no bytes, where that is known beforehand: code and message


@dataclass(frozen=True, slots=True)
class Seen:
    """What the bytes of a file are, without them."""

    document_id: str
    byte_count: int
    changed_at: datetime  # in UTC


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file."""

    data: bytes
    seen: Seen


def entries(folder: Path, without: Path | None = None) -> list[Entry]:
    """The files of a folder at any depth, by name; names that begin with a dot and the manifest are left out.

    So is a folder `without` where it lies within: a home, whose files are no reports. Raises InputError where there is
    no such folder, where it is the home itself, and where nothing is in it.
    """
    if not folder.is_dir():
        raise InputError(f"the input folder {folder} {'is not a folder' if folder.exists() else 'does not exist'}")
    manifest = read_manifest(folder)
    left_out = _within(folder, without) if without else None
    found = [Entry(path, ref, manifest.pop(ref, Declared())) for path, ref in _files(str(folder), left_out)]
    found += [Entry(NOWHERE, ref, declared) for ref, declared in manifest.items()]
    if not found:
        raise InputError(f"the input folder {folder} holds no files")
    return sorted(found, key=lambda entry: entry.source_ref)


def _within(folder: Path, home: Path) -> str | None:
    """The home as a walk through the folder comes by it; None where it lies elsewhere."""
    top, inner = folder.resolve(), home.resolve()
    if inner == top:
        raise InputError(f"the input folder {folder} is the home, too: runs write their own files there; name another")
    return str(folder / inner.relative_to(top)) if inner.is_relative_to(top) else None


def _files(top: str, left_out: str | None) -> Iterator[tuple[str, str]]:
    closed: list[str] = []
    start = os.fsencode(os.path.join(top, ""))  # noqa: PTH118 — with the stroke at its end

    def note(error: OSError) -> None:
        if error.filename == top:
            raise InputError(f"the input folder {top} cannot be read: {error.strerror}")
        closed.append(error.filename)

    def inside(path: str) -> str:
        return os.fsencode(path)[len(start) :].decode("utf-8", "backslashreplace")

    for folder, folders, files in os.walk(top, onerror=note):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and os.path.join(folder, name) != left_out  # noqa: PTH118
        ]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in files + links:
            path = os.path.join(folder, name)  # noqa: PTH118 — Path drops nothing, but 100,000 of them take a second
            source_ref = inside(path)
            if not name.startswith(".") and source_ref != NAME:
                yield path, source_ref
    for path in closed:  # a folder that cannot be entered: reading it says why
        yield path, inside(path)


def read(entry: Entry) -> Content:
    """What a file holds. Raises Rejected for a file that cannot be used, OSError for what may pass by itself."""
    if entry.fault is not None:
        raise Rejected(*entry.fault)
    try:
        # No following of links, no waiting for a pipe's other end.
        descriptor = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if is_transient(error):
            raise
        raise Rejected(*REASONS.get(error.errno or 0, ("unreadable", str(error.strerror)))) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Rejected(*REASONS[errno.ENXIO])
        if status.st_size > MAX_BYTES:
            raise Rejected("too_large", f"{status.st_size >> 20} MB, at most {MAX_BYTES >> 20} MB are read")
        data = file.read(MAX_BYTES + 1)
    if not data:
        raise Rejected("empty_file", "the file has no content; fetch it again")
    return Content(data, Seen(hashlib.sha256(data).hexdigest(), len(data), last_change(status)))


def see(entry: Entry) -> Seen:
    """What a file holds, without its bytes; raises as `read` does."""
    return read(entry).seen


def last_change(status: os.stat_result) -> datetime:
    """When a file's content was last changed, in UTC, to the second."""
    return datetime.fromtimestamp(int(status.st_mtime), UTC)
