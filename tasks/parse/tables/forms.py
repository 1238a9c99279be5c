"""The official forms as data (rules/forms/): which labels a cell may have, and which indicator a row and column give.

A label is found by its keys, wherever they stand in a cell: official wording, typos in other words, explanations in
brackets and line breaks do no harm. All keys of all forms are searched for in one pass (Aho-Corasick).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import ahocorasick_rs
import yaml

from tasks.model import Generation
from warehouse.catalogue import indicators

FOLDER = Path(__file__).parents[1] / "rules" / "forms"
GENERATIONS: tuple[Generation, ...] = ("2008", "2014", "2019", "2021")

YEARS = range(2007, 2031)  # that a column's head may name

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
    units: frozenset[str]
    _automaton: ahocorasick_rs.AhoCorasick
    _meanings: tuple[tuple[dict[TableName, tuple[Meaning, ...]], bool], ...]

    def find(self, text: str) -> Iterator[Found]:
        """The keys in a text, left to right, the longest at each place."""
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            meanings, whole = self._meanings[index]
            yield Found(start, end, meanings, whole)


@cache
def forms() -> Forms:
    """The forms, read once."""
    return _Builder().build()


def half_width(text: str) -> str:
    """Brackets, colons, stops and digits of one width, so that keys match either; one character for one."""
    return _FULL_WIDTH.sub(lambda match: _HALF_WIDTH[match[0]], text)


_HALF_WIDTH = dict(zip("（）：，．“”０１２３４５６７８９〔〕﹙﹚", '():,.""0123456789()()', strict=True))
_FULL_WIDTH = re.compile(f"[{''.join(_HALF_WIDTH)}]")


_KEYS = ("keys", "whole")


class _Builder:
    """Reads the files of rules/forms into rows, heads and marks, and collects their keys."""

    def __init__(self) -> None:
        self.data = {generation: _load(f"{generation}.yaml") for generation in GENERATIONS}
        self.keys: dict[tuple[str, bool], list[Meaning]] = {}
        self.rows: list[Row] = []
        self.requests: dict[Generation, tuple[Row, ...]] = {}

    def build(self) -> Forms:
        """Put the rows and columns of all four forms together."""
        for generation in GENERATIONS[2:]:
            self._content(generation)
        self._requests()
        disputes = self._disputes()
        statistics = _load("statistics.yaml")
        for generation in GENERATIONS[:2]:
            for entry in self.data[generation]["statistics"]:
                self._statistic(generation, entry)
        for column in statistics["columns"]:
            self._add(_for_each_year(column), Head("statistics", column["period"]))
        for label in statistics["heads"]:
            self._add({"label": label}, Mark("statistics"))
        patterns = list(self.keys)
        # A key that stands both free and whole is searched for once: free.
        return Forms(
            requests=self.requests,
            disputes=disputes,
            applicants=tuple(column["label"] for column in self.data["2019"]["requests"]["columns"]),
            over_applicants=tuple(self.data["2019"]["requests"]["over_columns"]),
            dispute_results=tuple(
                dict.fromkeys(c["label"].split()[1] for c in self.data["2019"]["disputes"]["columns"])
            ),
            dispute_parts=self._dispute_parts(disputes),
            rows=tuple(self.rows),
            content=self._by_stem(),
            sections=frozenset(row.under for row in self.rows if row.under),
            units=frozenset(statistics["units"]),
            _automaton=ahocorasick_rs.AhoCorasick(
                [key for key, _ in patterns], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
            ),
            _meanings=tuple((_by_table(self.keys[pattern]), pattern[1]) for pattern in patterns),
        )

    def _add(self, entry: dict[str, Any], meaning: Meaning) -> None:
        whole = entry.get("whole", ())
        for key in entry.get("keys", [] if whole else [entry["label"]]):
            meanings = self.keys.setdefault((half_width(key), False), [])
            if meaning not in meanings:
                meanings.append(meaning)
        for key in whole:
            self.keys.setdefault((half_width(key), True), []).append(meaning)
        if isinstance(meaning, Row):
            self.rows.append(meaning)

    def _content(self, generation: Generation) -> None:
        form = self.data[generation]
        for block in form["content"]:
            heads = tuple(column["measure"] for column in block["columns"])
            for column in block["columns"]:
                self._add(column, Head("content", column["measure"]))
            for entry in block["rows"]:
                slots = tuple(
                    _slot(f"{entry['stem']}.{column['measure']}", "total", column, f"{generation}/content")
                    for column in block["columns"]
                )
                labels = tuple(column["label"] for column in block["columns"])
                self._add(entry, Row("content", entry["label"], (generation,), slots, heads, labels))
        for label in form.get("own_rows", ()):
            self._add({"label": label}, Row("content", label, ("2019", "2021")))
        for label in ("信息内容", "第二十条"):
            self._add({"label": label}, Mark("content"))

    def _requests(self) -> None:
        old, new = self.data["2019"]["requests"], self.data["2021"]["requests"]
        order: list[Row] = []
        both: list[Row] = []
        for entry in old["rows"]:
            both.append(self._request(entry, old["columns"], ("2019", "2021"), "2019"))
            order.append(both[-1])
            if entry["label"] == new["after"]:
                order.extend(self._request(added, old["columns"], ("2021",), "2021") for added in new["rows"])
        self.requests = {"2019": tuple(both), "2021": tuple(order)}
        for column in old["columns"][:5]:
            self._add({"label": column["label"]}, Mark("requests"))

    def _request(
        self, entry: dict[str, Any], columns: list[dict[str, str]], generations: tuple[Generation, ...], file: str
    ) -> Row:
        slots = tuple(
            _slot(entry["indicator"], column["applicant_type"], {"unit": "件"}, f"{file}/requests")
            for column in columns
            if "indicator" in entry
        )
        row = Row("requests", entry["label"], generations, slots)
        self._add(entry, row)
        return row

    def _disputes(self) -> Row:
        form = self.data["2019"]["disputes"]
        slots = tuple(
            _slot(column["indicator"], "total", {"unit": "件"}, "2019/disputes") for column in form["columns"]
        )
        for label in form["marks"]:
            self._add({"label": label}, Mark("disputes"))
        for label in form["cells"]:
            self._add({"label": label, "whole": [label]}, Mark("disputes"))
        row = Row("disputes", "行政复议、行政诉讼", ("2019", "2021"), slots)
        self.rows.append(row)
        return row

    def _dispute_parts(self, whole: Row) -> dict[str, Row]:
        """The form's columns by what stands above them: 行政复议, 未经复议直接起诉, 复议后起诉."""
        parts: dict[str, tuple[Slot, ...]] = {}
        for column, slot in zip(self.data["2019"]["disputes"]["columns"], whole.slots, strict=True):
            head = column["label"].split()[0]
            parts[head] = (*parts.get(head, ()), slot)
        return {head: replace(whole, label=head, slots=slots) for head, slots in parts.items()}

    def _statistic(self, generation: Generation, entry: dict[str, Any]) -> None:
        slots = (_slot(entry["indicator"], "total", entry, f"{generation}/statistics"),) if "indicator" in entry else ()
        self._add(entry, Row("statistics", entry["label"], (generation,), slots, under=entry.get("under")))

    def _by_stem(self) -> dict[str, tuple[Row, ...]]:
        stems: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.table == "content" and row.slots:
                stems.setdefault(row.stem, []).append(row)
        return {stem: tuple(rows) for stem, rows in stems.items()}


def _by_table(meanings: Sequence[Meaning]) -> dict[TableName, tuple[Meaning, ...]]:
    tables = dict.fromkeys(meaning.table for meaning in meanings)
    return {table: tuple(meaning for meaning in meanings if meaning.table == table) for table in tables}


def _for_each_year(column: dict[str, Any]) -> dict[str, Any]:
    """A column with {year} in its keys put out as each year."""
    return {
        name: list(dict.fromkeys(key.format(year=year) for key in value for year in YEARS)) if name in _KEYS else value
        for name, value in column.items()
    }


def _slot(indicator_id: str, applicant_type: str, column: dict[str, Any], place: str) -> Slot:
    indicator = indicators()[indicator_id]
    return Slot(
        indicator_id=indicator_id,
        applicant_type=applicant_type,
        unit=indicator.unit,
        form_unit=column.get("unit", indicator.unit),
        signed=bool(column.get("signed", False)),
        rule_id=f"forms/{place}/{indicator_id}",
    )


def _load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
