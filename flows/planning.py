"""What of an input is to be done. `gongkai run` asks before it starts Prefect; its flow then does that very plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.version import fetch_version, made_by
from tasks.fetch.folder import Entry
from tasks.fetch.index import indexed
from tasks.fetch.plan import Planned, plan
from warehouse.home import Home
from warehouse.known import known


@dataclass(frozen=True, slots=True)
class ToDo:
    """The documents to read, and what else there is to publish."""

    planned: list[Planned]
    publishing: bool  # another version published: what it derives is to be made anew
    held_against: tuple[int, int] | None  # the published file, as the system tells it from others

    @property
    def nothing(self) -> bool:
        """Whether the home holds all of it."""
        return not self.planned and not self.publishing

    def is_current(self, home: Home) -> bool:
        """Whether it is still so: no run has published since."""
        return self.held_against == _published(home)


def to_do(home: Home, every: Iterable[Entry]) -> ToDo:
    """What of these files is new to the home; InputError and HomeError where that cannot be told."""
    published = _published(home)
    before = known(home, made_by())
    with indexed(home.index) as look:
        return ToDo(plan(every, before, fetch_version(), look), before.publishing, published)


def _published(home: Home) -> tuple[int, int] | None:
    if not home.warehouse.exists():
        return None
    status = home.warehouse.stat()
    return status.st_ino, status.st_mtime_ns
