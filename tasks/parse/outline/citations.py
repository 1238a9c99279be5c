"""The policy documents that a report names in 《》, nested titles included, with the number behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.model import Citation, Document, Span
from tasks.parse.outline.tree import Outline

LONGEST_TITLE = 150  # characters: an opening bracket without its partner ends here
_NUMBER = re.compile(r"\s?[(（]?((?:[一-鿿]{1,12}[〔\[(（【]\d{4}[〕\])）】]|[一-鿿]{2,8}第?)\s?\d{1,5}\s?(?:-\d)?号)")
_TITLED = re.compile("《.*")  # a line from its first title on
_BRACKET = re.compile("[《》]")


def citations(document: Document, outline: Outline) -> tuple[Citation, ...]:
    """The rows of the public table `citations`, in the order of the text."""
    rows = []
    for start, end in _titles(document.text):
        number = _NUMBER.match(document.text, end)
        heading = outline.at(start)
        rows.append(
            Citation(
                document.raw.document_id,
                document.text[start + 1 : end - 1],
                number[1] if number else None,
                heading.section_no if heading else None,
                *document.source_span(start, end),
            )
        )
    return tuple(rows)


def _titles(text: str) -> Iterator[Span]:
    """The spans of outermost 《…》, brackets included; one that is not closed on its line gives nothing."""
    for line in _TITLED.finditer(text):
        opened: list[int] = []
        for match in _BRACKET.finditer(text, *line.span()):
            if match[0] == "《":
                opened.append(match.start())
            elif opened:
                start = opened.pop()
                if match.end() - start <= LONGEST_TITLE and not opened:
                    yield start, match.end()
