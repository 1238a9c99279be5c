"""The ruling lines of a page of a PDF: straight strokes and thin shapes, those inside forms too."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as c

from tasks.clean.pdf_turn import FARTHEST, Box, Turn
from tasks.clean.pdfium_calls import (
    call_all,
    draw_mode,
    form_count,
    form_object,
    object_bounds,
    object_matrix,
    object_type,
    page_count,
    page_object,
    path_segment,
    segment_count,
    segment_point,
    segment_type,
)

THIN = 3.0  # a filled shape or stroke no thicker than this is a rule
SHORTEST_RULE = 4.0
MOSTpath_segmentS = 4_000  # of one path: beyond it is a drawing, not a table
MOSTpage_objectS = 200_000  # of one page
DEEPEST_FORM = 8

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Rule(NamedTuple):
    """A straight horizontal or vertical line: where it is, and from where to where it goes."""

    at: float
    start: float
    end: float


class Rules(NamedTuple):
    """The rules of a page, and whether it holds a picture."""

    horizontals: list[Rule]
    verticals: list[Rule]
    has_pictures: bool


def rules_of(page: int, turn: Turn) -> Rules:
    """All rules of a page."""
    strokes: list[float] = []
    has_pictures = False
    for item, matrix in _objects(page):
        if object_type(item) == c.FPDF_PAGEOBJ_IMAGE:
            has_pictures = True
        else:
            for stroke in _strokes(item, matrix):
                strokes += stroke
    rules = Rules([], [], has_pictures)
    for left, top, right, bottom in zip(*turn.boxes(strokes), strict=True):
        if not -FARTHEST < left + top + right + bottom < FARTHEST:
            continue
        if right - left >= SHORTEST_RULE and bottom - top <= THIN:
            rules.horizontals.append(Rule((top + bottom) / 2, left, right))
        elif bottom - top >= SHORTEST_RULE and right - left <= THIN:
            rules.verticals.append(Rule((left + right) / 2, top, bottom))
    return rules


def _objects(page: int) -> Iterator[tuple[int, Matrix]]:
    """The paths and pictures of a page, those inside forms too, and what their coordinates are to be multiplied with."""
    stack = [(page, page_object, page_count, IDENTITY, 0)]
    seen = 0
    while stack:
        holder, get, count, matrix, depth = stack.pop()
        for index in range(count(holder)):
            seen += 1
            if seen > MOSTpage_objectS:
                return
            item = get(holder, index)
            kind = object_type(item)
            if kind in (c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE):
                yield item, matrix
            elif kind == c.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                stack.append((item, form_object, form_count, _times(_matrix(item), matrix), depth + 1))


def _strokes(path: int, matrix: Matrix) -> Iterator[Box]:
    """The straight strokes of a path (y upwards): a thin shape is one, of a stroked outline each side is one."""
    mode = (ctypes.c_int * 2)()
    at = ctypes.addressof(mode)
    draw_mode(path, at, at + 4)
    is_filled, is_stroked = mode
    if not is_filled and not is_stroked:
        return
    edges = (ctypes.c_float * 4)()  # left, bottom, right, top
    at = ctypes.addressof(edges)
    object_bounds(path, at, at + 4, at + 8, at + 12)
    left, bottom, right, top = edges
    if matrix is not IDENTITY:
        left, top, right, bottom = _box(_apply(matrix, left, bottom), _apply(matrix, right, top))
    if right - left <= THIN or top - bottom <= THIN:
        yield left, top, right, bottom
        return
    count = segment_count(path)
    if count > MOSTpath_segmentS or (count <= 5 and not is_stroked):
        return  # a drawing, or the background of a cell
    for outline in _outlines(path, count, _times(_matrix(path), matrix)):
        if is_stroked:
            for one, other in itertools.pairwise(outline):
                yield _box(one, other)
        else:
            yield _box(*outline)


def _outlines(path: int, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    """The outlines of a path as lists of points; those with curves are left out."""
    segments = list(map(path_segment, itertools.repeat(path), range(count)))
    found = (ctypes.c_float * (2 * count))()
    at, end = ctypes.addressof(found), ctypes.addressof(found) + 8 * count
    call_all(map(segment_point, segments, range(at, end, 8), range(at + 4, end + 4, 8)))
    points = list(zip(found[0::2], found[1::2], strict=True))
    if matrix != IDENTITY:
        points = [_apply(matrix, x, y) for x, y in points]
    kinds = bytes(map(segment_type, segments))
    starts = [index for index, kind in enumerate(kinds) if kind == c.FPDF_SEGMENT_MOVETO]
    for start, stop in itertools.pairwise([*starts, count]):
        if stop - start > 1 and c.FPDF_SEGMENT_BEZIERTO not in kinds[start:stop]:
            yield points[start:stop]


def _matrix(item: int) -> Matrix:
    found = (ctypes.c_float * 6)()
    return tuple(found) if object_matrix(item, ctypes.addressof(found)) else IDENTITY


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is IDENTITY:
        return first
    a, b, c_, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c_ * p + d * r, c_ * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c_, d, e, f = matrix
    return a * x + c_ * y + e, b * x + d * y + f


def _box(*points: Point) -> Box:
    if len(points) == 2:  # nearly always
        (x0, y0), (x1, y1) = points
        return (x0 if x0 < x1 else x1), (y1 if y0 < y1 else y0), (x1 if x0 < x1 else x0), (y0 if y0 < y1 else y1)
    xs, ys = zip(*points, strict=True)
    return min(xs), max(ys), max(xs), min(ys)
