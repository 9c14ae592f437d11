#!/usr/bin/env bash
# striprtf 0.0.35: text that a reader of the document does not see, and text that a reader does.
#
# Expected: rtf_to_text() returns what Word prints. It leaves out text that is marked as deleted, and text that is
# hidden ({\v …}, RTF 1.9.1, "Font Formatting Properties"). A footnote is printed, so its words are kept.
# Seen: it does the opposite. Deleted text and hidden text are returned as if they were printed. The words of a footnote
# are lost without a mark. A quote from such a text may have words that the author deleted, and nobody can find a caveat
# that is in a footnote.
#
# Exits with 0 as long as this happens, and with 1 when it no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from striprtf.striprtf import rtf_to_text

document = (
    r"{\rtf1\ansi\ansicpg1252 Visits are {\deleted late }on time.{\footnote In two of six teams.}\par "
    r"{\v Draft, not for release. }Caseloads are \'93high\'94.\par }"
)
text = rtf_to_text(document)
print("striprtf", version("striprtf"), repr(text))
assert "“high”" in text
deleted, hidden, footnote = (words in text for words in ("late", "not for release", "two of six teams"))
print(f"returned: deleted text {deleted}, hidden text {hidden}, footnote {footnote}")
sys.exit(0 if deleted and hidden and not footnote else 1)
PYTHON
