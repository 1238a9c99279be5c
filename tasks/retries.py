"""What is worth trying again: what the world does wrong, not what a document or the code does wrong."""

from __future__ import annotations

import errno
from typing import Any

TRANSIENT = {
    errno.EAGAIN, errno.EBUSY, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM,
    errno.ENOSPC, errno.ESTALE, errno.ETIMEDOUT,
}  # fmt: skip


def is_transient(error: BaseException) -> bool:
    """Whether the same call may succeed a little later."""
    if isinstance(error, (TimeoutError, ConnectionError)):
        return True
    return isinstance(error, OSError) and error.errno in TRANSIENT


def worth_retrying(_task: Any, _run: Any, state: Any) -> bool:
    """Prefect's `retry_condition_fn`: the state of a failed task holds its exception."""
    return isinstance(state.data, BaseException) and is_transient(state.data)


# Of every task: three more tries, after 1, 4 and 16 seconds, each lengthened by up to as much again.
# Results are not kept: what passes between stages lies in files.
OPTIONS: dict[str, Any] = {
    "retries": 3,
    "retry_delay_seconds": [1.0, 4.0, 16.0],
    "retry_jitter_factor": 1.0,
    "retry_condition_fn": worth_retrying,
    "persist_result": False,
}
