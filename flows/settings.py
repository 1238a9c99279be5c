"""How a run shares out its work: none of it changes the rows."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from tasks.workers import Limits

PRELOAD = ("tasks.clean.stored:clean_stored", "tasks.parse.parse:parse", "tasks.load.stage:stage")


@dataclass(frozen=True, slots=True)
class Settings:
    """GONGKAI_BATCH_SIZE (documents a batch) and GONGKAI_WORKERS (worker processes; one a core where not set)."""

    batch_size: int
    worker_count: int
    batch_bytes: int = 64 << 20
    limits: Limits = field(default_factory=Limits)

    def size(self, documents: int) -> int:
        """Documents a batch: fewer where there are few, so that every worker has some."""
        return max(1, min(self.batch_size, -(-documents // self.worker_count)))


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    return max(1, int(text)) if text.isdecimal() else default


SETTINGS = Settings(_number("GONGKAI_BATCH_SIZE", 250), _number("GONGKAI_WORKERS", len(os.sched_getaffinity(0))))
