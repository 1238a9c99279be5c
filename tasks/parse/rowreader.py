"""Which row of which form each run of values belongs to: the words before a run, read as labels in their context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tasks.model import Generation
from tasks.parse.amounts import money_unit
from tasks.parse.forms import Forms, Found, Head, Mark, Row, TableName
from tasks.parse.labels import is_misprint, is_next, is_whole, plain
from tasks.parse.stream import WALL, Stream, Token

_CORNER = "信息内容"
_MONEY_HEAD = 12  # characters behind a head within which its unit stands
_MEASURES: dict[str, Generation] = {
    **dict.fromkeys(
        ("created", "newly_disclosed", "disclosed_total", "items_last_year", "items_change", "projects"), "2019"
    ),
    **dict.fromkeys(("issued", "repealed", "in_force"), "2021"),
}


@dataclass(slots=True)
class RowRun:
    """The values of one row, as they follow each other. `row` None where no label told it."""

    table: TableName
    row: Row | None
    label: Token | None
    tokens: list[Token]
    words: str  # what stands before the values
    periods: tuple[str, ...] = ()  # of the value columns, in the forms of one figure a row
    head_columns: tuple[int, ...] = ()  # the grid columns of the heads, where every column's head was read
    units: dict[str, str] = field(default_factory=dict)  # by measure, or under "" the row's own
    foreign: frozenset[int] = frozenset()  # columns whose head is another than the form's


@dataclass(slots=True)
class _State:
    """What has been read above the present place."""

    table: TableName | None = None
    heads: dict[str, Token] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    used: bool = False  # values have been read below these heads
    section: str | None = None  # the row that labels standing more than once belong to
    votes: Counter[Generation] = field(default_factory=Counter)  # of rows with values
    corner: int = -1  # the token 信息内容 at the head of the small table that is being read
    head_tokens: set[int] = field(default_factory=set)  # the tokens of that head that were understood
    foreign: frozenset[int] | None = None  # the columns under heads that were not; None until a row has been read
    head_votes: Counter[Generation] = field(default_factory=Counter)  # of columns' heads
    content: Generation | None = None
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

    @property
    def votes(self) -> Counter[Generation]:
        """How many rows spoke for each form; of a blank form, how many heads of columns."""
        return self._state.votes if self._state.votes.total() else self._state.head_votes

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
        if opened:
            yield opened

    def _row(self, found: Sequence[Found], before: int, start: int, tokens: list[Token]) -> RowRun | None:
        wall = self._stream.text.rfind(WALL, before, start)
        if wall >= 0:
            self._leave()
        last: _Label | None = None
        for item in found:
            if item.start > wall:
                last = self._take(item) or last
        state = self._state
        if not tokens or state.table is None:
            return None
        state.used = True
        words = self._stream.text[max(before, wall + 1) : start]
        row = last.row if last and is_next(self._stream, last.found, last.row, start, self._forms.units) else None
        if row and last and last.told:
            state.votes[last.told] += 1
        if row is None and state.table == "disputes":
            row = self._disputes(len(tokens))
        if row and row.table == "content":
            row = self._content_row(row, len(tokens))
            if row and row.slots:
                state.votes[row.generations[0]] += 1
        label = self._stream.tokens[self._stream.at(last.found.end - 1)] if last else None
        run = RowRun(state.table, row, label, tokens, words, units=dict(state.units))
        if row and row.table == "statistics":
            run.periods = tuple(name for name in state.heads if name != "ordinal")
            run.units = {}
            behind = self._stream.bounds(last.found.end - 1)[1] if last else start
            unit = plain(self._stream.text[behind:start])
            if unit in self._forms.units:
                run.units[""] = unit
        elif row and row.heads and label:
            run.foreign = self._foreign(row, label)
            if all(head in state.heads for head in row.heads):
                run.head_columns = tuple(state.heads[head].column for head in row.heads)
        return run

    def _foreign(self, row: Row, label: Token) -> frozenset[int]:
        """The columns whose head is none of the form's, where the head has as many cells as the form's."""
        state = self._state
        if state.foreign is None:
            head = [token for token in self._stream.tokens[state.corner + 1 : label.no] if token.state == "text"]
            unknown = {
                place
                for place, (token, column) in enumerate(zip(head, row.columns, strict=False))
                if token.no not in state.head_tokens and not is_misprint(token.text, column)
            }
            state.foreign = frozenset(unknown if len(head) == len(row.columns) else ())
        return state.foreign

    def _disputes(self, count: int) -> Row:
        """Section four, or the one part of it that was named above, where that part stands as a table."""
        parts, self._state.parts = self._state.parts, set()
        part = self._forms.dispute_parts[parts.pop()] if len(parts) == 1 else None
        return part if part and count == len(part.slots) else self._forms.disputes

    def _leave(self) -> None:
        self._state.table = None
        self._state.heads, self._state.units, self._state.section = {}, {}, None
        self._state.foreign, self._state.content, self._state.parts = frozenset(), None, set()

    def _take(self, found: Found) -> _Label | None:
        """Let one key change the state; the row where it is a row's label."""
        state = self._state
        if found.whole and not is_whole(self._stream, found):
            return None
        tables = {meaning.table for meaning in found.meanings}
        meanings = [meaning for meaning in found.meanings if meaning.table == state.table]
        if not meanings:
            if found.whole and not isinstance(found.meanings[0], Mark):
                return None
            table = found.meanings[0].table
            meanings = [meaning for meaning in found.meanings if meaning.table == table]
        if state.table not in tables:
            self._leave()
            state.table = meanings[0].table
        first = meanings[0]
        if isinstance(first, Head):
            self._head(found, [meaning for meaning in meanings if isinstance(meaning, Head)])
            return None
        if isinstance(first, Mark):
            if found.end - found.start == len(_CORNER) and first.table == "content":
                state.corner, state.head_tokens, state.foreign = self._stream.at(found.start), set(), None
            if first.table == "statistics":
                state.heads = {}
            word = self._stream.text[found.start : found.end]
            if word in self._forms.dispute_parts:
                state.parts.add(word)
            return None
        rows = [meaning for meaning in meanings if isinstance(meaning, Row)]
        row = self._choose(rows)
        if row is None:
            return None
        if row.label in self._forms.sections:
            state.section = row.label
        forms = {generation for one in rows for generation in one.generations if one.slots}
        return _Label(found, row, forms.pop() if len(forms) == 1 else None)

    def _head(self, found: Found, heads: list[Head]) -> None:
        state = self._state
        if state.used and heads[0].table == "content":
            state.heads, state.units, state.used = {}, {}, False
        token = self._stream.tokens[self._stream.at(found.start)]
        state.head_tokens.add(token.no)
        for head in heads:
            if head.name not in state.heads:
                state.heads[head.name] = token
                unit = money_unit(self._stream.written[found.end : found.end + _MONEY_HEAD])
                if unit and head.table == "content":
                    state.units[head.name] = unit
                if token.table >= 0 and head.name in _MEASURES:
                    state.head_votes[_MEASURES[head.name]] += 1
                break

    def _choose(self, rows: list[Row]) -> Row | None:
        """The row that a label is, among those of the same words: by the row that it belongs to, else by the form."""
        if any(row.under for row in rows):
            fitting = [row for row in rows if row.under == self._state.section]
            free = [row for row in rows if row.under is None]
            return next(iter(fitting or free), None)
        return max(rows, key=lambda row: self._state.votes[row.generations[0]] if len(rows) > 1 else 0)

    def _content_row(self, row: Row, count: int) -> Row | None:
        """The row of the form whose heads stand above; where none do, of the form of the tables before."""
        state = self._state
        same = self._forms.content.get(row.stem)
        if not same:
            return row
        best = max(
            same,
            key=lambda one: (
                sum(head in state.heads for head in one.heads),
                -len(one.heads),
                one.generations[0] == state.content,
                len(one.heads) == count,
            ),
        )
        if not any(head in state.heads for head in best.heads) and best.generations[0] != state.content:
            return None
        state.content = best.generations[0]
        return best
