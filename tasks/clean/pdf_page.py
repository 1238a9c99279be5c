"""One page of a PDF as geometry: its characters and its ruling lines, turned so that the text stands upright.

Coordinates are points (1/72 inch) from the upper left corner of the turned page, y downwards. pdfium's own order of
characters, generated blanks and line breaks are not used: they are wrong on turned pages and in tables.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import struct
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

THIN = 3.0  # a filled shape or stroke no thicker than this is a rule
SHORTEST_RULE = 4.0
MOST_SEGMENTS = 4_000  # of one path: beyond it is a drawing, not a table
MOST_OBJECTS = 200_000  # of one page
FARTHEST = 1e6  # points: nothing is printed farther off
DEEPEST_FORM = 8

# Called for each character and each stroke: with plain addresses a call costs half of what it does with typed pointers.
_ADDRESS = ctypes.c_void_p
_UNICODE = ctypes.cast(c.FPDFText_GetUnicode, ctypes.CFUNCTYPE(ctypes.c_uint, _ADDRESS, ctypes.c_int))
_BOX = ctypes.cast(c.FPDFText_GetCharBox, ctypes.CFUNCTYPE(ctypes.c_int, _ADDRESS, ctypes.c_int, *[_ADDRESS] * 4))
_ORIGIN = ctypes.cast(c.FPDFText_GetCharOrigin, ctypes.CFUNCTYPE(ctypes.c_int, _ADDRESS, ctypes.c_int, *[_ADDRESS] * 2))
_SEGMENT = ctypes.cast(c.FPDFPath_GetPathSegment, ctypes.CFUNCTYPE(_ADDRESS, _ADDRESS, ctypes.c_int))
_SEGMENT_TYPE = ctypes.cast(c.FPDFPathSegment_GetType, ctypes.CFUNCTYPE(ctypes.c_int, _ADDRESS))
_POINT = ctypes.cast(c.FPDFPathSegment_GetPoint, ctypes.CFUNCTYPE(ctypes.c_int, *[_ADDRESS] * 3))
_CLOSES = ctypes.cast(c.FPDFPathSegment_GetClose, ctypes.CFUNCTYPE(ctypes.c_int, _ADDRESS))
_BOUNDS = ctypes.cast(c.FPDFPageObj_GetBounds, ctypes.CFUNCTYPE(ctypes.c_int, *[_ADDRESS] * 5))
_MATRIX = ctypes.cast(c.FPDFPageObj_GetMatrix, ctypes.CFUNCTYPE(ctypes.c_int, *[_ADDRESS] * 2))
_DRAW_MODE = ctypes.cast(c.FPDFPath_GetDrawMode, ctypes.CFUNCTYPE(ctypes.c_int, *[_ADDRESS] * 3))

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Turn = Callable[[float, float, float, float, float, float], tuple[float, float, float, float, float]]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Glyph(NamedTuple):
    """One visible character."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float  # its width or its height, whichever is more
    place: int  # in pdfium's text page, to ask for its font


class Rule(NamedTuple):
    """A straight horizontal or vertical line: where it is, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """What can be seen on a page."""

    width: float
    height: float
    glyphs: list[Glyph]
    horizontals: list[Rule]
    verticals: list[Rule]
    has_pictures: bool


def read_page(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> PageGeometry:
    """Read characters and rules of a page."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    quarter = _quarter_turns(text_page.raw, text_page.count_chars())
    turn = _turner(quarter, (left, bottom, right, top))
    glyphs = list(_glyphs(text_page.raw, text_page.count_chars(), turn))
    horizontals: list[Rule] = []
    verticals: list[Rule] = []
    has_pictures = False
    for kind, box in _shapes(page.raw):
        if kind == "picture":
            has_pictures = True
            continue
        x0, y0, x1, y1, _ = turn(*box, 0.0, 0.0)
        if not -FARTHEST < x0 + y0 + x1 + y1 < FARTHEST:
            continue  # a broken file may place a thing nowhere
        if x1 - x0 >= SHORTEST_RULE and y1 - y0 <= THIN:
            horizontals.append(Rule((y0 + y1) / 2, x0, x1))
        elif y1 - y0 >= SHORTEST_RULE and x1 - x0 <= THIN:
            verticals.append(Rule((x0 + x1) / 2, y0, y1))
    if quarter % 2:
        width, height = height, width
    return PageGeometry(max(width, 1.0), max(height, 1.0), glyphs, horizontals, verticals, has_pictures)


def _quarter_turns(text_page: Any, count: int) -> int:
    """By how many quarter turns most characters are turned to the left; a sample decides."""
    step = max(1, count // 40)
    turns: Counter[int] = Counter()
    for index in range(0, count, step):
        if c.FPDFText_GetUnicode(text_page, index) > 0x20:
            angle = c.FPDFText_GetCharAngle(text_page, index)
            if math.isfinite(angle):
                turns[-round(angle / (math.pi / 2)) % 4] += 1  # pdfium counts clockwise
    return turns.most_common(1)[0][0] if turns else 0


def _turner(quarter: int, crop: Box) -> Turn:
    """The function that turns a box of the PDF (left, bottom, right, top; y upwards) and a point upright.

    It gives the box (left, top, right, bottom; y downwards), then how far down the point is.
    """
    x0, y0, x1, y1 = crop
    if quarter == 0:
        return lambda left, bottom, right, top, x, y: (left - x0, y1 - top, right - x0, y1 - bottom, y1 - y)
    if quarter == 1:
        return lambda left, bottom, right, top, x, y: (bottom - y0, left - x0, top - y0, right - x0, x - x0)
    if quarter == 2:
        return lambda left, bottom, right, top, x, y: (x1 - right, bottom - y0, x1 - left, top - y0, y - y0)
    return lambda left, bottom, right, top, x, y: (y1 - top, x1 - right, y1 - bottom, x1 - left, x1 - x)


def _glyphs(text_page: Any, count: int, turn: Turn) -> Iterator[Glyph]:
    """All characters that leave a mark, and the blanks that the file itself has."""
    page = itertools.repeat(ctypes.cast(text_page, _ADDRESS).value)
    found = (ctypes.c_double * 6 * count)()  # left, right, bottom, top; x, y of the origin
    start = ctypes.addressof(found)
    left_, right_, bottom_, top_, x_, y_ = (range(start + 8 * n, start + 8 * n + 48 * count, 48) for n in range(6))
    places = range(count)
    codes = map(_UNICODE, page, places)
    boxed = list(map(_BOX, page, places, left_, right_, bottom_, top_))
    based = list(map(_ORIGIN, page, places, x_, y_))
    numbers = struct.iter_unpack("6d", found)
    for index, code, is_boxed, has_origin, (left, right, bottom, top, x, y) in zip(
        places, codes, boxed, based, numbers, strict=True
    ):
        if code in (0x0A, 0x0D, 0xFFFE) or (code == 0x20 and c.FPDFText_IsGenerated(text_page, index)):
            continue
        if not is_boxed or not has_origin:
            continue
        x0, y0, x1, y1, baseline = turn(left, bottom, right, top, x, y)
        if not -FARTHEST < x0 + y0 + x1 + y1 + baseline < FARTHEST:
            continue
        character = chr(code) if 0x20 <= code < 0xD800 else _character(code)
        width, height = x1 - x0, y1 - y0
        fields = (character, x0, y0, x1, y1, baseline, width if width > height else height, index)
        yield tuple.__new__(Glyph, fields)  # what Glyph(…) does, in half the time


def _character(code: int) -> str:
    """The character of a code; a glyph that the font maps to nothing is a damaged place, and shows as one."""
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return chr(code) if code >= 0x20 else " "


def _shapes(page: Any) -> Iterator[tuple[str, Box]]:
    """Pictures and straight strokes of a page as boxes (left, bottom, right, top), those inside forms too."""
    stack = [(page, False, IDENTITY, 0)]
    seen = 0
    while stack:
        holder, is_form, matrix, depth = stack.pop()
        count = c.FPDFFormObj_CountObjects(holder) if is_form else c.FPDFPage_CountObjects(holder)
        get = c.FPDFFormObj_GetObject if is_form else c.FPDFPage_GetObject
        for index in range(count):
            seen += 1
            if seen > MOST_OBJECTS:
                return
            item = get(holder, index)
            kind = c.FPDFPageObj_GetType(item)
            if kind == c.FPDF_PAGEOBJ_PATH:
                for box in _strokes(item, matrix):
                    yield "stroke", box
            elif kind == c.FPDF_PAGEOBJ_IMAGE:
                yield "picture", (0, 0, 0, 0)
            elif kind == c.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                stack.append((item, True, _times(_matrix(item), matrix), depth + 1))


def _strokes(path: Any, matrix: Matrix) -> Iterator[Box]:
    """The straight strokes of a path: a thin shape is one, of a stroked outline each side is one."""
    address = ctypes.cast(path, _ADDRESS).value
    numbers = (ctypes.c_int * 2)()
    start = ctypes.addressof(numbers)
    _DRAW_MODE(address, start, start + 4)
    is_filled, is_stroked = numbers
    if not is_filled and not is_stroked:
        return
    edges = (ctypes.c_float * 4)()  # left, bottom, right, top
    start = ctypes.addressof(edges)
    _BOUNDS(address, start, start + 4, start + 8, start + 12)
    left, bottom, right, top = edges
    box = _box(_apply(matrix, left, bottom), _apply(matrix, right, top))
    if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
        yield box
        return
    count = c.FPDFPath_CountSegments(path)
    if count > MOST_SEGMENTS or (count <= 5 and not is_stroked):
        return  # a drawing, or the background of a cell
    for outline in _outlines(address, count, _times(_matrix(path), matrix)):
        if is_stroked:
            for one, other in itertools.pairwise(outline):
                yield _box(one, other)
        else:
            yield _box(*outline)


def _outlines(path: int | None, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    """The outlines of a path as lists of points; those with curves are left out."""
    a, b, c_, d, e, f = matrix
    points: list[Point] = []
    straight = True
    found = (ctypes.c_float * 2)()
    at_x = ctypes.addressof(found)
    at_y = at_x + 4
    for index in range(count):
        segment = _SEGMENT(path, index)
        kind = _SEGMENT_TYPE(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        elif kind == c.FPDF_SEGMENT_BEZIERTO:
            straight = False
        _POINT(segment, at_x, at_y)
        x, y = found
        points.append((a * x + c_ * y + e, b * x + d * y + f))
        if _CLOSES(segment):
            points.append(points[0])
    if straight and len(points) > 1:
        yield points


def _matrix(item: Any) -> Matrix:
    m = (ctypes.c_float * 6)()
    return tuple(m) if _MATRIX(ctypes.cast(item, _ADDRESS).value, ctypes.addressof(m)) else IDENTITY


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c_, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c_ * p + d * r, c_ * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c_, d, e, f = matrix
    return a * x + c_ * y + e, b * x + d * y + f


def _box(*points: Point) -> Box:
    if len(points) == 2:  # nearly always
        (x0, y0), (x1, y1) = points
        return (x0 if x0 < x1 else x1), (y0 if y0 < y1 else y1), (x1 if x0 < x1 else x0), (y1 if y0 < y1 else y0)
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
