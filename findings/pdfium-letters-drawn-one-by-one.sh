#!/usr/bin/env bash
# pypdfium2 5.15.2: lines whose letters are drawn one by one.
#
# Some programs, such as Qt, draw each letter of a PDF as a text object of its own. Every letter has its exact place.
# Expected: the lines are read as they are printed, with a line break between them. pypdf reads them in this way.
# Seen: (1) if the first of two lines ends in a full stop, and the letters have a large size that a matrix scales down,
# there is a space and no line break between the lines, however far apart they are. The end of one paragraph and the
# start of the next, or a heading, become one line. Without the full stop there is a line break.
# (2) On a page with two lines at a usual distance, the letters are read as columns: nearly every letter is on a line of
# its own. At a larger distance the same letters are read as two lines.
#
# Exits with 0 as long as this happens, and with 1 when it no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 pypdf==7.1.1 reportlab==5.1.0 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import pypdf
import pypdfium2
from reportlab.pdfbase.pdfmetrics import stringWidth


def document(content):
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def letters(words, left, top, size, matrix):
    for letter in words:
        yield b"BT /F1 %d Tf %s %.3f %.3f Tm (%s) Tj ET" % (size, matrix, left, top, letter.encode())
        left += stringWidth(letter, "Helvetica", size)


def large(first, second, step):
    lines = [*letters(first, 900, 1200, 180, b"1 0 0 -1"), *letters(second, 900, 1200 + step, 180, b"1 0 0 -1")]
    return document(b"q .06 0 0 -.06 10 832 cm\n" + b"\n".join(lines) + b"\nQ")


def plain(first, second, step):
    lines = [*letters(first, 72, 700, 11, b"1 0 0 1"), *letters(second, 72, 700 - step, 11, b"1 0 0 1")]
    return document(b"\n".join(lines))


def lines_of(data):
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    other = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    return text.split("\r\n"), other.split("\n")


print("pypdfium2", version("pypdfium2"), "pypdf", version("pypdf"))
stop, none, second = "for adulthood.", "for adulthood", "Visits were made to the homes of all children there"
joined = [lines_of(large(stop, second, step)) for step in (300, 1200)]
apart = lines_of(large(none, second, 300))
near, far = lines_of(plain(none, second, 14)), lines_of(plain(none, second, 100))
for what, (read, other) in {"full stop": joined[0], "none": apart, "14 points": near, "100 points": far}.items():
    print(f"{what}: PDFium {len(read)} lines, {read[:3]}; pypdf {len(other)} lines")
assert far[0] == [none, second]
assert all(other == [stop, second] for _, other in joined)
assert near[1] == [none, second]
first = all(read == [f"{stop} {second}"] for read, _ in joined) and apart[0] == [none, second]
sys.exit(0 if first and len(near[0]) > 30 else 1)
PYTHON
