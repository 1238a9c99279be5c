"""Which value stands in which column, where a row has lost blanks or keeps padding: all that its own values tell.

A run is all that stands between one label and the next. Where it is as long as the form is wide, order decides. Padding
of spans at its ends is told by the width. What is left with more than one reading is not placed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from tasks.parse.tables.amounts import read_amount
from tasks.parse.tables.rowrun import RowRun
from tasks.parse.tables.stream import Token

Placed = tuple[Token | None, ...]  # one entry a column; None where nothing stands

_MOST_GLUED = 3  # digits beyond one a column
_MOST_DIGITS = 4  # a column, on average, of a row that adds up


def fit(run: Sequence[Token], width: int, columns: Sequence[int] | None = None) -> Placed | None:
    """The run in the form's columns, or None where more than one reading is left.

    `columns`: the grid's column numbers of the form's columns, where the table is a grid and they are known.
    """
    if len(run) == width:
        return tuple(run)
    filled = [index for index, token in enumerate(run) if token.state != "blank"]
    if not filled:
        return tuple(run[:width]) if len(run) > width else (*run, *[None] * (width - len(run)))
    if columns is not None:
        at = {token.column: token for token in run}
        if all(run[index].column in columns for index in filled):
            return tuple(at.get(column) for column in columns)
    if len(run) < width:
        return None
    if len(filled) == width:
        return tuple(run[index] for index in filled)
    windows = range(max(0, filled[-1] + 1 - width), min(filled[0], len(run) - width) + 1)
    return tuple(run[windows[0] : windows[0] + width]) if len(windows) == 1 else None


def in_row(run: RowRun) -> list[Token]:
    """The values in the label's own row of the grid, where there are any; else in the first row that is filled."""
    rows = {token.row for token in run.tokens}
    if len(rows) == 1:
        return run.tokens
    filled = next((token.row for token in run.tokens if token.state != "blank"), run.tokens[0].row)
    row = run.label.row if run.label and run.label.row in rows else filled
    return [token for token in run.tokens if token.row == row]


def fitted(run: RowRun, width: int, columns: Sequence[int] | None) -> Placed | None:
    """The run in `width` columns: as a whole, or its part in the label's own row."""
    grid = not run.tokens[0].ragged
    if grid:
        return fit(in_row(run), width, columns)
    return fit(run.tokens, width) or fit(in_row(run), width) or _before_padding(run, width)


def _before_padding(run: RowRun, width: int) -> Placed | None:
    """The first values of a run, where all blanks beyond the form are known to stand behind them."""
    beyond = run.tokens[width:]
    padded = run.closed_up and beyond and all(token.state == "blank" for token in beyond)
    return tuple(run.tokens[:width]) if padded else None


def cut_off(run: Sequence[Token], width: int, last: int | None) -> Placed | None:
    """A row that the end of the text cuts, `last` being the token at that end: in order, as far as it goes."""
    whole = all(token.state != "blank" for token in run)
    return (*run, *[None] * (width - len(run))) if whole and run[-1].no == last and len(run) < width else None


def followed_by_cut(
    run: Sequence[Token], width: int, last: int | None, holds: Callable[[Sequence[Token]], bool]
) -> Placed | None:
    """A row that `holds`, and the digits of the next label or line (2., 2020年) within which the text ends."""
    is_cut = len(run) == width + 1 and run[-1].no == last and holds(run[:-1])
    return tuple(run[:-1]) if is_cut else None


def anchored(run: Sequence[Token], signed: Sequence[bool]) -> Placed | None:
    """A short run that holds one number with a sign, where the form has one column of changes: the sign anchors it.

    Only where at most one column stands on either side, so that what is before and behind has one place each.
    """
    signs = [place for place, token in enumerate(run) if token.amount is not None and token.amount.signed]
    anchors = [place for place, is_signed in enumerate(signed) if is_signed]
    if len(signs) != 1 or len(anchors) != 1 or len(run) >= len(signed):
        return None
    before, behind = run[: signs[0]], run[signs[0] + 1 :]
    if len(before) > anchors[0] or len(behind) > len(signed) - anchors[0] - 1 or max(len(before), len(behind)) > 1:
        return None
    if anchors[0] > 1 or len(signed) - anchors[0] > 2:
        return None
    lost_before: Placed = (None,) * (anchors[0] - len(before))
    lost_behind: Placed = (None,) * (len(signed) - anchors[0] - 1 - len(behind))
    return (*lost_before, *before, run[signs[0]], *behind, *lost_behind)


def mended(run: Sequence[Token], width: int) -> Placed | None:
    """A run with one number torn in two (1 6 for 16): joined where the row then adds up, and nowhere else does.

    Its last number is the sum of the others.
    """
    if len(run) != width + 1 or any(not token.text.isdigit() for token in run):
        return None
    joined = [(*run[:place], _join(run[place], run[place + 1]), *run[place + 2 :]) for place in range(width)]
    whole = [row for row in joined if adds_up(row)]
    return whole[0] if len(whole) == 1 else None


def unglued(run: Sequence[Token], width: int, holds: Callable[[Placed], bool]) -> Placed | None:
    """One token whose digits are those of all columns (80000019 under seven heads), where one way of cutting `holds`.

    A number does not begin with 0.
    """
    text = run[0].text
    if len(run) != 1 or not text.isdigit() or not width <= len(text) <= width + _MOST_GLUED:
        return None
    ways = (
        _pieces(run[0], places)
        for places in combinations(range(1, len(text)), width - 1)
        if all(end - start == 1 or text[start] != "0" for start, end in pairwise((0, *places, len(text))))
    )
    whole = [way for way in ways if holds(way)]
    return whole[0] if len(whole) == 1 else None


def summed_cuts(run: Sequence[Token], width: int) -> list[Placed]:
    """The ways to cut one token into as many numbers as there are columns so that the last is the sum of the others."""
    text = run[0].text
    if len(run) != 1 or not text.isdigit() or not width <= len(text) <= _MOST_DIGITS * width:
        return []
    ways: list[Placed] = []
    for start in range(len(text) - 1, width - 2, -1):
        total = int(text[start:])
        if start < len(text) - 1 and text[start] == "0":
            continue
        ways += [_pieces(run[0], places) for places in _parts(text[:start], width - 1, total)]
    return ways


def _parts(text: str, count: int, total: int) -> Iterator[tuple[int, ...]]:
    """The ends of `count` numbers that make up a text of digits and add up to `total`."""
    if count == 1:
        if int(text) == total and (text[0] != "0" or len(text) == 1):
            yield (len(text),)
        return
    for end in range(1, len(text) - count + 2 if text[0] != "0" else 2):
        first = int(text[:end])
        if first > total:
            return
        for rest in _parts(text[end:], count - 1, total - first):
            yield (end, *(end + place for place in rest))


def _pieces(token: Token, places: Sequence[int]) -> Placed:
    return tuple(_piece(token, start, end) for start, end in pairwise((0, *places, len(token.text))))


def _piece(token: Token, start: int, end: int) -> Token:
    text = token.text[start:end]
    return replace(token, text=text, start=token.start + start, end=token.start + end, amount=read_amount(text))


def _join(first: Token, second: Token) -> Token:
    text = first.text + second.text
    return replace(first, text=text, end=second.end, amount=read_amount(text))


def adds_up(row: Sequence[Token | None]) -> bool:
    """Whether the last cell holds the sum of those before it, blanks counted as nothing."""
    total = number(row[-1])
    return total is not None and abs(sum(number(token) or 0 for token in row[:-1]) - total) < 1e-6


def number(token: Token | None) -> float | None:
    """The number in a cell; None where there is none."""
    return token.amount.value if token is not None and token.amount is not None else None
