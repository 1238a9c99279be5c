"""Politeness: how often a host is asked, how many requests it has at once, and when it is left alone.

There is one gate a host in a process, whichever batch asks: so a limit holds across all batches of a run.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tasks.fetch.outcome import Passing
from tasks.fetch.source import Limits


class Gate:
    """What every request to a host passes."""

    def __init__(self, host: str, limits: Limits) -> None:
        self.host = host
        self.limits = limits
        self.delay = limits.delay
        self.turns = threading.BoundedSemaphore(limits.concurrency)
        self.lock = threading.Lock()
        self.next = 0.0  # when the next request may go out, by the monotonic clock
        self.failures = 0  # in a row
        self.down_until = 0.0

    def slow_to(self, delay: float) -> None:
        """Keep at least this delay from now on: a robots.txt asks for it."""
        with self.lock:
            self.delay = max(self.delay, min(delay, self.limits.patience_seconds))

    def hold(self, seconds: float) -> None:
        """Send nothing for so long: the host asks for it."""
        with self.lock:
            self.next = max(self.next, time.monotonic() + seconds)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until a request may go out. Raises Passing where the host is down, or asks for too long a wait."""
        with self.turns:
            wait = self._book()
            if wait > 0:
                time.sleep(wait)
            yield

    def _book(self) -> float:
        with self.lock:
            now = time.monotonic()
            if now < self.down_until:
                raise Passing(
                    "host_down", f"{self.host} failed {self.failures} times in a row: it is left alone for now"
                )
            at = max(now, self.next)
            if at - now > self.limits.patience_seconds:
                raise Passing("asked_to_wait", f"{self.host} asks for a wait of {at - now:.0f} s", at - now)
            self.next = at + self.delay
            return at - now

    def worked(self) -> None:
        """The host answered."""
        with self.lock:
            self.failures, self.down_until = 0, 0.0

    def failed(self) -> None:
        """The host did not, or said that it can't: after too many of these in a row nobody asks it for a while."""
        with self.lock:
            self.failures += 1
            if self.failures >= self.limits.failures:  # afterwards a single failure closes the gate again
                self.down_until = time.monotonic() + self.limits.down_seconds


class Gates:
    """The gates of a process."""

    def __init__(self) -> None:
        self.gates: dict[str, Gate] = {}
        self.lock = threading.Lock()

    def of(self, host: str, limits: Limits) -> Gate:
        """The gate of a host; the first source that names it says how it is treated, a stricter one later slows it."""
        with self.lock:
            gate = self.gates.get(host)
            if gate is None:
                gate = self.gates[host] = Gate(host, limits)
        if limits.delay > gate.delay:
            gate.slow_to(limits.delay)
        return gate


GATES = Gates()
