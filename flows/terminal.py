"""Who hears of a run: a person at a terminal, or a log."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from flows.progress import Listener

COLUMNS = (
    SpinnerColumn(),
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
)


class Lines(Listener):
    """For a log: a line when a stage is done."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.done: dict[str, int] = {}
        self.totals: dict[str, int] = {}
        console.print("starting Prefect …")

    def stage(self, name: str, total: int) -> None:
        """As Listener has it."""
        self.totals[name], self.done[name] = total, 0

    def advance(self, name: str, count: int) -> None:
        """As Listener has it."""
        self.done[name] += count
        if self.done[name] == self.totals[name]:
            self.console.print(f"{name} done")


class Bars(Listener):
    """For a terminal: a bar a stage."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.stages = {"prefect": progress.add_task("starting Prefect …", total=None)}

    def stage(self, name: str, total: int) -> None:
        """As Listener has it."""
        self.progress.update(self.stages["prefect"], visible=False)
        self.stages[name] = self.progress.add_task(name, total=total)

    def advance(self, name: str, count: int) -> None:
        """As Listener has it."""
        self.progress.advance(self.stages[name], count)
