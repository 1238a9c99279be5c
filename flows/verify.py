"""`gongkai verify`: is all that the manifest names as it was written, and do raw documents still give their facts?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flows.version import made_by
from tasks.clean.clean import clean
from tasks.model import RawDocument, Rejected
from tasks.parse.parse import parse
from warehouse.home import Home, raw_path
from warehouse.known import known
from warehouse.package import MANIFEST
from warehouse.told import word
from warehouse.verify import FactRow, Sampled, hold, sample, source_refs


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at and what is wrong, a line each; the commands that mend it, by what each is for."""

    seen: tuple[str, ...]
    wrong: tuple[str, ...]
    cures: dict[str, str]


def verify(home: Home, folder: Path, size: int) -> Verified:
    """Nothing is written. Raises HomeError and QueryError for a home or a folder that has nothing to verify."""
    outdated = known(home, made_by()).outdated
    documents = sample(home, size)
    held = hold(home, folder)
    refs = source_refs(home, (each.path.name for each in held.broken_documents))
    lost = {
        each.path: f"{each.said} ({refs.get(each.path.name, 'of an earlier run')})" for each in held.broken_documents
    }
    other: dict[str, str] = {}  # by document: what is wrong with its facts
    for document in documents:
        path = raw_path(home.raw, document.document_id)
        named = f"{document.source_ref} ({document.document_id[:12]}…)"
        if path in lost:
            continue
        content = path.read_bytes() if path.is_file() else None
        if content is None:
            lost[path] = f"{named}: its bytes are gone from the raw store"
        elif hashlib.sha256(content).hexdigest() != document.document_id:
            lost[path] = f"{named}: its bytes in the raw store are not those that were fetched"
        elif (found := _facts(document, content)) != document.facts:
            gone, more = set(document.facts) - set(found), set(found) - set(document.facts)
            other[document.document_id] = (
                f"{named}: {len(gone)} of its facts in the warehouse do not come out of its bytes,"
                f" {len(more)} others do"
            )
    cures = {}  # in their order: what reads again needs the documents
    if lost:
        cures["to have the documents back, over the folder (or, with --sources, the sources) that holds them"] = (
            _refill(home, lost)
        )
    if held.broken_files:
        cures["to have the exported files written anew"] = _export(home, folder)
    if outdated & other.keys():
        cures["to have what another version read read again by this one"] = (
            f"gongkai reprocess --home {word(home.path)}"
        )
    seen = (
        f"files      {held.files:,} of {folder} against their hashes",
        f"documents  {held.documents:,} of {home.raw} against their hashes, {len(documents):,} of them read again",
        f"facts      {sum(len(document.facts) for document in documents):,} in those",
    )
    return Verified(seen, (*(each.said for each in held.broken_files), *lost.values(), *other.values()), cures)


def _export(home: Home, folder: Path) -> str:
    """What has the files of an exported folder written anew."""
    place = word(home.path)
    if folder.resolve() == home.export.resolve():
        return f"rm {word(folder / MANIFEST)} && gongkai reprocess --home {place}"
    form = "csv" if next(folder.rglob("*.parquet"), None) is None else "parquet"
    return f"gongkai export --home {place} --format {form} --to {word(folder)}"


def _refill(home: Home, lost: Iterable[Path]) -> str:
    """What has the raw store filled again: a run takes up what the store lacks, so what is damaged goes first."""
    damaged = [word(path) for path in lost if path.exists()]
    first = f"rm {' '.join(damaged)} && " if damaged else ""
    return f"{first}gongkai run --input DIR --home {word(home.path)}"


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
