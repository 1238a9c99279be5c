"""Ruling lines into grids: where the lines of one table cross, where an inner edge is missing a cell spans."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.clean.pdf.rules import Rule
from tasks.clean.pdf.runs import Run

SNAP = 3.0  # points: lines closer than this are one line (a double border, a stroke beside a fill)
HANG = 0.75  # of a character's height: what hangs no further over the edge of its cell belongs to it
MOST_LINES = 400  # of a page in one direction, after joining: beyond it is a drawing
LOWEST_ROW = 5.0  # points, on average: no print fits into a lower one; it is a drawing
TALLEST_OPEN_ROW = 36.0  # points: of one line of print

LineSet = tuple[list[Rule], list[Rule]]  # lines across, lines down


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """The cells that the rules of one table enclose, by row, then column: (row, column, row span, column span)."""

    xs: tuple[float, ...]  # the lines between columns, outer ones included
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]
    owner: tuple[tuple[int, ...], ...]  # of each unit [row][column] the number of its cell

    def parts(self, run: Run, y: float) -> Iterable[tuple[int, Run]]:
        """The numbers of the cells that a run stands in, its middle at that height, and what each holds of it."""
        owners = self.owner[_interval(self.ys, y)]
        low = min(run.left + HANG * run.size, (run.left + run.right) / 2)
        high = max(run.right - HANG * run.size, low)
        first = owners[_interval(self.xs, low)]
        _, column, _, column_span = self.cells[first]
        if high <= self.xs[column + column_span]:
            return ((first, run),)
        middles = ((left + right) / 2 for left, right in itertools.pairwise([run.left, *run.rights]))
        places = (min(max(middle, low), high) for middle in middles)
        parts, start = [], 0
        for cell, group in itertools.groupby(owners[_interval(self.xs, place)] for place in places):
            end = start + len(list(group))
            parts.append((cell, run.cut(start, end)))
            start = end
        return parts


def _interval(edges: Sequence[float], at: float) -> int:
    """Between which edges a place is; the outermost where it is beyond them."""
    return min(max(bisect_right(edges, at), 1), len(edges) - 1) - 1


def ruled_grids(horizontals: Iterable[Rule], verticals: Iterable[Rule]) -> list[RuledGrid]:
    """The grids that the rules of a page draw, from top to bottom."""
    across, down = _join_collinear(horizontals), _join_collinear(verticals)
    if len(across) > MOST_LINES or len(down) > MOST_LINES:
        return []
    grids = [_grid(*component) for component in _components(across, down)]
    return sorted((grid for grid in grids if grid), key=lambda grid: grid.ys[0])


def _join_collinear(rules: Iterable[Rule]) -> list[Rule]:
    """Strokes along one line that touch become one; dashes too."""
    lines: list[Rule] = []
    group: list[Rule] = []
    for rule in [*sorted(rules), None]:
        if group and (rule is None or rule.at - group[-1].at > SNAP / 2):
            at = sum(member.at for member in group) / len(group)
            lines += (Rule(at, start, end) for start, end in _merge((r.start, r.end) for r in group))
            group = []
        if rule is not None:
            group.append(rule)
    return lines


def _merge(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1] + SNAP:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _components(across: list[Rule], down: list[Rule]) -> list[LineSet]:
    """The sets of lines that touch one another: one set a table."""
    parent = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if h.start - SNAP <= v.at <= h.end + SNAP and v.start - SNAP <= h.at <= v.end + SNAP:
                parent[root(i)] = root(j)
    sets: dict[int, LineSet] = defaultdict(lambda: ([], []))
    for node in range(len(parent)):
        members = sets[root(node)]
        if node < len(across):
            members[0].append(across[node])
        else:
            members[1].append(down[node - len(across)])
    return _join_open(sorted(sets.values(), key=_top))


def _join_open(sets: list[LineSet]) -> list[LineSet]:
    """Sets one over the other that are of one table without outer sides: a row of one cell has no line down.

    So a row that spans such a table parts its lines into two sets of one width.
    """
    joined: list[LineSet] = []
    for across, down in sets:
        if not across:
            continue
        above = next((other for other in reversed(joined) if _is_row_between(other, (across, down))), None)
        if above:
            above[0].extend(across)
            above[1].extend(down)
        else:
            joined.append((across, down))
    return [(across, down) for across, down in joined if down]


def _is_row_between(above: LineSet, below: LineSet) -> bool:
    (left, right), (other_left, other_right) = _reach(above), _reach(below)
    if abs(left - other_left) > SNAP or abs(right - other_right) > SNAP or not (above[1] or below[1]):
        return False
    is_open = all(left + 2 * SNAP < rule.at < right - 2 * SNAP for rule in (*above[1], *below[1]))
    return is_open and 0 < _top(below) - max(rule.at for rule in above[0]) <= TALLEST_OPEN_ROW


def _reach(lines: LineSet) -> tuple[float, float]:
    return min(rule.start for rule in lines[0]), max(rule.end for rule in lines[0])


def _top(lines: LineSet) -> float:
    return min((rule.at for rule in lines[0]), default=0.0)


def _grid(across: list[Rule], down: list[Rule]) -> RuledGrid | None:
    """The grid of one set of lines; None where they enclose nothing."""
    xs = _positions([v.at for v in down], [h.start for h in across], [h.end for h in across])
    ys = _positions([h.at for h in across], [v.start for v in down], [v.end for v in down])
    if len(xs) < 2 or len(ys) < 2 or ys[-1] - ys[0] < LOWEST_ROW * (len(ys) - 1):
        return None
    middle_x = [(a + b) / 2 for a, b in itertools.pairwise(xs)]
    middle_y = [(a + b) / 2 for a, b in itertools.pairwise(ys)]
    right = [_standing(down, x, middle_y) for x in xs[1:]]
    below = [_standing(across, y, middle_x) for y in ys[1:]]
    return RuledGrid(tuple(xs), tuple(ys), *_cells(right, below))


def _positions(lines: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """Where the lines of one direction are, and the open sides: where two lines across end alike beyond them."""
    positions: list[float] = []
    group: list[float] = []
    for at in sorted(lines):
        if group and at - group[0] > SNAP:
            positions.append(sum(group) / len(group))
            group = []
        group.append(at)
    positions.append(sum(group) / len(group))
    first, last = min(starts), max(ends)
    if first < positions[0] - 2 * SNAP and sum(start < first + SNAP for start in starts) > 1:
        positions.insert(0, first)
    if last > positions[-1] + 2 * SNAP and sum(end > last - SNAP for end in ends) > 1:
        positions.append(last)
    return positions


def _standing(rules: list[Rule], at: float, middles: list[float]) -> bytearray:
    """Beside which of the rows (below which of the columns) with these middles a line stands at a position."""
    found = bytearray(len(middles))
    for rule in rules:
        if abs(rule.at - at) <= SNAP:
            low, high = bisect_left(middles, rule.start), bisect_right(middles, rule.end)
            found[low:high] = b"\1" * (high - low)
    return found


def _cells(
    right: list[bytearray], below: list[bytearray]
) -> tuple[tuple[tuple[int, int, int, int], ...], tuple[tuple[int, ...], ...]]:
    """Cells from upper left to lower right: as wide as no edge stands, then as high as no edge stands below.

    `right` tells for each column beside which rows an edge stands, `below` for each row below which columns.
    """
    rows, columns = len(below), len(right)
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[tuple[int, int, int, int]] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            end = column + 1
            while end < columns and not right[end - 1][row] and owner[row][end] < 0:
                end += 1
            low = row + 1
            while low < rows and not any(below[low - 1][column:end]):
                if any(right[inner][low] for inner in range(column, end - 1)):
                    break
                low += 1
            for r in range(row, low):
                owner[r][column:end] = [len(cells)] * (end - column)
            cells.append((row, column, low - row, end - column))
    return tuple(cells), tuple(map(tuple, owner))
