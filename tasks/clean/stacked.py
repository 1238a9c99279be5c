"""Rows of a form that stand in one row of the grid, line upon line: labels in one cell, their numbers in another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.clean.extract import GridCell
from tasks.clean.text.labels import VALUE, is_label

_NUMBERS = re.compile(r"\s*[\d０-９/／\-—无][^\n]{0,9}(?:\n[^\n]{1,10})+")


def unstack(cells: Sequence[GridCell]) -> list[GridCell]:
    """The same cells with such a row as so many rows as it has labels.

    Only where each line of a cell is a label, each of another a value, and no cell beside has another number of lines;
    a cell of one line stands beside all of them.
    """
    stacked = {cell.row for cell in cells if "\n" in cell.text and _NUMBERS.fullmatch(cell.text)}
    heights = {row: height for row in stacked if (height := _height([c for c in cells if c.row == row])) > 1}
    if not heights:
        return list(cells)
    done: list[GridCell] = []
    for cell in cells:
        row = cell.row + sum(height - 1 for above, height in heights.items() if above < cell.row)
        lines = cell.text.split("\n")
        if cell.row in heights and len(lines) > 1:
            done += [cell._replace(row=row + place, text=line) for place, line in enumerate(lines)]
        else:
            covered = range(cell.row, cell.row + cell.row_span)
            added = sum(height - 1 for at, height in heights.items() if at in covered)
            done.append(cell._replace(row=row, row_span=cell.row_span + added))
    return sorted(done)


def _height(row: Sequence[GridCell]) -> int:
    """How many rows stand in one; 1 where it is one."""
    columns = [cell.text.split("\n") for cell in row]
    several = [lines for lines in columns if len(lines) > 1]
    heights = set(map(len, several))
    is_stack = (
        len(heights) == 1
        and any(all(map(is_label, lines)) for lines in several)
        and any(all(VALUE.fullmatch(line.strip()) for line in lines) for lines in several)
        and all(cell.row_span == 1 for cell, lines in zip(row, columns, strict=True) if len(lines) > 1)
    )
    return heights.pop() if is_stack else 1
