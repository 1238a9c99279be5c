"""The official forms as their files in rules/forms/ have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import ahocorasick_rs

from tasks.model import Generation
from tasks.parse.rulefile import read
from tasks.parse.tables.forms import GENERATIONS, Forms, Head, Mark, Meaning, Row, Slot, TableName, half_width
from warehouse.catalogue import indicators

YEARS = range(2007, 2031)  # that a column's head may name
_KEYS = ("keys", "whole")


@cache
def forms() -> Forms:
    """The forms, read once."""
    return _Builder().build()


class _Builder:
    """Reads the files of rules/forms into rows, heads and marks, and collects their keys."""

    def __init__(self) -> None:
        self.data = {generation: read(f"forms/{generation}.yaml") for generation in GENERATIONS}
        self._corner: str = self.data["2019"]["corner"]
        self.keys: dict[tuple[str, bool], list[Meaning]] = {}
        self.rows: list[Row] = []
        self.requests: dict[Generation, tuple[Row, ...]] = {}

    def build(self) -> Forms:
        """Put the rows and columns of all four forms together."""
        for generation in GENERATIONS[2:]:
            self._content(generation)
        self._requests()
        disputes = self._disputes()
        statistics = read("forms/statistics.yaml")
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
            corner=self._corner,
            telling=self._telling(),
            units=frozenset(statistics["units"]),
            label_periods=tuple((entry["word"], entry["period"]) for entry in statistics["label_periods"]),
            automaton=ahocorasick_rs.AhoCorasick(
                [key for key, _ in patterns], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
            ),
            meanings=tuple((_by_table(self.keys[pattern]), pattern[1]) for pattern in patterns),
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
        for label in (self._corner, *form.get("content_marks", ())):
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

    def _telling(self) -> dict[str, Generation]:
        """By measure the form that alone has a column of it in section two."""
        found: dict[str, set[Generation]] = {}
        for row in self.rows:
            for measure in row.heads:
                found.setdefault(measure, set()).update(row.generations)
        return {measure: min(generations) for measure, generations in found.items() if len(generations) == 1}

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
        doubtful_over=read("forms/cells.yaml")["doubtful_over"].get(indicator_id),
    )
