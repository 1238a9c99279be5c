"""`manifest.jsonl`: where the files of an input folder were fetched from, and when. One JSON object a line:

    {"file": "hedong/2018.html", "url": "https://www.tjhd.gov.cn/…", "fetched_at": "2019-04-01T08:00:00+08:00"}

`file` is the path within the folder; the others may be left out, `media_type` and `charset` (as the server declared
them) may be added.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.told import GongkaiError

NAME = "manifest.jsonl"
KEYS = ("file", "url", "fetched_at", "media_type", "charset")


class InputError(GongkaiError):
    """The input cannot be used as it is: one line for a person."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What the manifest says of a file."""

    url: str | None = None
    fetched_at: datetime | None = None  # in UTC
    media_type: str | None = None
    charset: str | None = None


def read_manifest(folder: Path) -> dict[str, Declared]:
    """What the folder's manifest says, by file; empty where there is none. Raises InputError naming line and fault."""
    try:
        lines = (folder / NAME).read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return {}
    except IsADirectoryError:
        raise InputError(f"{NAME} is a folder: expected a text file with a JSON object a line") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{NAME} cannot be read as UTF-8 text: {error}") from None
    except OSError as error:
        raise InputError(f"{NAME} cannot be read: {error.strerror}") from None
    declared: dict[str, Declared] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            file, what = _declared(line)
        except ValueError as fault:
            raise InputError(f"{NAME}, line {number}: {fault}") from None
        if file in declared:
            raise InputError(f"{NAME}, line {number}: {file} stands on an earlier line already")
        declared[file] = what
    return declared


def _declared(line: str) -> tuple[str, Declared]:
    try:
        entry: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"expected a JSON object, found a fault at character {error.pos + 1}") from None
    if not isinstance(entry, dict):
        raise ValueError(f"expected a JSON object with {', '.join(KEYS[:3])}")
    for key, value in entry.items():
        if key not in KEYS:
            raise ValueError(f"unknown key {key!r}; expected {', '.join(KEYS)}")
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{key}: expected text, found {value!r}")
    if not entry.get("file"):
        raise ValueError("file: expected the path of a file within the folder")
    url = entry.get("url")
    if url is not None and not re.match(r"https?://[^/\s]+", url):
        raise ValueError(f"url: expected an address that begins with http:// or https://, found {url!r}")
    return entry["file"], Declared(url, _time(entry.get("fetched_at")), entry.get("media_type"), entry.get("charset"))


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(
            f"fetched_at: expected a date and time with its offset, such as 2024-03-01T08:00:00+08:00, found {text!r}"
        )
    return moment.astimezone(UTC)
