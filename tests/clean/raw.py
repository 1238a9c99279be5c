"""A raw document around some bytes, and what an extract says, in words."""

from __future__ import annotations

from datetime import UTC, datetime

from tasks.clean.extract import Extract
from tasks.model import Paragraph, RawDocument, Table


def raw(content: str | bytes, charset: str | None = None) -> RawDocument:
    data = content.encode() if isinstance(content, str) else content
    return RawDocument("0" * 64, "file", data, datetime(2026, 1, 1, tzinfo=UTC), charset=charset)


def paragraphs(extract: Extract) -> list[str]:
    return [extract.source_text[block.start : block.end] for block in extract.blocks if isinstance(block, Paragraph)]


def rows(extract: Extract) -> list[list[list[str]]]:
    """The tables, as rows of the texts of cells."""
    found = []
    for table in extract.blocks:
        if isinstance(table, Table):
            lines: list[list[str]] = [[] for _ in range(table.row_count)]
            for cell in table.cells:
                lines[cell.row].append(extract.source_text[cell.start : cell.end])
            found.append(lines)
    return found


def assert_spans(extract: Extract) -> None:
    """Blocks and cells lie in the source, ascending and apart from each other."""
    at = 0
    for block in extract.blocks:
        assert at <= block.start <= block.end <= len(extract.source_text)
        at = block.start
        for cell in block.cells if isinstance(block, Table) else ():
            assert at <= cell.start <= cell.end <= block.end
            at = cell.end
        at = block.end
