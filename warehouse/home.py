"""Where things lie in a home folder, and the lock that keeps two runs apart."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.told import GongkaiError, word

MEMORY_LIMIT = "600MB"  # of DuckDB, where a run publishes and exports: it does not grow with the warehouse


class HomeError(GongkaiError):
    """The home cannot be used: one line for a person."""


def first_line(error: BaseException) -> str:
    """What an error says, without the lines that show where in a query it was found."""
    return str(error).strip().split("\n", 1)[0]


def check_clock(now: datetime, last: datetime | None) -> None:
    """Raise HomeError where the last run ended after what the clock says: what was known when would be muddled."""
    if last is not None and now < last:
        raise HomeError(
            f"the clock says {now:%Y-%m-%d %H:%M:%S} UTC,"
            f" before the last run's end at {last:%Y-%m-%d %H:%M:%S}: set it right"
        )


def raw_path(raw: Path, document_id: str) -> Path:
    """Where in the raw store the bytes of a document lie."""
    return raw / document_id[:2] / document_id


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds the warehouse and all that leads to it."""

    path: Path

    @property
    def warehouse(self) -> Path:
        """The published database."""
        return self.path / "warehouse.duckdb"

    @property
    def no_warehouse(self) -> str:
        """What to say to who asks for a warehouse where there is none."""
        if self.path.is_file():
            return f"{self.path} is a file: --home names the folder that holds warehouse.duckdb"
        return f"there is no warehouse in {self.path}: make one with gongkai run --input DIR --home {word(self.path)}"

    @property
    def unusable(self) -> str:
        """What to say where the published database cannot be read as one."""
        earlier = self.previous(1)
        way_out = f"put {earlier.name} in its place" if earlier.exists() else "move it away and run again"
        return f"{self.warehouse} is no warehouse of gongkai, or is damaged: {way_out}"

    def previous(self, number: int) -> Path:
        """The published database of so many runs ago."""
        return self.path / f"warehouse-previous-{number}.duckdb"

    @property
    def aside(self) -> Path:
        """The database that the gate held back, and the report on it."""
        return self.path / "aside"

    @property
    def raw(self) -> Path:
        """The raw store: the bytes of every document, by their hash."""
        return self.path / "raw"

    def lacks(self, document_id: str, source_ref: str) -> str:
        """What to say of a document whose bytes are gone."""
        return (
            f"the raw store lacks {document_id} ({source_ref}): run again over the folder or the sources that hold it"
        )

    @property
    def index(self) -> Path:
        """What each file of the input held when it was last read."""
        return self.path / "index.parquet"

    @property
    def cleaned(self) -> Path:
        """The cleaned documents, so that another way of parsing need not clean them again."""
        return self.path / "cleaned"

    @property
    def export(self) -> Path:
        """A link to the newest folder of Parquet files."""
        return self.path / "export"

    @property
    def exports(self) -> Path:
        """The folders of Parquet files, one a published run."""
        return self.path / "exports"

    @property
    def prefect(self) -> Path:
        """Prefect's own home: its database of flow runs and its logs."""
        return self.path / "prefect"

    @property
    def scratch(self) -> Path:
        """What runs leave between their stages; emptied by the next run."""
        return self.path / "scratch"

    def work(self, run_id: str) -> Path:
        """The batch files that pass between the stages of a run."""
        return self.scratch / run_id / "work"

    def staging(self, run_id: str) -> Path:
        """The Parquet files of a run that wait for being published."""
        return self.scratch / run_id / "staging"

    def make(self) -> None:
        """Make the folder, or raise HomeError where that cannot be."""
        if "?" in str(self.path):  # DuckDB takes what follows for options, and looks for the file before it
            raise HomeError(f"the home {self.path} has a question mark in its path: name another")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            probe = self.path / f".write-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except FileExistsError:
            what = "a link that leads nowhere" if self.path.is_symlink() else "a file"
            raise HomeError(f"the home {self.path} is {what}: --home names a folder") from None
        except OSError as error:
            raise HomeError(f"the home folder {self.path} cannot be written: {error.strerror}") from None

    def locked(self) -> AbstractContextManager[None]:
        """Hold the home against other runs; the operating system lets go when the process ends, however it ends.

        Raises HomeError, which names the process, where another run holds it.
        """
        return self._held(self.path / "lock")

    def serving(self) -> AbstractContextManager[None]:
        """Hold Prefect's own home likewise, before a flow holds the whole: two servers cannot share one database."""
        self.prefect.mkdir(exist_ok=True)
        return self._held(self.prefect / "lock")

    @contextmanager
    def _held(self, lock: Path) -> Iterator[None]:
        with lock.open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                holder = file.read().strip() or "unknown"
                raise HomeError(
                    f"another run (process {holder}) is at work in {self.path}: wait for it to end"
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield
