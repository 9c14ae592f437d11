#!/usr/bin/env bash
# ir_measures 0.4.3 with pytrec_eval-terrier 0.5.11: measures of one ranking with tied scores, asked for in one call.
#
# It touches those who choose a ranking by such figures, and so which passage people read first. Sentences that reports
# share word for word have the same score, so ties are common.
# Expected: two passages tie, and one of them is right. A measure may break the tie either way, but all measures of one call
# look at one order. So RR is RR@10 in a ranking of two, and P@1 is 1 if RR@1 is 1.
# Seen: RR is 0.5 and RR@10 is 1.0. RR@1 says that the right passage is first, and P@1 says that it is not. If the other
# passage is the right one, all four turn round. With a cut-off, RR comes from another provider than without. One provider
# puts the name that is last in the alphabet first, and the other puts it last.
#
# Exits with 0 while this is so, and with 1 once it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    ir-measures==0.4.3 pytrec-eval-terrier==0.5.11 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import ir_measures
from ir_measures import RR, P, Qrel, ScoredDoc

measures = (RR, RR @ 10, RR @ 1, P @ 1)
print("ir_measures", version("ir_measures"), "pytrec_eval-terrier", version("pytrec_eval-terrier"))
seen = {}
for right in ("aldermere", "pellbrook"):
    for order in (("aldermere", "pellbrook"), ("pellbrook", "aldermere")):
        ranking = [ScoredDoc("question", name, 1.0) for name in order]
        figures = ir_measures.calc_aggregate(measures, [Qrel("question", right, 1)], ranking)
        seen[right, order] = [figures[measure] for measure in measures]
        print(f"{right} is right, given as {order}:", {str(measure): figures[measure] for measure in measures})
want = {"aldermere": [0.5, 1.0, 1.0, 0.0], "pellbrook": [1.0, 0.5, 0.0, 1.0]}
sys.exit(0 if all(figures == want[right] for (right, _), figures in seen.items()) else 1)
PYTHON
