"""Finds the words of a question that are clearly about time but do not name days that can limit an answer."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import MONTH
from qa_service.understanding.times.reading import read_times

_EVENT = (
    r"(?:(?:coronavirus|covid(?:-19)?|national|first|second|third)\s+)*"
    r"(?:pandemic|lockdowns?|coronavirus|covid(?:-19)?)\b"
    r"(?!\s*[-]?\s*(?:era|visit|inspection|report))|merger|amalgamation|reorganisation|restructur(?:e|ing)|brexit|"
    r"(?:general\s+|local\s+|last\s+|council\s+)?elections?|(?:government\s+)?takeover|"
    r"change\s+of\s+(?:government|leadership|director|administration)|"
    r"(?:last|previous|current|new|coalition|labour|conservative)\s+(?:government|administration)|"
    r"christmas|easter|half[\s-]term|new\s+year|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_CUE = (
    r"(?:(?:ever\s+)?since|before|after|until|till|during|throughout|following|prior\s+to|pre|post|"
    r"in\s+the\s+(?:wake|aftermath|middle|early\s+days|first\s+(?:year|months?))\s+of|"
    r"at\s+the\s+(?:time|start|end|height|beginning)\s+of|by|under)"
)
_THE = r"(?:the|this|that|their|its|our|last)"
_UNREAD = re.compile(
    rf"""(?<![\w£$€.])(?:
        {_CUE}[\s-]+(?:(?:the\s+(?:start|end|beginning|height)\s+of|about|around)\s+)?
          (?:{_THE}\s+)?(?:{_EVENT})\b(?!,?\s+20\d\d)
      | by\s+the\s+(?:spring|summer|autumn|winter)\s+of\s+the\s+(?:first|second)\s+(?:covid|pandemic)\s+year\b
      | in\s+the\s+run[\s-]?up\s+to(?:\s+the)?(?!(?:\s+[\w’'-]+){{0,4}}\s+(?:inspection|visit|report|ILACS))(?:\s+\w+)?
      | the\s+same\s+(?:week|fortnight|quarter|term)\b
      | (?:every\s+other|alternate)\s+years?\b
      | (?:a\s+few|several|some|many)\s+(?:days|weeks|months|years)\s+ago\b
      | (?<!how\s)long\s+ago\b | (?<!few\s)(?<!several\s)(?<!some\s)(?<!many\s)\byears\s+ago\b
      | (?:(?:ever\s+)?since|before|after|until|till|from|by|during|in|prior\s+to|up\s+to)\s+
          (?:19\d\d|20[4-9]\d)\b(?!\s+(?:of|children|young|people|cases|families|staff))
      | (?:in\s+)?(?<!\d[\s/])\d{{1,2}}[/.]\d{{1,2}}[/.]20[0-3]\d\b
      | (?:on|of|since|before|after|until|till|from|by)\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?
          (?:{MONTH})\b(?!\s+(?:be|have|not|need|also|still)\b)
      | (?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)\s+(?:of\s+)?(?:{MONTH})\b
      | last\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b
      | (?:since|before|until|till|by)\s+the\s+(?:spring|summer|autumn|winter)\b
          (?!\s+(?:of|term|holidays?|break|half|inspection|visit|report|letter|20))
      | (?:the\s+)?(?:last|past|previous)\s+\w+\s+(?:financial|school|academic|tax)\s+years\b
      | between\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+and\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTH})\b
      | (?:the|its|their)\s+(?:{MONTH})\s+(?:inspection|visit|report|letter)\b
      | the\s+turn\s+of\s+(?:20\d\d/\d\d|the\s+year)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""These are the only phrases that count, because what follows "since" or "before" is usually part of the subject
("before a child moves")."""


def unread_times(text: str, today: date) -> list[tuple[int, int]]:
    """Return the spans of words that are about time but that we do not read as a period, in order.

    Because they do not limit the answer, we must tell the person about them.
    """
    periods, inside = read_times(text, today)
    read = [(period.start, period.end) for period in periods]
    spans = [*inside, *(match.span() for match in _UNREAD.finditer(text))]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not any(start < until and since < end for since, until in (*read, *kept)):
            kept.append((start, end))
    return kept
