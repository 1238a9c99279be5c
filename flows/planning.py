"""What of an input is to be done. `gongkai run` asks before it starts Prefect; the flow then does that very plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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


_AHEAD: ContextVar[ToDo | None] = ContextVar("_AHEAD", default=None)


def to_do(home: Home, every: Iterable[Entry]) -> ToDo:
    """What of these files is new to the home; InputError and HomeError where that cannot be told."""
    published = _published(home)
    before = known(home, made_by())
    with indexed(home.index) as look:
        return ToDo(plan(every, before, fetch_version(), look), before.publishing, published)


@contextmanager
def ahead(found: ToDo) -> Iterator[None]:
    """Have the flow that is run meanwhile do what was found."""
    token = _AHEAD.set(found)
    try:
        yield
    finally:
        _AHEAD.reset(token)


def found_ahead(home: Home) -> ToDo | None:
    """What was found before the flow began, unless another run has published since."""
    found = _AHEAD.get()
    return found if found is not None and found.held_against == _published(home) else None


def _published(home: Home) -> tuple[int, int] | None:
    if not home.warehouse.exists():
        return None
    status = home.warehouse.stat()
    return status.st_ino, status.st_mtime_ns
