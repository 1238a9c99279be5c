"""The values that pass between the rooms, and nothing else.

A document walks fetch -> clean -> parse -> load, and passes each room once, as one value a room:

    fetch   RawDocument   bytes, and how they were come by
    clean   Document      Simplified, restored, normalised text in blocks, with the way back to the source's characters
    parse   Parsed        rows of the public tables that one document gives
    load    (Parquet)

A span is a pair of 0-based character offsets, end exclusive. Spans in a `Document` point into `Document.text`;
spans in a `Parsed` point into `Document.source_text`. `Document.source_span` leads from the one to the other.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

Span = tuple[int, int]

Script = Literal["hans", "hant"]
Wording = Literal["mainland", "mirror", "s2twp", "genuine"]
CellState = Literal["number", "blank", "slash", "dash", "none", "text"]
CellStatus = Literal["label", "number", "blank", "slash", "dash", "none", "text", "unread"]
ParagraphKind = Literal["title", "heading", "paragraph", "metadata"]
Level = Literal["national", "province", "prefecture", "county", "township"]
PublisherKind = Literal["government", "department", "zone", "vertical", "other"]
Generation = Literal["2008", "2014", "2019", "2021"]
PartName = Literal["overview", "proactive", "requests", "fees", "disputes", "problems", "other"]
Period = Literal["year", "cumulative", "previous_year", "change"]
Qualifier = Literal["exact", "approximate", "at_least", "at_most"]
Method = Literal["table", "prose"]
CheckStatus = Literal["pass", "fail", "incomplete"]
Severity = Literal["error", "warning", "info"]
Stage = Literal["fetch", "clean", "parse", "load"]


class Rejected(Exception):
    """A document that cannot be used. One row in `quarantine`, never a failed batch.

    `error_code` is a stable word (`encrypted_pdf`, `no_report`); the message says what was found and what to do.
    """

    def __init__(self, error_code: str, message: str) -> None:
        super().__init__(error_code, message)
        self.error_code = error_code
        self.message = message


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One fetched document as the raw store holds it."""

    document_id: str  # SHA-256 of the bytes, in hex
    source_ref: str  # path within the input folder, or URL
    content: bytes
    fetched_at: datetime
    url: str | None = None
    media_type: str | None = None  # as the server declared it; None where nobody did
    charset: str | None = None  # likewise


class Cell(NamedTuple):
    """One cell of a table; a spanning cell stands once, at its upper left corner."""

    row: int
    column: int
    row_span: int
    column_span: int
    start: int
    end: int
    text: str  # the characters of the span on one line, without the blanks and breaks of the layout
    state: CellState


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells. `ragged`: pasted as text, so that rows are as the text has them and spans are lost."""

    start: int
    end: int
    row_count: int
    column_count: int
    cells: tuple[Cell, ...]  # by row, then column
    ragged: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text between two breaks. `kind` is what the markup or the layout says, not what the words mean."""

    start: int
    end: int
    kind: ParagraphKind = "paragraph"


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Alignment:
    """The way from `Document.text` back to `Document.source_text`: runs of text that map to runs of source.

    Run i covers text [text_starts[i], text_starts[i + 1]) and source [source_starts[i], source_ends[i]). Where both are
    of one length the characters map one to one; otherwise (网际网路 -> 互联网) the run maps as a whole. Runs that stand
    for nothing in the source, such as a break put in between two blocks, have an empty source span.
    """

    text_starts: tuple[int, ...]
    source_starts: tuple[int, ...]
    source_ends: tuple[int, ...]
    text_length: int

    def source_span(self, start: int, end: int) -> Span:
        """The source span of text [start, end); an empty span stays empty."""
        first = max(bisect_right(self.text_starts, start) - 1, 0)
        low = self._position(first, start, at_end=False)
        if end <= start:
            return low, low
        last = max(bisect_right(self.text_starts, end - 1) - 1, 0)
        return low, max(low, self._position(last, end, at_end=True))

    def character_map(self) -> tuple[list[int], list[int]]:
        """For each character of text where the source that it was made from begins and ends: many spans at once."""
        starts: list[int] = []
        ends: list[int] = []
        text_ends = (*self.text_starts[1:], self.text_length)
        for text_start, text_end, start, end in zip(
            self.text_starts, text_ends, self.source_starts, self.source_ends, strict=True
        ):
            length = text_end - text_start
            starts.extend(range(start, end) if length == end - start else [start] * length)
            ends.extend(range(start + 1, end + 1) if length == end - start else [end] * length)
        return starts, ends

    def _position(self, run: int, offset: int, *, at_end: bool) -> int:
        text_end = self.text_starts[run + 1] if run + 1 < len(self.text_starts) else self.text_length
        source_start, source_end = self.source_starts[run], self.source_ends[run]
        if text_end - self.text_starts[run] == source_end - source_start:
            return source_start + offset - self.text_starts[run]
        return source_end if at_end else source_start


@dataclass(frozen=True, slots=True)
class MetadataItem:
    """One field of the page's own index card (索引号, 发布机构 …), Simplified, or of the file's properties."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Substitution:
    """A Taiwan word that was read back into the Mainland word it stood for."""

    start: int  # in Document.text
    end: int
    source: str  # as the source has it
    restored: str
    rule: str  # the pattern of the rule


@dataclass(frozen=True, slots=True)
class Noise:
    """A place that is damaged: a number that touches it is not to be trusted."""

    start: int  # in Document.text
    end: int
    kind: str  # mojibake, replacement, private_use, pinyin, hijack, date_gap …


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document: what a careful person would have typed, and the way back to what the source has."""

    raw: RawDocument  # with empty content: the bytes stay in the raw store
    media_type: str
    charset: str | None
    script: Script
    wording: Wording
    source_text: str
    text: str
    blocks: tuple[Block, ...]  # in reading order, spans ascending
    alignment: Alignment
    title_candidates: tuple[str, ...] = ()  # best first, Simplified: <title>, <h1>, ArticleTitle, the file's own title
    metadata: tuple[MetadataItem, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    noise: tuple[Noise, ...] = ()
    truncated: bool = False  # the text ends in mid-sentence
    part: int | None = None  # the page of an e-book, or of a document cut over addresses (…_2.html); None: not said

    def source_span(self, start: int, end: int) -> Span:
        """The span in `source_text` that text [start, end) was made from."""
        return self.alignment.source_span(start, end)


# The rows of the public tables. Field names are column names; `warehouse/tables/*.yaml` say
# what each means. Tuples, since a report has some thousand of them, which pass from process to process.


class Report(NamedTuple):
    """Whose report it is, for when."""

    report_id: str
    document_id: str
    title: str | None
    year: int | None
    publisher: str | None
    region_code: str | None
    region: str | None
    level: Level | None
    publisher_kind: PublisherKind | None
    generation: Generation | None
    published_on: date | None


class Section(NamedTuple):
    """One heading and the text below it up to the next."""

    document_id: str
    section_no: str
    level: int
    heading: str
    part: PartName | None
    text: str
    char_start: int
    char_end: int


class Fact(NamedTuple):
    """One stated number. `quote = source_text[char_start:char_end]`, and `value_text` is in it."""

    fact_id: str
    report_id: str
    document_id: str
    indicator_id: str
    applicant_type: str
    value: float
    unit: str
    value_text: str
    qualifier: Qualifier
    period: Period
    method: Method
    rule_id: str
    section_no: str | None
    char_start: int
    char_end: int
    quote: str
    is_primary: bool


class CellRow(NamedTuple):
    """One cell of a statistical table, with the indicator that its labels give it."""

    document_id: str
    table_no: int
    row_no: int
    column_no: int
    row_span: int
    column_span: int
    text: str
    status: CellStatus
    indicator_id: str | None
    applicant_type: str | None
    char_start: int
    char_end: int


class Part(NamedTuple):
    """A statutory part that a report of its generation must have: there, or missing."""

    report_id: str
    part: PartName
    status: Literal["present", "missing"]
    section_no: str | None


class Citation(NamedTuple):
    """A policy document named in 《》."""

    document_id: str
    title: str
    document_number: str | None
    section_no: str | None
    char_start: int
    char_end: int


class Check(NamedTuple):
    """An identity held against a report's numbers, or a finding about its identity (`detail` says what was found)."""

    report_id: str
    identity_id: str
    applicant_type: str
    lhs: float | None
    rhs: float | None
    status: CheckStatus
    severity: Severity
    detail: str | None = None


class Numeral(NamedTuple):
    """One numeral of the report: the fact that took it, or the reason why none did."""

    document_id: str
    char_start: int
    char_end: int
    text: str
    value: float | None
    fact_id: str | None
    reason: str | None


class Quarantine(NamedTuple):
    """Whatever could not be used, and why."""

    source_ref: str
    document_id: str | None
    stage: Stage
    error_code: str
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """All that one document gives. A document that is no report has `report` None and says why in `quarantine`."""

    document: Document
    report: Report | None = None
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    cells: tuple[CellRow, ...] = ()
    parts: tuple[Part, ...] = ()
    citations: tuple[Citation, ...] = ()
    checks: tuple[Check, ...] = ()
    numerals: tuple[Numeral, ...] = ()
    quarantine: tuple[Quarantine, ...] = field(default=())
