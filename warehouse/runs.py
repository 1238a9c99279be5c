"""A run, and what it did: the values that pass between the flows and publishing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from warehouse.made import MadeBy


@dataclass(frozen=True, slots=True)
class Run:
    """The run that publishes."""

    run_id: str
    flow: str
    started_at: datetime
    code_version: str
    made_by: MadeBy = field(default_factory=MadeBy)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some of a run's documents are in quarantine, with one of them."""

    error_code: str
    count: int
    source_ref: str
    message: str


@dataclass(frozen=True, slots=True)
class Difference:
    """So many rows of a table that the run added, removed or changed, for one cause."""

    table: str
    change: str
    rows: int
    cause: str
    detail: str  # of one of them


@dataclass(frozen=True, slots=True)
class Published:
    """What a run worked on (the counts of its row in `runs`, the reasons of its rows in `quarantine`), and changed."""

    counts: dict[str, int]
    reasons: tuple[Reason, ...]
    changes: tuple[Difference, ...]
