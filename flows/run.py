"""`gongkai run`, `reprocess` and `publish`: the flows on Prefect's temporary server, for a person at a terminal."""
# ruff: noqa: PLC0415

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from flows.progress import listen
from flows.settings import PRELOAD, SETTINGS
from flows.summary import QUERY, Summary, lines
from flows.version import fetch_version, made_by
from tasks.fetch.manifest import InputError
from tasks.fetch.plan import plan
from warehouse.export import export, is_current
from warehouse.home import Home, HomeError
from warehouse.known import Known, known
from warehouse.live import accept, bring_up, is_old


class RunError(Exception):
    """The run did not complete: one line for a person."""


class Lines:
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


class Bars:
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


def run_folder(folder: Path, path: Path) -> None:
    """Run the nightly flow, and print a summary; raises RunError where the run does not complete."""
    begun = time.monotonic()
    console = Console(highlight=False)
    home = Home(path.absolute())

    def flow() -> Summary | None:
        from flows.nightly import nightly

        return nightly(str(folder.absolute()), str(home.path))

    with _told():
        with console.status("reading the input …"):
            before = _known(home)
            new = len(plan(folder, before, fetch_version()))
        if not new and not before.publishing and is_current(home):
            seconds = time.monotonic() - begun
            console.print(f"nothing new in {folder}: {home.warehouse} is up to date ({seconds:.1f} s)", soft_wrap=True)
            return
        summary = _flow(console, home, flow)
    if summary is not None:
        _show(console, summary, time.monotonic() - begun)


def run_sources(sources: Path, path: Path) -> None:
    """Run the flow over sources, and print a summary; raises RunError where the run does not complete."""
    begun = time.monotonic()
    console = Console(highlight=False)
    home = Home(path.absolute())

    def flow() -> Summary | None:
        from flows.sources import sources as nightly_sources

        return nightly_sources(str(sources.absolute()), str(home.path))

    with _told():
        from flows.check import contact
        from tasks.fetch.source import load

        load(sources)  # a mistake is told at once, not after Prefect's start
        contact()
        _known(home)
        summary = _flow(console, home, flow)
    if summary is not None:
        _show(console, summary, time.monotonic() - begun)


def run_again(path: Path, dry_run: bool) -> None:
    """Run the reprocessing flow, and print what it changed, or would; raises RunError."""
    begun = time.monotonic()
    console = Console(highlight=False)
    home = Home(path.absolute())

    def flow() -> Summary | None:
        from flows.reprocess import reprocess

        return reprocess(str(home.path), dry_run)

    with _told():
        if not home.warehouse.exists():
            raise HomeError(f"there is no warehouse in {home.path}: make one with gongkai run")
        before = _known(home)
        if not before.outdated and not before.publishing:
            console.print("nothing to reprocess: the same code, rules and libraries made all of it")
            return
        console.print(f"{len(before.outdated):,} documents to read again")
        summary = _flow(console, home, flow)
    if summary is not None:
        _show(console, summary, time.monotonic() - begun)
        if dry_run:
            console.print("a dry run: nothing was published")


def accept_aside(path: Path) -> None:
    """Publish what the gate kept aside; raises RunError."""
    home = Home(path.absolute())
    with _told():
        home.make()
        with home.locked():
            run_id = accept(home)
            export(home)
    print(f"accepted: the warehouse is now that of run {run_id}")


@contextmanager
def _told() -> Iterator[None]:
    """What a person can do something about becomes a RunError of one line."""
    try:
        yield
    except (InputError, HomeError, OSError) as error:
        raise RunError(str(error)) from None


def _known(home: Home) -> Known:
    """What the home holds, brought up to this version's schema where it is of an earlier one."""
    if is_old(home):
        home.make()
        with home.locked():
            bring_up(home)
    return known(home, made_by())


def _flow(console: Console, home: Home, flow: Callable[[], Summary | None]) -> Summary | None:
    from flows.server import ServerError, TemporaryServer
    from tasks.workers import WORKERS

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    home.make()
    with home.locked():
        pass  # say so at once, not after Prefect's start
    logging.captureWarnings(True)  # into the log, like all that is said meanwhile
    try:
        with (
            Progress(*columns, console=console, disable=not console.is_terminal) as progress,
            TemporaryServer(home) as server,
        ):
            listen(Bars(progress) if console.is_terminal else Lines(console))
            WORKERS.warm(SETTINGS.worker_count, SETTINGS.limits, PRELOAD)
            import flows.nightly  # noqa: F401 — Prefect's own import takes as long as its server's start

            server.wait()
            return flow()
    except (InputError, HomeError):
        raise
    except (ServerError, Exception) as error:  # a person gets one line; the log has the rest
        raise RunError(f"{type(error).__name__}: {error} (the log is {home.prefect / 'run.log'})") from None
    finally:
        WORKERS.end()


def _show(console: Console, summary: Summary, seconds: float) -> None:
    for label, text in lines(summary):
        console.print(f"{label:13}{text}", soft_wrap=True, markup=False)
    console.print(f"done in {seconds:.1f} s; ask it something:")
    console.print(f'  gongkai sql --home {Path(summary.warehouse).parent} "{QUERY}"', soft_wrap=True)
