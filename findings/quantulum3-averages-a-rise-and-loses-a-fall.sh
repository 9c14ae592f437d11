#!/usr/bin/env bash
# quantulum3 0.10.0: figures that rise and fall in the sentences of a report.
#
# It touches analysts who gather figures from reports: "caseloads fell from 22 to 18" is the sentence that they look for.
# Expected: both figures, whichever way they go. The library gives 22 and 18 for "fell from 22 cases to 18 cases".
# Seen: it takes a rise for a range and gives its middle: "rose from 18 to 22" is 20, a figure that is in no report. A fall
# has no quantity at all: "fell from 22 to 18" and "fell from 26 to 18 weeks" give an empty list. With the unit twice, a fall
# has a middle again: "fell from 26 weeks to 18 weeks" is 22 weeks. So the services that got better are not in the list.
# "One in five" is 5, while "1 in 5" is 1 and 5.
#
# Exits with 0 while this is so, and with 1 once it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0 inflect==7.6.0 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

from quantulum3 import parser

seen = {
    "Caseloads fell from 22 cases to 18 cases.": [22, 18],
    "Caseloads rose from 18 to 22.": [20],
    "Caseloads fell from 22 to 18.": [],
    "Waits rose from 18 to 26 weeks.": [22],
    "Waits fell from 26 to 18 weeks.": [],
    "Waits fell from 26 weeks to 18 weeks.": [22],
    "1 in 5 children waited.": [1, 5],
    "One in five children waited.": [5],
}
print("quantulum3", version("quantulum3"))
found = {}
for sentence in seen:
    quantities = parser.parse(sentence)
    found[sentence] = [quantity.value for quantity in quantities]
    print(sentence, [(quantity.surface, quantity.value, quantity.unit.name) for quantity in quantities])
sys.exit(0 if found == seen else 1)
PYTHON
