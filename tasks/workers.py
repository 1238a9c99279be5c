"""The worker processes, and what becomes of a document that kills or stalls one.

One worker has one document in hand, so a worker that dies or overstays its time names its culprit: that document gets a
row in quarantine, a fresh worker takes the rest of the batch.
"""

from __future__ import annotations

import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from tasks.batches import Item, StageSummary, read_batch, write_batch
from tasks.model import Quarantine, Rejected, Stage
from tasks.worker import receive, send

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may use, and a worker."""

    memory_bytes: int = 512 << 20  # beyond what the process holds before the document
    seconds: float = 10.0  # of processor time: the same on a busy machine as on a free one
    patience: float = 60.0  # seconds by the clock, since a program that is waited for (LibreOffice) has its own time
    calls: int = 2000  # before a fresh process takes its place, whatever leaks


class WorkerError(Exception):
    """No worker can be had: nothing that a document could be blamed for."""


class Worker:
    """One worker process. Not for two threads at once."""

    def __init__(self, limits: Limits, preload: tuple[str, ...], root: Path = ROOT) -> None:
        """`root`: the folder whose package tasks/ it runs."""
        self.limits = limits
        self.calls = 0
        self.ready = False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tasks.worker", *preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
        )

    def call(self, function: str, argument: bytes, limits: Limits | None = None) -> bytes:
        """The pickled result of `module:function` for a pickled argument, within this worker's limits or others.

        Raises Rejected for what the function rejects, `worker_died` and `timeout` included: then this worker is dead.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.await_start()
        self.calls += 1
        limits = limits or self.limits
        try:
            send(self.process.stdin, (function, (argument, limits.memory_bytes, limits.seconds)))  # type: ignore[arg-type]
            if not select.select([self.process.stdout], [], [], limits.patience)[0]:
                self.end()
                raise Rejected("timeout", f"no result within {limits.patience:.0f} s; split it")
            status, result = receive(self.process.stdout)  # type: ignore[arg-type]
        except (EOFError, BrokenPipeError):
            raise _end_of(self.process.wait(), limits) from None
        if status == "rejected":
            raise Rejected(*result)
        if status == "unfit":
            raise WorkerError(f"a worker process cannot work: {result}")
        if status == "raised":
            raise Rejected("unexpected_error", result)
        return bytes(result)

    def await_start(self) -> None:
        """Wait until it can work; WorkerError where it cannot, and then it is dead."""
        if self.ready:
            return
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], self.limits.patience)[0]:
            status, reason = "stalled", f"it was not ready within {self.limits.patience:.0f} s"
        else:
            try:
                status, reason = receive(self.process.stdout)  # type: ignore[arg-type]
            except EOFError:
                status, reason = "ended", f"it ended ({_ending(self.process.wait())})"
        if status != "ready":
            self.end()
            raise WorkerError(f"a worker process could not start: {reason}")
        self.ready = True

    @property
    def spent(self) -> bool:
        """It has ended, or done its share of work."""
        return self.process.poll() is not None or self.calls >= self.limits.calls

    def end(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()


def _ending(status: int) -> str | None:
    return signal.strsignal(-status) if status < 0 else f"status {status}"


def _end_of(status: int, limits: Limits) -> Rejected:
    """What a document did to the process that read it, by the status that the process ended with."""
    if status == -signal.SIGPROF:
        return Rejected("timeout", f"more than the {limits.seconds:.0f} s of work that a document may cost; split it")
    room = f"the {limits.memory_bytes >> 20:,} MB that a document may take"
    ended = f"the process that read it ended ({_ending(status)})"
    return Rejected("worker_died", f"{ended}: a damaged file, or one beyond {room}")


class Workers:
    """The idle workers of this process; each is lent to one thread at a time."""

    def __init__(self) -> None:
        self.limits = Limits()
        self.preload: tuple[str, ...] = ()
        self.idle: list[Worker] = []
        self.lock = Lock()

    def warm(self, count: int, limits: Limits, preload: tuple[str, ...]) -> None:
        """Start workers ahead of need, with what they will run already imported."""
        self.limits, self.preload = limits, preload
        with self.lock:
            while len(self.idle) < count:
                self.idle.append(Worker(limits, preload))

    @contextmanager
    def lent(self) -> Iterator[WorkerSlot]:
        """A worker for the length of a batch."""
        with self.lock:
            worker = self.idle.pop() if self.idle else Worker(self.limits, self.preload)
        slot = WorkerSlot(self, worker)
        try:
            yield slot
        finally:
            with self.lock:
                self.idle.append(slot.worker)

    def end(self) -> None:
        """End all idle workers."""
        with self.lock:
            while self.idle:
                self.idle.pop().end()


class WorkerSlot:
    """A lent worker that is renewed when it is spent."""

    def __init__(self, workers: Workers, worker: Worker) -> None:
        self.workers = workers
        self.worker = worker

    def call(self, function: str, argument: bytes, limits: Limits | None = None) -> bytes:
        """As `Worker.call`, by a fresh worker where the last one is spent or does not start.

        A worker that somebody else killed (the kernel, where memory is short) had perhaps an innocent document in hand:
        it is read once more.
        """
        try:
            return self._ready().call(function, argument, limits)
        except Rejected as rejected:
            if rejected.error_code != "worker_died" or self.worker.process.returncode != -signal.SIGKILL:
                raise
        return self._ready().call(function, argument, limits)

    def _ready(self) -> Worker:
        if not self.worker.spent:
            with suppress(WorkerError):
                self.worker.await_start()
        if self.worker.spent:
            self.worker.end()
            self.worker = Worker(self.workers.limits, self.workers.preload)
        return self.worker


WORKERS = Workers()


def advance(stage: Stage, function: str, source: Path, target: Path) -> StageSummary:
    """Take every document of a batch one stage further: `function` makes the next body of each."""
    begun = time.monotonic()
    tally: Counter[str] = Counter()
    write_batch(target, _advanced(stage, function, source, tally))
    return StageSummary(stage, tally["done"], tally["quarantined"], time.monotonic() - begun)


def _advanced(stage: Stage, function: str, source: Path, tally: Counter[str]) -> Iterator[Item]:
    """The batch's items after the stage, one by one; the tally counts the documents done and quarantined."""
    with WORKERS.lent() as worker:
        for item in read_batch(source):
            if item.raw is None or item.body is None or item.quarantine:
                yield item
                continue
            try:
                body = worker.call(function, item.body)
            except Rejected as rejected:
                tally["quarantined"] += 1
                ref, document_id = item.raw.source_ref, item.raw.document_id
                row = Quarantine(ref, document_id, stage, rejected.error_code, rejected.message)
                # After the first stage the body still gives the document its row; before, there is none to give.
                yield Item(item.raw, item.sightings, None if stage == "clean" else item.body, (row,))
            else:
                tally["done"] += 1
                yield Item(item.raw, item.sightings, body)
