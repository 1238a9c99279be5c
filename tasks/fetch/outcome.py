"""How an ask can end other than with bytes. What is final is `tasks.model.Rejected`; what may pass is `Passing`."""

from __future__ import annotations

# What tells against a host: after so many in a row it is left alone for a while. `too_slow` is final for its address.
HOST_FAILS = frozenset(
    {
        "timeout", "unreachable", "connection_broken", "truncated_body", "server_error", "name_server_failed",
        "too_slow",
    }
)  # fmt: skip
HOST_WAITS = frozenset({"too_many_requests", "host_down", "asked_to_wait"})  # what it asks of us, or we of ourselves
UNFINISHED = "unfinished"  # of a batch, not of an address: some of it gave nothing yet
PASSING = (HOST_FAILS - {"too_slow"}) | HOST_WAITS | {UNFINISHED}


class Passing(ConnectionError):
    """What the world does wrong for a while: worth asking again. `wait`: seconds that the host asked us to wait.

    Its code is one of PASSING, by which a later ask of the same crawl knows that the address is not settled.
    """

    def __init__(self, error_code: str, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        assert error_code in PASSING, error_code
        self.error_code = error_code
        self.message = message
        self.wait = wait
