"""The heads of the columns above the values that are being read: which columns there are, and in what unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tasks.model import Generation
from tasks.parse.tables.amounts import money_unit
from tasks.parse.tables.forms import Forms, Found, Head, Row
from tasks.parse.tables.labels import is_misprint
from tasks.parse.tables.stream import Stream, Token

_MONEY_HEAD = 12  # characters behind a head within which its unit stands
_MOST_HEAD_ROWS = 6  # above the first row of section three
_NOTE = re.compile(r"[(（][^()（）]*[)）]")
_YEAR = re.compile(r"20\d\d")
_PERIODS = frozenset({"year", "previous_year", "cumulative", "year_to_date"})


class Heads:
    """What has been read of the heads of one table, until another table's come."""

    def __init__(self, stream: Stream, forms: Forms) -> None:
        self._stream, self._forms = stream, forms
        self._over_table = -1
        self._over: dict[int, str] = {}
        self.votes: Counter[Generation] = Counter()  # of the heads that one form alone has, over all tables
        self.clear()

    def clear(self) -> None:
        """Another table, or a sentence, ends what was read."""
        self.open(-1)

    def open(self, corner: int) -> None:
        """A new table whose head begins behind the token `corner`; -1 where it is not known where."""
        self._tokens: dict[str, Token] = {}  # by measure or period
        self.units: dict[str, str] = {}  # of money, by measure
        self.used = False  # values have been read below these heads
        self._corner = corner
        self._understood: set[int] = set()  # tokens of the head
        self._foreign: frozenset[int] | None = None
        self._applicants: tuple[int, ...] | None = None
        self._applicant_columns: tuple[int, ...] = ()
        self._applicant_order: tuple[int, ...] | None = None
        self.closed_up = False  # the head of section three keeps no blanks in place of what its cells span

    def open_statistics(self, corner: int) -> None:
        """A new table of one figure a row. The head of the rows' numbers may stand before the corner."""
        self.open(corner)
        for token in self._stream.tokens[max(corner - 1, 0) : corner]:
            meanings = [
                meaning for found in self._forms.find(token.text) for meaning in found.meanings.get("statistics", ())
            ]
            if any(isinstance(meaning, Head) and meaning.name == "ordinal" for meaning in meanings):
                self._tokens["ordinal"] = token

    def take(self, found: Found, meanings: Sequence[Head]) -> None:
        """One head: the first of its meanings that no head before it has, since order tells cut heads apart."""
        if self.used and meanings[0].table == "content":
            self._tokens, self.units, self.used = {}, {}, False
        token = self._stream.tokens[self._stream.at(found.start)]
        self._understood.add(token.no)
        head = next((head for head in meanings if head.name not in self._tokens), None)
        if head is None:
            if meanings[0].name == "year" and (year := _YEAR.search(token.text)):
                self._tokens[year[0]] = token
            return
        self._tokens[head.name] = token
        unit = money_unit(self._stream.written[found.end : found.end + _MONEY_HEAD])
        if unit and head.table == "content":
            self.units[head.name] = unit
        if token.table >= 0 and head.name in self._forms.telling:
            self.votes[self._forms.telling[head.name]] += 1

    def fitting(self, row: Row) -> int:
        """How many of a row's heads were read."""
        return sum(head in self._tokens for head in row.heads)

    def are_of(self, label: Token) -> bool:
        """Whether they head the periods of the table in which a label stands: no other form's rows stand there."""
        return label.table >= 0 and (
            label.table == self._over_table
            or any(token.table == label.table and name in _PERIODS for name, token in self._tokens.items())
        )

    @property
    def any(self) -> bool:
        """Whether any head was read."""
        return bool(self._tokens)

    @property
    def periods(self) -> tuple[str, ...]:
        """The columns of the forms of one figure a row; each by its year where its head says one."""
        names = tuple(self._tokens)
        year = _YEAR.search(self._tokens["year"].text) if "year" in names else None
        return tuple(year[0] if year and name == "year" else name for name in names)

    def columns(self, row: Row) -> tuple[int, ...]:
        """The grid's columns of a row's heads, where every head was read."""
        if not row.heads or self.fitting(row) < len(row.heads):
            return ()
        return tuple(self._tokens[head].column for head in row.heads)

    def over(self, label: Token) -> dict[int, str]:
        """What heads each column behind the first row's label, by column, in a table of one figure a row.

        Nothing where several rows of heads stand one above the other, or where rows have lost cells.
        """
        if label.table != self._over_table:
            self._over_table, self._over = label.table, self._heads_over(label)
        return self._over

    def _heads_over(self, label: Token) -> dict[int, str]:
        rows: dict[int, list[Token]] = {}
        for token in reversed(self._stream.tokens[: label.no]):
            if token.table != label.table or label.row - token.row > _MOST_HEAD_ROWS:
                break
            if token.row < label.row:
                rows.setdefault(token.row, []).append(token)
        heads = [
            {token.column: token.text for token in row if token.state == "text" and token.column > label.column}
            for row in rows.values()
            if not any(token.state == "number" for token in row)
        ]
        heads = [row for row in heads if row and not self._forms.units.issuperset(row.values())]
        return heads[0] if len(heads) == 1 else {}

    def foreign(self, row: Row, label: Token) -> frozenset[int]:
        """The columns whose head is none of the form's, where the head has as many cells as the form's."""
        if self._foreign is None:
            head = [token for token in self._stream.tokens[self._corner + 1 : label.no] if token.state == "text"]
            unknown = {
                place
                for place, (token, column) in enumerate(zip(head, row.columns, strict=False))
                if token.no not in self._understood and not is_misprint(token.text, column)
            }
            known_head = self._corner >= 0 and len(head) == len(row.columns)
            self._foreign = frozenset(unknown) if known_head else frozenset()
        return self._foreign

    def applicants(self, before: int, label: Token) -> tuple[int, ...]:
        """The columns of section three that the head names, between the offset `before` and its first row's label.

        Empty where it says anything else.
        """
        if self._applicants is None:
            first = self._stream.at(before)
            cells = [token.text for token in self._stream.tokens[first : label.no] if token.table == label.table]
            head = _NOTE.sub("", "".join(cells))
            last = self._forms.applicants[-1]
            self.closed_up = any(words + last in head for words in self._forms.over_applicants)
            for words in self._forms.over_applicants:
                head = head.replace(words, "")
            named = []
            for column, name in enumerate(self._forms.applicants):
                if name in head:
                    head = head.replace(name, "", 1)
                    named.append(column)
            self._applicants = () if head else tuple(named)
        return self._applicants

    def applicant_columns(self, label: Token) -> tuple[int, ...]:
        """The grid's columns of section three's heads, above its first row's label; empty where not in order."""
        if not self._applicant_columns and label.row <= _MOST_HEAD_ROWS:
            heads = self._applicant_heads(label)
            found = tuple(heads[name].column for name in self._forms.applicants if name in heads)
            in_order = len(found) == len(self._forms.applicants) and all(a < b for a, b in pairwise(found))
            self._applicant_columns = found if in_order else ()
        return self._applicant_columns

    def applicant_order(self, label: Token) -> tuple[int, ...]:
        """The form's columns of section three as the head has them, where it has them in another order; else empty.

        Heads in several rows are of the form's order, but for a total that stands before all.
        """
        if self._applicant_order is None:
            heads = self._applicant_heads(label)
            names = self._forms.applicants
            if len(heads) == len(names) and len({token.row for token in heads.values()}) == 1:
                names = tuple(sorted(names, key=lambda name: heads[name].no))
            elif len(heads) == len(names) and heads[names[-1]].no < heads[names[0]].no:
                names = (names[-1], *names[:-1])
            order = tuple(map(self._forms.applicants.index, names))
            last = len(order) - 1
            printed = ((*range(last + 1),), (0, last, *range(1, last)))  # as the form has them, and cell after cell
            self._applicant_order = order if order not in printed else ()
        return self._applicant_order

    def _applicant_heads(self, label: Token) -> dict[str, Token]:
        """The cells of section three's head that name a column: of each name the last above its first row's label."""
        found: dict[str, Token] = {}
        for token in reversed(self._stream.tokens[: label.no]):
            if token.table != label.table:
                break
            if token.text in self._forms.applicants:
                found.setdefault(token.text, token)
        return found
