"""If a question asks only for criticism, leaves out sentences that praise, and shows criticism first. Or vice versa."""

from __future__ import annotations

from collections.abc import Sequence

from index.search.search_index import SearchIndex
from index.types import Stance
from qa_service import calibration
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.subjects import JudgedSentence, SubjectSentence, judged
from qa_service.understanding.polarity import Polarity, only_criticises, only_praises


def without_opposite(index: SearchIndex, evidence: Sequence[Evidence], polarity: Polarity) -> list[Evidence]:
    """Return the evidence without the sentences that do not take the stance asked for, in the same order."""
    sentences = judged(index, [SubjectSentence(each.scored, each.number) for each in evidence], ())
    return [each for each, sentence in zip(evidence, sentences, strict=True) if _may_take(sentence, polarity)]


def stance_first(index: SearchIndex, chosen: Sequence[Evidence], polarity: Polarity) -> tuple[Evidence, ...]:
    """Return the chosen sentences, starting with those that are likely to take the stance asked for."""
    sentences = judged(index, [SubjectSentence(each.scored, each.number) for each in chosen], ())
    asked = Stance.STRENGTH if polarity is Polarity.STRENGTHS else Stance.WEAKNESS
    takes = [sentence.certainty[asked] >= calibration.STANCE_LIKELY for sentence in sentences]
    order = sorted(range(len(chosen)), key=lambda at: not takes[at])
    return tuple(chosen[at] for at in order)


def _may_take(sentence: JudgedSentence, polarity: Polarity) -> bool:
    """Whether a sentence may take the stance asked for."""
    asked, other = Stance.STRENGTH, Stance.WEAKNESS
    only_takes_other = only_criticises
    if polarity is Polarity.WEAKNESSES:
        asked, other, only_takes_other = other, asked, only_praises
    likely = sentence.certainty[asked]
    if likely >= calibration.STANCE_LIKELY:
        return True
    takes_other = sentence.certainty[other] >= calibration.OPPOSITE_LIKELY or only_takes_other(sentence.sentence.text)
    return likely >= calibration.STANCE_POSSIBLE and not takes_other
