"""`gongkai run`, `reprocess` and `publish`: the flows on Prefect's temporary server, for a person at a terminal."""
# ruff: noqa: PLC0415

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from flows.planning import Planning
from flows.progress import listen
from flows.settings import PRELOAD, SETTINGS
from flows.summary import QUERY, Summary, lines
from flows.terminal import COLUMNS, Bars, Lines
from flows.version import made_by
from tasks.fetch.folder import entries
from warehouse.export import export, is_current
from warehouse.home import Home, HomeError
from warehouse.known import known
from warehouse.live import accept, bring_up, is_old
from warehouse.told import GongkaiError, said, visible, word


class RunError(GongkaiError):
    """The run did not complete: one line for a person."""


class Command:
    """A command over a home: says how far it is, and how it ended."""

    def __init__(self, path: Path) -> None:
        self.begun = time.monotonic()
        self.console = Console(highlight=False, markup=False)
        self.home = Home(path.absolute())

    def seconds(self) -> float:
        """Since the command was given."""
        return time.monotonic() - self.begun

    def bring_up(self) -> None:
        """Bring the home up to this version's schema where it is of an earlier one."""
        if is_old(self.home):
            self.home.make()
            with self.home.locked():
                bring_up(self.home)

    def renew_export(self) -> None:
        """Write the exported files anew where they are damaged, or a run was stopped before it wrote them."""
        if not is_current(self.home):
            with self.home.locked():
                export(self.home)
            self.console.print(f"{self.home.export} was damaged or behind: written anew", soft_wrap=True)

    def run(
        self, flow: Callable[[], Summary | None], dry_run: bool = False, meanwhile: Callable[[], object] | None = None
    ) -> None:
        """Run the flow on a temporary server, and show its summary; `meanwhile` is done while the server starts."""
        summary = self._flow(flow, meanwhile)
        if summary is None:
            return
        for label, text in lines(summary, dry_run):
            self.console.print(visible(f"{label:13}{text}"), soft_wrap=True)
        if dry_run:
            self.console.print(f"a dry run: nothing was published ({self.seconds():.1f} s)")
            return
        self.console.print(f"done in {self.seconds():.1f} s; ask it something:")
        self.console.print(f'  gongkai sql --home {word(self.home.path)} "{QUERY}"', soft_wrap=True)

    def _flow(self, flow: Callable[[], Summary | None], meanwhile: Callable[[], object] | None) -> Summary | None:
        from flows.server import TemporaryServer
        from tasks.workers import WORKERS

        console, home = self.console, self.home
        home.make()
        logging.captureWarnings(True)  # into the log, like all that is said meanwhile
        try:
            with home.locked():
                pass  # say so at once, not after Prefect's start
            with (
                Progress(*COLUMNS, console=console, disable=not console.is_terminal) as progress,
                TemporaryServer(home) as server,
            ):
                listen(Bars(progress) if console.is_terminal else Lines(console))
                WORKERS.warm(SETTINGS.worker_count, SETTINGS.limits, PRELOAD)
                import flows.nightly  # noqa: F401 — Prefect's own import takes as long as its server's start

                if meanwhile is not None:
                    meanwhile()
                server.wait()
                return flow()
        except GongkaiError:
            raise
        except Exception as error:  # a person gets one line; the log has the rest
            raise RunError(f"{type(error).__name__}: {said(error)} (the log is {home.prefect / 'run.log'})") from None
        finally:
            WORKERS.end()


def run_folder(folder: Path, path: Path) -> None:
    """Run the nightly flow, and print a summary; raises GongkaiError or OSError where the run does not complete."""
    command = Command(path)
    home, console = command.home, command.console

    def flow() -> Summary | None:
        from flows.nightly import nightly_flow

        return nightly_flow(planning.found)(str(folder.absolute()), str(home.path))

    with console.status("reading the input …"):
        command.bring_up()
        planning = Planning(home, entries(folder.absolute(), home.path))
        is_new = planning.has_new_address or not planning.found.nothing
    if is_new:
        command.run(flow, meanwhile=lambda: planning.found)
        return
    command.renew_export()
    console.print(
        f"nothing new in {folder}: {home.warehouse} is up to date ({command.seconds():.1f} s)", soft_wrap=True
    )


def run_sources(sources: Path, path: Path) -> None:
    """Run the flow over sources, and print a summary; raises as `run_folder` does."""
    from flows.check import contact
    from tasks.fetch.source import load

    command = Command(path)

    def flow() -> Summary | None:
        from flows.sources import sources as nightly_sources

        return nightly_sources(str(sources.absolute()), str(command.home.path))

    load(sources)  # a mistake is told at once, not after Prefect's start
    contact()
    command.bring_up()
    command.run(flow)


def run_again(path: Path, dry_run: bool) -> None:
    """Run the reprocessing flow, and print what it changed, or would; raises as `run_folder` does."""
    command = Command(path)

    def flow() -> Summary | None:
        from flows.reprocess import reprocess

        return reprocess(str(command.home.path), dry_run)

    if not command.home.warehouse.exists():
        raise HomeError(command.home.no_warehouse)
    command.bring_up()
    before = known(command.home, made_by())
    if not before.outdated and not before.publishing:
        command.console.print("nothing to reprocess: the same code, rules and libraries made all of it")
        if not dry_run:
            command.renew_export()
        return
    count = len(before.outdated)
    command.console.print(f"{count:,} {'document' if count == 1 else 'documents'} to read again")
    command.run(flow, dry_run)


def accept_aside(path: Path) -> None:
    """Publish what the gate kept aside; raises HomeError."""
    home = Home(path.absolute())
    if not home.warehouse.exists():
        raise HomeError(home.no_warehouse)
    home.make()
    with home.locked():
        run_id = accept(home)
        export(home)
    print(f"accepted: the warehouse is now that of run {run_id}")
