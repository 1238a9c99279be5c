"""All benchmarks, in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from tests.benchmarks.measured import Measured

NAMES = ("html", "pdf", "office", "old_office", "encodings", "conversion", "parsing")


def measure_all(names: Sequence[str] = ()) -> list[Measured]:
    """The results of the benchmarks named, else of all; a benchmark that this machine cannot run gives none."""
    found = [import_module(f"tests.benchmarks.{name}").measure() for name in names or NAMES]
    return [measured for measured in found if measured is not None]
