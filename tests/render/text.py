"""A document as plain text, its tables in any of the ways in which pages lose them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from tests.render.document import Grid, GridCell, Line, NeutralDocument

Serialisation = Literal[
    "pipe_rows",
    "pipe_rows_padded",
    "pipe_first",
    "pipe_at_cell_end",
    "pipe_between_cells",
    "pipe_opens_row",
    "pipe_then_cells",
    "cell_a_line",
    "cell_a_line_spaced",
    "cell_a_line_nbsp",
    "blank_lost",
    "tabs",
    "spaces",
    "header_cut",
]
SERIALISATIONS: tuple[Serialisation, ...] = get_args(Serialisation)
# Where a blank cell leaves no trace, or a word is torn so that two careful readers would differ about it.
LOSES_BLANKS: frozenset[Serialisation] = frozenset({"cell_a_line", "blank_lost", "spaces", "cell_a_line_spaced"})


def text_of(document: NeutralDocument, serialisation: Serialisation = "pipe_rows", indent: str = "") -> str:
    """The whole document; `indent` stands before each paragraph."""
    lines = [f"{key}：{value}" for key, value in document.metadata]
    for block in document.blocks:
        if isinstance(block, Line):
            lines.append((indent if block.kind == "paragraph" else "") + block.text)
        else:
            lines += ["", *_WAYS[serialisation](block), ""]
    return "\n".join(lines) + "\n"


def _texts(row: list[GridCell]) -> list[str]:
    return [cell.text.strip("　 ") for cell in row]


def _pipe_rows(grid: Grid) -> list[str]:
    """Spans are gone, so that a row under a spanning cell is short at its left."""
    return [" | ".join(_texts(row)) + " |" for row in grid.by_row()]


def _pipe_rows_padded(grid: Grid) -> list[str]:
    """A column span leaves its pipes at the end of the row."""
    return [" | ".join(_texts(row)) + " |" + "|" * sum(cell.column_span - 1 for cell in row) for row in grid.by_row()]


def _pipe_first(grid: Grid) -> list[str]:
    return ["| " + " | ".join(_texts(row)) + " |" for row in grid.by_row()]


def _pipe_at_cell_end(grid: Grid) -> list[str]:
    lines: list[str] = []
    for row in grid.by_row():
        lines += [f"{text} |" if text else "|" for text in _texts(row)]
        padding = sum(cell.column_span - 1 for cell in row)
        if padding:
            lines.append("|" * padding)
    return lines


def _pipe_between_cells(grid: Grid) -> list[str]:
    lines: list[str] = []
    for row in grid.by_row():
        for text in _texts(row):
            lines += [text, "|"] if text else ["|"]
    return lines


def _pipe_opens_row(grid: Grid) -> list[str]:
    lines: list[str] = []
    for row in grid.by_row():
        lines += ["|", *(f"{text} |" if text else "|" for text in _texts(row))]
    return lines


def _pipe_then_cells(grid: Grid) -> list[str]:
    lines: list[str] = []
    for row in grid.by_row():
        for text in _texts(row):
            lines += ["|", "", text, ""]
    return [*lines, "|"]


def _cell_a_line(grid: Grid) -> list[str]:
    return [text for row in grid.by_row() for text in _texts(row) if text]


def _cell_a_line_spaced(grid: Grid) -> list[str]:
    return [line for row in grid.by_row() for text in _texts(row) if text for line in (text, "")]


def _cell_a_line_nbsp(grid: Grid) -> list[str]:
    return [line for row in grid.by_row() for text in _texts(row) for line in (text or "\u00a0", "")]


def _blank_lost(grid: Grid) -> list[str]:
    return [" | ".join(text for text in _texts(row) if text) + " |" for row in grid.by_row()]


def _tabs(grid: Grid) -> list[str]:
    return ["\t".join(_texts(row)) for row in grid.by_row()]


def _spaces(grid: Grid) -> list[str]:
    return ["  ".join(text for text in _texts(row) if text) for row in grid.by_row()]


def _header_cut(grid: Grid) -> list[str]:
    """The words of the header are cut over lines, two characters each."""
    lines: list[str] = []
    for number, row in enumerate(grid.by_row()):
        for text in _texts(row):
            if number < grid.header_rows and 2 < len(text) < 10 and not any(c in text for c in "（()）"):
                lines += [text[at : at + 2] for at in range(0, len(text), 2)]
            else:
                lines.append(text or "\u00a0")
            lines.append("")
    return lines


_WAYS: dict[Serialisation, Callable[[Grid], list[str]]] = {
    "pipe_rows": _pipe_rows,
    "pipe_rows_padded": _pipe_rows_padded,
    "pipe_first": _pipe_first,
    "pipe_at_cell_end": _pipe_at_cell_end,
    "pipe_between_cells": _pipe_between_cells,
    "pipe_opens_row": _pipe_opens_row,
    "pipe_then_cells": _pipe_then_cells,
    "cell_a_line": _cell_a_line,
    "cell_a_line_spaced": _cell_a_line_spaced,
    "cell_a_line_nbsp": _cell_a_line_nbsp,
    "blank_lost": _blank_lost,
    "tabs": _tabs,
    "spaces": _spaces,
    "header_cut": _header_cut,
}
