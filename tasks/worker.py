"""A worker process: reads a function's name and a pickled argument and answers with the pickled result, over and over.

Run as `python -m tasks.worker MODULE:FUNCTION …`; the functions named are imported at once. It is a plain
program, not a child of `multiprocessing`, so that it starts with nothing of the process that drives it (Prefect least
of all), and so that it ends when that process ends, however it ends.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import re
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from tasks.model import Rejected
from warehouse.told import GongkaiError

LENGTH = struct.Struct("<Q")
_OBJECTS = 10_000  # made and not yet gone, before the collector looks at them


def send(stream: BinaryIO, message: tuple[str, Any]) -> None:
    """Write one message: its length, then its pickle."""
    data = pickle.dumps(message, protocol=5)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[str, Any]:
    """Read one message; EOFError where the other side has ended."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    size = LENGTH.unpack(head)[0]
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    message: tuple[str, Any] = pickle.loads(data)
    return message


@cache
def _function(name: str) -> Callable[[Any], Any]:
    module, _, attribute = name.partition(":")
    function: Callable[[Any], Any] = getattr(importlib.import_module(module), attribute)
    return function


def spare_collector() -> None:
    """Let the collector of cycles leave alone what was imported, and look at what documents make less often.

    A document makes some thousand objects that all go with it: looked at after each 700, as is the default, they cost
    a twentieth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS)


def _limit_memory(growth: int) -> None:
    """Let the process grow by so many bytes from here on.

    RLIMIT_DATA counts what can be written to, private and not of a file: an upper bound of what becomes resident, where
    RLIMIT_AS would count libraries and the gigabytes that allocators reserve without ever touching them.
    """
    held = int(Path("/proc/self/statm").read_text("ascii").split()[5]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_DATA, (held + growth, resource.RLIM_INFINITY))


def _within(name: str, argument: bytes, memory: int, seconds: float) -> tuple[str, Any]:
    """The answer; SIGPROF, which nobody handles, ends the process after so many seconds of its processor time."""
    _limit_memory(memory)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return _answer(name, argument)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _answer(name: str, argument: bytes) -> tuple[str, Any]:
    """("ok", pickled result), ("rejected", (code, message)), ("raised", what and where), ("unfit", why)."""
    try:
        return "ok", pickle.dumps(_function(name)(pickle.loads(argument)), protocol=5)
    except Rejected as rejected:
        return "rejected", (rejected.error_code, rejected.message)
    except MemoryError:
        return "rejected", ("out_of_memory", "the document needs more memory than a document may take; split it")
    except (ImportError, GongkaiError) as error:  # what is installed cannot work, whatever the document
        return "unfit", f"{type(error).__name__}: {error}"
    except re.error as error:  # nor is a pattern: they stand in the code and in the rule files
        return "unfit", f"expected a regular expression, {error}: {error.pattern!r}"
    except Exception as error:  # whatever it is: it must cost this document alone
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return "raised", f"{type(error).__name__}: {error} ({os.path.basename(frame.filename)}:{frame.lineno})"  # noqa: PTH119


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driving process decides when to stop
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not break the conversation
    try:
        for name in sys.argv[1:]:
            _function(name)
    except Exception as error:
        send(replies, ("raised", f"{type(error).__name__}: {error}"))
        return
    spare_collector()
    send(replies, ("ready", None))
    while True:
        try:
            name, call = receive(sys.stdin.buffer)
        except EOFError:
            return
        send(replies, _within(name, *call))


if __name__ == "__main__":
    main()
