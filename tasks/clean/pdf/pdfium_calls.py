"""The functions of pdfium that are called for each character, run and stroke.

With plain addresses a call costs half of what it does with typed pointers; so handles, too, are plain addresses here.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as c

_ADDRESS = ctypes.c_void_p
_INT = ctypes.c_int


def _quick(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.cast(function, ctypes.PYFUNCTYPE(result, *arguments))


char_box = _quick(c.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
char_origin = _quick(c.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
char_angle = _quick(c.FPDFText_GetCharAngle, ctypes.c_float, _ADDRESS, _INT)
char_code = _quick(c.FPDFText_GetUnicode, ctypes.c_uint, _ADDRESS, _INT)
char_is_unmapped = _quick(c.FPDFText_HasUnicodeMapError, _INT, _ADDRESS, _INT)
page_text = _quick(c.FPDFText_GetText, _INT, _ADDRESS, _INT, _INT, _ADDRESS)
char_matrix = _quick(c.FPDFText_GetMatrix, _INT, _ADDRESS, _INT, _ADDRESS)
font_info = _quick(c.FPDFText_GetFontInfo, ctypes.c_ulong, _ADDRESS, _INT, _ADDRESS, ctypes.c_ulong, _ADDRESS)
font_size = _quick(c.FPDFText_GetFontSize, ctypes.c_double, _ADDRESS, _INT)
text_object = _quick(c.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
render_mode = _quick(c.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)

page_count = _quick(c.FPDFPage_CountObjects, _INT, _ADDRESS)
page_object = _quick(c.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
form_count = _quick(c.FPDFFormObj_CountObjects, _INT, _ADDRESS)
form_object = _quick(c.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
object_type = _quick(c.FPDFPageObj_GetType, _INT, _ADDRESS)
object_bounds = _quick(c.FPDFPageObj_GetBounds, _INT, _ADDRESS, *[_ADDRESS] * 4)
object_matrix = _quick(c.FPDFPageObj_GetMatrix, _INT, _ADDRESS, _ADDRESS)
draw_mode = _quick(c.FPDFPath_GetDrawMode, _INT, _ADDRESS, _ADDRESS, _ADDRESS)
segment_count = _quick(c.FPDFPath_CountSegments, _INT, _ADDRESS)
path_segment = _quick(c.FPDFPath_GetPathSegment, _ADDRESS, _ADDRESS, _INT)
segment_type = _quick(c.FPDFPathSegment_GetType, _INT, _ADDRESS)
segment_point = _quick(c.FPDFPathSegment_GetPoint, _INT, _ADDRESS, _ADDRESS, _ADDRESS)


def address_of(handle: Any) -> int:
    """The address of a handle of pypdfium2's."""
    return ctypes.cast(handle, _ADDRESS).value or 0


def call_all(calls: Iterator[Any]) -> None:
    """Make all calls of a `map`."""
    deque(calls, maxlen=0)
