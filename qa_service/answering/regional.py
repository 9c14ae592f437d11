"""Limits the answer to a question to the authorities of a region that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.names.regions import Region
from corpus.types import Report
from qa_service.analysis.authorities import authorities_of
from qa_service.types import Answer, Question
from qa_service.understanding.conversation.follow_up_cues import begins_afresh
from qa_service.understanding.interpretation import authorities_named
from qa_service.understanding.regions import RegionalQuestion, regional
from qa_service.understanding.words.spelling import placed_in
from qa_service.wording import in_list

_ONLY_REGION = re.compile(
    r"(?:(?:and|so|ok|now|what|how|about|just|only|same|for|but|please)\b[\s,]*)*\W*", re.IGNORECASE
)
"""The words that remain of a follow-up such as "And in London?" when its region is taken out."""
_FEW_WORDS = 12
"""Maximum number of words in a follow-up that is about the region of the question before it. Chosen by judgement."""


def answer_in_region(question: Question, answer: Callable[[Question], Answer], reports: Sequence[Report]) -> Answer:
    """If a question limits its answer to a region, answer from the region's reports, and name its authorities.

    ``answer`` answers a question that names no region. Reports do not say which region an authority is in, so a filter
    limits them. We leave a question as it is if we do not know the region's authorities, or have no reports on them.
    """
    authorities = authorities_of(reports)
    if question.verbatim:
        return answer(question)
    asked = regional(question.text, authorities)
    earlier = [regional(text, authorities) for text in question.history]
    region = asked.region if asked else _region_before(question, earlier, authorities)
    own = {name.casefold() for name in question.filters.authority}
    members = [
        name for name in authorities if region and name in region.authorities and (not own or name.casefold() in own)
    ]
    if region is None or not members:
        return answer(question)
    texts = [found.text if found else text for found, text in zip(earlier, question.history, strict=True)]
    text = asked.text if asked else question.text
    if texts and _ONLY_REGION.fullmatch(text):
        text = texts[-1]
    limited = replace(
        question, text=text, history=tuple(texts), filters=replace(question.filters, authority=tuple(members))
    )
    answered = answer(limited)
    note = f"We took {region.name} to mean {in_list(members)}, the authorities there that we have reports on."
    within = f" in {region.name}?"
    return replace(
        answered,
        question=question.text,
        history=question.history,
        filters=question.filters,
        reason=f"{answered.reason} {note}".strip(),
        note=f"{answered.note} {note}".strip(),
        corrections=placed_in(question.text, answered.corrections),
        understood=(region.name, *answered.understood),
        choices=tuple(replace(each, question=each.question.rstrip(" ?") + within) for each in answered.choices),
        other_times=tuple(replace(each, question=each.question.rstrip(" ?") + within) for each in answered.other_times),
    )


def _region_before(
    question: Question, earlier: Sequence[RegionalQuestion | None], authorities: Sequence[str]
) -> Region | None:
    """Return the region of the question before a follow-up that names neither a region nor an authority."""
    last = earlier[-1] if earlier else None
    is_short = len(question.text.split()) <= _FEW_WORDS
    if last is None or not is_short or begins_afresh(question.text):
        return None
    return None if authorities_named(question.text, authorities) else last.region
