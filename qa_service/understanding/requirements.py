"""Works out what a sentence must contain to answer a question: a quantity, a sum of money, the people asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.grades import GRADE_WORDS
from qa_service import calibration
from qa_service.understanding.mentions import Alternatives, is_about_another, mentions, mentions_in
from qa_service.understanding.polarity import asks_for_strength, asks_for_weakness, only_criticises, only_praises
from qa_service.understanding.questions.asked import Asked, asked_for
from qa_service.understanding.times.year_spans import YearSpan, is_of_another_time, years_asked
from qa_service.understanding.words.abbreviations import in_long_form

_HOW_MANY = re.compile(
    r"\bhow (?:many|much|often|frequent(?:ly)?|long|old|big|large|far|late|soon|quickly|high|low)\b|"
    r"\b(?:what|which) (?:percentage|per ?cent|proportion|share|fraction|number|amount|rate|figure|%)|"
    r"\b(?:percentage|proportion|number|total|rate|share|average number) of\b|\bwhat %|\bon average\b|\bby how much\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?<![\w.])(?:£\s?)?\d[\d,.]*(?:\s?%|k|m|bn)?(?!\w)|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundreds?|thousands?|dozen|half|third|quarter|fifth|doubled?s?|doubling|trebled?s?|twice|once|weekly|fortnightly|daily|monthly|quarterly|annual(?:ly)?|every)\b|"
    r"\bone (?:\w+ )?(?:child|person|family|worker|case|visit|home|in \w+|care leaver|site|place|day|week|month|"
    r"year)\b|"
    r"\b(?:no|none of the|very few|only) (?:\w+ ){0,2}\w+s\b|\bnone\b",
    re.IGNORECASE,
)
"""A number, in figures or in words. "No permanent exclusions" and "very few children" are numbers too."""
_NO_QUANTITY = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d+(?:\s?(?:-|–|to|and|or|/)\s?\d+)?[- ]year[- ]olds?\b|"
    r"\b\d+- (?:and|or|to) \d+[- ]year[- ]olds?\b|"
    r"\b(?:aged?|ages|people|children|leavers) \d+\s?(?:-|–|to|and|or)\s?\d+\b|"
    r"\b(?:aged?|turn(?:ed|ing)?|age of|past|until) \d+\b|"
    r"\b(?:under|over)[ -](?:the age of )?(?:1\d|2[0-5]|\d)s?\b"
    r"(?! (?:days|weeks|months|years|hours|minutes|per))|^\s*\d+\.|\b(?:section|regulation|paragraph) \d+",
    re.IGNORECASE,
)
"""Numbers that are not quantities: years, ages, and the numbers of paragraphs and sections."""
_COUNTS = re.compile(
    r"\bhow many\b|\b(?:what|which) (?:percentage|per ?cent|proportion|share|fraction|number|%)|"
    r"\b(?:percentage|proportion) of\b|\bwhat %",
    re.IGNORECASE,
)
_COUNTS_PEOPLE = re.compile(
    r"\bhow many (?:(?!days|weeks|months|years|hours|times|minutes)[\w’'-]+ ){0,4}?"
    r"(?:children|child|pupils|people|adults|babies|girls|boys|siblings|families|parents|carers|adopters|fosterers|leavers|workers|staff|managers|advisers|nurses)\b(?![’'])",
    re.IGNORECASE,
)
"""A question that asks for a number of people."""
_LENGTHS = re.compile(
    r"\b(?:\d[\d.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty)"
    r"(?:\s*(?:-|–|to|or|and)\s*(?:\d+|\w+))?[\s-](?:working |school |calendar )?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|terms?)\b|"
    r"\b(?:weekly|fortnightly|daily|monthly|quarterly|annual(?:ly)?|every|twice|once)\b",
    re.IGNORECASE,
)
"""Lengths of time, and words for how often, which give no number of people."""
_ASKS_SOMETHING_ELSE = re.compile(
    r"\b(?:where|why|which|who|when|how|is|are|was|were|does|did|has|have|had)\b(?!, )", re.IGNORECASE
)
"""Words before "how many" which show that the question does not ask for a number: "Was it based on how many are
needed?"."""
_SENTENCE_END = re.compile(r"[.?!:;]|, |\band\b")
_MONEY = re.compile(
    r"\b(?:(?:pay|paid)(?! (?:\w+ )?(?:attention|regard|heed)\b)|"
    r"salar(?:y|ies)|wages?|cost|costs|spend|spent|budget|price|fees?|charge[ds]?)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow much (?!of\b|support|help|time|work|notice|progress|attention|regard|emphasis|weight|say\b)|"
    r"\bwhat (?:budget|cost|salary|fee)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"£|\bmillion\b|\bpounds?\b|\bfree of charge\b", re.IGNORECASE)
_HOME = (
    r"(?:(?:children[’']s|residential|care|unregistered|nursing) homes?|(?:fostering|adoption) agenc(?:y|ies)|IFAs?)"
)
_BODY = (
    rf"(?:{_HOME}|schools?|nurser(?:y|ies)|colleges?|PRUs?|hospitals?|academ(?:y|ies)|childminders?|"
    r"(?:acute|NHS|hospital) (?:foundation )?trusts?)"
)
_VERDICT = r"(?:de-?regist\w+|rated|ratings?|graded?|judged|shut down|fined|prosecuted)"
_SHUT = r"(?:suspend(?:ed|s)?|clos(?:ed|ure))"
"""Words for a verdict on a home. For a school, these words are not a verdict: pupils can be suspended, and schools can
close in a pandemic."""
_ON_OTHERS = re.compile(
    "|".join(
        rf"\b{one}\b[^.?!]{{0,60}}\b{other}\b"
        for body, verdict in ((_BODY, _VERDICT), (_HOME, _SHUT))
        for one, other in ((body, verdict), (verdict, body))
    ),
    re.IGNORECASE,
)
_WRITING = r"(?:write|draft|compose|design|generate|create|invent|translate|rewrite|reword)"
_WORK = r"(?=\s*$|\s+(?:me|us|an?|the|my|our|your|some|this|that|it|out|down|into|about|to|\w+ (?:for|about|to)|\d+)\b)"
"""Words after the verb in a request to write a text. "Draft care plans are late" does not ask us to write."""
_WRITE = re.compile(
    rf"^(?:(?:please|hi|hello|hey|ok|so|now)\b[,.!]? )*{_WRITING}{_WORK}|"
    rf"\b(?:can|could|would|will) (?:you|u|ya) (?:please |pls |just )?(?:help me (?:to )?)?{_WRITING}\b",
    re.IGNORECASE,
)

_FUTURE = re.compile(
    r"^(?!.*\b(?:was|were|did|had)\b).*\b(?:when|what|which|who|how|will|would|is|due)\b[^.?!;]{0,60}?"
    r"\bnext (?:full |graded |ofsted |overall )*"
    r"(?:inspect(?:ion|ed)|re-?inspection|grade|rating|judge?ment|(?:focused |monitoring )?visit)\b|"
    r"\b(?:will|going to|gonna|likely to|expected to|set to|chances? of|likelihood of)\b[^.?!;]{0,40}?"
    rf"(?:\b(?:rated|graded|judged|inspected)\b|\b(?:be|get(?:ting)?|become|becoming) (?:an? )?{GRADE_WORDS}\b"
    r"(?=,? (?:next|soon)\b|(?: (?:next|soon|in \d{4}|by \d{4}|overall|again|grade|rating))*\W*$)|"
    r"\b(?:improve|decline|get (?:better|worse))\W*$)|"
    r"\bwill\b[^.?!;]{0,40}?\b(?:keep|retain|lose|hold on to|maintain)\b[^.?!;]{0,20}?"
    r"\b(?:grades?|ratings?|judge?ments?)\b|"
    r"\bwhat (?:will|would) (?:ofsted|(?:the )?inspectors?|hmi) (?:say|find|think|decide|conclude|judge)\b|"
    r"\b(?:grades?|ratings?|judge?ments?)\b[^.?!;]{0,40}\bnext time\b|"
    r"\binspections? (?:is |are )?(?:now )?(?:over)?due\b|\b(?:over)?due (?:for )?(?:an? |its |their )?"
    r"(?:re-?)?inspect(?:ion|ed)\b|"
    r"\b(?:predict(?:ion|ed)?|forecast|prognosis)\b[^.?!;]{0,40}\b(?:grades?|ratings?|judge?ments?|inspections?)\b",
    re.IGNORECASE,
)
"""A question about what inspectors will do or find."""
_PROVE = re.compile(
    r"^\W*(?:please |can you |could you |help me )*(?:prove|show statistically|demonstrate) (?:that|why|how)?\b|"
    r"\b(?:leads?|leading|led) to (?:better|worse|higher|lower|good|poor) (?:ofsted |inspection )?"
    r"(?:grades|ratings|judge?ments|outcomes)\b|\bcorrelat(?:e[sd]?|ion)\b",
    re.IGNORECASE,
)
_ADVISE = re.compile(
    r"\b(?:is|was|would) it (?:be )?(?:too |\w+ly )?(?:safe|wise|unwise|advisable|sensible|prudent|worth|risky|ok|okay)"
    r"(?: for (?:us|me))? (?:to (?!say\b|conclude\b|assume\b|claim\b|state\b|infer\b)|\w+ing\b)|"
    r"^(?:(?:please|so|then|and|but|ok)\b,? )*(?:should|shall|must|ought) (?:we|i)\b|"
    r"\b(?:do|would|can|could|will) you (?:please )?(?:recommend|advise|suggest)\b|"
    r"\bwhat (?:should|shall|must|ought) (?:we|i) (?:to )?(?:do|say|tell|decide|think)\b|"
    r"\b(?:what is|what[’']s|give (?:us|me)) your (?:advice|opinion|view|recommendation)\b",
    re.IGNORECASE,
)
"""A request for advice. "Is it safe to say that…" asks what reports say, not for advice."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a sentence must contain to answer a question."""

    quantity: bool = False
    counts: bool = False
    """Whether only a sentence with a number can answer. "Regularly" may answer "how often", but not "how many"."""
    of_people: bool = False
    """Whether that is a number of people, which no length of time gives."""
    money: bool = False
    on_others: bool = False
    """Whether a sentence must give a verdict on a home, a school or an agency. These have reports of their own."""
    weakness: bool = False
    strength: bool = False
    mentions: tuple[Alternatives, ...] = ()
    """People, bodies and things that the question mentions. The passage must mention at least one from each group."""
    asked: Asked | None = None
    """What the sentence must state: a name, a time or a cause. None if the question asks for none of these."""
    years: tuple[YearSpan, ...] = ()
    """Financial or school years that the question names."""

    def are_mentioned(self, passage: str) -> bool:
        """Whether a passage mentions what the question mentions."""
        return not self.not_mentioned(passage)

    def are_asked_for_in(self, passage: str) -> bool:
        """Whether a passage mentions what the question mentions, in the words that questions use for it."""
        return all(any(mention.asked.search(passage) for mention in group) for group in self.mentions)

    def not_mentioned(self, text: str) -> tuple[Alternatives, ...]:
        """Return what the question mentions but a text does not."""
        return tuple(group for group in self.mentions if not any(mention.is_in(text) for mention in group))

    def is_about_another(self, sentence: str, near_text: str) -> bool:
        """Whether a sentence is about a group, body or subject other than the one in the question.

        ``near_text`` is the sentence with its headings and the sentence before it.
        """
        return is_about_another(self.mentions, sentence, near_text)

    def is_of_another_time(self, sentence: str, reported: date) -> bool:
        """Whether a sentence of a report of that day cannot be about any of the years that the question names."""
        return is_of_another_time(sentence, reported, self.years)

    def lacks_number(self, sentence: str) -> bool:
        """Whether a sentence states no number although only a number can answer the question.

        Of 7,480 labelled sentences for which this is true, 6 answer their question (ADR 0050).
        """
        if self.of_people:
            sentence = _LENGTHS.sub(" ", sentence)
        return self.counts and not self.has_quantity(sentence)

    def penalty(self, sentence: str) -> float:
        """Return how much to subtract from a sentence's similarity for what it lacks.

        The result is 0 if it lacks nothing.
        """
        lacks_quantity = not self.has_quantity(sentence)
        lacks_sum = self.money and not _SUM.search(sentence)
        lacks_verdict = self.on_others and not _ON_OTHERS.search(sentence)
        wrong_polarity = (self.weakness and only_praises(sentence)) or (self.strength and only_criticises(sentence))
        return (
            calibration.NO_QUANTITY_PENALTY * lacks_quantity
            + calibration.DECISIVE_PENALTY * (lacks_sum or lacks_verdict)
            + calibration.WRONG_POLARITY_PENALTY * wrong_polarity
        )

    def has_quantity(self, sentence: str) -> bool:
        """Whether a sentence states a quantity. True if the question asks for no quantity."""
        return not self.quantity or bool(_QUANTITY.search(_NO_QUANTITY.sub(" ", sentence)))


def requirements_of(question: str) -> Requirements:
    """Return what a sentence must contain to answer a question."""
    money = bool(_HOW_MUCH.search(question) and _MONEY.search(question))
    return Requirements(
        quantity=bool(_HOW_MANY.search(question)) and not money,
        counts=_asks_for_count(question),
        of_people=_asks_for_count(question) and bool(_COUNTS_PEOPLE.search(question)),
        money=money,
        on_others=bool(_ON_OTHERS.search(question)),
        weakness=asks_for_weakness(question),
        strength=asks_for_strength(question),
        mentions=_mentions(question),
        asked=asked_for(question),
        years=years_asked(question),
    )


def _asks_for_count(question: str) -> bool:
    """Whether a question asks for a number, and does not only contain "how many" in one of its parts."""
    counts = _COUNTS.search(question)
    if counts is None:
        return False
    clause = _SENTENCE_END.split(question[: counts.start()])[-1]
    return not _ASKS_SOMETHING_ELSE.search(clause)


@lru_cache(maxsize=16)  # each step of one question asks again
def _mentions(question: str) -> tuple[Alternatives, ...]:
    """Return what a question mentions, in its own words or in the long forms of its abbreviations."""
    found = mentions_in(question)
    known = {mention.name for group in found for mention in group}
    further = mentions_in(in_long_form(_without_mentions(question)))
    return (*found, *(group for group in further if known.isdisjoint(mention.name for mention in group)))


def _without_mentions(question: str) -> str:
    """Return a question without its mentions, whose long forms may contain words for other things: "in employment"."""
    for mention in mentions():
        for start, end in mention.places(question):
            question = question[:start] + " " * (end - start) + question[end:]
    return question


def asks_for_writing(question: str) -> bool:
    """Whether a question asks us to write a text. This service only quotes reports, and does not write texts."""
    return bool(_WRITE.search(question))


def asks_about_future(question: str) -> bool:
    """Whether a question asks what will happen. Reports say what inspectors found and what is planned, but not this."""
    return bool(_FUTURE.search(question))


def asks_for_proof(question: str) -> bool:
    """Whether a question asks for proof that, in general, one thing leads to another.

    No single report can show this.
    """
    return bool(_PROVE.search(question))


def asks_for_advice(question: str) -> bool:
    """Whether a question asks what to do. This service only quotes reports, and does not decide this."""
    return bool(_ADVISE.search(question))
