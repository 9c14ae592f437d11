"""Finds the grade that a question assumes: "Why was it judged inadequate?"."""

from __future__ import annotations

import re

from corpus.grades import GRADE_WORDS, Grade, grade_named, grade_words

_DISTINCT_GRADE = grade_words(*(grade for grade in Grade if grade is not Grade.GOOD))
"""The names of grades that rarely mean anything else. "Good" is not one of them, because "Children are good at …" does
not name a grade."""
_RATED = (
    r"(?:judged|rated|graded|declared|deemed|awarded|given|found|ranked|placed|put|marked|"
    r"(?:up|down)graded(?:\s+from\s+\w+(?:\s+\w+)?)?|"
    r"(?:dropped|drop|fell|fall|slipped|slip|moved?|went|go|gone|improved?|promoted|demoted|came out|come out)"
    r"(?:\s+(?:up|down|back))?(?:\s+from\s+\w+(?:\s+improvement)?)?)"
)
_CLAIM = re.compile(
    rf"\b{_RATED}\s+(?:to\s+be\s+|to\s+|as\s+|at\s+|an?\s+|overall\s+|only\s+|just\s+){{0,3}}(?P<rated>{GRADE_WORDS})\b"
    r"|\b(?:was|were|is|are|been|being|get|gets|got|getting|became|stayed|remain(?:s|ed)?)\s+(?:still\s+|an?\s+|only\s+)?"
    rf"(?P<being>{_DISTINCT_GRADE})"
    r"(?=\s*(?:$|[?.,;]|(?:in|at|by|for|overall|and|when|after|before|on)\b))"
    rf"|\b(?:judged?|rated?|graded?)\s+(?:[\w’'-]+\s+){{1,5}}?(?:to\s+be\s+|as\s+)?(?P<active>{GRADE_WORDS})"
    r"(?=\s*(?:$|[?.,;]|(?:in|at|by|for|overall|and|when|after|before|on)\b))"
    rf"|\b(?:its|the|an?|their|[’']s)\s+(?:overall\s+)?(?P<noun>{GRADE_WORDS})\s+(?:judge?ment|rating|grade|verdict)\b",
    re.IGNORECASE,
)
_ASSUMES = re.compile(
    r"^(?:so\s+|and\s+|but\s+|ok,?\s+)?(?:why|how (?:come|did|was|has|have)|"
    r"what (?:led|caused|made|happened|changed|did|was|were|has|reasons?|went|drove)|"
    r"which (?!areas?|parts?|services?|judge?ments?)\w+|who|when)\b"
    r"|\b(?:after|since|when|once|following|because|given(?: that)?|despite|although|even though|now that|as|with|"
    r"why)\b",
    re.IGNORECASE,
)
_AND_WHY = re.compile(r"[.?!,;:–-]\s*(?:so |and |but )?(?:why|how come)\b", re.IGNORECASE)
_NO_CLAIM = re.compile(
    r"(?:\b(?:not|never|nearly|almost)|n[’']t)(?:\s+\w+){0,2}\s+$"
    r"|\b(?:to|would|could|might|may|can|will|should)\s+(?:be|become|have been)\s+$"
    r"|\b(?:audits?|audited|cases?|work|plans?|assessments?|practice|carers?|homes?|agenc(?:y|ies)|schools?|"
    r"supervision|decisions?|records?|recording|reports?|letters?)\b(?:\s+[\w’'-]+){0,4}\s+$",
    re.IGNORECASE,
)
"""Words before a grade that show that the question does not assume it. They deny the grade, make it only possible, or
apply it to a piece of work."""


def claimed_grade(text: str) -> Grade | None:
    """Return the grade that a text assumes. None if it assumes no grade, or asks for a grade."""
    assumption = _ASSUMES.search(text)
    if assumption is None:
        return None
    claims = [
        claim
        for claim in _CLAIM.finditer(text)
        if (assumption.start() < claim.start() or _AND_WHY.search(text[claim.end() :]))
        and not _NO_CLAIM.search(text[: claim.start()])
    ]
    if not claims:
        return None
    return grade_named(next(group for group in claims[-1].groups() if group))
