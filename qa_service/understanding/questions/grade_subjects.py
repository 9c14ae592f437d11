"""Says if a question with words for grades is about something else, such as risk ratings or exam grades."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa_service.understanding.conditions.accounting import is_cue, question_words, words_left
from qa_service.understanding.conditions.entities import areas_in, grades_in
from qa_service.understanding.conditions.slots import SlottedText

_OVERALL = re.compile(
    r"\boverall (?:ofsted )?(?:grades?|ratings?|judge?ments?|effectiveness)\b|\bofsted (?:grade|rating|judge?ment)s?\b",
    re.IGNORECASE,
)
"""Words that can only mean the grade of an inspection."""


def names_other_subject(search_text: str, places: Iterable[str] = ()) -> bool:
    """Whether the search words of a question name something that inspections do not grade.

    ``places`` are the names in the question of places that are graded.

    Inspections grade an authority's services as a whole and a few areas of them. A rating of anything else is what a
    report says, not one of its grades.
    """
    for place in places:
        search_text = search_text.replace(place, " ")
    slotted = SlottedText.of(search_text, [*grades_in(search_text), *areas_in(search_text)])
    return is_other_subject(search_text, (slotted.text[start:end] for start, end in words_left(slotted, [])))


def is_other_subject(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words left over in a question for a grade names something else that is graded."""
    if _OVERALL.search(text):
        return False
    known, left = question_words().of_grades, (word.strip("-'") for word in words)
    return any(word not in known and not is_cue(word) and not word.isdigit() and word != "£" for word in left)
