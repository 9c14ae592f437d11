"""Answers each question in a message that asks several, and combines the answers into one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from index.search.search_index import SearchIndex
from index.search.text_analysis import terms
from index.types import ScoredPassage
from qa_service import calibration
from qa_service.analysis.authorities import authorities_of
from qa_service.answering.citations import number_citations
from qa_service.types import (
    MAX_HISTORY,
    Answer,
    AnsweredPart,
    AnswerStatus,
    OtherTime,
    Question,
    Statement,
)
from qa_service.understanding.conversation.messages.wishes import Message, read_message
from qa_service.understanding.conversation.several_questions import (
    as_typed,
    clauses_of,
    continues_last,
    leaves_out_authority,
    several_questions,
    with_words,
    words_of_its_own,
)
from qa_service.understanding.words.spelling import placed_in
from qa_service.wording import in_list

_BEST_FIRST = (AnswerStatus.ANSWERED, AnswerStatus.FALSE_PREMISE)
"""The outcomes that have statements, best first."""
_TWO = 2
_DEPENDS = "It depends on the question before it, which we could not answer."
_NONE_FOUND = "It depends on the question before it, which found nothing."
_BACKGROUND = "We took the rest of your message as background, and did not search for it."
_TOO_MANY = f"We answer up to {calibration.MAX_QUESTIONS} questions in one message. Ask this one in a new message."
_TOO_LONG = (
    "The list that answers the question before it is too long. Ask about up to "
    f"{calibration.MAX_PARTS} of these authorities by name."
)


@dataclass(frozen=True, slots=True)
class _Tried:
    """One of the questions in a message with its answer, or with the reason why we did not try to answer it."""

    text: str
    answer: Answer | None = None
    reason: str = ""

    @property
    def answered(self) -> bool:
        return self.answer is not None and self.answer.answered

    @property
    def found_none(self) -> bool:
        """Whether the answer is an empty list or a count of 0.

        If it is, "they" in the next question refers to nobody.
        """
        return self.answer is not None and self.answer.summary is not None and self.answer.summary.count == 0

    @property
    def has_answer(self) -> bool:
        """Whether we have an answer. The fact that no report fits is also an answer."""
        if self.answer is None or self.answered:
            return self.answered
        return self.answer.summary is not None and self.answer.status is AnswerStatus.NOT_IN_REPORTS


def answer_each(question: Question, answer_one: Callable[[Question], Answer], index: SearchIndex) -> Answer:
    """Answer a message. ``answer_one`` answers a single question."""
    authorities = tuple(authorities_of(index.store.reports))
    read = Message(question.text) if question.verbatim else read_message(question.text, authorities, question.today)
    texts = several_questions(read.text, authorities, question.today)
    if len(texts) == 1:
        answer = _with_left_out(answer_one(question), read.text)
    else:
        answer = _answer_several(question, texts, answer_one, index)
    note = _as_read(read, is_one=len(texts) == 1)
    return (
        replace(answer, note=_sentences(answer.note, note), reason=_sentences(answer.reason, note)) if note else answer
    )


def _with_left_out(answer: Answer, text: str) -> Answer:
    """Name a part of a question if nothing that we show has any of its own words.

    We do this only if what we show has words of another part.
    """
    clauses = clauses_of(text)
    if len(clauses) < _TWO or not answer.answered:
        return answer
    shown = [statement.text for statement in answer.statements]
    shown += [
        words for citation in answer.citations for words in citation.scored.passage.section if citation.highlights
    ]
    stems = set(terms(" ".join((*shown, answer.summary.sentence if answer.summary else ""))))
    named = set(terms(" ".join(answer.understood)))  # every report on an authority contains the authority's name
    own = [words_of_its_own(each, [other for other in clauses if other is not each]) - named for each in clauses]
    missing = [each for each, words in zip(clauses, own, strict=True) if words and words.isdisjoint(stems)]
    if not missing or len(missing) == len(clauses):
        return answer
    parts = in_list([f"“{each.rstrip(' ?.')}”" for each in missing])
    note = f"Nothing that we show mentions this part of your question: {parts}. Ask it on its own."
    confidence = min(answer.confidence, calibration.NOT_APPLIED_CONFIDENCE)
    reason = _sentences(answer.reason, note)
    return replace(answer, note=_sentences(answer.note, note), reason=reason, confidence=confidence)


def _as_read(read: Message, *, is_one: bool) -> str:
    """If a message consists of notes or has background, say which question we took it to ask.

    Empty if it is a plain question.

    If there are several questions, each is shown with its answer.
    """
    if not (read.background or read.is_written_out):
        return ""
    stop = "" if read.text.endswith(("?", ".", "!")) else "."
    asked = f"We took your message to ask: “{read.text}”{stop}" if is_one else ""
    return _sentences(asked, _BACKGROUND if read.background else "")


def _answer_several(
    question: Question, texts: Sequence[str], answer_one: Callable[[Question], Answer], index: SearchIndex
) -> Answer:
    authorities = tuple(authorities_of(index.store.reports))
    tried: list[_Tried] = []
    for number, text in enumerate(texts):
        before = tried[-1] if tried else None
        if number >= calibration.MAX_QUESTIONS:
            tried.append(_Tried(text, reason=_TOO_MANY))
            continue
        depends = before is not None and leaves_out_authority(text, authorities, question.today)
        if before and depends and (not before.answered or before.found_none):
            tried.append(_Tried(text, reason=_NONE_FOUND if before.answered else _DEPENDS))
        else:
            listed = _authorities_listed(before) if depends else ()
            if len(listed) > calibration.MAX_PARTS:
                tried.append(_Tried(text, reason=_TOO_LONG))
                continue
            one = _next_question(question, with_words(text, listed), before)
            tried.append(_Tried(one.text, answer_one(one)))
    return _Combined(question, tried, index).answer()


def _authorities_listed(before: _Tried | None) -> tuple[str, ...]:
    """Return the authorities on the first page of a list, for a next question that calls them "they"."""
    answer = before.answer if before else None
    if answer is None or answer.summary is None or answer.summary.counted != "authorities":
        return ()
    cited = (answer.citations[statement.citations[0] - 1].report.authority for statement in answer.statements)
    return tuple(dict.fromkeys(name for name in cited if name))


def _next_question(question: Question, text: str, before: _Tried | None) -> Question:
    """Return one of the questions in a message.

    The question follows on from the conversation. If the question is one such as "Why?" or "What about Orle?", it also
    follows on from the one before it in the message.
    """
    asked = replace(question, text=text, offset=0)
    if before is None or not continues_last(text):
        return asked
    set_aside = question.set_aside_before[: len(question.history)]
    set_aside = (*set_aside, *((),) * (len(question.history) - len(set_aside)), question.set_aside)
    history = (*question.history, before.text)
    return replace(asked, history=history[-MAX_HISTORY:], set_aside_before=set_aside[-MAX_HISTORY:])


@dataclass(frozen=True, slots=True)
class _Combined:
    """A message and the outcomes of its questions."""

    question: Question
    tried: Sequence[_Tried]
    index: SearchIndex

    def answer(self) -> Answer:
        """Return one answer to the message. Its status is "answered" if any question is answered."""
        answers = [one.answer for one in self.tried if one.answer]
        first = min(answers, key=lambda answer: (answer.status not in _BEST_FIRST, not answer.answered))
        passages = self._passages(answers)
        statements = tuple(_renumbered(answers, [scored.row for scored in passages]))
        unanswered = (_not_answered(one, self.question.text) for one in self.tried)
        note = _sentences(*(answer.note for answer in answers if answer.answered), *unanswered)
        reasons = (
            one.answer.reason.removesuffix(one.answer.note).strip()
            for one in self.tried
            if one.answer and one.has_answer
        )
        return Answer(
            status=first.status,
            statements=statements,
            citations=number_citations(passages, statements, self.index.store.page_labels),
            confidence=self._confidence() or first.confidence,
            reason=_sentences(*reasons, note),
            question=self.question.text,
            interpreted_question=_sentences(*(answer.interpreted_question for answer in answers)),
            filters=self.question.filters,
            build=first.build,
            history=self.question.history,
            note=note,
            carried_over=_each_once(answer.carried_over for answer in answers),
            understood=_each_once(answer.understood for answer in answers),
            choices=first.choices,
            not_applied=_each_once(answer.not_applied for answer in answers),
            parts=tuple(self._parts()),
            degraded=first.degraded,
            timings=_total_times(answers),
            corrections=placed_in(self.question.text, (word for answer in answers for word in answer.corrections)),
            as_of=next((answer.as_of for answer in answers if answer.as_of), None),
            other_times=tuple(self._other_times(answers)),
            verbatim=self.question.verbatim,
        )

    def _confidence(self) -> float | None:
        """Return the lowest confidence of the questions answered. None if no question was answered.

        The confidence is limited if some questions were not answered.
        """
        answered = [one.answer.confidence for one in self.tried if one.answer and one.answered]
        if answered and not all(one.has_answer for one in self.tried):
            answered.append(calibration.NOT_APPLIED_CONFIDENCE)
        return min(answered, default=None)

    def _passages(self, answers: Sequence[Answer]) -> tuple[ScoredPassage, ...]:
        """Return the passages to show: all those that are cited, and some of the others for each question."""
        share = max(self.question.top_k // len(answers), 1)
        found: dict[int, ScoredPassage] = {}
        for answer in answers:
            cited = {number for statement in answer.statements for number in statement.citations}
            for citation in answer.citations:
                if citation.number <= share or citation.number in cited:
                    found.setdefault(citation.scored.row, citation.scored)
        return tuple(found.values())

    def _other_times(self, answers: Sequence[Answer]) -> Iterable[OtherTime]:
        """Yield the other times that each question may mean, each with a message that is rewritten to use it."""
        text = self.question.text
        for answer in answers:
            if text.count(answer.question) == 1:
                yield from (replace(t, question=text.replace(answer.question, t.question)) for t in answer.other_times)

    def _parts(self) -> Iterable[AnsweredPart]:
        stated = 0
        for one in self.tried:
            answer = one.answer
            if answer is None:
                yield AnsweredPart(one.text, one.reason)
                continue
            yield AnsweredPart(
                question=one.text,
                reason=answer.reason,
                status=answer.status,
                statements=tuple(range(stated, stated + len(answer.statements))),
                summary=answer.summary,
                total=answer.total,
                next_offset=answer.next_offset,
                history=answer.history,
                confidence=answer.confidence,
                note=answer.note,
            )
            stated += len(answer.statements)


def _not_answered(one: _Tried, message: str) -> str:
    """Say that a question in a message was not answered, and why. Empty if it was answered."""
    if one.has_answer:
        return ""
    reason = one.answer.reason if one.answer else one.reason
    return f"We could not answer this part: “{as_typed(one.text, message)}”. {reason}"


def _renumbered(answers: Sequence[Answer], rows: Sequence[int]) -> Iterable[Statement]:
    """Return the statements of all answers, renumbered to match the passages now shown."""
    numbers = {row: number for number, row in enumerate(rows, 1)}
    for answer in answers:
        rows_then = {citation.number: citation.scored.row for citation in answer.citations}
        for statement in answer.statements:
            yield replace(
                statement,
                citations=tuple(numbers[rows_then[number]] for number in statement.citations),
                quotes=tuple(replace(q, citation=numbers[rows_then[q.citation]]) for q in statement.quotes),
            )


def _total_times(answers: Sequence[Answer]) -> dict[str, float]:
    """Return how many milliseconds each step took for all the questions together."""
    steps = _each_once(tuple(answer.timings) for answer in answers)
    return {step: sum(answer.timings.get(step, 0.0) for answer in answers) for step in steps}


def _sentences(*texts: str) -> str:
    return " ".join(dict.fromkeys(text for text in texts if text))


def _each_once(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the texts in order, without repeats."""
    return tuple(dict.fromkeys(text for texts in several for text in texts))
