"""Finds the separate questions in one message: "How was Orle rated overall, and what does it need to improve?".

Most messages ask only one question, even if they have two clauses or two question marks. We divide a message only if
each part is a question of its own, so that the answers to other messages do not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from corpus.themes import known_themes
from qa_service.understanding.conditions.of_interpretation import with_conditions
from qa_service.understanding.conditions.types import Wanted, Which
from qa_service.understanding.conversation import follow_up_cues
from qa_service.understanding.conversation.messages.asking import direct
from qa_service.understanding.graded_parts.of_interpretation import with_graded_parts
from qa_service.understanding.histories.of_interpretation import with_past_grades
from qa_service.understanding.interpretation import (
    Interpretation,
    interpret,
    without_kinds,
)
from qa_service.understanding.order_words import find_order
from qa_service.understanding.questions.matter_questions import matter_asked
from qa_service.understanding.requirements import asks_about_future
from qa_service.understanding.waits.grammar import asks_only_how_long_ago
from qa_service.understanding.waits.of_interpretation import with_wait
from qa_service.wording import KIND_WORDS

_VERB = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would)(?:n[’']t)?\b"
_ASKS = (
    rf"(?:(?:who|whose|what|which|when|where|why|how)(?:[’']s\b|\b[^?.!;:,]{{0,60}}?\b{_VERB})|"
    r"(?:how many|which) (?:[\w’'-]+ ){0,4}?(?:\w{3,}ed|got|went|fell|rose)\b|"
    r"(?:how many|which) (?!of (?:them|these|those)\b)(?:[\w’'-]+ ){1,8}?(?:criticise|praise|mention|list|give)s?\b|"
    r"(?:how many|which) (?!of (?:them|these|those)\b)(?:[\w’'-]+ ){1,8}?(?:criticise|praise|mention|list|give)s?\b|"
    r"who \w{2,}(?:s|ed)\b|who led\b|(?:what|which(?: \w+){0,2}) (?:still )?(?:needs?|requires?)\b)"
)
"""The start of a clause that asks a question: a question word and then a verb, as in "what does it need"."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^()]*\)")
_MARK = re.compile(r"(?<=[?.!])\s+|\s*\n\s*")
_CLAUSE = re.compile(
    rf"(?<!\s)\s*+(?:[,;]?\s*+\b(?:and|but)\s++"
    rf"(?=(?:also\s++)?(?:{_ASKS}|why\W*$|{_VERB} any(?! of\b)|"
    rf"(?:say|tell me|show|check|confirm|let me know)\s++(?:whether|if)\b))|;\s*+(?={_ASKS}))",
    re.IGNORECASE,
)
"""The place where a clause that asks a question joins the clause before it."""
_SUBJECT = (
    r"(?!(?:it|they|he|she|this|that|these|those|there|you|we|i|any|not|also|then|been|being|be|\w+(?:ed|ing|ly))\b)"
    r"[\w’'-]+\s++\w"
)
"""A subject with a predicate after it. The predicate must not be a participle, as in "children who are in care and are
waiting"."""
_INVERTED = re.compile(
    rf"(?<!\s)\s*+[,;]?\s*+\b(?:and|but)\s++(?=(?:also\s++)?(?:{_VERB}\s++{_SUBJECT}|(?:what|how) about\s++\w))",
    re.IGNORECASE,
)
"""The place where a question with a subject of its own joins another question: "and are caseloads manageable?"."""
_ABOUT_SAME = re.compile(
    rf"(?<!\s)\s*+[,;]?\s*+\b(?:and|but)\s++(?=(?:also\s++)?{_VERB}\s++(?:it|they|he|she|this|that|these|those|there)\b)",
    re.IGNORECASE,
)
"""The place where a question about the same subject joins another question: "and do they learn English?"."""
_ASKS_INVERTED = re.compile(rf"(?:also\s+)?{_VERB}\s+{_SUBJECT}", re.IGNORECASE)
_COMMA = re.compile(rf",\s+(?={_ASKS})", re.IGNORECASE)
_OF_FACTS = (
    r"(?:(?:its|the|their) (?:(?:overall|latest|current|ofsted|inspection|publication|previous) )*"
    r"(?:grades?|ratings?|judge?ments?|lead inspector|dates?)|who led it)"
)
_NOUN = re.compile(rf",?\s+and\s+(?:also\s+)?(?={_OF_FACTS}\b)", re.IGNORECASE)
"""The place where the name of another fact follows a question about a fact: "and its overall grade"."""
_LINK = re.compile(
    r"(?:(?:and|but|also|so|then|plus|next|finally|secondly)\b[\s,:]*|[-–—•*]\s*|\(?\d{1,2}[.)]\s+)+", re.IGNORECASE
)
"""Words and signs that introduce another question but are not part of it."""
_ANNOUNCEMENT = re.compile(
    r"\W*(?:(?:i have|i need|i want|we need|i[’']ve got|just|here are|can i ask|may i ask) )?"
    r"(?:(?:a (?:couple|few)(?: of)?|two|three|some|several|my) )(?:quick |short |other )?"
    r"(?:things|questions|queries|points)(?: please| for you| then)?\s*[:;.,–—-]+\s*",
    re.IGNORECASE,
)
"""Words that only say that questions follow: "Two things:"."""
_QUESTION = re.compile(
    rf"(?:{_ASKS}|why\W*$|(?:in|at|for|on|to|from|by|of|under) (?:what|which|whom)\b|{_VERB} \w+|"
    r"(?:please )?(?:list|show|name|give|tell|compare)\b|(?:say|check|confirm|let me know) (?:whether|if)\b)",
    re.IGNORECASE,
)
_IN_SENTENCE = re.compile(
    rf"\b{_ASKS}|^\W*(?:who|which|what|how|when|where)\b|^\W*{_VERB} \w+|\b(?:list|show|name|give|tell|compare)\b",
    re.IGNORECASE,
)
"""A clause that asks a question. It may follow words such as "at the 2018 inspection"."""
_ASKS_NOTHING = re.compile(
    r"\A\W*+(?:(?:hi|hello|hey|please|thanks|ok|okay)\b[\s,!.]*+)*+(?:"
    r"(?:can|could|would|will|may) (?:you|someone|anyone|i)\b"
    r".{0,40}\b(?:help|ask|question|something)\b.{0,30}|.{0,15}\bquestions?|help|(?:do )?you know what|"
    r"right|really|no|yes|yes or no|or not|how so|how come|when|where)\W*",
    re.IGNORECASE,
)
"""A sentence with a question mark that asks for nothing, or only asks for more of the last answer."""
_REFERS_BACK = re.compile(
    r"\b(?:it|that|those|these|this|he|she|each|both|either|others?|same|then|ones?|any|so|if (?:not|so)|or)\b",
    re.IGNORECASE,
)
_OF_INSPECTION = re.compile(r"\b(?:inspect|publish|visit|report|letter)", re.IGNORECASE)
"""Words that show that a date or a name belongs to an inspection, rather than to an event that a report describes."""
_WHY = re.compile(r"why\W*$", re.IGNORECASE)
_ARE_NOW = re.compile(
    r"^(?P<start>\W*)(?:what|where|how) (?:is|are) (?:it|they)(?: (?:rated|graded|judged|doing|standing))?"
    r" (?:now|today|currently)(?=\W*$)",
    re.IGNORECASE,
)
"""A question for the grades of the authorities in a list: "and what are they now?"."""
_REFERS = re.compile(r"\b(?:they|them|their|those|these|it|its)\b", re.IGNORECASE)
_SAY = re.compile(r"^(?:say|tell me|show|check|confirm|let me know)\s+(?=(?:whether|if)\b)", re.IGNORECASE)
_OVER_TIME = re.compile(r"\bover (?:the years|time)\b|\bat each\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:they|them|their|those|these|ones)\b", re.IGNORECASE)
_WHICH: Mapping[Which | None, str] = {Which.LATEST: "latest", Which.FIRST: "first", Which.PREVIOUS: "previous"}
_CONTINUES = re.compile(
    r"\W*(?:(?:and|also|but) )*(?:what|how) about\b[^?.!]{1,60}[?.!]*\W*(?:\([^()]*\))?\W*", re.IGNORECASE
)
_ADDS = re.compile(r"\b(?:also|plus|secondly|finally|in addition|additionally|next)\b|\d[.)]", re.IGNORECASE)
"""Words that introduce another request."""
_OF_IT = re.compile(
    r"^(?:which|what|how many|who|whose)\b.*\b(?:for|at|on|with|about|over|mention(?:s|ed)?|criticis(?:e|ed|es)|"
    r"prais(?:e|ed|es)) "
    r"(?P<it>it|this|that|them)(?=\W*$)",
    re.IGNORECASE,
)
"""A question about all reports in which "it" means the theme of the question before: "which councils were praised for
it".
"""
_OF_LIST = re.compile(
    rf"\W*(?:also )?which (?:of (?:them|these|those) |ones? )?{_VERB} (?:about|on|to do with|related to|to)\b",
    re.IGNORECASE,
)
"""A question about the subject of the items in the list before it: "which were about care leavers"."""
_WHY_AT_START = re.compile(r"\W*why\b", re.IGNORECASE)
_NAMED_FACT = re.compile(rf"{_OF_FACTS}\W*", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*\d[.)]")
_AND = re.compile(r"\b(?:and|but)\b", re.IGNORECASE)
_FURTHER = re.compile(r"(?:any|anything|some|examples?|evidence|the|its|their)\b", re.IGNORECASE)
"""The start of another request that names what the person wants: "any evidence on thresholds"."""
_OWN_WORDS = 3
"""If a question about what reports say has at least this many subject words, it is a question of its own. We chose this
value by judgement."""
_FEW_WORDS = 2
"""A part that follows "and", a full stop or a question mark is a separate question if it has at least this many new
subject words. We chose this value by judgement."""
_ONE_OF_TWO = re.compile(r"\b(?:it|that|those|these|this|same|either|others?|so|then|ones?|them)\b", re.IGNORECASE)
"""Words that refer to the question before. A question with one of them is not a separate question."""
_RELATIVE = re.compile(
    r"\w\W+(?:who|which|that|when|where|if|because|while|whose|after|before|until|once)\b", re.IGNORECASE
)
"""The start of a clause inside a question. Words after "and" may continue the clause."""
_NUMBERED = re.compile(r"(?<=\s)\(?(\d)[.)]\s+(?=\w)")
_MOST_JOINTS = 8
"""Maximum number of places where a message may be divided. A message has at most 2,000 characters."""


@dataclass(frozen=True, slots=True)
class _Joint:
    """A place where one question may end and the next begin."""

    end: int
    start: int
    """Where the next question begins, after the words that join the two."""
    is_mark: bool = True
    """Whether a mark such as "?" separates the two questions, rather than a word such as "and"."""
    is_comma: bool = False
    is_inverted: bool = False
    """Whether only the word order shows that a question follows: "and are caseloads manageable?"."""


def several_questions(text: str, authorities: Sequence[str], today: date) -> tuple[str, ...]:
    """Return the questions in a message, in order. If it asks a single question, return the text itself.

    Each question is in the message's own words. If the message gives an authority, a time or an inspection only once,
    we add it in brackets to the other questions. Each question can then be answered without the others. ``authorities``
    are the ones that the index has reports on.
    """
    joints = _joints(text)
    whole = _read(text, authorities, today) if joints else None
    if whole is None:
        return (text,)
    if whole.past_grades:  # "ever inadequate, and has it improved since?"
        joints = [joint for joint in joints if _only_one_of_facts(text, joint, authorities, today)]
    questions: list[str] = []
    announced = _ANNOUNCEMENT.match(text)
    start = announced.end() if announced else 0
    link = _LINK.match(text, start)
    start = link.end() if link else start
    last = start  # this is where the clause before the joint begins
    for joint, following in pairwise((*joints, _Joint(len(text), len(text)))):
        before, after = text[start : joint.end], text[joint.start : following.end]
        between = text[joint.end : joint.start]
        if _OF_LIST.match(after):
            continue
        parts = (before, text[last : joint.end], after)
        separate = not joint.is_inverted and (
            _is_separate(parts, whole.authorities, joint, authorities, today)
            or _is_further(before, after, joint, between, authorities, today)
        )
        if separate or _is_apart(before, after, joint, authorities, today):
            questions.append(before)
            start = joint.start
        last = joint.start
    if not questions:
        return (text,)
    parts_asked = [_direct(part) for part in (*questions, text[start:])]
    return tuple(_completed(_with_themes(parts_asked), authorities, today))


def clauses_of(text: str) -> tuple[str, ...]:
    """Return the clauses of a question that ask something, in its own words, even if they are answered together."""
    clauses: list[str] = []
    start = 0
    same = [_Joint(match.start(), match.end(), is_mark=False) for match in _ABOUT_SAME.finditer(text)]
    for joint in sorted((*_joints(text), *same), key=lambda joint: joint.end):
        before, after = text[start : joint.end].strip(), text[joint.start :].strip()
        if joint.is_comma or not _asks_at_start(before) or not _QUESTION.match(after):
            continue
        if any(map(_ASKS_NOTHING.fullmatch, (before, after))) or (not joint.is_mark and _RELATIVE.search(before)):
            continue
        clauses.append(before)
        start = joint.start
    return (*clauses, text[start:].strip())


def words_of_its_own(clause: str, others: Sequence[str]) -> set[str]:
    """Return the stems of the words that name a subject in one clause but in none of the others."""
    shared = {term for other in others for term in follow_up_cues.subject_terms(without_kinds(other))}
    return set(follow_up_cues.subject_terms(without_kinds(clause))) - shared


def _joints(text: str) -> list[_Joint]:
    """Return where one question may end and the next begin.

    Words in quotation marks or brackets are kept whole.
    """
    masked = _QUOTED.sub(lambda match: "x" * len(match.group()), text)
    joints = list(_numbered_joints(masked))
    for pattern in (_MARK, _CLAUSE, _COMMA, _NOUN, _INVERTED):
        for match in pattern.finditer(masked):
            link = _LINK.match(masked, match.end())
            if not any(joint.end <= match.end() and match.start() <= joint.start for joint in joints):
                start = link.end() if link else match.end()
                joints.append(_Joint(match.start(), start, pattern is _MARK, pattern is _COMMA, pattern is _INVERTED))
    joints = sorted((joint for joint in joints if joint.start < len(text)), key=lambda joint: joint.end)
    return joints[:_MOST_JOINTS]


def _numbered_joints(text: str) -> Iterator[_Joint]:
    """Yield the places where a list in one line has its next number: "1) when was it inspected 2) who led it"."""
    found = list(_NUMBERED.finditer(f" {text}"))
    if [match[1] for match in found] != [str(number) for number in range(1, len(found) + 1)]:
        return
    for match in found[1:]:
        yield _Joint(len(text[: match.start() - 1].rstrip()), match.end() - 1)


def _is_further(before: str, after: str, joint: _Joint, link: str, authorities: Sequence[str], today: date) -> bool:
    """Whether the text after a joint adds another request: "Also any evidence on thresholds"."""
    if _OF_IT.match(after) and _theme_of(before):
        return True
    if joint.is_comma or any(map(_ASKS_NOTHING.fullmatch, (before, after))):
        return False
    if joint.is_mark and _CONTINUES.fullmatch(after):
        return True
    if _NUMBER.search(link):
        return True
    if _NAMED_FACT.fullmatch(after):
        one = _read(before, authorities, today)
        return one.conditions.wanted in (Wanted.DATE, Wanted.PERSON)
    asks = bool(_QUESTION.match(after))
    if not (
        (_IN_SENTENCE.search(before) or _WHY_AT_START.match(before))
        and (asks or (joint.is_mark and _ADDS.search(link) and _FURTHER.match(after)))
    ):
        return False
    if joint.is_mark and asks and asks_about_future(before) != asks_about_future(after):
        return True
    one, two = (_read(part, authorities, today) for part in (before, after))
    own = set(_subject(two))
    if _ADDS.search(link):
        return bool(own) and bool(_subject(one) or _asks_for_facts(one))
    return joint.is_mark and bool(_AND.search(link)) and len(own - set(_subject(one))) >= _FEW_WORDS


def _is_apart(before: str, after: str, joint: _Joint, authorities: Sequence[str], today: date) -> bool:
    """Whether two questions have subjects of their own: "How is supervision, and are caseloads manageable?".

    The order of the words in the second shows that it is a question.
    """
    if joint.is_inverted and _CONTINUES.fullmatch(after):
        return bool(_subject(_read(before, authorities, today)))
    asks = (joint.is_inverted or joint.is_mark) and _ASKS_INVERTED.match(after)
    if not asks or any(map(_ASKS_NOTHING.fullmatch, (before, after))) or not _asks_at_start(before):
        return False
    one, two = (_read(part, authorities, today) for part in (before, after))
    own = set(_subject(two)) - set(_subject(one))
    if joint.is_inverted and _RELATIVE.search(before):
        return False  # "when a case closes and should step down" is one clause
    return bool(_subject(one)) and not one.claimed_grade and len(own) >= _FEW_WORDS and not _ONE_OF_TWO.search(after)


def _asks_at_start(text: str) -> bool:
    return bool(_IN_SENTENCE.search(text) or _WHY_AT_START.match(text))


def _only_one_of_facts(text: str, joint: _Joint, authorities: Sequence[str], today: date) -> bool:
    """Whether a mark divides a message into a question about grades over time and a question about a subject."""
    if not joint.is_mark:
        return False
    one, two = (_read(part, authorities, today) for part in (text[: joint.end], text[joint.start :]))
    subject = two if one.past_grades or one.conditions.is_about_facts else one
    other = one if subject is two else two
    return bool(other.past_grades) and not subject.past_grades and len(_subject(subject)) >= _FEW_WORDS


def _theme_of(question: str) -> str:
    """Return the name of the theme of practice that a question names. Empty if it names no theme, or several."""
    themes = known_themes().themes_of(question)
    return themes[0].name_within if len(themes) == 1 else ""


def _with_themes(questions: Sequence[str]) -> list[str]:
    """Return questions with "it" replaced by the theme of the question before."""
    named: list[str] = []
    for question in questions:
        match = _OF_IT.match(question)
        theme = _theme_of(named[-1]) if match and named else ""
        named.append(
            f"{question[: match.start('it')]}{theme}{question[match.end('it') :]}" if match and theme else question
        )
    return named


def _is_separate(
    parts: tuple[str, str, str], named: Sequence[str], joint: _Joint, authorities: Sequence[str], today: date
) -> bool:
    """Whether the texts before and after a joint are separate questions.

    ``parts`` contains the text before the joint, its last clause, and the text after the joint. ``named`` are the
    authorities that the whole message names.
    """
    before, clause, after = parts
    if not ((_IN_SENTENCE.search(before) or _WHY_AT_START.match(before)) and _QUESTION.match(after)):
        return False
    if any(map(_ASKS_NOTHING.fullmatch, (before, after))) or asks_only_how_long_ago(after):
        return False
    one, end, two = (_read_about(part, named, authorities, today) for part in parts)
    if joint.is_comma:
        return _asks_for_facts(one) and _asks_for_facts(two)
    if _asks_for_facts(one) or (_asks_for_facts(end) and _QUESTION.match(clause)):
        return True
    if _asks_for_facts(two):
        is_date_or_person = two.conditions.wanted in (Wanted.DATE, Wanted.PERSON)
        return bool(_subject(one)) and (not is_date_or_person or bool(_OF_INSPECTION.search(after)))
    if not joint.is_mark:
        return False
    if matter_asked(one) and matter_asked(two):
        return True
    if one.authorities and set(two.authorities) - set(one.authorities):
        return True
    names_some = two.authorities or follow_up_cues.names_people(two.search_text)
    return bool(names_some) and len(_subject(two)) >= _OWN_WORDS and not _REFERS_BACK.search(after)


def _read(text: str, authorities: Sequence[str], today: date) -> Interpretation:
    timed = with_wait(with_conditions(interpret(text, authorities, today), authorities, today), authorities, today)
    return with_graded_parts(with_past_grades(timed, authorities, today), authorities, today)


def _read_about(part: str, named: Sequence[str], authorities: Sequence[str], today: date) -> Interpretation:
    """Return a part of a message. If it names no authorities, add those that the message names."""
    part = _direct(part)
    alone = _read(part, authorities, today)
    if alone.authorities or not named or _is_about_all(alone) or _asks_for_facts(alone):
        return alone
    if len(named) == 1 and _SEVERAL.search(part):
        return alone  # "how many homes does Orle run, and what are their ratings"
    about = _read(with_words(part, named), authorities, today)
    if about.conditions.wanted is Wanted.BEST_OF:
        return alone  # "who does it better?" refers to what the sentence before it says
    return about if _asks_for_facts(about) else alone


def _direct(part: str) -> str:
    """Return a part of a message as a question: "say whether it is good" asks "is it good?"."""
    return _ARE_NOW.sub(r"\g<start>what are their grades now", direct(_SAY.sub("", part)))


def _asks_for_facts(question: Interpretation) -> bool:
    """Whether a question asks for facts about reports, or for a report's own list of improvements."""
    return question.conditions.is_about_facts or question.asks_for_improvements or question.past_grades is not None


def _subject(question: Interpretation) -> list[str]:
    return follow_up_cues.subject_terms(without_kinds(question.search_text))


def _completed(questions: Sequence[str], authorities: Sequence[str], today: date) -> Iterator[str]:
    """Add to each question the authority, time and inspection that the message gives only in another question."""
    read = [_read(question, authorities, today) for question in questions]
    for number, (question, one) in enumerate(zip(questions, read, strict=True)):
        earlier, later = read[number - 1] if number else None, next(iter(read[number + 1 :]), None)
        added: tuple[str, ...] = ()
        if continues_last(question):
            pass  # the question is answered as a follow-up
        elif earlier and not one.authorities and not _is_about_all(one):
            read[number], added = _carried(one, earlier)
        elif not earlier and later and not _is_about_all(one) and not (one.authorities and later.authorities):
            read[number], added = _carried(one, replace(later, kinds=(), conditions=one.conditions))
        yield with_words(question, added)


def _carried(question: Interpretation, other: Interpretation) -> tuple[Interpretation, tuple[str, ...]]:
    """Add to a question what the message says only in another question.

    Return the question, and the words that were added.
    """
    given: list[str] = []
    elliptical = (
        _is_list(question) and not other.authorities
    )  # "how many are outstanding?" after "which authorities were good in 2019?"
    if not elliptical and not question.authorities and other.authorities:
        question = replace(question, authorities=other.authorities)
        given += other.authorities
    over_time = _OVER_TIME.search(question.text)
    if not question.periods and other.periods and question.conditions.which is None and not over_time:
        question = replace(question, periods=other.periods)
        given += (period.words for period in other.periods)
    if not elliptical and not question.kinds and question.conditions.which is None:
        which = other.conditions.which
        kind = KIND_WORDS[other.kinds[0]] if other.kinds else "inspection"
        conditions = replace(question.conditions, which=which)
        question = replace(question, kinds=other.kinds, conditions=conditions)
        given += [f"{_WHICH[which]} {kind}"] if which in _WHICH else [kind] if other.kinds else []
    return question, tuple(given)


def with_words(question: str, words: Sequence[str]) -> str:
    """Return a question with words added in brackets, before any words for the order of the answer."""
    if not words:
        return question
    added = f"({', '.join(words)})"
    if order := find_order(question):
        return f"{question[: order.span.start].rstrip()} {added} {question[order.span.start :]}"
    return f"{question} {added}"


def as_typed(question: str, message: str) -> str:
    """Return one of the questions of a message in the message's own words, without the words that ``with_words`` added.

    Return the whole question if the message does not contain its own words unchanged.
    """
    typed = question
    while typed and typed not in message:
        typed = typed.rpartition(" (")[0]
    return typed or question


def asks_only_why(question: str) -> bool:
    """Whether a question is "why?", which has no subject of its own."""
    return bool(_WHY.match(question))


def continues_last(question: str) -> bool:
    """Whether a question depends on the question before it in the message: "why?", "what about Orle?"."""
    return asks_only_why(question) or bool(_CONTINUES.fullmatch(question))


def leaves_out_authority(question: str, authorities: Sequence[str], today: date) -> bool:
    """Whether a question is about authorities that it does not name: "and what do they need to improve?"."""
    one = _read(question, authorities, today)
    return not (one.authorities or _is_about_all(one) or (_is_list(one) and not _REFERS.search(question)))


def _is_list(question: Interpretation) -> bool:
    lists = (Wanted.AUTHORITIES, Wanted.REPORTS, Wanted.BY_YEAR)
    return question.conditions.wanted in lists and not question.authorities


def _is_about_all(question: Interpretation) -> bool:
    """Whether a question says that it is about all authorities, and so needs no words from another question."""
    return follow_up_cues.begins_afresh(question.text)
