"""A benchmark's result as a table, and the clock that all of them use."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any, TypeVar

ROUNDS = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bound:
    """A measure that must not get worse than a limit: a floor for a busy machine, not a goal."""

    what: str
    value: float
    limit: float
    at_least: bool = False  # else: at most

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        return f"{self.what}: {self.value:.4g}, {'at least' if self.at_least else 'at most'} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Measured:
    """One table: what was read, by whom, at what cost, with what loss."""

    name: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bounds: tuple[Bound, ...] = ()

    def markdown(self) -> str:
        """The table as it stands in the documentation."""
        lines = [self.columns, ("---",) * len(self.columns), *self.rows]
        return f"{self.about}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def json(self) -> dict[str, Any]:
        """The table and its bounds as plain values."""
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"about": self.about, "rows": rows, "bounds": [asdict(bound) for bound in self.bounds]}


def milliseconds(read: Callable[[T], object], files: Sequence[T], pieces: int = 0) -> float:
    """Processor time a file (or a piece, of so many in all), in the quickest of some rounds, after one to warm up."""
    read(files[0])
    return 1e3 * min(_seconds(read, files) for _ in range(ROUNDS)) / (pieces or len(files))


def _seconds(read: Callable[[T], object], files: Iterable[T]) -> float:
    begun = time.process_time()
    for file in files:
        read(file)
    return time.process_time() - begun


def percent(part: float, whole: float) -> str:
    """A share, so that only what is whole reads as 100 %, and only what is nothing as 0 %."""
    share = 100 * part / whole
    return f"{share:.0f} %" if part in (0, whole) else f"{min(max(share, 0.01), 99.99):.2f} %"


def named(package: str, how: str = "") -> str:
    """A package and its version."""
    return f"{package} {version(package)}{', ' if how else ''}{how}"
