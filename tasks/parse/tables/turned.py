"""Tables printed on their side: what the form has as columns stands as rows. Set upright before they are read.

A table pasted as text is set upright only where each of its rows has as many cells: then none was lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile

from tasks.model import Cell, Table
from tasks.parse.tables.formfiles import forms
from tasks.parse.tables.forms import Row, half_width

_FEWEST_ROWS = 18  # of section three, with or without the rows that stand for others
_FEWEST_RESULTS = 5  # of section four
_MOST_HEADS = 3  # rows above the figures of a form of one figure a row that lies on its side
_FEWEST_LABELS = 2
_MANY_LABELS = 5  # of which a body may have added some of its own
_PART_OF_A_YEAR = re.compile(r"[季月]|半年")  # before a row of figures
_MOST_ABOVE = 3  # cells before the corner of section two's tables is passed


def upright(table: Table) -> Sequence[Cell]:
    """The cells by row and column as the form has them."""
    if not is_turned(table):
        return table.cells
    return [
        cell._replace(row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
        for cell in as_printed(table)
    ]


def as_printed(table: Table) -> Sequence[Cell]:
    """The cells where they are printed, in the order of `upright`."""
    return sorted(table.cells, key=lambda cell: (cell.column, cell.row)) if is_turned(table) else table.cells


def is_turned(table: Table) -> bool:
    """Whether a table has the form's columns as rows."""
    if table.row_count > 1 and table.column_count >= _FEWEST_LABELS and _has_labels_above(table):
        return not table.ragged or len(table.cells) == table.row_count * table.column_count
    if table.ragged:
        return False
    if table.column_count >= _FEWEST_ROWS and table.row_count < table.column_count:
        applicants = set(forms().applicants)
        return sum(cell.text in applicants for cell in table.cells if cell.column < table.row_count) >= len(applicants)
    if table.column_count <= _FEWEST_RESULTS <= table.row_count:
        return _reads_down(table.cells, *_results())
    first = [cell.text for cell in table.cells[:_MOST_ABOVE] if cell.row < _MOST_ABOVE]
    return any(corner == forms().corner and beside in _content_rows() for corner, beside in pairwise(first))


def _has_labels_above(table: Table) -> bool:
    """Whether labels of the forms of one figure a row head the columns but the first, below heads of several or not."""
    return any(_are_labels(table, rows) for rows in range(1, min(_MOST_HEADS + 1, table.row_count)))


def _are_labels(table: Table, rows: int) -> bool:
    """Whether the lowest of the first `rows` rows is one of labels, a column each, and no row below holds any."""
    above = list(takewhile(lambda cell: cell.row < rows, table.cells))
    heads = {
        column: cell
        for cell in above
        if rows <= cell.row + cell.row_span
        for column in range(cell.column, cell.column + cell.column_span)
    }
    labels = [heads[column] for column in range(1, table.column_count) if column in heads]
    if len(labels) < table.column_count - 1 or any(cell.column_span > 1 or cell.state != "text" for cell in labels):
        return False
    known = sum(map(_is_statistic, labels))
    return (
        (known == len(labels) or (known >= _MANY_LABELS and known * 4 >= len(labels) * 3))
        and known + (0 in heads and _is_statistic(heads[0])) >= _FEWEST_LABELS
        and not any(
            _is_statistic(cell) or (cell.column == 0 and _PART_OF_A_YEAR.search(cell.text))
            for cell in table.cells[len(above) :]
        )
    )


def _is_statistic(cell: Cell) -> bool:
    """Whether a cell holds a label of the forms of 2008 or 2014."""
    return cell.state == "text" and any(
        isinstance(meaning, Row)
        for found in forms().find(half_width(cell.text))
        for meaning in found.meanings.get("statistics", ())
    )


def _reads_down(cells: Sequence[Cell], first: str, second: str) -> bool:
    """Whether one result of section four stands below another, in one column."""
    place = next(((cell.row, cell.column) for cell in cells if cell.text == first), None)
    return place is not None and any((cell.row - 1, cell.column) == place and cell.text == second for cell in cells)


@cache
def _results() -> tuple[str, str]:
    """The first two results of section four."""
    first, second = forms().dispute_results[:2]
    return first, second


@cache
def _content_rows() -> frozenset[str]:
    """The labels of section two's rows."""
    return frozenset(row.label for row in forms().rows if row.table == "content")
