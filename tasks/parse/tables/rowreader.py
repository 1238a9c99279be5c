"""Which row of which form each run of values belongs to: the words before a run, read as labels in their context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import NamedTuple

from tasks.model import Generation
from tasks.parse.tables.forms import Forms, Found, Head, Mark, Meaning, Row, TableName, half_width
from tasks.parse.tables.heads import Heads
from tasks.parse.tables.labels import is_next, is_whole, plain, spans_both
from tasks.parse.tables.rowrun import RowRun
from tasks.parse.tables.stream import WALL, Stream, Token


@dataclass(slots=True)
class _State:
    """What has been read above the present place."""

    table: TableName | None = None
    section: str | None = None  # the row that labels standing more than once belong to
    content: Generation | None = None  # the form of section two's tables
    parts: set[str] = field(default_factory=set)  # of section four that were named since its last values


class _Label(NamedTuple):
    """A row's label; `told` the form that alone words it so."""

    found: Found
    row: Row
    told: Generation | None


class RowReader:
    """Walks a stream once. After `rows()` has run out, `votes` says which forms the labels spoke for."""

    def __init__(self, stream: Stream, forms: Forms) -> None:
        self._stream, self._forms = stream, forms
        self._state = _State()
        self._heads = Heads(stream, forms)
        self._votes: Counter[Generation] = Counter()  # of rows with values
        self.labels: Counter[int] = Counter()  # of rows that a form has numbers in, by the document's table

    @property
    def votes(self) -> Counter[Generation]:
        """How many rows spoke for each form; of a blank form, how many heads of columns."""
        return self._votes if self._votes.total() else self._heads.votes

    def rows(self) -> Iterator[RowRun]:
        """The rows, in the order of the text."""
        stream = self._stream
        found = list(self._forms.find(stream.text))
        at = 0
        opened: RowRun | None = None
        for before, start, end in stream.stretches():
            first = at
            while at < len(found) and found[at].start < start:
                at += 1
            tokens = list(stream.tokens[stream.at(start) : stream.at(end - 1) + 1]) if end > start else []
            words = plain(stream.text[before:start])
            if opened and first == at and (not words or words in self._forms.units) and opened.table == "statistics":
                opened.units.setdefault("", words)
                opened.tokens += tokens
                continue
            if opened:
                yield opened
            opened = self._row(found[first:at], before, start, tokens)
            if tokens and not (opened and opened.row):
                opened = self._wrapped(before, start, tokens) or opened
        if opened:
            yield opened

    def _row(self, found: Sequence[Found], before: int, start: int, tokens: list[Token]) -> RowRun | None:
        wall = self._stream.text.rfind(WALL, before, start)
        if wall >= 0:
            self._leave()
        last: _Label | None = None
        for item, following in zip_longest(found, found[1:]):
            if item.start > wall and not self._is_of_label(item, following):
                last = self._take(item) or last
        if not tokens or self._state.table is None:
            return None
        self._heads.used |= any(token.state != "blank" for token in tokens)
        words = self._stream.text[max(before, wall + 1) : start]
        label = self._stream.tokens[self._stream.at(last.found.end - 1)] if last else None
        run = RowRun(self._state.table, self._meant(last, start, len(tokens)), label, tokens, words)
        if last:
            run.before = self._stream.text[self._stream.bounds(last.found.start)[0] : last.found.start]
        if run.row and label:
            self._describe(run, run.row, label, before, start)
        return run

    def _is_of_label(self, item: Found, following: Found | None) -> bool:
        """Whether the words of a column's head are a row's: 本年累计主动公开信息数, 2015年度申请总数."""
        if following is None or "statistics" not in item.meanings:
            return False
        return (
            isinstance(item.meanings["statistics"][0], Head)
            and any(isinstance(other, Row) for other in following.meanings.get("statistics", ()))
            and self._stream.at(following.start) == self._stream.at(item.start)
        )

    def _wrapped(self, before: int, start: int, tokens: list[Token]) -> RowRun | None:
        """The row of a label whose second half stands behind the values, in the line below."""
        every, units = self._stream.tokens, self._forms.units
        words = every[self._stream.at(before) : tokens[0].no]
        label = next((token for token in reversed(words) if token.text not in units), None)
        below = next(iter(every[tokens[-1].no + 1 : tokens[-1].no + 2]), None)
        if label is None or below is None or self._state.table is None:
            return None
        pieces = half_width(label.text), half_width(below.text)
        for found in self._forms.find("".join(pieces)):
            rows = [one for one in found.meanings.get(self._state.table, ()) if isinstance(one, Row)]
            if any(spans_both(found, *pieces, row.label, units) for row in rows):
                run = RowRun(
                    self._state.table, self._of_form(self._take(found), len(tokens)), label, tokens, label.text
                )
                if run.row:
                    self._describe(run, run.row, label, before, start)
                return run
        return None

    def _meant(self, label: _Label | None, start: int, count: int) -> Row | None:
        """The row that `count` values beginning at `start` are of."""
        is_told = label and is_next(self._stream, label.found, label.row, start, self._forms.units)
        return self._of_form(label if is_told else None, count)

    def _of_form(self, label: _Label | None, count: int) -> Row | None:
        """The row of one form that a label means beside `count` values; without one section four."""
        row = label.row if label else None
        if label and label.told:
            self._votes[label.told] += 1
        if row is None and self._state.table == "disputes":
            return self._disputes(count)
        if row and row.table == "content":
            row = self._content_row(row, count)
            if row and row.slots:
                self._votes[row.generations[0]] += 1
        return row

    def _describe(self, run: RowRun, row: Row, label: Token, before: int, start: int) -> None:
        """What the heads say of a row's columns, and of its unit."""
        if row.table == "statistics":
            run.periods = self._heads.periods
            cell = self._stream.tokens[label.no + 1 : self._stream.at(start)]
            unit = plain("".join(token.text for token in cell))
            run.units = {"": unit} if unit in self._forms.units else {}
            run.heads = self._heads.over(label) if label.table >= 0 else {}
        elif row.table == "requests":
            run.applicants = self._heads.applicants(before, label)
            run.closed_up = self._heads.closed_up
            run.head_columns = () if label.ragged else self._heads.applicant_columns(label)
            if order := self._heads.applicant_order(label):
                _reorder(run, order)
        elif row.heads:
            run.units = dict(self._heads.units)
            run.foreign = self._heads.foreign(row, label)
            run.head_columns = self._heads.columns(row)

    def _disputes(self, count: int) -> Row:
        """Section four, or the parts of it that were named above, where they stand as a table of their own."""
        named, self._state.parts = self._state.parts, set()
        parts = [part for name, part in self._forms.dispute_parts.items() if name in named]
        slots = tuple(slot for part in parts for slot in part.slots)
        return replace(self._forms.disputes, slots=slots) if count == len(slots) else self._forms.disputes

    def _leave(self) -> None:
        self._state = _State()
        self._heads.clear()

    def _take(self, found: Found) -> _Label | None:
        """Let one key change the state; the row where it is a row's label."""
        if found.whole and not is_whole(self._stream, found, self._forms.units):
            return None
        meanings = found.meanings.get(self._state.table) if self._state.table else None
        if meanings is None:
            table, meanings = next(iter(found.meanings.items()))
            if not self._opens(found, meanings[0]):
                return None
            self._leave()
            self._state.table = table
        if isinstance(meanings[0], Head):
            self._heads.take(found, [meaning for meaning in meanings if isinstance(meaning, Head)])
            return None
        if isinstance(meanings[0], Mark):
            self._mark(found, meanings[0])
            return None
        rows = [meaning for meaning in meanings if isinstance(meaning, Row)]
        row = self._choose(rows)
        if row is None:
            return None
        if row.label in self._forms.sections:
            self._state.section = row.label
        self.labels[self._stream.tokens[self._stream.at(found.start)].table] += bool(row.slots)
        forms = {generation for one in rows for generation in one.generations if one.slots}
        return _Label(found, row, forms.pop() if len(forms) == 1 else None)

    def _opens(self, found: Found, meaning: Meaning) -> bool:
        """Whether words of another table than the present one open it: a row's do not in a table of other heads."""
        if isinstance(meaning, Row) and self._heads.are_of(self._stream.tokens[self._stream.at(found.start)]):
            return False
        return not found.whole or isinstance(meaning, Mark)

    def _mark(self, found: Found, mark: Mark) -> None:
        """Words that say which table this is: a corner opens a small table, and section four has parts."""
        word = self._stream.text[found.start : found.end]
        if mark.table == "statistics":
            self._heads.open_statistics(self._stream.at(found.start))
        elif word == self._forms.corner:
            self._heads.open(self._stream.at(found.start))
        if word in self._forms.dispute_parts:
            self._state.parts.add(word)

    def _choose(self, rows: list[Row]) -> Row | None:
        """The row that a label is, among those of the same words: by the row that it belongs to, else by the form."""
        if len(rows) == 1 and not rows[0].under:
            return rows[0]
        if any(row.under for row in rows):
            fitting = [row for row in rows if row.under == self._state.section]
            free = [row for row in rows if row.under is None]
            return next(iter(fitting or free), None)
        return max(rows, key=lambda row: self._votes[row.generations[0]])

    def _content_row(self, row: Row, count: int) -> Row | None:
        """The row of the form whose heads stand above; where none do, of the form of the tables before."""
        same = self._forms.content.get(row.stem)
        if not same:
            return row
        best = max(
            same,
            key=lambda one: (
                self._heads.fitting(one),
                -len(one.heads),
                one.generations[0] == self._state.content,
                len(one.heads) == count,
            ),
        )
        if not self._heads.fitting(best) and (self._heads.any or best.generations[0] != self._state.content):
            return None
        self._state.content = best.generations[0]
        return best


def _reorder(run: RowRun, order: tuple[int, ...]) -> None:
    """Put the values below heads in another order into the form's; those of a row with more or fewer are nobody's."""
    if len(run.tokens) == len(order):
        run.tokens = [run.tokens[order.index(column)] for column in range(len(order))]
    else:
        run.row = None
