"""One page of a PDF as geometry: its characters and its ruling lines, turned so that the text stands upright.

Coordinates are points (1/72 inch) from the upper left corner of the turned page, y downwards. pdfium's own order of
characters, generated blanks and line breaks are not used: they are wrong on turned pages and in tables.
"""

from __future__ import annotations

import ctypes
import itertools
import math
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

# Called for each character: with plain addresses a call costs half of what it does with typed pointers.
_ADDRESS = ctypes.c_void_p
_UNICODE = ctypes.cast(c.FPDFText_GetUnicode, ctypes.CFUNCTYPE(ctypes.c_uint, _ADDRESS, ctypes.c_int))
_BOX = ctypes.cast(c.FPDFText_GetCharBox, ctypes.CFUNCTYPE(ctypes.c_int, _ADDRESS, ctypes.c_int, *[_ADDRESS] * 4))
_ORIGIN = ctypes.cast(c.FPDFText_GetCharOrigin, ctypes.CFUNCTYPE(ctypes.c_int, _ADDRESS, ctypes.c_int, *[_ADDRESS] * 2))

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
    found = (ctypes.c_double * 6)()  # left, right, bottom, top; x, y of the origin
    start = ctypes.addressof(found)
    box = start, start + 8, start + 16, start + 24
    origin = start + 32, start + 40
    handle = ctypes.cast(text_page, ctypes.c_void_p).value
    for index in range(count):
        code = _UNICODE(handle, index)
        if code in (0x0A, 0x0D, 0xFFFE) or (code == 0x20 and c.FPDFText_IsGenerated(text_page, index)):
            continue
        if not _BOX(handle, index, *box) or not _ORIGIN(handle, index, *origin):
            continue
        left, right, bottom, top, x, y = found
        x0, y0, x1, y1, baseline = turn(left, bottom, right, top, x, y)
        if not -FARTHEST < x0 + y0 + x1 + y1 + baseline < FARTHEST:
            continue
        yield Glyph(_character(code), x0, y0, x1, y1, baseline, max(x1 - x0, y1 - y0), index)


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
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    c.FPDFPageObj_GetBounds(path, *(ctypes.byref(edge) for edge in (left, bottom, right, top)))
    box = _box([_apply(matrix, left.value, bottom.value), _apply(matrix, right.value, top.value)])
    if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
        yield box
        return
    count = c.FPDFPath_CountSegments(path)
    if count > MOST_SEGMENTS or (count <= 5 and not stroke.value):
        return  # a drawing, or the background of a cell
    for outline in _outlines(path, count, _times(_matrix(path), matrix)):
        if stroke.value:
            for one, other in itertools.pairwise(outline):
                yield _box([one, other])
        else:
            yield _box(outline)


def _outlines(path: Any, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The outlines of a path as lists of points; those with curves are left out."""
    points: list[tuple[float, float]] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = c.FPDFPath_GetPathSegment(path, index)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        elif kind == c.FPDF_SEGMENT_BEZIERTO:
            straight = False
        c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append(_apply(matrix, x.value, y.value))
        if c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if straight and len(points) > 1:
        yield points


def _matrix(item: Any) -> Matrix:
    m = c.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if c.FPDFPageObj_GetMatrix(item, ctypes.byref(m)) else IDENTITY


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c_, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c_ * p + d * r, c_ * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c_, d, e, f = matrix
    return a * x + c_ * y + e, b * x + d * y + f


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
