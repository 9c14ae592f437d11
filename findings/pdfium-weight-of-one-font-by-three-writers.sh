#!/usr/bin/env bash
# pypdfium2 5.15.2: the weight of the same bold font in PDFs by three libraries.
#
# FPDFText_GetFontWeight gives a number that looks like a font's weight, of which 400 is regular and 700 is bold. We
# printed one word in Roboto Regular and one in Roboto Bold by fpdf2, by Skia (which prints Chromium's PDFs) and by
# PyMuPDF.
# Expected: 400 and 700 for each of them, or at least a limit that separates regular from bold in all three.
# Seen: the number follows from the stem width that the library writes into the PDF. The weight of bold is below 500
# with Skia, and 400 with PyMuPDF, the same as for regular. Only fpdf2 marks the bold font as bold in its flags. Only
# the names of the fonts distinguish them.
#
# Exits with 0 as long as this happens, and with 1 when it no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 fpdf2==2.8.5 skia-python==144.1 \
    pymupdf==2.0 font-roboto==0.0.1 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import ctypes
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pymupdf
import pypdfium2
import skia
from fpdf import FPDF
from pypdfium2 import raw

files = Path(find_spec("font_roboto").submodule_search_locations[0]) / "files"
REGULAR, BOLD = str(files / "Roboto-Regular.ttf"), str(files / "Roboto-Bold.ttf")
FORCE_BOLD = 1 << 18


def by_fpdf():
    pdf = FPDF()
    pdf.add_page()
    for style, file in (("", REGULAR), ("B", BOLD)):
        pdf.add_font("Roboto", style, file)
        pdf.set_font("Roboto", style, 12)
        pdf.cell(40, 10, "word")
    return bytes(pdf.output())


def by_skia():
    stream = skia.DynamicMemoryWStream()
    document = skia.PDF.MakeDocument(stream)
    canvas = document.beginPage(300, 300)
    for top, file in ((50, REGULAR), (100, BOLD)):
        canvas.drawString("word", 20, top, skia.Font(skia.Typeface.MakeFromFile(file), 12), skia.Paint())
    document.endPage()
    document.close()
    return bytes(stream.detachAsData())


def by_pymupdf():
    document = pymupdf.open()
    page = document.new_page()
    for top, name, file in ((50, "regular", REGULAR), (100, "bold", BOLD)):
        page.insert_font(name, fontfile=file)
        page.insert_text((20, top), "word", fontname=name)
    return document.tobytes()


def fonts(data):
    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    found = []
    for place in range(text.count_chars()):
        flags, room = ctypes.c_int(), ctypes.create_string_buffer(100)
        raw.FPDFText_GetFontInfo(text.raw, place, room, 100, ctypes.byref(flags))
        if text.get_text_range(place, 1) == "w":
            weight = raw.FPDFText_GetFontWeight(text.raw, place)
            found.append((weight, bool(flags.value & FORCE_BOLD), "Bold" in room.value.decode()))
    return found


print("pypdfium2", version("pypdfium2"), "fpdf2", version("fpdf2"), "skia-python", version("skia-python"))
read = {by.__name__: fonts(by()) for by in (by_fpdf, by_skia, by_pymupdf)}
for name, (regular, bold) in read.items():
    print(f"{name}: weight {regular[0]} and {bold[0]}, marked as bold {regular[1]} and {bold[1]}")
assert all([font[2] for font in both] == [False, True] for both in read.values())
lightest_bold = min(bold[0] for _, bold in read.values())
heaviest_regular = max(regular[0] for regular, _ in read.values())
by_flag = [[font[1] for font in both] == [False, True] for both in read.values()]
same = lightest_bold <= heaviest_regular and read["by_pymupdf"][0][0] == read["by_pymupdf"][1][0] == 400
sys.exit(0 if same and read["by_skia"][1][0] < 500 and by_flag == [True, False, False] else 1)
PYTHON
