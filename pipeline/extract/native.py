"""The functions of pdfium that are called many times a page, with as little around a call as will do.

pypdfium2 wraps each argument in a ctypes pointer object, which costs more than what these functions do. Here the same
functions of the same library are called without that, and without giving up the interpreter's lock in between.

Reads nothing, writes nothing. Does not know what a page or a character is for.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

HANDLE = OUT = ctypes.c_void_p


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


# For each line or object of a page. To convert an argument takes longer than to call: none is, so each is an index, or
# `ctypes.byref` of what its address is wanted of.
# (text page, index, 4 doubles: left, right, bottom, top)
char_box = _function("FPDFText_GetCharBox", ctypes.c_int)
# (text page, index, 2 doubles: x, y)
char_origin = _function("FPDFText_GetCharOrigin", ctypes.c_int)
font_weight = _function("FPDFText_GetFontWeight", ctypes.c_int)
# (page, index) → address of the object
page_object = _function("FPDFPage_GetObject", HANDLE)

# The rest takes addresses as plain numbers.
# (text page, index)
char_index = _function("FPDFText_GetCharIndexFromTextIndex", ctypes.c_int, HANDLE, ctypes.c_int)
# (text page, index, address of 4 floats: left, top, right, bottom)
loose_box = _function("FPDFText_GetLooseCharBox", ctypes.c_int, HANDLE, ctypes.c_int, OUT)
char_angle = _function("FPDFText_GetCharAngle", ctypes.c_float, HANDLE, ctypes.c_int)
# (form, index) → address of the object
form_object = _function("FPDFFormObj_GetObject", HANDLE, HANDLE, ctypes.c_ulong)
object_type = _function("FPDFPageObj_GetType", ctypes.c_int, HANDLE)
form_count = _function("FPDFFormObj_CountObjects", ctypes.c_int, HANDLE)
# (object, addresses of 4 floats: left, bottom, right, top)
object_bounds = _function("FPDFPageObj_GetBounds", ctypes.c_int, HANDLE, OUT, OUT, OUT, OUT)
# (path, addresses of 2 ints: fill mode, whether stroked)
draw_mode = _function("FPDFPath_GetDrawMode", ctypes.c_int, HANDLE, OUT, OUT)
# (object, address of 6 floats)
object_matrix = _function("FPDFPageObj_GetMatrix", ctypes.c_int, HANDLE, OUT)
segment_count = _function("FPDFPath_CountSegments", ctypes.c_int, HANDLE)
path_segment = _function("FPDFPath_GetPathSegment", HANDLE, HANDLE, ctypes.c_int)
segment_point = _function("FPDFPathSegment_GetPoint", ctypes.c_int, HANDLE, OUT, OUT)
segment_type = _function("FPDFPathSegment_GetType", ctypes.c_int, HANDLE)
segment_closes = _function("FPDFPathSegment_GetClose", ctypes.c_int, HANDLE)
