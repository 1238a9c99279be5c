"""The ruling lines of a page of a PDF: straight strokes and thin shapes, those inside forms too."""

from __future__ import annotations

import ctypes
import itertools
from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2.raw as c

from tasks.clean.pdf.pdfium_calls import (
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
from tasks.clean.pdf.turn import FARTHEST, Turn

THIN = 3.0  # a filled shape or stroke no thicker than this is a rule
STROKE = 4.0  # points: by no more, on all sides, do the bounds of a cell reach over its corners
SHORTEST_RULE = 4.0
MOST_SEGMENTS = 4_000  # of one path: beyond it is a drawing, not a table
MOST_OBJECTS = 200_000  # of one page
DEEPEST_FORM = 8

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
    for item, kind, matrix in _objects(page):
        if kind == c.FPDF_PAGEOBJ_PATH:
            strokes += _strokes(item, matrix)
        else:
            has_pictures = True
    rules = Rules([], [], has_pictures)
    for x0, y0, x1, y1 in dict.fromkeys(zip(*turn.boxes(strokes), strict=True)):  # two cells draw the same side
        if not -FARTHEST < x0 + y0 + x1 + y1 < FARTHEST:
            continue
        width, height = abs(x1 - x0), abs(y1 - y0)
        if width >= SHORTEST_RULE and height <= THIN:
            rules.horizontals.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif height >= SHORTEST_RULE and width <= THIN:
            rules.verticals.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return rules


def _objects(page: int) -> Iterator[tuple[int, int, Matrix]]:
    """The paths and pictures of a page, each with its kind and the matrix of the form that it is in."""
    stack = [(page, page_object, page_count, IDENTITY, 0)]
    seen = 0
    while stack:
        holder, get, count, matrix, depth = stack.pop()
        for index in range(count(holder)):
            seen += 1
            if seen > MOST_OBJECTS:
                return
            item = get(holder, index)
            kind = object_type(item)
            if kind in (c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE):
                yield item, kind, matrix
            elif kind == c.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                stack.append((item, form_object, form_count, _times(_matrix(item), matrix), depth + 1))


def _strokes(path: int, matrix: Matrix) -> Sequence[float]:
    """The straight strokes of a path, x and y of both ends: a thin shape is one, each side of an outline is one."""
    numbers = (ctypes.c_int * 2)()
    at = ctypes.addressof(numbers)
    draw_mode(path, at, at + 4)
    is_filled, is_stroked = numbers
    if not is_filled and not is_stroked:
        return ()
    bounds = array("f", bytes(16))  # left, bottom, right, top
    at = bounds.buffer_info()[0]
    object_bounds(path, at, at + 4, at + 8, at + 12)
    left, bottom, right, top = ends = _applied(matrix, bounds)
    if abs(right - left) <= THIN or abs(top - bottom) <= THIN:
        return ends
    count = segment_count(path)
    if count > MOST_SEGMENTS or (count <= 5 and not is_stroked):
        return ()  # a drawing, or the background of a cell
    if count == 5 and (sides := _rectangle(_points(path, 3), ends)):
        return sides
    strokes: list[float] = []
    for outline in _outlines(path, count, _times(_matrix(path), matrix)):
        if is_stroked:
            for start in range(0, len(outline) - 2, 2):
                strokes += outline[start : start + 4]
        else:
            xs, ys = outline[0::2], outline[1::2]
            strokes += (min(xs), min(ys), max(xs), max(ys))
    return strokes


def _rectangle(corners: Sequence[float], bounds: Sequence[float]) -> Sequence[float]:
    """The sides of a rectangle, nearly always a cell, whose first three corners are those of its bounds; else none."""
    x0, y0, x1, y1, x2, y2 = corners
    if not (x0 == x1 and y1 == y2) and not (y0 == y1 and x1 == x2):
        return ()
    left, bottom, right, top = min(x0, x2), min(y0, y2), max(x0, x2), max(y0, y2)
    x0, y0, x1, y1 = bounds
    if abs(left - x0) + abs(bottom - y0) + abs(right - x1) + abs(top - y1) > STROKE:
        return ()
    return left, bottom, right, bottom, left, top, right, top, left, bottom, left, top, right, bottom, right, top


def _points(path: int, count: int) -> array[float]:
    """The first points of a path: x, y, x, …"""
    segments = map(path_segment, itertools.repeat(path), range(count))
    points = array("f", bytes(8 * count))
    at, end = points.buffer_info()[0], points.buffer_info()[0] + 8 * count
    call_all(map(segment_point, segments, range(at, end, 8), range(at + 4, end + 4, 8)))
    return points


def _outlines(path: int, count: int, matrix: Matrix) -> Iterator[Sequence[float]]:
    """The outlines of a path, x and y of each point; those with curves are left out."""
    points = _applied(matrix, _points(path, count))
    kinds = bytes(segment_type(path_segment(path, index)) for index in range(count))
    start = 0
    while start < count:
        stop = kinds.find(c.FPDF_SEGMENT_MOVETO, start + 1) % (count + 1)  # -1: to the end
        if stop - start > 1 and kinds.find(c.FPDF_SEGMENT_BEZIERTO, start, stop) < 0:
            yield points[2 * start : 2 * stop]
        start = stop


def _matrix(item: int) -> Matrix:
    found = (ctypes.c_float * 6)()
    return tuple(found) if object_matrix(item, ctypes.addressof(found)) else IDENTITY


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is IDENTITY:
        return first
    a, b, c_, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c_ * p + d * r, c_ * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _applied(matrix: Matrix, points: array[float]) -> array[float]:
    """Points that stand one after the other: x, y, x, …"""
    if matrix == IDENTITY:
        return points
    a, b, c_, d, e, f = matrix
    pairs = zip(points[0::2], points[1::2], strict=True)
    return array("d", [value for x, y in pairs for value in (a * x + c_ * y + e, b * x + d * y + f)])
