"""Cleaning a document straight from the raw store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tasks.clean.clean import clean
from tasks.model import Document, RawDocument


def clean_stored(stored: tuple[RawDocument, str]) -> Document:
    """The cleaned document whose bytes lie at a path; its own `content` stays empty."""
    raw, path = stored
    document = clean(replace(raw, content=Path(path).read_bytes()))
    return replace(document, raw=raw)
