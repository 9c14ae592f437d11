"""Writes files that are not reports.

The name of each file says what is wrong with it. For each file, a function returns the words that must appear in the
reason for refusing it.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

SLOW = "slow.pdf"
_DEPTH = 24
"""Number of nested forms. Each form draws the next one twice, so a small file draws the last one millions of times."""


def write_bad_files(folder: Path, good_pdf: Path) -> dict[str, str]:
    """Write one file of each kind. Return the words that must appear in the reason for refusing each, by file name."""
    whole = good_pdf.read_bytes()
    files: dict[str, tuple[bytes, str]] = {
        "empty.pdf": (b"", "its content is empty"),
        "error-page.pdf": (b"<!doctype html><html><body><h1>404 Not Found</h1></body></html>", "is a web page"),
        "renamed.txt": (whole, "is a PDF"),
        "archive.docx": (_archive({"notes.txt": "Not a Word document."}), "is a ZIP archive"),
        "binary.txt": (bytes(range(256)) * 8, "is binary data"),
        "truncated.pdf": (whole[: len(whole) // 2], "damaged or incomplete"),
        "encrypted.pdf": (_encrypted(), "encrypted"),
        "scan.pdf": (_scan(), "pictures and contain no text"),
        "damaged.docx": (_archive({"word/document.xml": "<w:document>"}), "damaged"),
        "no-words.docx": (_word_document(), "contains no text"),
        "bomb.docx": (_bomb(), "unpacks to 600 MB"),
        "huge.txt": (b"Children are safe. " * (6 << 20), "over the limit"),
        SLOW: (_slow(), "took over"),
    }
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content)
    return {name: reason for name, (_, reason) in files.items()}


def _archive(parts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def _bomb() -> bytes:
    """Return a Word document of half a megabyte whose text unpacks to 600 MB."""
    packed = io.BytesIO()
    blank = b" " * (1 << 20)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(600):
            part.write(blank)
    return packed.getvalue()


def _encrypted() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, encrypt="secret")
    canvas.drawString(72, 700, "Children in Westmarsh are safe.")
    canvas.save()
    return written.getvalue()


def _scan() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    canvas.drawImage(ImageReader(Image.new("L", (80, 120), 200)), 72, 72, 400, 600)
    canvas.save()
    return written.getvalue()


def _word_document() -> bytes:
    written = io.BytesIO()
    docx.Document().save(written)
    return written.getvalue()


def _slow() -> bytes:
    """Return a PDF of a few kilobytes that draws one sentence 16 million times."""
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /XObject << /X0 6 0 R >> >> >>"
    )
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page]
    objects += [_stream("/X0 Do"), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for level in range(_DEPTH):
        twice = f"/X{level + 1} Do /X{level + 1} Do"
        drawing = twice if level < _DEPTH - 1 else "BT /F 12 Tf 72 700 Td (Children in Westmarsh are safe.) Tj ET"
        resources = f"/Resources << /Font << /F 5 0 R >> /XObject << /X{level + 1} {level + 7} 0 R >> >> "
        objects.append(_stream(drawing, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources}"))
    content, offsets = b"%PDF-1.4\n", []
    for number, entry in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{entry}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    tail = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return content + tail.encode() + f"startxref\n{len(content)}\n%%EOF\n".encode()


def _stream(content: str, entries: str = "") -> str:
    return f"<< {entries}/Length {len(content)} >>\nstream\n{content}\nendstream"
