"""Batch files: how documents pass from stage to stage, a pickle after the other in one file.

What a stage makes of a document stays pickled (`Item.body`): only the worker that goes on with it unpickles it, so
that the process which drives the workers never holds more than the document in hand.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.model import Quarantine, RawDocument


@dataclass(frozen=True, slots=True)
class Sighting:
    """What an address of the input held when it was read."""

    source_ref: str
    document_id: str | None  # None where no bytes could be read
    byte_count: int
    state: str  # changes where the bytes, the manifest's line or the code that reads them change
    fetched_at: datetime
    declared: bool  # `fetched_at` stands in the manifest
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One document on its way, or an address that gave none."""

    raw: RawDocument | None  # without its content; None where no bytes could be read
    sightings: tuple[Sighting, ...]
    body: bytes | None = None  # pickled: (raw, path), then Document, then Parsed; None: there is nothing to go on with
    quarantine: tuple[Quarantine, ...] = ()  # a document that has a row here goes no further


@dataclass(frozen=True, slots=True)
class StageSummary:
    """What a stage did with a batch."""

    stage: str
    documents: int  # that came out fit for the next stage
    quarantined: int
    seconds: float


def write_batch(path: Path, items: Iterable[Item]) -> None:
    """Write a batch file; it appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".tmp")
    with unfinished.open("wb") as file:
        for item in items:
            pickle.dump(item, file, protocol=5)
    unfinished.replace(path)


def read_batch(path: Path) -> Iterator[Item]:
    """The items of a batch file, one at a time."""
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return
