#!/usr/bin/env bash
# pypdf 7.1.1, pdfplumber 0.11.10, PyMuPDF 2.0 and pypdfium2 5.15.2: the raised mark of a note after a figure.
#
# Expected: the page shows "12" and, smaller and higher, the mark "3" of a note. These libraries know the size and the
# height of each letter, so at least one of them keeps the mark apart from the figure.
# Seen: all four give "123 weeks" for "12³ weeks", ten times as long as the page says.
#
# Exits with 0 as long as this happens, and with 1 when it no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    reportlab==5.1.0 pypdf==7.1.1 pdfplumber==0.11.10 pymupdf==2.0 pypdfium2==5.15.2 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import pdfplumber
import pymupdf
import pypdf
import pypdfium2
from reportlab.pdfgen import canvas

file = io.BytesIO()
page = canvas.Canvas(file, pagesize=(400, 200))
text = page.beginText(40, 150)
for words, size, rise in (("Children wait 12", 11, 0), ("3", 7, 4), (" weeks for a plan.", 11, 0)):
    text.setFont("Helvetica", size)
    text.setRise(rise)
    text.textOut(words)
page.drawText(text)
page.save()
data = file.getvalue()
read = {
    "pypdf": pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(),
    "pdfplumber": pdfplumber.open(io.BytesIO(data)).pages[0].extract_text(),
    "pymupdf": pymupdf.open(stream=data).load_page(0).get_text(),
    "pypdfium2": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range(),
}
for name, words in read.items():
    print(name, version(name), repr(words.strip()))
sys.exit(0 if all("123 weeks" in " ".join(words.split()) for words in read.values()) else 1)
PYTHON
