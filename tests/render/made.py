"""One made-up report as a file: the door of this folder. `make(seed)` draws what isn't asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from random import Random
from typing import Literal

from tasks.model import Generation, Level, PublisherKind, RawDocument
from tests.render.compose import compose
from tests.render.damage import hijacked, with_date_gaps
from tests.render.document import NeutralDocument
from tests.render.docx import docx_of
from tests.render.facts import Quirks, ReportFacts, Truth
from tests.render.html import html_of
from tests.render.pages import BUILDERS, Builder
from tests.render.pdf import pdf_of
from tests.render.reports import random_facts, random_quirks
from tests.render.text import DRAWN, LOSES_BLANKS, Serialisation, text_of
from tests.render.wording import Script, convert, glossed, half_width
from tests.render.xlsx import xlsx_of

Format = Literal["html", "txt", "pdf", "docx", "xlsx"]
FORMATS: tuple[Format, ...] = ("html", "html", "txt", "pdf", "docx")
FETCHED = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and all that is known of it. `document` is what was printed, in the script of the file."""

    content: bytes
    format: Format
    facts: ReportFacts
    quirks: Quirks
    document: NeutralDocument
    truth: Truth
    manner: str  # page builder or table serialisation

    def raw(self, source_ref: str | None = None) -> RawDocument:
        """The file as the raw store would hold it."""
        return RawDocument(
            document_id=sha256(self.content).hexdigest(),
            source_ref=source_ref or f"made.{self.format}",
            content=self.content,
            fetched_at=FETCHED,
        )


def make(
    seed: int,
    *,
    format: Format | None = None,
    generation: Generation | None = None,
    level: Level | None = None,
    kind: PublisherKind | None = None,
    year: int | None = None,
    quirks: Quirks | None = None,
    script: Script = "hans",
    glosses: bool = False,
    charset: str = "utf-8",
    claimed_charset: str | None = None,
    builder: Builder | None = None,
    serialisation: Serialisation | None = None,
) -> Made:
    """The report of `seed`. `charset` is how text is encoded, `claimed_charset` what the page says of it."""
    rng = Random(seed)
    kind_of_file: Format = rng.choice(FORMATS) if format is None else format
    quirks = random_quirks(rng) if quirks is None else quirks
    facts = random_facts(rng, generation=generation, level=level, kind=kind, year=year, quirks=quirks)
    way: Serialisation = rng.choice(DRAWN) if serialisation is None else serialisation
    look: Builder = rng.choice(BUILDERS) if builder is None else builder
    document, truth = compose(facts, rng, quirks)
    if kind_of_file == "txt" and way in LOSES_BLANKS:
        _loosen_rows_with_blanks(document, truth)
    if quirks.date_gaps:
        document = with_date_gaps(document, rng)
    if quirks.hijacked:
        document = hijacked(document, rng)
    document = convert(document, script)
    if quirks.half_width:
        document = half_width(document)
    if glosses:
        document = glossed(document, rng)
    content, manner = b"", str(kind_of_file)
    match kind_of_file:
        case "html":
            page = html_of(document, look, rng, claimed_charset or charset)
            content, manner = page.encode(charset, "xmlcharrefreplace"), look
        case "txt":
            content, manner = text_of(document, way, rng.choice(("", "　　"))).encode(charset), way
        case "pdf":
            content = pdf_of(document, rng)
        case "docx":
            content = docx_of(document)
        case "xlsx":
            content = xlsx_of(document)
    return Made(content, kind_of_file, facts, quirks, document, truth, manner)


def _loosen_rows_with_blanks(document: NeutralDocument, truth: Truth) -> None:
    """Where a blank cell leaves no trace, nobody can say for certain which column the others stand in."""
    for grid in document.grids:
        for row in grid.by_row():
            if any(cell.key and not cell.text for cell in row):
                for cell in row:
                    if cell.key:
                        truth.loosen(cell.key)
