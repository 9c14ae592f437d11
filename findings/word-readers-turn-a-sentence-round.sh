#!/usr/bin/env bash
# mammoth 1.13.0 and python-docx 1.2.0: text in a simple field (w:fldSimple) and in a direction mark (w:bdo).
#
# Expected: both are ordinary parts of a paragraph in ECMA-376, and Word prints their text: "Inspected on 4 March 2025,
# and not before." and "Leaders do not act in time." docx2txt 0.9 reads both.
# Seen: both libraries leave the words out of the middle of the sentence. "Leaders act in time." says the opposite, and
# the date is gone. mammoth gives a warning for each element. python-docx gives none.
#
# Exits with 0 as long as this happens, and with 1 when it no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 python-docx==1.2.0 docx2txt==0.9 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

document = docx.Document()
dated = document.add_paragraph("Inspected on ")
field = '<w:fldSimple {} w:instr=" DOCPROPERTY Day "><w:r><w:t>4 March 2025</w:t></w:r></w:fldSimple>'
dated._p.append(parse_xml(field.format(nsdecls("w"))))
dated.add_run(", and not before.")
denied = document.add_paragraph("Leaders ")
mark = '<w:bdo {} w:val="ltr"><w:r><w:t xml:space="preserve">do not </w:t></w:r></w:bdo>'
denied._p.append(parse_xml(mark.format(nsdecls("w"))))
denied.add_run("act in time.")
file = io.BytesIO()
document.save(file)

converted = mammoth.extract_raw_text(io.BytesIO(file.getvalue()))
read = {
    "mammoth": converted.value.split("\n\n")[:2],
    "python-docx": [paragraph.text for paragraph in docx.Document(io.BytesIO(file.getvalue())).paragraphs],
    "docx2txt": docx2txt.process(io.BytesIO(file.getvalue())).split("\n\n")[:2],
}
for name, lines in read.items():
    print(name, version(name), lines)
print("mammoth warns:", [message.message for message in converted.messages])
whole = ["Inspected on 4 March 2025, and not before.", "Leaders do not act in time."]
lost = ["Inspected on , and not before.", "Leaders act in time."]
sys.exit(0 if (read["mammoth"], read["python-docx"], read["docx2txt"]) == (lost, lost, whole) else 1)
PYTHON
