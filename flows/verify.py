"""`gongkai verify`: is all that the manifest names still there, and do the raw documents still give their facts?"""

from __future__ import annotations

import hashlib
from pathlib import Path

from tasks.clean.clean import clean
from tasks.fetch.store import path_of
from tasks.model import RawDocument, Rejected
from tasks.parse.parse import parse
from warehouse.home import Home
from warehouse.verify import FactRow, Sampled, broken_files, sample


def verify(home: Home, folder: Path, size: int) -> tuple[list[str], list[str]]:
    """What was looked at, and what is wrong, a line each; nothing is written."""
    documents = sample(home, size)
    files, wrong = broken_files(home, folder)
    facts = 0
    for document in documents:
        problem = _problem(home, document)
        facts += len(document.facts)
        if problem:
            wrong.append(f"{document.source_ref} ({document.document_id[:12]}…): {problem}")
    return [
        f"files      {files} of {folder}",
        f"documents  {len(documents)} read again from {home.raw}",
        f"facts      {facts:,} in them",
    ], wrong


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
