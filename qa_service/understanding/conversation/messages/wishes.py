"""Separates what a message asks from its background: "I have scrutiny on Thursday. How was Orle rated?".

We do not search for the words of the background. If they name the authority or the inspection that the question leaves
out, the question gets its name in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from index.search.text_analysis import terms
from qa_service.understanding.conversation import follow_up_cues
from qa_service.understanding.conversation.messages.antecedents import with_antecedent
from qa_service.understanding.conversation.messages.asking import (
    direct,
    plain_limit,
    plain_request,
    where_asking_starts,
    without_who_asks,
)
from qa_service.understanding.conversation.messages.courtesies import adds_nothing, without_courtesies
from qa_service.understanding.conversation.messages.everyday_words import in_report_words
from qa_service.understanding.conversation.messages.false_starts import without_false_start
from qa_service.understanding.conversation.messages.fragments import written_out
from qa_service.understanding.conversation.messages.list_tails import without_list_tail
from qa_service.understanding.conversation.messages.possessives import with_apostrophes
from qa_service.understanding.conversation.messages.rewordings import reworded
from qa_service.understanding.conversation.messages.sentences import Role, Sentence, role_of, sentences_of
from qa_service.understanding.conversation.messages.shorthand import in_full_words
from qa_service.understanding.interpretation import Interpretation, interpret, without_kinds
from qa_service.understanding.questions.grade_questions import asks_for_grade
from qa_service.understanding.words.normalisation import normalised

_FIRST_CLAUSE = re.compile(
    r",?\s+(?:and|but)\s+(?=(?:also\s+)?(?:who|what|which|when|where|why|how|is|are|was|were|did|do|has|have)\b)",
    re.IGNORECASE,
)
_INSPECTION = re.compile(
    r"\b(?:(?:latest|last|most recent|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|\d{1,2}(?:st|nd|rd|"
    r"th)) )?"
    r"(?:full|focused|focussed|monitoring|joint targeted|area send|send|jtai|ilacs) (?:inspection|visit)s?\b",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(
    r"\b(?:i|we)(?:['’](?:m|re|ve)| am| are| have)? (?:just |currently |now |recently )?(?:work(?:ing|ed)?|based|"
    r"started|moved|joined|here|come|live|employed)\b[^.?!]*$|\b(?:i['’]m|we['’]re|i am|we are) (?:here )?(?:from|in|"
    r"at)\b[^.?!]*$|"
    r"\b(?:here (?:in|at)|my (?:own )?(?:council|authority)|our (?:own )?(?:council|authority))\b[^.?!]*$",
    re.IGNORECASE,
)
"""Words before the name of the authority that a person works for, which the question may not be about."""
_OF_INSPECTION = re.compile(r"\b(?:inspect(?:ed|ion)s?|visit(?:ed)?s?|reports?|letters?|ILACS|JTAI)\b", re.IGNORECASE)
_ONE_OF = re.compile(
    r"\b(?:each(?! (?:full |graded )?(?:inspection|report|visit|year|time)\b)|both|either|neither)\b", re.IGNORECASE
)
_BARE = re.compile(r"\W*(?:is (?:that|this|it) (?:right|true|correct)|true|right|really|correct)\W*", re.IGNORECASE)
_IS_THAT_RIGHT = re.compile(
    r"\W*(?:is|was) (?:that|this|it|he|she) (?:really |actually )?(?:right|true|correct|so|the case|accurate)\b"
    r"(?:,? (?:and|but)\b)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_CLAIM = re.compile(
    r"^\W*(?:(?:our|my|the|a|an|one of (?:our|my|the)) [\w’' -]{2,40}?|he|she|they|someone|i|we)"
    r"(?: (?:has|have|just|also|always))* (?:says?|said|thinks?|thought|reckons?|claims?|claimed|told (?:me|us)|"
    r"believes?|insists?|heard|read|understand)(?: that)? ",
    re.IGNORECASE,
)
"""Words that say who claims something: "Our analyst says that"."""
_IS_IT_TRUE = re.compile(r"\b(?:is it|it['’]?s|it is) (?:true|right|correct|the case) (?:that|if)\b", re.IGNORECASE)
_NO_PRONOUN = re.compile(r"\bits\b|(?<=s) that (?=(?:is|are|was|were|has|have|had|can|do|did|say)\b)", re.IGNORECASE)
"""Words that refer to the authority or to the noun before them, and so need nothing from the background."""
_THE = re.compile(r"\b(?:the|this|that|these|those|such) ([a-z][\w’'-]+)", re.IGNORECASE)
_GENERIC = frozenset(terms("reason reasons explain cause confirm tell number give given answer anything something"))
"""Stems of words that ask about a subject and do not name it."""
_IT_IS_ABOUT = re.compile(r"^\W*(?:it|this|that)(?:['’]s| is) (?:all )?(?:about|on|for|to do with|re)\b", re.IGNORECASE)
_FEW, _OWN_WORDS = 1, 5
"""A question with fewer subject words than the first number needs those of the statement before it. So does a question
with a pronoun and fewer words than the second number. We chose the numbers by reading messages."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a message asks, and its background."""

    text: str
    """The questions and the words that limit them, in order. It is a plain question, or several."""
    background: tuple[str, ...] = ()
    """The sentences that ask for nothing. We do not search for them. Greetings and thanks are not among them."""
    is_written_out: bool = False
    """Whether the message is a note, and ``text`` is the question that it stands for."""


def read_message(message: str, authorities: Sequence[str], today: date) -> Message:
    """Return what a message asks. ``authorities`` are the ones that the index has reports on.

    A message that asks only one thing, without courtesies, is returned as it is, except that shorthand is written out.
    """
    return _read(message, tuple(authorities), today)


@lru_cache(maxsize=256)
def _read(message: str, authorities: tuple[str, ...], today: date) -> Message:
    plain = in_full_words(message, authorities)
    meant = in_report_words(without_false_start(plain, authorities, today))
    read = _read_plain(with_apostrophes(meant, authorities), authorities, today)
    read = replace(read, text=without_list_tail(read.text, authorities, today))
    return read if meant == plain else replace(read, is_written_out=True)


def _read_plain(message: str, authorities: tuple[str, ...], today: date) -> Message:
    typed = normalised(message) if normalised(message).strip() else message
    kept = [plain for sentence in sentences_of(typed) if (plain := without_courtesies(sentence))]
    if not kept:
        return Message(message)
    sentences = [one for text in kept for one in _split_sentence(text, authorities, today)]
    sentences = [one for number, one in enumerate(sentences) if not (number and adds_nothing(one.text))]
    asking = [one for one in sentences if one.role is Role.ASKS]
    if not asking:
        text, told = _without_own(sentences, typed)
        written = written_out(text, authorities, today)
        if not told and written == text == typed:
            return Message(message)
        return Message(written, told, is_written_out=written != text)
    wishes, background = _with_needed(_with_claims_asked(sentences), authorities, today)
    if len(wishes) == 1 and not background and wishes[0].text == typed.strip():
        written = written_out(typed.strip(), authorities, today)
        return Message(message) if written == typed.strip() else Message(written, is_written_out=True)
    described = [one.text for one in background]
    asked = [with_antecedent(_plain_wish(one), described, authorities, today) for one in wishes]
    if len(asked) > 1 and (whole := _as_one_shape(asked, authorities, today)):
        return Message(whole, tuple(one.text for one in background), is_written_out=True)
    texts = [written_out(text, authorities, today) for text in asked]
    text = _completed(" ".join(texts), background, authorities, today)
    return Message(text, tuple(one.text for one in background), is_written_out=texts != asked)


def _as_one_shape(asked: Sequence[str], authorities: tuple[str, ...], today: date) -> str:
    """Return the question that several sentences stand for together. Empty if no shape accounts for all of them."""
    joined = ", ".join(text.rstrip(" ?.!") for text in asked)
    whole = reworded(joined, authorities, today)
    return whole if whole != joined else ""


def _split_sentence(text: str, authorities: tuple[str, ...], today: date) -> list[Sentence]:
    """Return a sentence, divided if its background ends where a person begins to ask."""
    if asked := without_who_asks(text):
        return [Sentence(asked, Role.ASKS)]
    whole = Sentence(text, role_of(text))
    if whole.role is not Role.ASKS:
        return [whole]
    at = where_asking_starts(text)
    if not at:
        return [whole]
    before, after = Sentence(text[:at].strip(" ,;:–—-"), Role.STATES), text[at:].strip()
    if not before.text or not before.is_own or _needs(after, before, authorities, today):
        return [whole]
    told = interpret(before.text, authorities, today)
    if (told.periods or told.authorities) and not before.is_first_person:  # "Back in spring 2017, how was …"
        return [whole]
    return [before, Sentence(after, Role.ASKS)]


def _without_own(sentences: Sequence[Sentence], typed: str) -> tuple[str, tuple[str, ...]]:
    """If no sentence of a message asks a question, divide it into the sentences about the people who ask, and the rest.

    "I'm new here. Supervision in Orle." asks about supervision in Orle.
    """
    told = [one for one in sentences if one.role is Role.STATES and one.is_own]
    rest = [one for one in sentences if one not in told]
    if not rest or not told or not any(one.role is Role.FRAGMENT for one in rest):
        return (" ".join(one.text for one in sentences), ()) if sentences else (typed, ())
    return " ".join(one.text for one in rest), tuple(one.text for one in told)


def _with_needed(
    sentences: Sequence[Sentence], authorities: tuple[str, ...], today: date
) -> tuple[list[Sentence], list[Sentence]]:
    """Return the sentences to ask, and the background.

    A statement is asked too if the question after it has no subject of its own: "Orle was rated good. Is that "
        "right?".
    """
    wishes: list[Sentence] = []
    background: list[Sentence] = []
    asked = False
    for number, one in enumerate(sentences):
        if not asked and _IT_IS_ABOUT.match(one.text):
            one = Sentence(one.text, Role.STATES)
        if one.role is not Role.STATES:
            asked = asked or one.role is Role.ASKS
            wishes.append(one)
            continue
        following = next((each for each in sentences[number + 1 :] if each.role is not Role.LIMITS), None)
        needed = not asked and following is not None and _needs(following.text, one, authorities, today)
        (wishes if needed or not (one.is_own or _IT_IS_ABOUT.match(one.text)) else background).append(one)
    return wishes, background


def _with_claims_asked(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return sentences with a statement and "is that right?" as one question: "Orle has always been good. Is it?"."""
    joined: list[Sentence] = []
    for one in sentences:
        right = _IS_THAT_RIGHT.match(one.text)
        claimed = _CLAIM.sub("", joined[-1].text) if right and joined and joined[-1].role is Role.STATES else ""
        asked = direct(f"whether {claimed.rstrip('. ')}") if claimed else ""
        if right and asked.endswith("?"):
            rest = right["rest"].strip(" ,?.")
            joined[-1] = Sentence(f"{asked} {rest[:1].upper()}{rest[1:]}{'?' * bool(rest)}".strip(), Role.ASKS)
        else:
            joined.append(one)
    return joined


def _needs(wish: str, statement: Sentence, authorities: tuple[str, ...], today: date) -> bool:
    """Whether a question refers to the subject of the statement before it, and does not name it."""
    first = plain_request(_IS_IT_TRUE.sub(" ", _FIRST_CLAUSE.split(wish, maxsplit=1)[0]))
    question = interpret(first, authorities, today)
    own = set(follow_up_cues.subject_terms(without_kinds(question.search_text))) - _GENERIC
    if _BARE.fullmatch(wish) or (_ONE_OF.search(first) and not question.authorities):
        return True
    points = follow_up_cues.points_at_subject(_NO_PRONOUN.sub(" ", first))
    if len(own) < _FEW:
        stands_alone = question.authorities or _OF_INSPECTION.search(first) or asks_for_grade(question)
        return points or not (stands_alone or follow_up_cues.begins_afresh(first))
    told = set(follow_up_cues.subject_terms(statement.text))
    if any(told.intersection(follow_up_cues.subject_terms(noun)) for noun in _THE.findall(first)):
        return True
    return points and len(own) < _OWN_WORDS


def _plain_wish(one: Sentence) -> str:
    if one.role is Role.LIMITS:
        return plain_limit(one.text)
    return plain_request(one.text) if one.role is Role.ASKS else one.text


def _completed(text: str, background: Sequence[Sentence], authorities: tuple[str, ...], today: date) -> str:
    """Add the authority or the inspection that only the background names."""
    if not background:
        return text
    asked = interpret(text, authorities, today)
    if asked.authorities or follow_up_cues.begins_afresh(text):
        return text
    given: list[str] = []
    for one in background:
        told = interpret(one.text, authorities, today)
        named = [name for name in told.authorities if not _is_employer(one.text, name)]
        if not named:
            continue
        given = [*named, *_inspection(one.text, told)] if not (asked.periods or asked.kinds) else named
        break
    return f"{text} ({', '.join(given)})" if given else text


def _is_employer(text: str, name: str) -> bool:
    at = text.lower().find(name.lower())
    return bool(_EMPLOYER.search(text[: max(at, 0)])) if at >= 0 else False


def _inspection(text: str, told: Interpretation) -> list[str]:
    """Return the words for the inspection that the background is about: its time and its kind."""
    if not _OF_INSPECTION.search(text):
        return []
    kinds = [match.group() for match in list(_INSPECTION.finditer(text))[:1]]
    return [*(period.words for period in told.periods if period.exact), *kinds]
