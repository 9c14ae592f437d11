#!/usr/bin/env bash
# trafilatura 2.3.1: corrections on a web page (<del> and <ins>).
#
# Expected: the page shows "do not" struck out, so a reader sees "Children get the help that they need". Text extracted
# from it leaves the deletion out, or marks it, as the library's own XML does.
# Seen: the plain text, which is the default format, has the deleted words like all others: "Children do not now get the
# help". Nothing shows that they were deleted. Markdown keeps the marks ("~~not~~").
#
# Exits with 0 as long as this happens, and with 1 when it no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.3 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from trafilatura import extract

page = (
    "<html><body><article><h1>Correction to our letter</h1>"
    "<p>The council has two sites in the town, and inspectors went to both of them in the same week of March.</p>"
    "<p>Children do <del>not</del> <ins>now</ins> get the help that they need in good time, and families know whom to "
    "ask.</p><p>Staff told inspectors that they value the training that they were given in the last year.</p>"
    "</article></body></html>"
)
plain = extract(page)
marked = {kind: extract(page, output_format=kind, include_formatting=True) for kind in ("xml", "markdown")}
print("trafilatura", version("trafilatura"))
print("plain:", next(line for line in plain.splitlines() if "Children do" in line))
for kind, text in marked.items():
    print(f"{kind}:", next(line.strip() for line in text.splitlines() if "Children do" in line))
sys.exit(0 if "Children do not now get the help" in plain and "<del" in marked["xml"] else 1)
PYTHON
