#!/usr/bin/env bash
# inscriptis 2.7.6: definition lists, sections that open and close, and raised figures.
#
# Expected: a library for "layout-aware" text prints what a browser shows. A browser starts a new line for each term,
# each definition and the text below a summary, and it raises the 3 in "12<sup>3</sup>", so nobody reads 123.
# Seen: "Lead inspector", its name, the summary and its text run together without any space, so that two words become
# one ("inspectorAda"). "12<sup>3</sup> weeks", where 3 is the mark of a note, becomes "123 weeks".
#
# Exits with 0 as long as this happens, and with 1 when it no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check inscriptis==2.7.6 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from inscriptis import get_text

page = (
    "<html><body><p>Children wait 12<sup>3</sup> weeks.</p>"
    "<dl><dt>Lead inspector</dt><dd>Ada Quill</dd></dl>"
    "<details open><summary>What must improve</summary>The quality of plans.</details></body></html>"
)
text = get_text(page)
print("inscriptis", version("inscriptis"), repr(text))
glued = ("123 weeks", "inspectorAda", "improveThe")
print({words: words in text for words in glued})
sys.exit(0 if all(words in text for words in glued) else 1)
PYTHON
