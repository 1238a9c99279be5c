"""The official forms as grids, filled with figures. The rows are data: forms/2008.yaml … forms/2021.yaml."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from tasks.model import Generation
from tests.render.document import Grid, GridCell
from tests.render.facts import APPLICANTS, Figures, Key, Quirks, Truth
from tests.render.numbers import cell_text
from tests.render.prose import load

SPANS = re.compile(r"^(.*) @(\d+)x(\d+)$")
HEADER_ROWS = {"requests": 3, "disputes": 3, "政府信息公开情况统计": 1, "政府信息公开情况统计表": 1}
BLANKS = ("", "", "/", "—", "－")


@cache
def _tables(generation: Generation) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = load(f"forms/{generation}")
    return tables


def form_grids(
    generation: Generation, figures: Figures, year: int, rng: Random, quirks: Quirks, truth: Truth
) -> dict[str, Grid]:
    """The form's tables by name, filled; what they state is written into `truth`."""
    blank = _blank_keys(generation, figures, rng, quirks)
    shown: Figures = {key: value for key, value in figures.items() if key not in blank}
    grids = {}
    for table in _tables(generation):
        rows = [*table.get("header", ()), *table["rows"]]
        if table.get("figure_column"):
            rows = _with_columns(rows, year, rng)
        grids[table["name"]] = _grid(table["name"], rows, shown, rng, quirks, truth)
    if quirks.joined_tables and generation in ("2019", "2021"):
        grids = _joined(grids)
    return grids


def _blank_keys(generation: Generation, figures: Figures, rng: Random, quirks: Quirks) -> set[Key]:
    """Cells of value 0 that are left blank: never a total, so that what is left stays readable."""
    if quirks.totals_only:
        return {key for key in printed_keys(generation) if key[0].startswith("request.") and key[1] != "total"}
    zeros = [key for key in printed_keys(generation) if figures.get(key) == 0 and not key[0].endswith(("total", "new"))]
    return set(rng.sample(zeros, min(quirks.blanks, len(zeros))))


def with_one_wrong(generation: Generation, figures: Figures, rng: Random) -> Figures:
    """The figures with one cell of the form changed, so that an identity fails."""
    counts = [key for key in printed_keys(generation) if key[0].startswith(("request.", "reconsideration"))]
    key = rng.choice([key for key in counts if key[0] != "request.fees_collected"])
    return {**figures, key: figures[key] + rng.randint(1, 9)}


@cache
def printed_keys(generation: Generation) -> tuple[Key, ...]:
    """The keys of the form's cells."""
    keys: list[Key] = []
    for table in _tables(generation):
        for row in table["rows"]:
            for cell in row:
                if cell[:1] == "*":
                    keys += [(cell[1:], applicant) for applicant in APPLICANTS]
                elif cell[:1] == "=" and len(cell) > 1:
                    keys.append((cell[1:], "total"))
    return tuple(keys)


def _with_columns(rows: list[list[str]], year: int, rng: Random) -> list[list[str]]:
    """The forms of one figure a row vary in their columns: a code or none, the history since 2008 beside the year."""
    history = len(rows[0]) == 4 and rng.random() < 0.3
    codes = len(rows[0]) == 4 and rng.random() < 0.5
    header = [
        rng.choice(("指标名称", "统计指标", "指 标 名 称")),
        *(["代码"] if codes else []),
        rng.choice(("计量单位", "单位", "计算单位")),
        *([f"{year}年度", "历年累计"] if history else [rng.choice(("统计数", "数量"))]),
    ]
    out = [header]
    for row in rows[1:]:
        label, code, unit, figure = row if len(row) == 4 else (row[0], "", *row[1:])
        out.append([label, *([code] if codes else []), unit, figure, *(["="] if history else [])])
    return out


def _grid(name: str, rows: list[list[str]], figures: Figures, rng: Random, quirks: Quirks, truth: Truth) -> Grid:
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for row_no, row in enumerate(rows):
        column = 0
        for cell in _row_cells(row, figures, rng, quirks, truth):
            while (row_no, column) in taken:
                column += 1
            cells.append(replace(cell, row=row_no, column=column))
            for down in range(cell.row_span):
                for right in range(cell.column_span):
                    taken.add((row_no + down, column + right))
            column += cell.column_span
    columns = 1 + max(column for _, column in taken)
    return Grid(name, len(rows), columns, HEADER_ROWS.get(name, 2), tuple(cells))


def _row_cells(row: list[str], figures: Figures, rng: Random, quirks: Quirks, truth: Truth) -> list[GridCell]:
    cells: list[GridCell] = []
    for text in row:
        mark, rest = text[:1], text[1:]
        if mark == "*":
            cells += [_figure((rest, applicant), figures, rng, quirks, truth) for applicant in APPLICANTS]
        elif text == "=":
            cells.append(GridCell(0, 0, 1, 1, str(rng.randint(0, 500))))
        elif mark == "=":
            cells.append(_figure((rest, "total"), figures, rng, quirks, truth))
        elif mark == "~":
            cells.append(replace(_figure((rest, "total"), figures, rng, quirks, None), key=None))
            truth.tolerated[rest, "total"] = figures[rest, "total"]
        else:
            cells.append(_label(text, rng, quirks))
    return cells


def _label(text: str, rng: Random, quirks: Quirks) -> GridCell:
    spans = SPANS.match(text)
    label, down, right = (spans[1], int(spans[2]), int(spans[3])) if spans else (text, 1, 1)
    if quirks.other_labels:
        label = rng.choice([label, *load("labels").get(label, ())])
    if quirks.cut_headers and label.startswith("本年新") and len(label) < 9:
        label = "本年新"
    return GridCell(0, 0, down, right, label)


def _figure(key: Key, figures: Figures, rng: Random, quirks: Quirks, truth: Truth | None) -> GridCell:
    value = figures.get(key)
    if value is None:
        return GridCell(0, 0, 1, 1, "" if quirks.totals_only else rng.choice(BLANKS), key)
    if truth is not None:
        truth.state(key, value, "table")
    return GridCell(0, 0, 1, 1, cell_text(key[0], value, rng, quirks), key)


def own_table(rng: Random) -> Grid:
    """What the body counted for itself: no form's table, though its words are those of the forms."""
    kinds = rng.sample(("机构职能", "政策法规", "规划计划", "财政信息", "工作动态", "人事信息", "其他"), 4)
    rows = [("信息类别", "公开数量（条）"), *((kind, str(rng.randint(1, 90))) for kind in kinds)]
    cells = (GridCell(row, column, 1, 1, text) for row, texts in enumerate(rows) for column, text in enumerate(texts))
    return Grid("own", len(rows), 2, 1, tuple(cells))


def _joined(grids: dict[str, Grid]) -> dict[str, Grid]:
    """The small tables of part two as one: a narrower table's last column spans what is left."""
    small = [grid for name, grid in grids.items() if name.startswith("proactive.")]
    columns = max(grid.columns for grid in small)
    cells: list[GridCell] = []
    offset = 0
    for grid in small:
        for cell in grid.cells:
            wider = columns - grid.columns if cell.column + cell.column_span == grid.columns else 0
            cells.append(replace(cell, row=cell.row + offset, column_span=cell.column_span + wider))
        offset += grid.rows
    joined = Grid("proactive", offset, columns, 2, tuple(cells))
    return {"proactive": joined, **{name: grid for name, grid in grids.items() if not name.startswith("proactive.")}}
