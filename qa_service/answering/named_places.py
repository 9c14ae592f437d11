"""Says what a question's districts and regions mean for the answer. Neither is an authority."""

from __future__ import annotations

from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import in_list


def note_places(question: Interpretation) -> str:
    """Say which authority each district belongs to, and that an answer is not limited to a region."""
    named = [(district, name) for district, name in question.districts if name in question.authorities]
    notes = [f"{district[0].upper()}{district[1:]} is in {name}." for district, name in dict.fromkeys(named)]
    if question.regions:
        one = len(question.regions) == 1
        be, there = ("is not an authority", "that area") if one else ("are not authorities", "those areas")
        regions = in_list(question.regions)
        notes.append(f"{regions[0].upper()}{regions[1:]} {be}, so this answer is not limited to {there}.")
    return " ".join(notes)
