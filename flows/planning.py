"""What of an input is to be done: asked while Prefect starts, or before; `gongkai run` then does that very plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

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


class Planning:
    """What of some files is new to a home, told in two steps; HomeError where it cannot be told."""

    def __init__(self, home: Home, every: Iterable[Entry]) -> None:
        self._home, self._every = home, list(every)
        self._published = _published(home)
        self._before = known(home, made_by())

    @property
    def has_new_address(self) -> bool:
        """Whether a file lies where none was: then there is something to do, whatever it holds."""
        return any(entry.source_ref not in self._before.states for entry in self._every)

    @cached_property
    def found(self) -> ToDo:
        """What there is to do."""
        with indexed(self._home.index) as look:
            planned = plan(self._every, self._before, fetch_version(), look)
        found = ToDo(planned, self._before.publishing, self._published)
        del self._every, self._before  # they are as large as the input, and a run holds its plan to the end
        return found


def to_do(home: Home, every: Iterable[Entry]) -> ToDo:
    """What of these files is new to the home; HomeError where that cannot be told."""
    return Planning(home, every).found


def _published(home: Home) -> tuple[int, int] | None:
    if not home.warehouse.exists():
        return None
    status = home.warehouse.stat()
    return status.st_ino, status.st_mtime_ns
