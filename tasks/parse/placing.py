"""Rows of values into the columns of the forms: what each value is, and which stay unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from tasks.model import Generation, Period
from tasks.parse.forms import Forms, Slot
from tasks.parse.ragged import Placed, fit, number, placements, prove, residuals
from tasks.parse.rowreader import RowRun
from tasks.parse.stated import Finding
from tasks.parse.stream import Token

APPLICANTS = 7  # the columns of section three
_PERIODS: dict[str, Period | None] = {"year": "year", "cumulative": "cumulative", "year_to_date": "year"}
_OTHERS = frozenset({"other"})


class Assigned(NamedTuple):
    """What a value is. `period` None: of no period that a fact can have. `unit`: what head or row says."""

    slot: Slot
    period: Period | None
    unit: str | None


@dataclass(slots=True)
class Reading:
    """What the rows gave, before it becomes facts and cells."""

    assigned: list[tuple[Token, Assigned]] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)  # tokens
    labels: list[Token] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)  # the document's tables that follow a form
    findings: list[Finding] = field(default_factory=list)
    candidates: tuple[Generation, ...] = ()


def place_rows(runs: Sequence[RowRun], forms: Forms, untrusted: frozenset[int]) -> Reading:
    """Place every run; `untrusted` are the tokens whose numbers are not to be believed."""
    reading = Reading()
    requests = _name_unlabelled([run for run in runs if run.table == "requests"], forms)
    for run in runs:
        if run.row is not None:
            reading.tables.update({token.table for token in run.tokens if token.table >= 0})
            if run.label:
                reading.labels.append(run.label)
        if run.table == "statistics":
            _place_statistic(run, reading, untrusted)
        elif run.table != "requests":
            _place_fixed(run, reading, untrusted)
    _place_requests(requests, reading, untrusted)
    rows = [run.row for run in runs if run.row and run.row.slots]
    if rows:
        reading.candidates = tuple(
            generation for generation in rows[0].generations if all(generation in row.generations for row in rows)
        )
    return reading


def _give(reading: Reading, run: RowRun, placed: Placed, untrusted: frozenset[int]) -> None:
    """Hand a row's values to its slots."""
    row = run.row
    if row is None:
        return
    for column, (slot, token) in enumerate(zip(row.slots, placed, strict=True)):
        if token is None:
            continue
        if token.no in untrusted and token.state == "number":
            reading.unread.add(token.no)
            continue
        unit = run.units.get(row.heads[column] if row.heads else "") or slot.form_unit
        reading.assigned.append((token, Assigned(slot, "year", unit)))


def _leave(reading: Reading, run: RowRun, why: str) -> None:
    """Leave a row unread, and say so."""
    numbers = [token for token in run.tokens if token.state == "number"]
    if not numbers:
        return
    reading.unread.update(token.no for token in numbers)
    label = run.row.label if run.row else run.words[-30:].strip("\x00\x01\x02")
    detail = f"{label}: {' '.join(token.text for token in numbers)}: {why}"
    reading.findings.append(Finding("tables.unread", "total", None, None, "incomplete", "warning", detail))


def _in_row(run: RowRun) -> list[Token]:
    """The values in the label's own row of the grid, where there are any; else in the first value's row."""
    rows = {token.row for token in run.tokens}
    if len(rows) == 1:
        return run.tokens
    row = run.label.row if run.label and run.label.row in rows else run.tokens[0].row
    return [token for token in run.tokens if token.row == row]


def _fitted(run: RowRun, width: int, columns: Sequence[int] | None) -> Placed | None:
    """The run in `width` columns: as a whole, or its part in the label's own row."""
    grid = not run.tokens[0].ragged
    if grid:
        return fit(_in_row(run), width, columns)
    return fit(run.tokens, width) or fit(_in_row(run), width)


def _cut(run: RowRun, width: int, untrusted: frozenset[int]) -> Placed | None:
    """A row that the end of the text cuts: in order, as far as it goes."""
    if run.tokens[-1].no in untrusted and len(run.tokens) < width:
        return (*run.tokens, *[None] * (width - len(run.tokens)))
    return None


def _place_fixed(run: RowRun, reading: Reading, untrusted: frozenset[int]) -> None:
    """A row of section two or four."""
    row = run.row
    if row is None or not row.slots:
        return
    width = len(row.slots)
    placed = _fitted(run, width, run.head_columns or None) or _cut(run, width, untrusted)
    if placed is None:
        _leave(reading, run, f"not the {width} columns of the form")
    else:
        _give(reading, run, placed, untrusted)


def _place_statistic(run: RowRun, reading: Reading, untrusted: frozenset[int]) -> None:
    """A row of the forms of 2008 and 2014: one value, or one for each period that a head names."""
    row = run.row
    if row is None or not row.slots:
        return
    periods = [name for name in run.periods if name != "code"] or ["year"]
    tokens = run.tokens if run.tokens[0].ragged else _in_row(run)
    if len(tokens) > len(periods) and ("code" in run.periods or tokens[0].text[:1] == "0" != tokens[0].text):
        tokens = tokens[1:]
    placed = fit(tokens, len(periods)) if tokens else None
    if placed is None and len(tokens) == len(periods) + 1:  # the next row's running number
        placed = tuple(tokens[:-1])
    if placed is None or (_OTHERS.intersection(periods) and "year" not in periods):
        _leave(reading, run, "more than one reading")
        return
    values = dict(zip(periods, placed, strict=True))
    to_date, actual = number(values.get("year_to_date")), number(values.get("year"))
    slot = row.slots[0]
    for period, token in values.items():
        if token is None:
            continue
        if token.no in untrusted and token.state == "number":
            reading.unread.add(token.no)
            continue
        # 本期实际 beside another 本年累计 is a part of the year.
        part = period == "year" and to_date is not None and to_date != actual
        reading.assigned.append(
            (token, Assigned(slot, None if part else _PERIODS.get(period), run.units.get("") or slot.form_unit))
        )


def _name_unlabelled(runs: list[RowRun], forms: Forms) -> list[RowRun]:
    """Give rows of section three whose label was not understood the form's rows that are missing between two others."""
    order = forms.requests["2021"]
    place = {row.label: index for index, row in enumerate(order)}
    with_slots = [index for index, row in enumerate(order) if row.slots]
    known = [index for index, run in enumerate(runs) if run.row is not None and run.row.slots]
    for before, after in pairwise(known):
        unnamed = [run for run in runs[before + 1 : after] if run.row is None and len(run.tokens) == APPLICANTS]
        first, last = runs[before].row, runs[after].row
        if not unnamed or first is None or last is None:
            continue
        between = [index for index in with_slots if place[first.label] < index < place[last.label]]
        old = [index for index in between if "2019" in order[index].generations]
        new = [index for index in between if order[index].label != "（六）其他处理"]
        for choice in (new, old):
            if len(choice) == len(unnamed):
                for run, index in zip(unnamed, choice, strict=True):
                    run.row = order[index]
                break
    return runs


def _place_requests(runs: Sequence[RowRun], reading: Reading, untrusted: frozenset[int]) -> None:
    """The rows of section three: by their width, else by what the identities prove."""
    placed: dict[str, Placed] = {}
    open_runs: list[RowRun] = []
    columns: tuple[int, ...] | None = None
    for run in runs:
        if run.row is None:
            _leave(reading, run, "its label is in no form")
            continue
        if not run.row.slots:
            continue
        row = _fitted(run, APPLICANTS, columns)
        if row is None and run.tokens[-1].no in untrusted:
            row = _cut(run, APPLICANTS, untrusted)
        if row is None:
            open_runs.append(run)
            continue
        if columns is None and not run.tokens[0].ragged and all(token and token.state != "blank" for token in row):
            columns = tuple(token.column for token in row if token)
        placed[run.row.slots[0].indicator_id] = row
        _give(reading, run, row, untrusted)
    for run in open_runs:
        proved = _proved(run, placed, open_runs)
        if proved is None:
            _leave(
                reading, run, f"not the {APPLICANTS} columns of the form, and the identities don't tell which are blank"
            )
            continue
        _give(reading, run, proved, untrusted)
        kept = {token.no for token in proved if token}
        reading.unread.update(t.no for t in run.tokens if t.state == "number" and t.no not in kept)


def _proved(run: RowRun, placed: Mapping[str, Placed], open_runs: Sequence[RowRun]) -> Placed | None:
    """The one place of a short row's numbers, where the sums of the columns tell it and no other row is in doubt."""
    if run.row is None or any(other is not run and _matters(other) for other in open_runs):
        return None
    missing = run.row.slots[0].indicator_id
    if not missing.startswith("request.outcome.") or missing == "request.outcome.total":
        return None
    parts = [name for name in placed if name.startswith("request.outcome.") and name != "request.outcome.total"]
    return prove(
        placements(run.tokens, APPLICANTS), residuals(placed, "request.outcome.total", parts, missing, APPLICANTS)
    )


def _matters(run: RowRun) -> bool:
    """Whether a row holds anything but zeros: zeros weigh nothing wherever they stand."""
    return any(number(token) != 0 for token in run.tokens if token.state == "number")
