"""The rows of section three in the form's seven columns: by their own values, by the head, by what the sums prove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from tasks.parse.tables.forms import Forms
from tasks.parse.tables.ragged import Placed, adds_up, cut_off, fitted, mended, number, unglued
from tasks.parse.tables.rowreader import RowRun
from tasks.parse.tables.stream import Token

APPLICANTS = 7
_TOTAL = "request.outcome.total"


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
                fitted(run, APPLICANTS, columns)
                or _fewer(run)
                or mended(run.tokens, APPLICANTS)
                or unglued(run.tokens, APPLICANTS, adds_up)
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
    doubtful = [*open_runs, *(run for run in runs if run.row is None)]
    for run in open_runs:
        why = f"not the {APPLICANTS} columns, and the identities don't tell which are blank"
        yield PlacedRun(run, _proved_by_sums(run, placed, doubtful), why)


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


def _proved_by_sums(run: RowRun, placed: Mapping[str, Placed], doubtful: Sequence[RowRun]) -> Placed | None:
    """The one place of a short row's numbers, where the sums of the columns tell it and no other row is in doubt."""
    if run.row is None or any(other is not run and _matters(other) for other in doubtful):
        return None
    missing = run.row.slots[0].indicator_id
    if not missing.startswith("request.outcome.") or missing == _TOTAL:
        return None
    parts = [name for name in placed if name.startswith("request.outcome.") and name != _TOTAL]
    return _agreed(_placements(run.tokens), _residuals(placed, parts, missing))


def _matters(run: RowRun) -> bool:
    """Whether a row holds anything but zeros: zeros weigh nothing wherever they stand."""
    return any(number(token) != 0 for token in run.tokens if token.state == "number")


def _placements(run: Sequence[Token]) -> list[Placed]:
    """All readings of a short run in which its last number is the row's total and the row adds up.

    A blank counts as nothing in the sum.
    """
    filled = [token for token in run if token.state != "blank"]
    if not filled or len(filled) > APPLICANTS or not adds_up(filled):
        return []
    found: list[Placed] = []
    for places in combinations(range(APPLICANTS - 1), len(filled) - 1):
        row: list[Token | None] = [None] * APPLICANTS
        for place, token in zip(places, filled, strict=False):
            row[place] = token
        row[-1] = filled[-1]
        found.append(tuple(row))
    return found


def _residuals(rows: Mapping[str, Placed], parts: Sequence[str], missing: str) -> list[float | None]:
    """What row `missing` must hold in each column so that `parts` add up to the total, blanks counted as nothing."""
    left: list[float | None] = []
    for column in range(APPLICANTS):
        known = number(rows[_TOTAL][column]) if _TOTAL in rows else None
        if known is None:
            left.append(None)
            continue
        left.append(known - sum(number(rows[part][column]) or 0 for part in parts if part != missing and part in rows))
    return left


def _agreed(readings: Sequence[Placed], residuals: Sequence[float | None]) -> Placed | None:
    """The part of all readings that the columns prove: `residuals` is what each column lacks without this row.

    A number that every reading in keeping with the columns puts at one place is placed there; others are left out.
    """
    fitting = [reading for reading in readings if _keeps(reading, residuals)]
    if not fitting:
        return None
    agreed = tuple(
        cells[0] if all(cell is cells[0] for cell in cells) else None for cells in zip(*fitting, strict=True)
    )
    return agreed if any(agreed) else None


def _keeps(reading: Placed, residuals: Sequence[float | None]) -> bool:
    return all(
        residual is not None and abs((number(token) or 0 if token else 0) - residual) < 1e-6
        for token, residual in zip(reading, residuals, strict=True)
    )
