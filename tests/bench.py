"""`make bench`: 1,000 rendered reports end to end, then the same batches without Prefect; a table, and a line of JSON.

Prefect's share is the processor time that the flow takes beyond plain calls of the same stages over the same batches,
its server's included, of all the processor time of the flow. The start of the server, once a run however long, stands
apart.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from flows.server import TemporaryServer
from flows.settings import PRELOAD, SETTINGS
from flows.version import code_version, fetch_version, made_by
from tasks.workers import WORKERS
from tests.render.made import make
from warehouse.home import Home

REPORTS = 1000
SHARES = {"html": 0.6, "txt": 0.2, "docx": 0.1, "pdf": 0.1}  # as they come: most are pages


class Memory(threading.Thread):
    """Watches the resident memory of this process and all that it started, in bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0

    def run(self) -> None:
        while True:
            self.peak = max(self.peak, sum(map(_resident, _family("self"))))
            time.sleep(0.05)


def _family(pid: str) -> list[str]:
    try:
        listed = [
            child
            for thread in Path(f"/proc/{pid}/task").iterdir()
            for child in (thread / "children").read_text().split()
        ]
    except OSError:
        return []
    return [pid, *(member for child in listed for member in _family(child))]


def _resident(pid: str) -> int:
    """Its share of the memory that it and others map: a page that two hold counts once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def render(folder: Path, count: int) -> Counter[str]:
    """Write so many reports into a folder; how many of each format."""
    formats: Counter[str] = Counter()
    for seed in range(count):
        place = (seed * 0.6180339887) % 1  # spreads the formats evenly
        for name, share in SHARES.items():  # noqa: B007 — the one it ends with
            place -= share
            if place < 0:
                break
        made = make(seed, format=name)  # type: ignore[arg-type]
        (folder / f"{seed:05}.{name}").write_bytes(made.content)
        formats[name] += 1
    return formats


def with_prefect(folder: Path, home: Home) -> dict[str, Any]:
    """The nightly flow; its seconds and those of Prefect's start and stop."""
    begun = time.monotonic()
    server = TemporaryServer(home)
    with server:
        WORKERS.warm(SETTINGS.worker_count, SETTINGS.limits, PRELOAD)
        from flows.nightly import nightly  # noqa: PLC0415 — its import is part of Prefect's start

        server.wait()
        started, cpu, workers = time.monotonic(), _cpu(server), _cpu_of_ended()
        summary = nightly(str(folder), str(home.path))
        ended, cpu, workers = time.monotonic(), _cpu(server) - cpu, _cpu_of_ended() - workers
    assert summary is not None
    return {
        "start": started - begun,
        "flow": ended - started,
        "stop": time.monotonic() - ended,
        "cpu": cpu,
        "cpu_of_workers": workers,
        "stages": summary.seconds,
        "counts": summary.counts,
    }


def _cpu(server: TemporaryServer) -> float:
    """Seconds of processor time of this process and of the server."""
    numbers = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def _cpu_of_ended() -> float:
    """Seconds of processor time of the processes that this one has started and that have ended: the workers."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def without_prefect(folder: Path, home: Home) -> tuple[float, float]:
    """Seconds, in all and of this process's processor time, of the same stages over the same batches."""
    from tasks.clean.task import clean_batch  # noqa: PLC0415
    from tasks.fetch.folder import entries  # noqa: PLC0415
    from tasks.fetch.plan import batches, plan  # noqa: PLC0415
    from tasks.fetch.task import fetch_batch  # noqa: PLC0415
    from tasks.load.task import load_batch, publish_run  # noqa: PLC0415
    from tasks.parse.task import parse_batch  # noqa: PLC0415
    from warehouse.known import known  # noqa: PLC0415
    from warehouse.runs import Run  # noqa: PLC0415

    begun, cpu = time.monotonic(), time.process_time()
    home.make()
    run = Run("plain", "plain", datetime.now(UTC), code_version(), made_by())
    planned = plan(entries(folder), known(home), fetch_version())
    every = batches(planned, SETTINGS.size(len(planned)), SETTINGS.batch_bytes)
    WORKERS.warm(SETTINGS.worker_count, SETTINGS.limits, PRELOAD)
    files = [[home.work("plain") / stage / f"{n}.pickle" for n in range(len(every))] for stage in ("f", "c", "p")]
    with ThreadPoolExecutor(SETTINGS.worker_count) as pool:
        fetched = lambda batch, file: fetch_batch.fn(batch, home.raw, file, fetch_version())  # noqa: E731
        list(pool.map(fetched, every, files[0]))
        list(pool.map(clean_batch.fn, files[0], files[1]))
        list(pool.map(parse_batch.fn, files[1], files[2]))
        list(pool.map(lambda file: load_batch.fn(file, home.staging("plain"), "plain"), files[2]))
    publish_run.fn(home, run, home.staging("plain"))
    WORKERS.end()
    return time.monotonic() - begun, time.process_time() - cpu


def size(path: Path) -> int:
    """Bytes of the files below a path."""
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file() and not each.is_symlink())


def main() -> None:
    """Measure, print, and end with 1 where a bound is broken."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    warnings.simplefilter("ignore")
    place = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
    try:
        folder, home = place / "input", Home(place / "home")
        folder.mkdir()
        home.make()
        formats = render(folder, count)
        memory = Memory()
        memory.start()
        measured = with_prefect(folder, home)
        peak = memory.peak
        plain, plain_cpu = without_prefect(folder, Home(place / "plain"))
        written = {name: size(home.path / name) for name in ("raw", "exports", "warehouse.duckdb")}
        written["warehouse.duckdb"] = home.warehouse.stat().st_size
        size_in = size(folder)
    finally:
        shutil.rmtree(place)
    share = max(0.0, measured["cpu"] - plain_cpu) / (measured["cpu"] + measured["cpu_of_workers"])
    show(count, formats, size_in, measured, {"plain": plain, "share": share, "peak": peak, "written": written})
    if count >= REPORTS and (share >= 0.10 or peak >= 1.5 * 2**30):
        sys.exit("a bound is broken: Prefect's share below 10 %, peak memory below 1.5 GiB")


def show(count: int, formats: Counter[str], size_in: int, measured: dict[str, Any], more: dict[str, Any]) -> None:
    """Print the measures."""
    rows = [("documents", f"{count:,} ({', '.join(f'{n} {name}' for name, n in formats.items())})")]
    rows.append(("bytes read", f"{size_in / 2**20:.1f} MiB"))
    rows += [
        (f"{stage} (work)", f"{seconds:.2f} s, {count / seconds:,.0f} documents/s")
        for stage, seconds in measured["stages"].items()
    ]
    rows += [
        ("whole flow", f"{measured['flow']:.2f} s, {count / measured['flow']:,.0f} documents/s"),
        ("without Prefect", f"{more['plain']:.2f} s"),
        ("Prefect's share", f"{more['share']:.1%} of the flow's processor time"),
        ("Prefect's start, stop", f"{measured['start']:.2f} s, {measured['stop']:.2f} s"),
        ("peak memory", f"{more['peak'] / 2**20:,.0f} MiB, all processes"),
        ("bytes written", ", ".join(f"{name} {n / 2**20:.1f} MiB" for name, n in more["written"].items())),
        ("facts", f"{measured['counts']['facts']:,}"),
    ]
    table = Table(show_header=False)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
    print(json.dumps({"documents": count, "formats": formats, "bytes_read": size_in, **measured, **more}))


if __name__ == "__main__":
    main()
