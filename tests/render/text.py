"""A document as plain text, its tables in any of the ways in which pages lose them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, get_args

from tests.render.document import Grid, GridCell, Line, NeutralDocument

Drawn = Literal[
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
AskedFor = Literal[
    "pipe_first_padded",
    "pipe_begins_cell",
    "pipe_at_cell_end_padded",
    "pipe_rows_full",
    "cell_a_line_gaps",
    "values_below_label",
    "one_line",
    "labels_wrapped",
    "labels_go_on_below",
    "commas",
    "semicolons",
    "enumeration_commas",
]
Serialisation = Literal[Drawn, AskedFor]
SERIALISATIONS: tuple[Serialisation, ...] = get_args(Serialisation)
DRAWN: tuple[Serialisation, ...] = get_args(Drawn)  # where none is asked for: one more would change all that was made
_WRAP = 14  # characters of a label on one line
_VALUE = re.compile(r"[\d０-９+\-−/—－]")
# Where a blank cell leaves no trace, or a word is torn so that two careful readers would differ about it.
LOSES_BLANKS: frozenset[Serialisation] = frozenset(
    {
        "cell_a_line",
        "blank_lost",
        "spaces",
        "cell_a_line_spaced",
        "values_below_label",
        "one_line",
        "labels_wrapped",
        "labels_go_on_below",
    }
)


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


def _pipe_first_padded(grid: Grid) -> list[str]:
    """Every row is filled up with bare pipes to the width of the grid."""
    return [f"| {' | '.join(_texts(row))} | {'|' * (grid.columns - len(row))}" for row in grid.by_row()]


def _pipe_begins_cell(grid: Grid) -> list[str]:
    lines: list[str] = []
    for row in grid.by_row():
        first, *others = _texts(row)
        lines += [first, *(f"| {text}" if text else "|" for text in others), "|"]
    return lines


def _pipe_rows_full(grid: Grid) -> list[str]:
    """Below the header what a cell spans downwards is a blank cell; what it spans to the right leaves no trace."""
    rows = [_texts(row) for row in grid.by_row()]
    for at in range(grid.header_rows, grid.rows):
        spanning = [cell for cell in grid.cells if cell.row < at < cell.row + cell.row_span]
        rows[at] = [""] * len(spanning) + rows[at]
    return [" | ".join(row) + " |" for row in rows]


def _pipe_at_cell_end_padded(grid: Grid) -> list[str]:
    """Bare pipes that fill a row up stand behind its last cell."""
    lines: list[str] = []
    for row in grid.by_row():
        lines += [f"{text} |" if text else "|" for text in _texts(row)]
        if grid.columns > len(row):
            lines[-1] += " " + "|" * (grid.columns - len(row))
    return lines


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


def _cell_a_line_gaps(grid: Grid) -> list[str]:
    """An empty line behind each cell; a blank cell is one more."""
    return [line for row in grid.by_row() for text in _texts(row) for line in ((text, "") if text else ("",))]


def _blank_lost(grid: Grid) -> list[str]:
    return [" | ".join(text for text in _texts(row) if text) + " |" for row in grid.by_row()]


def _tabs(grid: Grid) -> list[str]:
    return ["\t".join(_texts(row)) for row in grid.by_row()]


def _spaces(grid: Grid) -> list[str]:
    return ["  ".join(text for text in _texts(row) if text) for row in grid.by_row()]


def _values_below_label(grid: Grid) -> list[str]:
    """The values of a row share a line below its label."""
    lines: list[str] = []
    for number, row in enumerate(grid.by_row()):
        texts = [text for text in _texts(row) if text]
        words = len(texts)
        while number >= grid.header_rows and words and _VALUE.match(texts[words - 1]):
            words -= 1
        lines += [*texts[:words], *([" ".join(texts[words:])] if texts[words:] else [])]
    return lines


def _one_line(grid: Grid) -> list[str]:
    """All cells on one line; of a small table one line a row."""
    lines = [" ".join("".join(text.split()) for text in _texts(row) if text) for row in grid.by_row()]
    return lines if grid.name == "own" else [" ".join(lines)]


def _labels_wrapped(grid: Grid) -> list[str]:
    """A row a line; a label too long for its column goes on in the next, and the values stand behind its end."""
    lines: list[str] = []
    for row in grid.by_row():
        line = "  ".join(text for text in _texts(row) if text)
        label = next((text for text in _texts(row) if text), "")
        for at in range(_WRAP, len(label), _WRAP) if row[-1].key else ():
            lines.append(label[at - _WRAP : at])
            line = line.removeprefix(lines[-1])
        lines.append(line)
    return lines


def _labels_go_on_below(grid: Grid) -> list[str]:
    """A row a line; of a label too long for its column all but the beginning stands below the values."""
    lines: list[str] = []
    for row in grid.by_row():
        texts = [text for text in _texts(row) if text]
        label = texts[0] if row[-1].key and len(texts) > 1 else ""
        lines.append("  ".join(["".join(texts[:1])[:_WRAP] if label else "".join(texts[:1]), *texts[1:]]))
        lines += [label[at : at + _WRAP] for at in range(_WRAP, len(label), _WRAP)]
    return lines


def _commas(grid: Grid) -> list[str]:
    return ["，".join(_texts(row)) for row in grid.by_row()]


def _semicolons(grid: Grid) -> list[str]:
    return ["；".join(_texts(row)) for row in grid.by_row()]


def _enumeration_commas(grid: Grid) -> list[str]:
    return ["、".join(_texts(row)) for row in grid.by_row()]


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
    "pipe_first_padded": _pipe_first_padded,
    "pipe_begins_cell": _pipe_begins_cell,
    "pipe_at_cell_end": _pipe_at_cell_end,
    "pipe_at_cell_end_padded": _pipe_at_cell_end_padded,
    "pipe_between_cells": _pipe_between_cells,
    "pipe_opens_row": _pipe_opens_row,
    "pipe_then_cells": _pipe_then_cells,
    "pipe_rows_full": _pipe_rows_full,
    "cell_a_line": _cell_a_line,
    "cell_a_line_spaced": _cell_a_line_spaced,
    "cell_a_line_nbsp": _cell_a_line_nbsp,
    "cell_a_line_gaps": _cell_a_line_gaps,
    "blank_lost": _blank_lost,
    "tabs": _tabs,
    "spaces": _spaces,
    "values_below_label": _values_below_label,
    "one_line": _one_line,
    "labels_wrapped": _labels_wrapped,
    "labels_go_on_below": _labels_go_on_below,
    "commas": _commas,
    "semicolons": _semicolons,
    "enumeration_commas": _enumeration_commas,
    "header_cut": _header_cut,
}
