"""How an ask can end other than with bytes. What is final is `tasks.model.Rejected`; what may pass is `Passing`."""

from __future__ import annotations


class Passing(ConnectionError):
    """What the world does wrong for a while: worth asking again. `wait`: seconds that the host asked us to wait."""

    def __init__(self, error_code: str, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.error_code = error_code
        self.message = message
        self.wait = wait
