"""How a run tells what it is doing: to nobody, unless the command line has set a listener."""

from __future__ import annotations


class Listener:
    """Hears what a run does; this one does nothing about it."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins, over so many documents."""

    def advance(self, name: str, count: int) -> None:
        """A stage is done with so many more documents."""


_listeners = [Listener()]


def listen(listener: Listener) -> None:
    """From now on tell this one."""
    _listeners[0] = listener


def listener() -> Listener:
    """Who hears of the run."""
    return _listeners[0]
