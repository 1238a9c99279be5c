"""What a made-up report is about, and what must come out of it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks.model import Generation, Level, Method, PartName, PublisherKind

Key = tuple[str, str]  # indicator, applicant type
Figures = Mapping[Key, float]

APPLICANTS = ("natural_person", "enterprise", "research", "nonprofit", "legal_service", "other_org", "total")


@dataclass(frozen=True, slots=True)
class Body:
    """A public body of a real region. `name` is the fullest name, `short` the one that its own people use."""

    name: str
    short: str
    we: str  # 我局
    area: str  # 全区
    office: str  # who answers questions: 办公室
    level: Level
    kind: PublisherKind
    region_code: str | None  # None where no code fits


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One body's year. `figures` keep the identities of their generation; not all of them need to be printed."""

    year: int
    generation: Generation
    body: Body
    figures: Figures
    parts: tuple[PartName, ...]  # in the order of the report
    has_tables: bool = True
    has_prose: bool = True


@dataclass(slots=True)
class Truth:
    """What a perfect reader gives back. Values are in the indicator's unit."""

    facts: dict[Key, tuple[float, Method]] = field(default_factory=dict)  # must come out
    tolerated: dict[Key, float] = field(default_factory=dict)  # may come out: two careful readers would differ
    in_prose: set[Key] = field(default_factory=set)
    sections: list[tuple[str, str]] = field(default_factory=list)  # number, heading without its number
    missing_parts: frozenset[PartName] | None = None  # None where two careful readers would differ
    publisher: str = ""
    publisher_alternatives: tuple[str, ...] = ()

    def state(self, key: Key, value: float, method: Method) -> None:
        """A figure is printed once more; a table outranks a sentence."""
        if method == "prose":
            self.in_prose.add(key)
        if key not in self.facts or method == "table":
            self.facts[key] = (value, method)

    def forget(self, key: Key) -> None:
        """The table that states `key` isn't printed; a sentence may still state it."""
        self.loosen(key)
        self.tolerated.pop(key, None)

    def loosen(self, key: Key) -> None:
        """The table no longer says plainly what `key` is; a sentence may still do so."""
        if key in self.in_prose:
            self.facts[key] = (self.facts[key][0], "prose")
        elif key in self.facts:
            self.tolerated[key] = self.facts.pop(key)[0]


@dataclass(frozen=True, slots=True)
class Quirks:
    """What is out of order in a report; each is off unless asked for."""

    traps: int = 0  # sentences with numbers that are no indicator's
    short_title: bool = False  # the title has the body's short name, the preamble the full one
    no_title: bool = False
    listing_preamble: bool = False  # the preamble names the headings
    misnumbered: bool = False  # a heading's number is repeated
    metadata: bool = False  # the page's own index card
    blanks: int = 0  # cells of value 0 left blank or struck out
    totals_only: bool = False  # section three is filled in its last column alone; never unless asked for
    unfooted: bool = False  # one cell of a table is changed
    missing: int = 0  # statutory parts left out
    grouped_digits: bool = False  # 12,345
    wide_digits: bool = False  # １２
    date_gaps: bool = False  # the period lacks a 年, 月 or 日; never where there is no title
    hijacked: bool = False  # a betting site's name stands in place of a word
    half_width: bool = False  # brackets, commas and colons as in ASCII
    other_labels: bool = False  # labels printed in other ways: labels.yaml
    own_table: bool = False  # a table of the body's own, with counts of no indicator
    cut_headers: bool = False  # 本年新制作数量 and 本年新公开数量 both cut to 本年新
    joined_tables: bool = False  # the small tables of part two stand as one
    truncated: bool = False  # the text ends in mid-sentence, the parts after it are gone
    sister_report: bool = False  # another year's report is named in the prose
