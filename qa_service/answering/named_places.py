"""Says what a question's districts and regions mean for the answer. Districts and regions are not authorities."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import in_list


def note_places(question: Interpretation) -> str:
    """Say which authority each district belongs to, and that an answer may include places outside a region."""
    named = [(district, name) for district, name in question.districts if name in question.authorities]
    notes = [f"{district[0].upper()}{district[1:]} is in {name}." for district, name in dict.fromkeys(named)]
    if question.regions:
        notes.append(
            "We cannot limit an answer to a region, so this answer may include authorities outside "
            f"{in_list(question.regions)}."
        )
    return " ".join(notes)


def regions_among(not_applied: Sequence[str], question: Interpretation) -> list[str]:
    """Return the words in the question that name a region and were not applied."""
    regions = [region.lower() for region in question.regions]
    return [words for words in not_applied if any(region in words.lower() for region in regions)]
