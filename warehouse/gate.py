"""The gate: whether a run has made the warehouse worse, by the measures and the thresholds of `gate.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import duckdb
import yaml

from warehouse.schema import FOLDER, script

OF_THE_RUN = "_of_the_run"  # such a measure is held against the one of the whole warehouse before


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much worse a measure may become; the fields are those of `gate.yaml`, which explains them."""

    en: str
    worse: Literal["falls", "rises"]
    by: Literal["share", "points"]
    most: float
    rests_on: int
    reason: str

    def is_worse(self, before: float, after: float) -> bool:
        """Whether the step from one value to the other is more than is let through."""
        step = before - after if self.worse == "falls" else after - before
        return step > self.most * (abs(before) if self.by == "share" else 1) + 1e-12


@dataclass(frozen=True, slots=True)
class Measure:
    """A value, and the number of rows that it rests on."""

    value: float
    rests_on: int


Measures = dict[tuple[str, str | None], Measure]  # by name, and source where it is of one


@dataclass(frozen=True, slots=True)
class Worse:
    """One measure that got worse."""

    name: str
    source: str | None
    before: float
    after: float

    def __str__(self) -> str:
        threshold = thresholds()[self.name]
        of = f" of {self.source}" if self.source else ""
        unit = f"{threshold.most:.0%}" if threshold.by == "share" else f"{100 * threshold.most:g} points"
        return (
            f"{threshold.en}{of}: from {_shown(self.before)} to {_shown(self.after)}"
            f" ({threshold.worse} by more than {unit})"
        )


@cache
def thresholds() -> dict[str, Threshold]:
    """The threshold of each measure."""
    declared = yaml.load((FOLDER / "gate.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {name: Threshold(rests_on=entry.pop("from"), **entry) for name, entry in declared.items()}


def measure(db: duckdb.DuckDBPyConnection, of_the_run: bool) -> Measures:
    """The measures of the open database `w`; those of the staged run, too, where asked for."""
    rows = db.execute(script("gate/measures")).fetchall()
    if of_the_run:
        rows += db.execute(script("gate/run")).fetchall()
    return {
        (name, source): Measure(float(value), rests_on) for name, source, value, rests_on in rows if value is not None
    }


def compare(before: Measures, after: Measures) -> tuple[Worse, ...]:
    """What got worse, in the order of `gate.yaml`; nothing where there was nothing before."""
    return tuple(worse for name in thresholds() for worse in _compare(name, before, after))


def _compare(name: str, before: Measures, after: Measures) -> Iterator[Worse]:
    threshold = thresholds()[name]
    if name.endswith(OF_THE_RUN):
        pairs: list[tuple[str | None, Measure | None, Measure | None]] = [
            (None, before.get((name.removesuffix(OF_THE_RUN), None)), after.get((name, None)))
        ]
    else:
        gone = Measure(0.0, 0)  # a source that has no report any more has none to measure, either
        pairs = [
            (source, old, after.get((measured, source), gone if name == "reports" else None))
            for (measured, source), old in before.items()
            if measured == name
        ]
    for source, old, new in sorted(pairs, key=lambda pair: pair[0] or ""):
        enough = old is not None and new is not None and old.rests_on >= threshold.rests_on
        if name.endswith(OF_THE_RUN):
            enough = enough and new is not None and new.rests_on >= threshold.rests_on
        if enough and old is not None and new is not None and threshold.is_worse(old.value, new.value):
            yield Worse(name, source, old.value, new.value)


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.4g}"
