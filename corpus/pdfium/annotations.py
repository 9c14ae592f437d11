"""The annotations of a PDF page, such as notes, form fields and the boxes that people draw over words."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdfium.raw_calls import Four

_UNSHOWN = raw.FPDF_ANNOT_FLAG_INVISIBLE | raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


def annotations_of(page: pdfium.PdfPage) -> Iterator[raw.FPDF_ANNOTATION]:
    """Yield the annotations of a page. Each one is closed when the next one is asked for."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        try:
            yield annotation
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def is_shown(annotation: raw.FPDF_ANNOTATION) -> bool:
    """Return whether a viewer shows an annotation."""
    return not raw.FPDFAnnot_GetFlags(annotation) & _UNSHOWN


def edges_of(annotation: raw.FPDF_ANNOTATION) -> Four:
    """Return the edges of an annotation, in PDF units."""
    edges = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, edges)
    return edges.left, edges.bottom, edges.right, edges.top
