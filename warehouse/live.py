"""Which file is live: a finished copy takes the place of the published one, two earlier ones are kept beside it.

A copy that the gate holds back lies in `aside/` with a report, until a person accepts it or a better run publishes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from warehouse.gate import Worse, thresholds
from warehouse.home import Home, HomeError
from warehouse.migrate import latest, upgrade, version
from warehouse.reading import reading
from warehouse.schema import literal
from warehouse.told import word
from warehouse.views import make_views

KEPT = 2  # earlier files


class GotWorse(HomeError):
    """The run made the warehouse worse: its file is kept aside, the last one stays live. One line for a person."""


def sync(path: Path) -> None:
    """Have the disk hold a file's content, or a folder's entries."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(home: Home) -> None:
    """Remove what a run that was killed has left of its copy."""
    for left in home.path.glob("*.tmp*"):
        if left.is_file() or left.is_symlink():
            left.unlink()


def go_live(home: Home, copy: Path) -> None:
    """Put a finished, synced copy in the place of the published file, which is kept as the first of the earlier ones.

    Killed at any point, this leaves a live file, and is done again from the start.
    """
    if home.warehouse.exists():
        _keep(home)
    copy.replace(home.warehouse)
    sync(home.path)
    shutil.rmtree(home.aside, ignore_errors=True)  # it was made from a file that is no longer live


def _keep(home: Home) -> None:
    first = home.previous(1)
    if first.exists() and first.samefile(home.warehouse):
        return  # a run was stopped between keeping the file and replacing it
    link = home.path / "previous.tmp"
    try:
        os.link(home.warehouse, link)
    except OSError:  # a file system without links
        shutil.copyfile(home.warehouse, link)
        sync(link)
    for number in range(KEPT, 1, -1):
        if home.previous(number - 1).exists():
            home.previous(number - 1).replace(home.previous(number))
    link.replace(first)


def set_aside(home: Home, copy: Path, worse: Iterable[Worse]) -> GotWorse:
    """Keep a copy aside with the report of what got worse; the error to raise."""
    worse = tuple(worse)
    home.aside.mkdir(exist_ok=True)
    report = home.aside / "report.md"
    report.write_text(explain(worse), "utf-8")
    copy.replace(home.aside / "warehouse.duckdb")
    sync(home.aside)
    more = f", and {len(worse) - 1} more" if len(worse) > 1 else ""
    return GotWorse(
        f"the warehouse got worse and was kept aside: {worse[0]}{more}; the last good one stays live."
        f" Read {report}, then accept it with: gongkai publish --accept --home {word(home.path)}"
    )


def explain(worse: Iterable[Worse]) -> str:
    """What got worse, as a page for a person."""
    lines = ["# The run made the warehouse worse", ""]
    for each in worse:
        lines += [f"- {each}", f"  {thresholds()[each.name].reason.strip()}"]
    return "\n".join([*lines, ""])


def is_old(home: Home) -> bool:
    """Whether the warehouse has the schema of an earlier version; HomeError where of a later one."""
    if not home.warehouse.exists():
        return False
    with reading(home) as db:
        return version(db, home.warehouse.stem) < latest()


def bring_up(home: Home) -> None:
    """Bring a warehouse of an earlier version to this version's schema, published like any other change."""
    if not is_old(home):
        return
    discard(home)
    copy = home.path / "warehouse-upgrade.tmp"
    shutil.copyfile(home.warehouse, copy)
    with duckdb.connect(":memory:") as db:
        db.execute(f"ATTACH {literal(str(copy))} AS w")
        upgrade(db)
        make_views(db)
        db.execute("DETACH w")
    sync(copy)
    go_live(home, copy)


def accept(home: Home) -> str:
    """Make the file that was kept aside the live one; returns the run that made it. Raises HomeError."""
    copy = home.aside / "warehouse.duckdb"
    if not copy.exists():
        raise HomeError(f"nothing is kept aside in {home.path}: there is nothing to accept")
    newest = "SELECT run_id FROM runs ORDER BY ended_at DESC, run_id LIMIT 1"
    try:
        with duckdb.connect(str(copy), read_only=True) as db:
            run_id = str(db.execute(newest).fetchall()[0][0])
            runs = {row[0] for row in db.execute("SELECT run_id FROM runs").fetchall()}
        with duckdb.connect(str(home.warehouse), read_only=True) as db:
            live = {row[0] for row in db.execute("SELECT run_id FROM runs").fetchall()}
    except (duckdb.Error, IndexError):
        raise HomeError(f"{copy} is damaged: run again") from None
    if not live <= runs:
        raise HomeError("the warehouse has been published anew since that file was kept aside: run again")
    sync(copy)
    go_live(home, copy)
    return run_id
