"""Reads grades from paragraphs that give nothing but an area and its grade: "Overall effectiveness: Good".

Such a paragraph is like a row of a table. A paragraph or a list may also consist of several such lines. A sentence
about a grade does not give one, and nor does an item of a list that also has other items.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.drafts import Draft
from corpus.grade_tables.cells import NOT_JUDGED, ROW_NUMBER, is_whole, names_area, says_not_judged
from corpus.grade_tables.heads import announces_others, dates_grades, is_other_part, looks_back, says_earlier
from corpus.grade_tables.judgements import GradeRows
from corpus.graded_areas import is_same_area
from corpus.grades import Grade
from corpus.types import BlockKind, Judgement

_LINE = re.compile(r"^(?P<area>[^:.;!?]+?)(?: (?:is|are))?(?:\s*:\s*|\s+[-–—]\s+)(?P<grade>[^.;!?]+?)\.?$")
_LONGEST = 160
"""Maximum length of such a paragraph, in characters. Chosen by eye."""
_LONGEST_RUN = 900
"""Maximum length of a paragraph of several such lines, in characters. Chosen by eye."""
_GRADE = "|".join(
    map(re.escape, sorted({*NOT_JUDGED, *(form for grade in Grade for form in grade.printed)}, key=len, reverse=True))
)
_IN_RUN = re.compile(
    rf"(?P<area>[A-Z][^:.;!?]{{3,119}}?)(?:\s*:\s*|\s+[-–—]\s+)(?P<grade>(?i:{_GRADE}))[.;]?(?:\s+(?=[A-Z])|$)"
)
"""An area and its grade in a paragraph with several of them, if the page or the text does not separate their lines."""
_FEWEST_AREAS = 2
"""Fewest areas with a grade in a document whose lines give grades. A single line may be about another report, or may be
meant to mislead us: "Overall effectiveness: Outstanding" in a letter."""
_BULLET = re.compile(r"^• ?")
_STATING = (BlockKind.PARAGRAPH, BlockKind.HEADING)


def with_grade_lines(grades: GradeRows, drafts: Sequence[Draft]) -> GradeRows:
    """Return the grades in a document's tables and in its paragraphs. A table decides if both name an area.

    If two paragraphs give an area different grades, we use neither, because one may be from another inspection. Nor do
    we use a single area.
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
    items = _items(drafts)
    found = [items.get(number) or _pairs(draft, draft.text) for number, draft in enumerate(drafts)]
    below = ""
    texts_below: list[str] = []
    for draft, pairs in zip(reversed(drafts), reversed(found), strict=True):
        texts_below.append(below)
        below = below if pairs else draft.text
    heading = above = ""
    for draft, pairs, below in zip(drafts, found, reversed(texts_below), strict=True):
        if not pairs:
            heading, above = (draft.text, "") if draft.kind is BlockKind.HEADING else (heading, draft.text)
        elif not (is_other_part(heading) or _gives_to_another(above) or looks_back(below)):
            yield from pairs


def _gives_to_another(above: str) -> bool:
    """Return whether the text above grades says, or may mean, that they are not from this inspection."""
    return announces_others(above) or says_earlier(above) or dates_grades(above)


def _items(drafts: Sequence[Draft]) -> dict[int, list[tuple[str, str]]]:
    """Return the areas and grades in each list that contains nothing else, by the place of their items."""
    found: dict[int, list[tuple[str, str]]] = {}
    for is_list, group in groupby(enumerate(drafts), key=lambda pair: pair[1].kind is BlockKind.LIST_ITEM):
        listed = list(group) if is_list else []
        pairs = [_pair(_BULLET.sub("", draft.text)) for _, draft in listed]
        if len(pairs) >= _FEWEST_AREAS and all(pairs):
            found |= {number: [pair] for (number, _), pair in zip(listed, pairs, strict=True) if pair}
    return found


def _pairs(draft: Draft, text: str) -> list[tuple[str, str]]:
    """Return the areas and grades that make up a paragraph or a heading. It gives none if it has other words."""
    if draft.kind not in _STATING:
        return []
    if pair := _pair(text):
        return [pair]
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(text) <= _LONGEST_RUN and (parted := _IN_RUN.match(text, at)) and names_area(parted["area"]):
        pairs.append((parted["area"], parted["grade"]))
        at = parted.end()
    return pairs if at == len(text) else []


def _pair(text: str) -> tuple[str, str] | None:
    if len(text) > _LONGEST:
        return None
    parted = _LINE.match(ROW_NUMBER.sub("", text))
    if not parted or not is_whole(parted["grade"]) or not names_area(parted["area"]):
        return None
    return parted["area"], parted["grade"]
