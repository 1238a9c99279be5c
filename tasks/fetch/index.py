"""The index of the input: what each file held when it was last read, so that a file left as it was is not read again.

As git has it: a file is left as it was where the system says the same of it (its size, when its content and when its
entry was last changed, and where it lies on the disk). A file changed in the moments before it was read is not noted,
since a change in the same tick of the clock could not be told. The index is a help, no record: without it, or where it
is damaged, every file is read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.fetch.folder import Entry, Seen, last_change, see

SETTLED = 2_000_000_000  # nanoseconds: the coarsest clock of a file system, FAT's
_SCHEMA = pa.schema(
    [
        ("path", pa.binary()),  # as the system names it: not always UTF-8
        ("stamp", pa.string()),  # what the system says of it
        ("document_id", pa.string()),
    ]
)


@contextmanager
def indexed(path: Path) -> Iterator[Callable[[Entry], Seen]]:
    """What tells of each file what it holds, with the index of that path; what was found is kept where all was seen."""
    index = Index(path)
    yield index.look
    index.save()


class Index:
    """What the files of an input hold; `look` at each, then `save`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before = _load(path)
        self._now: dict[str, tuple[str, str]] = {}  # by path: stamp and document

    def look(self, entry: Entry) -> Seen:
        """What a file holds, read only where it may have changed; raises as `folder.read` does."""
        try:
            status = os.lstat(entry.path)
        except OSError:
            return see(entry)  # which says what is wrong
        changed = (status.st_mtime_ns, status.st_ctime_ns)
        stamp = " ".join(map(str, (status.st_size, *changed, status.st_dev, status.st_ino)))
        before = self._before.get(entry.path)
        if before is not None and before[0] == stamp and entry.fault is None:
            self._now[entry.path] = before
            return Seen(before[1], status.st_size, last_change(status))
        begun = time.time_ns()
        seen = see(entry)
        if max(changed) + SETTLED < begun:
            self._now[entry.path] = (stamp, seen.document_id)
        return seen

    def save(self) -> None:
        """Keep what was found for the next time, where anything is different; a disk that is full costs that alone."""
        if self._now == self._before:
            return
        paths = [os.fsencode(path) for path in self._now]
        stamps, documents = [stamp for stamp, _ in self._now.values()], [what for _, what in self._now.values()]
        table = pa.table([paths, stamps, documents], schema=_SCHEMA)
        unfinished = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        try:
            pq.write_table(table, unfinished, compression="zstd")
            unfinished.replace(self._path)
        except OSError:
            with suppress(OSError):  # where the folder itself is none, there is nothing to remove
                unfinished.unlink()


def _load(path: Path) -> dict[str, tuple[str, str]]:
    try:
        table = pq.read_table(path, schema=_SCHEMA)
    except (OSError, pa.ArrowException):
        return {}
    paths, *kept = (column.to_pylist() for column in table.columns)
    return dict(zip(map(os.fsdecode, paths), zip(*kept, strict=True), strict=True))
