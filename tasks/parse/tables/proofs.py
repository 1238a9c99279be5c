"""Rows of section three that their own values don't place: what the sums of the columns prove of them.

In each column all outcomes add up to their total, and what came in equals what was closed and what is left. Of the
readings that a row may have, those remain that some reading of the other rows agrees with; what all of them put at one
place is proved. Blanks count as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from tasks.parse.tables.ragged import Placed, adds_up, number, summed_cuts
from tasks.parse.tables.stream import Token

_TOTAL = "request.outcome.total"
_FLOW = {"request.received.new": 1, "request.received.carried_in": 1, _TOTAL: -1, "request.carried_out": -1}
_MOST_SUMS = 20_000  # of the readings of some rows; beyond, nothing is proved

_Vector = tuple[float, ...]
_Term = Sequence[_Vector]  # what a row may add to the columns


def readings_of(run: Sequence[Token], width: int) -> list[Placed]:
    """All readings of a row in `width` columns in which the last number is its total, and it adds up."""
    glued = summed_cuts(run, width)
    filled = [token for token in run if token.state != "blank"]
    if glued or not 1 < len(filled) <= width or not adds_up(filled):
        return glued
    found: list[Placed] = []
    for places in combinations(range(width - 1), len(filled) - 1):
        row: list[Token | None] = [None] * width
        for place, token in zip(places, filled, strict=False):
            row[place] = token
        row[-1] = filled[-1]
        found.append(tuple(row))
    return found


def proved(placed: Mapping[str, Placed], readings: Mapping[str, Sequence[Placed]]) -> dict[str, Placed]:
    """By indicator what the columns prove of the rows in `readings`; `placed` are the rows that stand for certain."""
    left = {name: list(ways) for name, ways in readings.items()}
    checked: set[str] = set()
    outcomes = {name for name in (*placed, *left) if name.startswith("request.outcome.") and name != _TOTAL}
    for signs in ({**dict.fromkeys(sorted(outcomes), 1), _TOTAL: -1}, _FLOW) * 2:
        rows = [name for name in signs if name in left]
        if not rows or not all(name in placed or name in left for name in signs):
            continue
        known = _sum(_vector(placed[name], sign) for name, sign in signs.items() if name in placed)
        terms = [[_vector(way, signs[name]) for way in left[name]] for name in rows]
        kept = _feasible(terms, tuple(-value for value in known) if known else None)
        if kept is None:
            continue
        checked.update(rows)
        for name, places in zip(rows, kept, strict=True):
            left[name] = [left[name][place] for place in places]
    return {name: row for name in checked if (row := _common(left[name]))}


def _feasible(terms: Sequence[_Term], target: _Vector | None) -> list[list[int]] | None:
    """Of each row the readings that occur where one of each row adds up to `target`; None where they are too many."""
    width = len(terms[0][0]) if terms[0] else 0
    nothing = (0.0,) * width
    target = target or nothing
    ahead: list[set[_Vector]] = [{nothing}]
    for term in terms:
        ahead.append({_plus(done, vector) for done in ahead[-1] for vector in term})
        if len(ahead[-1]) > _MOST_SUMS:
            return None
    behind: set[_Vector] = {target}
    kept: list[list[int]] = []
    for done, term in zip(reversed(ahead[:-1]), reversed(terms), strict=True):
        fits = [{_plus(rest, vector, -1) for rest in behind} & done for vector in term]
        kept.append([place for place, sums in enumerate(fits) if sums])
        behind = set().union(*fits)
    return kept[::-1]


def _vector(row: Placed, sign: int) -> _Vector:
    return tuple(sign * (number(token) or 0.0) for token in row)


def _plus(one: _Vector, other: _Vector, sign: int = 1) -> _Vector:
    return tuple(a + sign * b for a, b in zip(one, other, strict=True))


def _sum(vectors: Iterable[_Vector]) -> _Vector:
    return tuple(map(sum, zip(*vectors, strict=True)))


def _common(ways: Sequence[Placed]) -> Placed | None:
    """The part of a row that all its readings share; None where they share nothing."""
    if not ways:
        return None
    common = tuple(
        cells[0] if len({cell and (cell.start, cell.end) for cell in cells}) == 1 else None
        for cells in zip(*ways, strict=True)
    )
    return common if any(common) else None
