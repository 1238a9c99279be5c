"""The old office files of a batch, converted together: LibreOffice takes ten times as long to start as to convert one.

What does not come out of such a run (a file that is broken, or that one broke the run for) is left as it is: its worker
converts it alone, and says what is wrong with it.
"""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tasks.batches import Item, read_batch, write_batch
from tasks.clean.kept import is_kept
from tasks.clean.limits import MOST_BYTES
from tasks.clean.office.legacy import has_macros, office_program, to_docx
from tasks.clean.sniff import sniff

FILES_A_RUN = 40
SECONDS_A_FILE = 1.0  # of a run, beside its start; ten times what a file takes
_BEGINNINGS = (b"\xd0\xcf\x11\xe0", b"{\\rtf")


def with_converted(source: Path, folder: Path) -> Path:
    """A batch like `source` whose old office files have their DOCX beside them in `folder`; or `source` itself."""
    stored = {item.raw.document_id: path for item in read_batch(source) if item.raw and (path := _old_office(item))}
    if not stored or not office_program():
        return source
    ids = iter(stored)
    while run := list(itertools.islice(ids, FILES_A_RUN)):
        contents = [Path(stored[document_id]).read_bytes() for document_id in run]
        for document_id, converted in zip(run, to_docx(contents, SECONDS_A_FILE), strict=True):
            if isinstance(converted, bytes):
                _docx(folder, document_id).write_bytes(converted)
    batch = folder / "batch"
    write_batch(batch, _with_paths(source, folder))
    return batch


def _with_paths(source: Path, folder: Path) -> Iterator[Item]:
    for item in read_batch(source):
        if item.raw and item.body and _docx(folder, item.raw.document_id).exists():
            converted = str(_docx(folder, item.raw.document_id))
            yield replace(item, body=pickle.dumps((*pickle.loads(item.body), converted), protocol=5))
        else:
            yield item


def _docx(folder: Path, document_id: str) -> Path:
    return folder / f"{document_id}.docx"


def _old_office(item: Item) -> str | None:
    """Where the file lies, if it is one that LibreOffice converts."""
    if item.raw is None or item.body is None or item.quarantine:
        return None
    path = str(pickle.loads(item.body)[1])
    if is_kept(item.raw, Path(path)):
        return None
    with Path(path).open("rb") as file:
        content = file.read(8)
        if not content.startswith(_BEGINNINGS):
            return None
        content += file.read(MOST_BYTES)
    return path if sniff(content) in ("doc", "rtf") and len(content) <= MOST_BYTES and not has_macros(content) else None
