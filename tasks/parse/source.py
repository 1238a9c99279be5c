"""The way from `Document.text` back to `source_text`, laid out once: a report has some thousand spans."""

from __future__ import annotations

from tasks.model import Document, Span


class SourceMap:
    """The way from spans of `Document.text` to those of `source_text`."""

    def __init__(self, document: Document) -> None:
        self.document_id = document.raw.document_id
        self.text = document.source_text
        self._starts, self._ends = document.alignment.character_map()
        self._starts.append(len(self.text))  # of the empty span behind the last character

    def span(self, start: int, end: int) -> Span:
        """The source span of text [start, end); an empty span stays empty."""
        low = self._starts[start]
        high = self._ends[end - 1] if end > start else low
        return low, high if high > low else low
