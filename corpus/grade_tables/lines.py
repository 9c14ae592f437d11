"""Reads grades from paragraphs that give nothing but an area and its grade: "Overall effectiveness: Good".

Such a paragraph is like a row of a table. A sentence about a grade is not, and neither is an item of a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.drafts import Draft
from corpus.grade_tables.cells import ROW_NUMBER, is_whole, says_not_judged
from corpus.grade_tables.judgements import GradeRows
from corpus.graded_areas import is_cut_short, is_known_area, is_same_area
from corpus.grades import AREAS
from corpus.types import BlockKind, Judgement

_LINE = re.compile(r"^(?P<area>[^:.;!?]+?)(?: (?:is|are))?(?:\s*:\s*|\s+[-–—]\s+)(?P<grade>[^.;!?]+?)\.?$")
_LONGEST = 160
"""Maximum length of such a paragraph, in characters. Chosen by eye."""
_FEWEST_AREAS = 2
"""Fewest areas with a grade in a document whose lines give grades. A single line may be about another report, or may be
there to mislead us: "Overall effectiveness: Outstanding" in a letter."""
_EARLIER_PART = re.compile(r"\b(?:previous(?:ly)?|last|earlier|former|history)\b", re.IGNORECASE)
"""Words in the heading above the grades that make them those of another inspection."""
_EARLIER = re.compile(
    r"\b(?:previous|last|earlier|former)(?: \w+){0,2} "
    r"(?:inspect(?:ion|ed)|visit|report|grade|judge?ment|outcome|rating)"
    r"|\b(?:previously|last|earlier) (?:inspected|judged|graded|rated)\b|\bin 20\d\d\b",
    re.IGNORECASE,
)
"""Words in the paragraph above the grades that do the same."""
_STATING = (BlockKind.PARAGRAPH, BlockKind.HEADING)


def with_grade_lines(grades: GradeRows, drafts: Sequence[Draft]) -> GradeRows:
    """Return the grades of a document's tables and those of its paragraphs. A table decides if both name an area.

    Two paragraphs that give an area different grades give none, because one may be of another inspection. A single area
    gives none either.
    """
    known = [*(judgement.area for judgement in grades.judgements), *grades.not_judged]
    lines = dict.fromkeys(line for line in _lines(drafts) if not any(is_same_area(line[0], area) for area in known))
    given = Counter(area for area, _ in lines)
    if len({*given, *known}) < _FEWEST_AREAS:
        return grades
    single = [(area, grade) for area, grade in lines if given[area] == 1]
    return replace(
        grades,
        unread_areas=tuple(a for a in grades.unread_areas if not any(is_same_area(a, area) for area, _ in single)),
        judgements=(*grades.judgements, *(Judgement(a, grade, 1) for a, grade in single if not says_not_judged(grade))),
        not_judged=(*grades.not_judged, *(area for area, grade in single if says_not_judged(grade))),
    )


def _lines(drafts: Sequence[Draft]) -> Iterator[tuple[str, str]]:
    """Yield the area and the grade of each such paragraph that is not about an earlier inspection."""
    heading = above = ""
    for draft in drafts:
        text = draft.text
        line = _line(draft, text)
        if line and not _EARLIER_PART.search(heading) and not _EARLIER.search(above):
            yield line
        elif not line:
            heading, above = (text, "") if draft.kind is BlockKind.HEADING else (heading, text)


def _line(draft: Draft, text: str) -> tuple[str, str] | None:
    if draft.kind not in _STATING or len(text) > _LONGEST:
        return None
    parted = _LINE.match(ROW_NUMBER.sub("", text))
    if not parted or not is_whole(parted["grade"]) or not _is_area(parted["area"]):
        return None
    return parted["area"], parted["grade"]


def _is_area(printed: str) -> bool:
    return (
        is_known_area(printed) or is_cut_short(printed) or any(printed.casefold() == a.name.casefold() for a in AREAS)
    )
