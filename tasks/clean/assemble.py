"""From what a reader extracted to the document: converted, restored, normalised, with the way back to the source."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from tasks.clean.cells import state_of
from tasks.clean.cut import part_of
from tasks.clean.extract import Extract
from tasks.clean.wording.align import Edit, Moved, compose
from tasks.clean.wording.draft import Placed, draft
from tasks.clean.wording.fold import without_glosses
from tasks.clean.wording.noise import GLOSS, ends_in_mid_sentence, find_noise, gloss_edits
from tasks.clean.wording.normalise import fold, normalise
from tasks.clean.wording.restore import Restoration
from tasks.clean.wording.script import script_of
from tasks.clean.wording.t2s import t2s
from tasks.model import (
    Alignment,
    Block,
    Cell,
    Document,
    MetadataItem,
    Noise,
    Paragraph,
    RawDocument,
    Rejected,
    Substitution,
    Table,
)


def assemble(raw: RawDocument, extract: Extract) -> Document:
    """The document that an extract becomes.

    Errors: no_text where no block has a character.
    """
    source = extract.source_text
    characters = fold(source)
    script = script_of(characters)
    if script == "hant":
        characters = t2s(characters)
    laid = draft(characters, extract.blocks, gloss_edits(characters))
    if not laid.made.text.strip():
        raise Rejected("no_text", "the document holds no text; fetch another form of it")
    restoration = Restoration(laid.made.text) if script == "hant" else None
    restored = restoration.edits if restoration else []
    moved = Moved(laid.made.text, restored)
    alignment = compose(laid.made.alignment, moved.alignment) if restored else laid.made.alignment
    blocks = tuple(_block(placed, moved) for placed in laid.placed)

    def line(words: str) -> str:
        """A title or a field of the page's index card, written as the text is."""
        words = without_glosses(words)
        return restoration.apply(normalise(t2s(fold(words)))) if restoration else normalise(fold(words))

    noise = (*find_noise(moved.text), *_glossed(laid.applied, alignment))
    return Document(
        raw=raw,
        media_type=extract.media_type,
        charset=extract.charset,
        script=script,
        wording=restoration.wording if restoration else "mainland",
        source_text=source,
        text=moved.text,
        blocks=blocks,
        alignment=alignment,
        title_candidates=tuple(line(title) for title in extract.title_candidates),
        metadata=tuple(MetadataItem(line(item.key), line(item.value)) for item in extract.metadata),
        substitutions=tuple(_substitution(edit, moved, laid.made.alignment, source) for edit in restored),
        noise=tuple(sorted(noise, key=lambda place: (place.start, place.end))),
        truncated=_is_truncated(blocks, moved.text),
        part=part_of(raw.url or raw.source_ref, source),
    )


def _block(placed: Placed, moved: Moved) -> Block:
    """A block with its spans, and its cells with their text and state, in the final text."""
    block, spans = placed.block, [moved.span(*span) for span in placed.spans]
    if isinstance(block, Paragraph):
        return Paragraph(*spans[0], block.kind)
    cells = [
        Cell(*cell[:4], start, end, text := moved.text[start:end], state_of(text))
        for cell, (start, end) in zip(block.cells, spans, strict=True)
    ]
    start, end = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    return Table(start, end, block.row_count, block.column_count, tuple(cells), block.ragged)


def _substitution(edit: Edit, moved: Moved, alignment: Alignment, source: str) -> Substitution:
    start, end = alignment.source_span(edit.start, edit.end)
    return Substitution(*moved.span(edit.start, edit.end), source[start:end], edit.text, edit.rule)


def _glossed(removed: Iterable[Edit], alignment: Alignment) -> list[Noise]:
    """The characters whose glosses were removed: each the one before the gloss."""
    found = []
    for edit in removed:
        run = bisect_left(alignment.source_starts, edit.end)
        after = alignment.text_starts[run] if run < len(alignment.text_starts) else alignment.text_length
        found.append(Noise(max(0, after - 1), after, GLOSS))
    return found


def _is_truncated(blocks: Sequence[Block], text: str) -> bool:
    last = blocks[-1]
    return (
        isinstance(last, Paragraph) and last.kind == "paragraph" and ends_in_mid_sentence(text[last.start : last.end])
    )
