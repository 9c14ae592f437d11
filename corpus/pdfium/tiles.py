"""Finds the pages of a PDF that we do not draw, because PDFium takes a very long time to draw patterns of tiny tiles.

PDFium has no function for the patterns of a page. So we let it write the page to a file of its own, and look there.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdfium.objects import products
from corpus.pdfium.raw_calls import Handle, Matrix, matrices_of, object_type, objects_in, objects_of

_MOST_TILES = 3_000_000
"""Largest number of tiles that we draw for one pattern. If tiles are half a point apart, there are 2 million on A4, and
PDFium takes 0.2 seconds to draw them. Chosen by eye."""
_MOST_AREA = 500_000_000
"""Largest area of all these tiles together, in square points. PDFium takes 0.6 seconds for it. Tiles that do not
overlap have at most the area of the page, which is 0.5 million for A4. Chosen by eye."""
_MOST_PAIRS = 10_000
"""Maximum for the number of patterns multiplied by the number of ways that forms may stretch them. Chosen by eye."""
_DEEPEST = 12
"""Maximum number of nested forms that we look into. Chosen by eye."""
_PATTERN = re.compile(
    b"/" + b"".join(b"(?:%c|#%x)" % (letter, letter) for letter in b"PatternType"),
    re.IGNORECASE,  # the letters in a code may be capitals
)
"""The name that every pattern has. A file may give a code for any of its letters."""
_START = re.compile(rb"\b(\d{10}) 00000 n\b")
"""The position of an object, in the table at the end of a file."""
_OBJECT = re.compile(rb"(\d+) 0 obj\s+((?:\((?:\\.|[^\\)])*+\)|[^(])*?)(?:>>stream\b|\bendobj\b)", re.DOTALL)
"""The number of an object, and its content before any stream. A string may contain the words that end it."""
_INNER = re.compile(rb"<<[^<>]*>>|\((?:\\.|[^\\)])*+\)|<[0-9A-Fa-f\s]*>")
"""The strings and the innermost dictionaries of an object."""
_TILES, _FORM = re.compile(rb"/PatternType\b"), re.compile(rb"/Subtype\s*/Form\b")
_VALUE = re.compile(rb"/(XStep|YStep|BBox|Matrix)\b\s*(\[[^\[\]]*\]|\d+ 0 R\b|[-+.\d]+)")
_REFERENCE = re.compile(rb"\s*(\d+) 0 R\s*")
_NUMBER = re.compile(rb"\d+ 0 R\b|[-+.\d]+")
_LENGTHS = {b"XStep": 1, b"YStep": 1, b"BBox": 4, b"Matrix": 6}
"""How many numbers each property of a pattern has."""
_Facts = dict[bytes, list[float]]
_Shape = tuple[float, float, float, float]
"""The first four numbers of a matrix."""
_UNSCALED: _Shape = (1.0, 0.0, 0.0, 1.0)


class Tiles:
    """The patterns of an opened document."""

    def __init__(self, document: pdfium.PdfDocument, data: bytes) -> None:
        """Look for patterns in the content of a document's file.

        A pattern is a stream, and the facts about a stream are never compressed, so they are in the file as plain text.
        """
        self._document = document
        self._are_any = bool(_PATTERN.search(data))
        self._drawable: dict[int, bool] = {}

    def may_be_drawn(self, page: pdfium.PdfPage, index: int) -> bool:
        """Return whether we may draw a loaded page: it uses no pattern of tiny tiles. Pages are counted from 0."""
        if not self._are_any:  # true of nearly all files
            return True
        if index not in self._drawable:
            self._drawable[index] = not _has_tiny_tiles(page, self._document, index)
        return self._drawable[index]


def _has_tiny_tiles(page: pdfium.PdfPage, document: pdfium.PdfDocument, index: int) -> bool:
    try:
        patterns, forms = _facts(_alone(document, index))
    except pdfium.PdfiumError:  # we cannot know how much memory such a page needs
        return True
    if not patterns:
        return False
    drawn = {_UNSCALED, *_stretched(objects_of(page), (*_UNSCALED, 0.0, 0.0), 0)}
    if len(patterns) * len(drawn) * len(forms) > _MOST_PAIRS:
        return True
    ways = {_product(form, way) for form in forms for way in drawn}
    return any(_is_tiny(pattern, way, page.get_size()) for pattern in patterns for way in ways)


def _is_tiny(pattern: _Facts, way: _Shape, size: tuple[float, float]) -> bool:
    """Return whether a pattern of tiles, stretched in some way, has too many tiles on a page of the given size."""
    x_step, y_step = abs(pattern[b"XStep"][0]), abs(pattern[b"YStep"][0])
    if not x_step or not y_step:
        return True
    a, b, c, d = _product(_shape(pattern), way)
    scale = abs(a * d - b * c)
    if not scale:  # the pattern is as flat as a line, and PDFium does not draw it
        return False
    width, height = size
    columns = (width * abs(d) + height * abs(c)) / scale / x_step + 1
    rows = (width * abs(b) + height * abs(a)) / scale / y_step + 1
    left, bottom, right, top = pattern.get(b"BBox", [0.0, 0.0, x_step, y_step])
    area = min(abs(right - left) * abs(top - bottom) * scale, width * height)
    tiles = columns * rows
    return not (tiles <= _MOST_TILES and tiles * area <= _MOST_AREA)  # a hostile file may have odd numbers


def _stretched(items: list[Handle], around: Matrix, depth: int) -> Iterator[_Shape]:
    """Yield how each form among some objects, and each form inside it, is stretched where it is drawn."""
    forms = [item for item in items if object_type(item) == raw.FPDF_PAGEOBJ_FORM]
    if forms and depth < _DEEPEST:
        for form, matrix in zip(forms, products(matrices_of(forms), around).tolist(), strict=True):
            a, b, c, d, *_ = matrix
            yield a, b, c, d
            yield from _stretched(objects_in(form), (a, b, c, d, 0.0, 0.0), depth + 1)


def _shape(facts: _Facts) -> _Shape:
    a, b, c, d, *_ = facts.get(b"Matrix", _UNSCALED)
    return a, b, c, d


def _product(first: _Shape, then: _Shape) -> _Shape:
    (a, b, c, d), (p, q, r, s) = first, then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s


def _alone(document: pdfium.PdfDocument, index: int) -> bytes:
    """Return a PDF of one page. It contains only what the page uses, and PDFium writes it in one way."""
    page, content = pdfium.PdfDocument.new(), io.BytesIO()
    try:
        page.import_pages(document, [index])
        page.save(content)
    finally:
        page.close()
    return content.getvalue()


def _facts(file: bytes) -> tuple[list[_Facts], set[_Shape]]:
    """Return the properties of the patterns in a file that PDFium wrote, and how the forms in it stretch their content.

    The properties are the steps from tile to tile, the edges of a tile and the matrix that stretches the tiles.
    """
    starts = (int(start[1]) for start in _START.finditer(file, file.rfind(b"xref\r\n0 ")))
    found = (_OBJECT.match(file, start) for start in starts)
    objects = {one[1]: one[2] for one in found if one}
    patterns: list[_Facts] = []
    forms = {_UNSCALED}
    for content in objects.values():
        is_pattern = _TILES.search(content)
        if is_pattern or _FORM.search(content):
            values = ((name, _numbers(value, objects)) for name, value in _VALUE.findall(_own(content)))
            facts = {name: numbers for name, numbers in values if len(numbers) == _LENGTHS[name]}
            if not is_pattern:
                forms.add(_shape(facts))
            elif b"XStep" in facts and b"YStep" in facts:  # PDFium draws no tiles if it does not know both
                patterns.append(facts)
    return patterns, forms


def _own(facts: bytes) -> bytes:
    """Return the content of a dictionary without its strings and the dictionaries in it."""
    own = facts.removeprefix(b"<<")
    changes = 1
    while changes:
        own, changes = _INNER.subn(b" ", own)
    return own


def _numbers(value: bytes, objects: Mapping[bytes, bytes]) -> list[float]:
    """Return the numbers of a value, which may be in objects of their own."""
    return [_number(_resolved(one, objects)) for one in _NUMBER.findall(_resolved(value, objects))]


def _resolved(value: bytes, objects: Mapping[bytes, bytes]) -> bytes:
    for _ in range(_DEEPEST):
        reference = _REFERENCE.fullmatch(value)
        if not reference:
            break
        value = objects.get(reference[1], b"")
    return value


def _number(digits: bytes) -> float:
    """Return the number that some digits stand for, or 0 if they are not a number, as PDFium does."""
    try:
        return float(digits)
    except ValueError:
        return 0.0
