"""`gongkai verify`: is all that the manifest names still there, and do the raw documents still give their facts?"""

from __future__ import annotations

import hashlib
import shlex
from pathlib import Path

from tasks.clean.clean import clean
from tasks.fetch.store import path_of
from tasks.model import RawDocument, Rejected
from tasks.parse.parse import parse
from warehouse.home import Home
from warehouse.package import MANIFEST
from warehouse.verify import FactRow, Sampled, broken_files, sample


def verify(home: Home, folder: Path, size: int) -> tuple[list[str], list[str], str | None]:
    """What was looked at, and what is wrong, a line each, and what mends the exported files; nothing is written."""
    documents = sample(home, size)
    files, exported, raw = broken_files(home, folder)
    wrong = exported + raw
    facts = 0
    for document in documents:
        problem = _problem(home, document)
        facts += len(document.facts)
        if problem:
            wrong.append(f"{document.source_ref} ({document.document_id[:12]}…): {problem}")
    return (
        [
            f"files      {files} of {folder}",
            f"documents  {len(documents)} read again from {home.raw}",
            f"facts      {facts:,} in them",
        ],
        wrong,
        _cure(home, folder) if exported else None,
    )


def _cure(home: Home, folder: Path) -> str:
    """What has the files of an exported folder written anew."""
    place = shlex.quote(str(home.path))
    if folder.resolve() == home.export.resolve():
        return f"rm {shlex.quote(str(folder / MANIFEST))} && gongkai reprocess --home {place}"
    form = "csv" if next(folder.rglob("*.parquet"), None) is None else "parquet"
    return f"gongkai export --home {place} --format {form} --to {shlex.quote(str(folder))}"


def _problem(home: Home, document: Sampled) -> str | None:
    path = path_of(home.raw, document.document_id)
    if not path.exists():
        return "its bytes are gone from the raw store"
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != document.document_id:
        return "its bytes in the raw store are not those that were fetched"
    found = _facts(document, content)
    if found == document.facts:
        return None
    lost, more = set(document.facts) - set(found), set(found) - set(document.facts)
    return f"{len(lost)} of its facts in the warehouse do not come out of its bytes, {len(more)} others do"


def _facts(document: Sampled, content: bytes) -> tuple[FactRow, ...]:
    raw = RawDocument(
        document.document_id, document.source_ref, content, document.fetched_at, document.url, document.media_type,
        document.charset,
    )  # fmt: skip
    try:
        facts = parse(clean(raw)).facts
    except Rejected:
        return ()
    return tuple(
        sorted((f.fact_id, f.indicator_id, f.applicant_type, f.value, f.quote, f.char_start, f.char_end) for f in facts)
    )
