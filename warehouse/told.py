"""How things are told to a person at a terminal."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class GongkaiError(Exception):
    """What a person can do something about: the message is one line for them, and ends the command."""


# Reports and names of files are other people's: what would steer a terminal is shown as the picture of itself.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (9, 10)} | {0x7F: 0x2421}
_PICTURES |= dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)


def visible(text: str) -> str:
    """A text without the characters that move a cursor, change a colour or turn the direction of what follows."""
    return text.translate(_PICTURES)


def said(error: BaseException) -> str:
    """What an error says; of the system's errors which file is meant and what is wrong with it."""
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def word(path: Path) -> str:
    """A path as it is typed in a command."""
    return shlex.quote(str(path))


@contextmanager
def until_enough() -> Iterator[None]:
    """Print until the reader of a pipe, such as `head`, has had enough: that is no failure."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
