"""The official forms: which labels a cell may have, and which indicator a row and column give.

A label is found by its keys, wherever they stand in a cell: official wording, typos in other words, explanations in
brackets and line breaks do no harm. All keys of all forms are searched for in one pass (Aho-Corasick).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import ahocorasick_rs

from tasks.model import Generation, Period

GENERATIONS: tuple[Generation, ...] = ("2008", "2014", "2019", "2021")

TableName = Literal["content", "requests", "disputes", "statistics"]


@dataclass(frozen=True, slots=True)
class Slot:
    """What a number at one row and column of a form is."""

    indicator_id: str
    applicant_type: str
    unit: str  # the indicator's
    form_unit: str | None  # the unit that the form prints; None where it prints none
    signed: bool
    rule_id: str
    doubtful_over: float | None  # an amount above it without a unit of its own was probably written in 元


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a form. Rows without slots hold no indicator: section heads, and rows that bodies add."""

    table: TableName
    label: str
    generations: tuple[Generation, ...]
    slots: tuple[Slot, ...] = ()
    heads: tuple[str, ...] = ()  # the names of the columns, where a table has its own
    columns: tuple[str, ...] = ()  # their labels
    under: str | None = None  # the label of the row above that it belongs to, where its own label is not enough

    @property
    def stem(self) -> str:
        """What a row of section two is about: decisions.licensing; empty for a row without slots."""
        return self.slots[0].indicator_id.rpartition(".")[0] if self.slots else ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: `name` is a measure (created) or a period (year, cumulative, code …)."""

    table: TableName
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that say which table this is, and no more."""

    table: TableName


Meaning = Row | Head | Mark


class Found(NamedTuple):
    """A key found in a text: where, and what it may mean."""

    start: int
    end: int
    meanings: dict[TableName, tuple[Meaning, ...]]  # the table that it speaks for before all others first
    whole: bool  # counts only where it is the whole cell


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms: the order of the rows where it matters, and the automaton of the keys."""

    requests: dict[Generation, tuple[Row, ...]]
    disputes: Row
    applicants: tuple[str, ...]  # the columns of section three
    over_applicants: tuple[str, ...]  # what else stands in its head
    dispute_results: tuple[str, ...]  # the columns of each part of section four
    dispute_parts: dict[str, Row]  # by the words above them: five columns each, where a part stands as a table
    rows: tuple[Row, ...]
    content: dict[str, tuple[Row, ...]]  # by what they are about (decisions.licensing): the rows of all forms
    sections: frozenset[str]  # labels that rows standing more than once belong to
    corner: str  # above the labels of a table of section two
    telling: dict[str, Generation]  # the measures that the heads of one form alone have
    units: frozenset[str]
    label_periods: tuple[tuple[str, Period | None], ...]  # by words before a row's label
    automaton: ahocorasick_rs.AhoCorasick
    meanings: tuple[tuple[dict[TableName, tuple[Meaning, ...]], bool], ...]

    def find(self, text: str) -> Iterator[Found]:
        """The keys in a text, left to right, the longest at each place."""
        for index, start, end in self.automaton.find_matches_as_indexes(text):
            meanings, whole = self.meanings[index]
            yield Found(start, end, meanings, whole)


def half_width(text: str) -> str:
    """Brackets, colons, stops and digits of one width, so that keys match either; one character for one."""
    for wide, half in _HALF_WIDTH.items():
        text = text.replace(wide, half)
    return text


_HALF_WIDTH = dict(zip("（）：，．“”０１２３４５６７８９〔〕﹙﹚", '():,.""0123456789()()', strict=True))
