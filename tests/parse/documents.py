"""Documents made straight from text, for tests of this room alone."""

from datetime import UTC, datetime

from tasks.model import Alignment, Block, Document, Noise, Paragraph, RawDocument


def from_lines(
    text: str, *, url: str | None = None, truncated: bool = False, noise: tuple[Noise, ...] = ()
) -> Document:
    """A Simplified document whose every line is a paragraph and whose text is its source."""
    blocks: list[Block] = []
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Paragraph(offset, offset + len(line)))
        offset += len(line) + 1
    raw = RawDocument("0" * 64, "made-up.txt", b"", datetime(2024, 1, 2, tzinfo=UTC), url=url)
    return Document(
        raw=raw,
        media_type="text/plain",
        charset="utf-8",
        script="hans",
        wording="mainland",
        source_text=text,
        text=text,
        blocks=tuple(blocks),
        alignment=Alignment((0,), (0,), (len(text),), len(text)),
        noise=noise,
        truncated=truncated,
    )
