"""Scores by line: what is measured, of which group of documents, how many were right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tasks.model import Parsed
from tests.render.compare import Tally

WHOLE = ("all", "all")  # the group that every document belongs to


class Line(NamedTuple):
    """One score: of which documents (`rendered`, `samples` …), of which group (`generation`, `2008`), of what."""

    source: str
    dimension: str
    group: str
    measure: str

    @property
    def name(self) -> str:
        """As the floors name it."""
        return " / ".join(self)


@dataclass(frozen=True, slots=True)
class Score:
    """How many of how many were right."""

    right: int
    count: int

    @property
    def rate(self) -> float:
        """The share of right ones."""
        return self.right / self.count


@dataclass(slots=True)
class Scores:
    """The scores of all lines, and every mistake in a line of text."""

    tallies: dict[tuple[str, str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[str] = field(default_factory=list)
    gold: dict[str, str] = field(default_factory=dict)  # by source: the hash of what should have been read

    def add(self, source: str, groups: Iterable[tuple[str, str]], one: Tally) -> None:
        """The counts of one document, in each group that it belongs to."""
        for dimension, group in groups:
            self.tallies[source, dimension, group].counts.update(one.counts)
        self.errors += [f"{source}: {error}" for error in one.errors]

    def lines(self) -> Iterator[tuple[Line, Score]]:
        """Each line with its score, in a fixed order."""
        for key, result in sorted(self.tallies.items()):
            for measure in sorted({measure for measure, _ in result.counts}):
                right = result.counts[measure, True]
                yield Line(*key, measure), Score(right, right + result.counts[measure, False])


def count_quotes(parsed: Parsed, result: Tally, name: str) -> None:
    """Every fact's quote is what the source has, and states its value; every numeral has its fact or its reason."""
    source = parsed.document.source_text
    for fact in parsed.facts:
        right = fact.quote == source[fact.char_start : fact.char_end] and fact.value_text in fact.quote
        result.count("quotes", right, f"{name} {fact.indicator_id} {fact.quote!r}")
    for numeral in parsed.numerals:
        known = numeral.fact_id is not None or numeral.reason not in (None, "unexplained")
        result.count("numerals", known, f"{name} {numeral.text!r} at {numeral.char_start}")
