"""Cleaning a document straight from the raw store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tasks.clean.clean import clean
from tasks.clean.kept import keep, kept
from tasks.model import Document, RawDocument


def clean_stored(stored: tuple[RawDocument, str] | tuple[RawDocument, str, str]) -> Document:
    """The cleaned document whose bytes lie at a path, cleaned now or kept from before; its own `content` stays empty.

    A third member is the path of the DOCX that was made of it, where it is an old office file.
    """
    raw, path, *converted = stored
    if before := kept(raw, Path(path)):
        return before
    whole = replace(raw, content=Path(path).read_bytes())
    document = clean(whole, Path(converted[0]).read_bytes() if converted else None)
    document = replace(document, raw=raw)
    keep(document, Path(path))
    return document
