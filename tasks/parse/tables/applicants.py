"""The rows of section three in the form's seven columns: by their own values, by the head, by what the sums prove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.parse.tables.forms import Forms
from tasks.parse.tables.proofs import proved, readings_of
from tasks.parse.tables.ragged import Placed, adds_up, cut_off, fitted, followed_by_cut, mended, number, summed_cuts
from tasks.parse.tables.rowrun import RowRun

APPLICANTS = 7


class PlacedRun(NamedTuple):
    """A row's values in the columns; `why` some of them, or all (`placed` None), can't be placed."""

    run: RowRun
    placed: Placed | None
    why: str = ""


def place_requests(runs: list[RowRun], forms: Forms, last: int | None) -> Iterator[PlacedRun]:
    """Place every row. `last`: the token that the text breaks off with."""
    placed: dict[str, Placed] = {}
    open_runs: list[RowRun] = []
    columns: tuple[int, ...] | None = None
    for run in _named(runs, forms):
        if run.row is None:
            yield PlacedRun(run, None, "its label is in no form")
        elif run.row.slots:
            row = (
                fitted(run, APPLICANTS, columns or run.head_columns or None)
                or _fewer(run)
                or mended(run.tokens, APPLICANTS)
                or followed_by_cut(run.tokens, APPLICANTS, last, adds_up)
                or _only(summed_cuts(run.tokens, APPLICANTS))
            )
            if row is None and not open_runs:  # where other rows have lost blanks, this one may have too
                row = cut_off(run.tokens, APPLICANTS, last)
            if row is None:
                open_runs.append(run)
                continue
            if columns is None and not run.tokens[0].ragged:
                columns = _columns(row)
            placed[run.row.slots[0].indicator_id] = row
            yield PlacedRun(run, row)
    yield from _proved_by_sums(open_runs, placed, [run for run in runs if run.row is None])


def _only(ways: Sequence[Placed]) -> Placed | None:
    return ways[0] if len(ways) == 1 else None


def _named(runs: list[RowRun], forms: Forms) -> list[RowRun]:
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


def _fewer(run: RowRun) -> Placed | None:
    """A row below a head that lacks some of the form's columns; not where its last number is their sum after all."""
    if not 0 < len(run.applicants) < APPLICANTS:
        return None
    narrow = fitted(run, len(run.applicants), None)
    if narrow is None or (number(narrow[-1]) and run.applicants[-1] != APPLICANTS - 1 and adds_up(narrow)):
        return None
    there = dict(zip(run.applicants, narrow, strict=True))
    return tuple(there.get(column) for column in range(APPLICANTS))


def _columns(row: Placed) -> tuple[int, ...] | None:
    """The grid's column numbers of a row that has a value in each."""
    found = tuple(token.column for token in row if token and token.state != "blank")
    return found if len(found) == len(row) else None


def _proved_by_sums(
    open_runs: Sequence[RowRun], placed: Mapping[str, Placed], nameless: Sequence[RowRun]
) -> Iterator[PlacedRun]:
    """What the sums of the columns tell of rows that their own values don't place, where no other row is in doubt."""
    why = f"not the {APPLICANTS} columns, and the identities don't tell which are blank"
    readings = {_indicator(run): readings_of(run.tokens, APPLICANTS) for run in open_runs}
    doubtful = [*nameless, *(run for run in open_runs if not readings[_indicator(run)])]
    twice = len(readings) < len(open_runs) or any(name in placed for name in readings)
    found = {} if twice or any(map(_matters, doubtful)) else proved(placed, _filled(readings))
    for run in open_runs:
        yield PlacedRun(run, found.get(_indicator(run)), why)


def _filled(readings: Mapping[str, Sequence[Placed]]) -> dict[str, Sequence[Placed]]:
    """The rows that have readings, and those of zeros alone as the nothing that they weigh."""
    return {name: ways or [(None,) * APPLICANTS] for name, ways in readings.items()}


def _indicator(run: RowRun) -> str:
    return run.row.slots[0].indicator_id if run.row else ""


def _matters(run: RowRun) -> bool:
    """Whether a row holds anything but zeros: zeros weigh nothing wherever they stand."""
    return any(number(token) != 0 for token in run.tokens if token.state == "number")
