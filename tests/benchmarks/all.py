"""All benchmarks, in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from tasks.worker import spare_collector
from tests.benchmarks.measured import Measured

NAMES = ("html", "pdf", "office", "old_office", "encodings", "conversion", "parsing")


def measure_all(names: Sequence[str] = ()) -> list[Measured]:
    """The results of the benchmarks named, else of all; a benchmark that this machine cannot run gives none."""
    modules = [import_module(f"tests.benchmarks.{name}") for name in names or NAMES]
    spare_collector()  # as the workers do that all this runs in
    found = [module.measure() for module in modules]
    return [measured for measured in found if measured is not None]
