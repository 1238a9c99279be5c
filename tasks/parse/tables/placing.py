"""Rows of values into the columns of the forms: what each value is, and which stay unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.model import Generation, Period
from tasks.parse.stated import Finding, unsettled
from tasks.parse.tables.amounts import TOO_LARGE, is_money
from tasks.parse.tables.applicants import PlacedRun, place_requests
from tasks.parse.tables.columns import period_of, periods_by_head, tells_a_time
from tasks.parse.tables.forms import Forms, Row, Slot
from tasks.parse.tables.ragged import (
    Placed,
    adds_up,
    anchored,
    cut_off,
    fit,
    fitted,
    followed_by_cut,
    in_row,
    number,
    unglued,
)
from tasks.parse.tables.rowrun import RowRun
from tasks.parse.tables.stream import Token

OUTCOMES = 5  # the columns of each part of section four, the last their sum
_OF_A_YEAR = frozenset({"year", "year_to_date"})
_OF_NO_YEAR = frozenset({"other", "part"})
_NUMBERS = frozenset({"code", "ordinal"})  # columns that number the rows
_YEAR = re.compile(r"(20\d\d)年")


@dataclass(slots=True)
class Assigned:
    """A value and what it is. `period` None: of no period that a fact can have. `unit`: what head or row says."""

    token: Token
    slot: Slot
    period: Period | None
    unit: str | None


@dataclass(slots=True)
class Reading:
    """What the rows gave, before it becomes facts and cells."""

    assigned: list[Assigned] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)  # tokens
    labels: list[Token] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)  # the document's tables that follow a form
    findings: list[Finding] = field(default_factory=list)
    candidates: tuple[Generation, ...] = ()


@dataclass(frozen=True, slots=True)
class Trust:
    """Which numbers are not to be believed, and where the text breaks off."""

    damaged: frozenset[int]  # tokens that noise touches
    last: int | None  # the token that the text ends with, where it is a value
    bare: bool  # nothing of the table stands behind it: digits may be missing
    truncated: bool = False  # the text is known to break off

    @property
    def all(self) -> bool:
        """Whether every number is whole."""
        return not self.damaged and not self.bare

    def believes(self, token: Token, row: Row, slot: Slot) -> bool:
        """Whether the number is whole. Sections two to four are never the end of a whole report; an annex may be.

        A count that begins with 0 is 0.
        """
        is_cut = self.bare and token.no == self.last and (self.truncated or row.table != "statistics")
        is_nothing = token.text == "0" and not is_money(slot.unit)
        return token.no not in self.damaged and (not is_cut or is_nothing)


def place_rows(
    runs: Sequence[RowRun], forms: Forms, trust: Trust, year: int | None = None, publisher: str | None = None
) -> Reading:
    """Place every run of values in the columns of its form. `year`, `publisher`: the report's."""
    placer = _Placer(trust, forms, year, publisher)
    for run in runs:
        placer.note(run)
        if run.row is None or not run.row.slots or run.table == "requests":
            continue
        if run.table == "statistics":
            placer.statistic(run)
        else:
            placer.fixed(run)
    for item in place_requests([run for run in runs if run.table == "requests"], forms, trust.last):
        placer.request(item)
    return placer.reading


class _Placer:
    """Fills a reading."""

    def __init__(self, trust: Trust, forms: Forms, year: int | None, publisher: str | None) -> None:
        self.reading = Reading()
        self._trust = trust
        self._forms = forms
        self._year = year
        self._publisher = publisher

    def note(self, run: RowRun) -> None:
        """Remember which tables follow a form, and which forms they leave possible."""
        if run.row is None:
            return
        self.reading.tables.update({token.table for token in run.tokens if token.table >= 0})
        if run.label:
            self.reading.labels.append(run.label)
        if run.row.slots:
            self.reading.candidates = ("2008", "2014") if run.table == "statistics" else ("2019", "2021")

    def fixed(self, run: RowRun) -> None:
        """A row of section two or four."""
        row = run.row
        if row is None:
            return
        width = len(row.slots)
        placed = (
            fitted(run, width, run.head_columns or None)
            or unglued(run.tokens, width, lambda way: _adds_up(row, way))
            or cut_off(run.tokens, width, self._trust.last)
            or followed_by_cut(run.tokens, width, self._trust.last, lambda way: _adds_up(row, tuple(way)))
            or anchored(run.tokens, [slot.signed for slot in row.slots])
        )
        if placed is None:
            self._leave(run, f"not the {width} columns of the form")
        else:
            self._give(run, row, placed)

    def statistic(self, run: RowRun) -> None:
        """A row of the forms of 2008 and 2014: one value, or one for each period that a head names."""
        row = run.row
        if row is None:
            return
        heads = [name for name in run.periods if name not in _NUMBERS]
        years = list(filter(str.isdigit, heads))
        own = str(self._year or (years[0] if len(years) == 1 else ""))
        periods = ["year" if name == own else name for name in heads] or ["year"]
        placed = _periods(run, run.tokens, len(periods)) if run.tokens[0].ragged else None
        placed = placed or _periods(run, in_row(run), len(periods))
        if (placed is None or not heads) and (by_head := self._by_head(run)) is not None:
            for own, stated in by_head.items():
                self._assign(row, Assigned(stated, row.slots[0], own, self._unit(run, row)))
            if not by_head:
                self._leave(run, "no column is headed by the report's year or body")
            return
        if placed is None or (not _OF_A_YEAR.intersection(periods) and _OF_NO_YEAR.intersection(periods)):
            self._leave(run, "more than one reading")
            return
        values = dict(zip(periods, placed, strict=True))
        to_date, actual = number(values.get("year_to_date")), number(values.get("year"))
        for period, token in values.items():
            # 本期实际 beside another 本年累计 is a part of the year.
            part = period == "year" and to_date is not None and to_date != actual
            if token is not None:
                time = self._of_label(run.before) if period == "year" else period_of(period, self._year)
                self._assign(row, Assigned(token, row.slots[0], None if part else time, self._unit(run, row)))

    def _by_head(self, run: RowRun) -> dict[Period, Token] | None:
        """The report's own values of a row by the heads of the columns; None where they can't tell."""
        tokens = [token for token in in_row(run) if token.state != "blank"]
        heads = {token.column: run.heads.get(token.column, "") for token in tokens}
        is_short = run.tokens[0].ragged and run.tokens[-1].column != max(run.heads, default=0)
        if not tokens or is_short or not all(heads.values()):
            return None
        if len(tokens) == 1 and not tells_a_time(heads[tokens[0].column]):
            return None
        beside = {column: head for column, head in run.heads.items() if column >= in_row(run)[0].column}
        periods = periods_by_head(beside, self._forms, self._year, self._publisher)
        return {periods[token.column]: token for token in tokens if token.column in periods}

    def _unit(self, run: RowRun, row: Row) -> str | None:
        return run.units.get("") or row.slots[0].form_unit

    def _of_label(self, before: str) -> Period | None:
        """The period of a row's number: what the words before its label say, else the year."""
        if year := _YEAR.search(before):
            return period_of(year[1], self._year)
        return next((period for word, period in self._forms.label_periods if word in before), "year")

    def request(self, item: PlacedRun) -> None:
        """A row of section three."""
        if item.placed is not None and item.run.row is not None:
            self._give(item.run, item.run.row, item.placed)
        if item.why:
            self._leave(item.run, item.why, besides=item.placed or ())

    def _give(self, run: RowRun, row: Row, placed: Placed) -> None:
        """Hand a row's values to its slots. A last number that its row adds up to is whole."""
        proved = self._trust.all or (
            row.table != "content" and adds_up(placed if row.table == "requests" else placed[-OUTCOMES:])
        )
        for column, (slot, token) in enumerate(zip(row.slots, placed, strict=True)):
            if token is not None and column not in run.foreign:
                unit = run.units.get(row.heads[column] if row.heads else "") if run.units else None
                self._assign(row, Assigned(token, slot, "year", unit or slot.form_unit), proved=proved)

    def _assign(self, row: Row, assigned: Assigned, *, proved: bool = False) -> None:
        token = assigned.token
        amount = token.amount
        is_one = amount is not None and abs(amount.value) < TOO_LARGE
        if token.state == "number" and not (is_one and (proved or self._trust.believes(token, row, assigned.slot))):
            self.reading.unread.add(token.no)
        else:
            self.reading.assigned.append(assigned)

    def _leave(self, run: RowRun, why: str, besides: Placed = ()) -> None:
        """Leave a row unread `besides` what was placed, and say so."""
        placed = {token.no for token in besides if token}
        numbers = [token for token in run.tokens if token.state == "number" and token.no not in placed]
        if not numbers:
            return
        self.reading.unread.update(token.no for token in numbers)
        label = run.row.label if run.row else run.words[-30:].strip("\x00\x01\x02")
        detail = f"{label}: {' '.join(token.text for token in numbers)}: {why}"
        self.reading.findings.append(unsettled("tables.unread", detail))


def _adds_up(row: Row, placed: Placed) -> bool:
    """Whether the sums of a row hold; of one without sums, whether nothing but zeros stands there."""
    if row.table == "disputes":
        return all(adds_up(placed[at : at + OUTCOMES]) for at in range(0, len(placed), OUTCOMES))
    return all(number(token) == 0 for token in placed)


def _periods(run: RowRun, tokens: list[Token], width: int) -> Placed | None:
    """The values under the heads of periods, without the row's code before and the next row's number behind."""
    if len(tokens) > width and ("code" in run.periods or _is_code(tokens[0])):
        tokens = tokens[1:]
    if not tokens:
        return None
    is_numbered = "ordinal" in run.periods and len(tokens) == width + 1
    return fit(tokens, width) or (tuple(tokens[:-1]) if is_numbered else None)


def _is_code(token: Token) -> bool:
    """A row's number in the form: 01, 02."""
    return len(token.text) == 2 and token.text[0] == "0"
