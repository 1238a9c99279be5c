"""`python -m tests.bench_nights [REPORTS …]`: what a night costs as the warehouse grows, into docs/performance.md.

For each number of rendered reports: the first load, a night with nothing new, a night with 1 % new; each is the command
that a person gives, Prefect's start and stop included, by the clock and in processor time of all its processes (which
other programs on the machine do not lengthen). Beside them what dlt takes to load the same facts from Arrow into
DuckDB in one run.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from tests.bench import render, size
from tests.made import ROOT
from warehouse.home import Home

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"


class Cost(NamedTuple):
    """Seconds by the clock, and of processor time."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} s, {self.processor:.1f} s of a processor"

    def of(self, whole: Cost) -> str:
        """The share of another's."""
        return f"{self.clock / whole.clock:.1%}, {self.processor / whole.processor:.1%}"


def run(folder: Path, home: Path) -> Cost:
    """The cost of one `gongkai run`."""
    begun, used = time.monotonic(), _used()
    subprocess.run(
        [ROOT / ".venv/bin/gongkai", "run", "--input", folder, "--home", home], check=True, stdout=subprocess.DEVNULL
    )
    return Cost(time.monotonic() - begun, _used() - used)


def _used() -> float:
    """Seconds of processor time of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def with_dlt(facts: pa.Table, place: Path) -> float:
    """Seconds that dlt takes to load the facts from Arrow into DuckDB: no reading, no checks, no history."""
    os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
    import dlt  # noqa: PLC0415 — only this measure needs it

    begun = time.monotonic()
    target = dlt.destinations.duckdb(str(place / "dlt.duckdb"))
    pipeline = dlt.pipeline("facts", destination=target, dataset_name="bench", pipelines_dir=str(place / "dlt"))
    pipeline.run(facts, table_name="facts", loader_file_format="parquet")
    return time.monotonic() - begun


def measure(count: int) -> dict[str, str]:
    """The row of one number of reports."""
    place = Path(tempfile.mkdtemp(prefix="gongkai-nights-"))
    try:
        every, home = place / "every", Home(place / "home")
        every.mkdir()
        new = max(1, count // 100)
        render(every, count + new)
        later = sorted(every.iterdir())[count:]
        (place / "later").mkdir()
        for path in later:
            path.rename(place / "later" / path.name)
        first = run(every, home.path)
        nothing = run(every, home.path)
        for path in (place / "later").iterdir():
            path.rename(every / path.name)
        little = run(every, home.path)
        with duckdb.connect(str(home.warehouse), read_only=True) as db:
            facts = db.sql("SELECT * FROM facts").to_arrow_table()
        return {
            "reports": f"{count:,}",
            "facts": f"{facts.num_rows:,}",
            "first load": str(first),
            "nothing new": str(nothing),
            "1 % new": str(little),
            "of the first load": little.of(first),
            "warehouse": f"{home.warehouse.stat().st_size / 2**20:,.0f} MiB",
            "export": f"{size(home.export.resolve()) / 2**20:,.0f} MiB",
            "facts by dlt": f"{with_dlt(facts, place):.1f} s",
        }
    finally:
        shutil.rmtree(place)


def main() -> None:
    """Measure, and put the table into the page."""
    rows = [measure(int(count)) for count in sys.argv[1:] or ("1000", "10000")]
    names = list(rows[0])
    lines = [f"| {' | '.join(names)} |", "|" + " --- |" * len(names)]
    lines += [f"| {' | '.join(row.values())} |" for row in rows]
    machine = f"{len(os.sched_getaffinity(0))} cores, {platform.machine()}, Python {platform.python_version()}"
    table = "\n".join([f"{machine}, DuckDB {duckdb.__version__}", "", *lines])
    print(table)
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
