#!/usr/bin/env bash
# PyMuPDF 2.0: a grade table with lines around its cells, and the name of the authority above it.
#
# It touches those who read grades from reports: the words of the cells are the keys by which grades are compared.
# Expected: find_tables() gives the cells as get_text() gives the same words, and takes the first row for the heading.
# Seen: (1) extract() and to_pandas() have no space in any cell: "Theexperiencesofcareleavers". PyMuPDF 1.28.2 keeps the
# spaces, and so does to_markdown() of 2.0, on the same page. (2) In both, the heading of the table is "re Borough Council".
# These are the letters of the line above that stand over the first column. The row "Judgement, Grade" becomes the first
# grade. If the line above is longer, the heading is right.
#
# Exits with 0 while this is so, and with 1 once it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/read.py" <<'PYTHON'
import io
import sys

import pymupdf
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

ROWS = [["Judgement", "Grade"], ["The experiences of care leavers", "Requires improvement"], ["Leaders", "Good"]]


def page(above):
    file = io.BytesIO()
    lines = TableStyle([("GRID", (0, 0), (-1, -1), 1, colors.black)])
    parts = [Paragraph(above, getSampleStyleSheet()["BodyText"]), Table(ROWS, colWidths=[180, 180], style=lines)]
    SimpleDocTemplate(file).build(parts)
    return pymupdf.open(stream=file.getvalue())[0]


short, long = page("Aldermere Borough Council"), page("The grades of this inspection of Aldermere Borough Council are below.")
tables = [found.find_tables().tables[0] for found in (short, long)]
cells, headings = tables[0].extract(), [table.header.names for table in tables]
print("PyMuPDF", sys.argv[1], cells, headings)
print("to_markdown:", tables[0].to_markdown().splitlines())
assert "The experiences of care leavers" in short.get_text() and "The experiences of care leavers" in tables[0].to_markdown()
assert headings == [["re Borough Council", ""], ["Judgement", "Grade"]], headings
words = "".join if sys.argv[1] == "2.0" else " ".join
sys.exit(0 if cells == [[words(cell.split()) for cell in row] for row in ROWS] else 1)
PYTHON
for edition in 1.28.2 2.0; do
    "${PYTHON:-python3}" -m venv "$folder/$edition"
    "$folder/$edition/bin/pip" install --quiet --disable-pip-version-check \
        "pymupdf==$edition" reportlab==5.1.0 2>/dev/null
    "$folder/$edition/bin/python" "$folder/read.py" "$edition"
done
