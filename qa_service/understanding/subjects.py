"""Works out which words in a report show a subject, if a person names it in their own words: "edge of care work".

We look for the words of a subject in any form, next to each other and in order. Other names for the same thing count
too. Words that add nothing, such as "work", are left out if the rest still names something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.themes import plain
from index.search.text_analysis import terms
from qa_service.understanding.words.abbreviations import abbreviations, stands_for
from qa_service.understanding.words.vocabulary import is_term, names_of_same, near_names, short_names

_YOUNG_WORD = r"(?:child(?:ren)?|young (?:people|persons?))"
_YOUNG = re.compile(
    rf"\b{_YOUNG_WORD}(?: (?:and|or) {_YOUNG_WORD})?(?P<whose>['’]s?)?(?![\w'’])",
    re.IGNORECASE,
)
_CHILD = "child"
"""The stem of "children" and "young people". Their possessives keep their own stems, because a children's home is not
the home of a child."""
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][a-z]+)?")
_CAPITALS = re.compile(r"(?P<short>[A-Z][A-Za-z]*[A-Z])s?")
"""An abbreviation. A word whose capitals also matter, so that "SEND" is not "send"."""
_ARTICLES = frozenset({"a", "an", "the", "their", "its", "his", "her", "our", "any"})
_EMPTY_HEAD = (
    r"(?:works?|working|services?|support|help|provision|responses?|responding|approach(?:es)?|arrangements?|practice|"
    r"use|using|offer|dealing|deals?|tackling|supporting|care and support|handling|"
    r"interventions?|activity|system|experiences?(?: and progress)?)"
)
_DETERMINERS = (
    r"(?:(?:the|a|an|their|its|any|all|how|how well|well|quality of|(?:local authority|council|ofsted)’s(?! own)|"
    r"councils’(?! own)) )*"
)
_LEAD = re.compile(rf"{_DETERMINERS}(?:{_EMPTY_HEAD} (?:for|to|with|of|on|in|around|about|against) )?{_DETERMINERS}")
"""Words before a subject that add nothing to it: "the quality of support for"."""
_WHOSE = re.compile(r"^(?:children|young people)(?:’s|s|’) ")
_TAIL = re.compile(
    r" (?:works?|services?|support|provision|compliance|offers?|arrangements?|process(?:es)?|practice|teams?|activity|"
    r"interventions?|approach(?:es)?|responses?|help|children|young people|cases)$"
)
"""A word after a subject that adds nothing to it: "edge of care work"."""
_PRESENTING = re.compile(r"\b(?:(?:who|that) )?present(?:s|ed|ing)?(?: (?:as|themselves as))? (?=homeless\b)")
"""Words before "homeless" that reports and people put in several ways."""
_PREPOSITION = re.compile(r" (?:of|for|with|to|by|on|in|among|amongst|from|about|around|between|against) ")
_JOINER = re.compile(r", (?:and |or )?| (?:and|or|/|&) |/")
_BETWEEN = ("of", "for", "in", "on", "to", "with", "by")
"""Words that may come between two nouns if their order changes: "stability of the workforce"."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, in any of their grammatical forms."""

    stems: tuple[str, ...]
    sought: str
    """The words that a passage must contain. They include no word for children, because such words have several forms.
    """

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters at the start of the words. A text without these letters cannot contain the phrase."""
        return tuple(stem.lower()[: max(1, min(len(stem) - 1, 5))] for stem in self.stems if stem[:5] != _CHILD)

    def is_in(self, stems: Sequence[str]) -> bool:
        """Whether a text with these stems contains the phrase."""
        size = len(self.stems)
        starts = (at for at in range(len(stems) - size + 1) if stems[at] == self.stems[0])
        return any(tuple(stems[at : at + size]) == self.stems for at in starts)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a sentence may show a subject. The sentence must have a phrase from each group."""

    groups: tuple[tuple[Phrase, ...], ...]
    """Groups of phrases with the same meaning."""

    def is_in(self, stems: Sequence[str]) -> bool:
        """Whether a text with these stems contains a phrase from each group."""
        return all(any(phrase.is_in(stems) for phrase in group) for group in self.groups)

    def may_be_in(self, text: str) -> bool:
        """Check quickly whether a text in small letters contains the letters of a phrase from each group."""
        return all(any(all(map(text.__contains__, phrase.letters)) for phrase in group) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject in a person's words, with the wordings that show it in reports."""

    words: str
    """The words of the subject, leaving out words that add nothing."""
    wordings: tuple[Wording, ...]
    others: tuple[str, ...] = ()
    """Other names for the same thing, which also count."""
    parts: tuple[str, ...] = ()
    """The parts of the subject, if they may be in different places in a sentence."""

    def __post_init__(self) -> None:
        if not self.words or not self.wordings:
            raise ValueError("a subject has words, and at least one wording")

    def is_in(self, sentence: str) -> bool:
        """Whether a sentence is about the subject."""
        text = sentence.lower()
        possible = [wording for wording in self.wordings if wording.may_be_in(text)]
        stems = stems_of(sentence) if possible else []
        return any(wording.is_in(stems) for wording in possible)


def subjects_of(words: str) -> tuple[Subject, ...]:
    """Return the subjects that the given words name: two for "edge of care and short breaks"."""
    return tuple(subject for part in _divided(_tidy(words)) if (subject := subject_of(part)))


def subject_of(words: str) -> Subject | None:
    """Return the subject that the given words name. None if they name no subject."""
    forms = list(_forms(_tidy(words)))
    core = _written_out(forms[-1])
    if not _required_words(core):
        return None
    names = _names((*forms, core))
    wordings = [Wording((_phrases(phrase for name in (core, *names) for phrase in _orders(name)),))]
    parts = _parts(core)
    if len(parts) > 1:
        wordings.append(Wording(tuple(_alternatives(part) for part in parts)))
    return Subject(core, tuple(wordings), names, parts if len(parts) > 1 else ())


def stems_of(text: str) -> list[str]:
    """Return the stems of a text in order, with one stem for "children" and "young people", and without articles."""
    text = text.replace("-", " ").replace("‑", " ").replace("–", " ")
    found: list[str] = []
    at = 0
    for match in _YOUNG.finditer(text):
        found += _plain_stems(text[at : match.start()])
        found.append(_stem_of_young(match))
        at = match.end()
    return found + _plain_stems(text[at:])


def is_named(words: str) -> bool:
    """Whether the given words are a term in the vocabulary, or another name for one."""
    return is_term(words) or bool(names_of_same(words)) or words.lower() in _abbreviations_and_long_forms()


@cache
def _abbreviations_and_long_forms() -> frozenset[str]:
    """Return the abbreviations and their long forms, in small letters."""
    return frozenset(
        plain(name) for short, meant in abbreviations().items() for name in (short, meant.long, meant.plural) if name
    )


def _tidy(words: str) -> str:
    """Return words in small letters, except abbreviations, with spaces for hyphens."""
    kept = (word if _is_short(word) else plain(word) for word in words.replace("-", " ").split())
    return _PRESENTING.sub("", " ".join(kept).strip(' .,;:?!()“”"'))


def _is_short(word: str) -> bool:
    """Whether a word is an abbreviation that we know, in its capitals."""
    short = _CAPITALS.fullmatch(word.strip(' .,;:?!()“”"'))
    return short is not None and (
        short["short"].lower() in _abbreviations_and_long_forms() or short["short"] in short_names()
    )


def _written_out(words: str) -> str:
    """Return the long form of an abbreviation. If the words are not an abbreviation, return them unchanged."""
    meant = stands_for(words.upper())
    return plain(meant) if meant else words


def _divided(words: str) -> list[str]:
    """Divide words at "and" and "or", but not within a term: "drug and alcohol misuse"."""
    parts = [part for part in _JOINER.split(words) if part.strip()]
    whole = is_named(words) or any(not _is_whole(part, parts[-1]) for part in parts)
    return [words] if whole else parts


def _is_whole(part: str, last: str) -> bool:
    """Whether a part of a list is clear without the rest of it.

    In "recruitment and retention of staff", "recruitment" is not.
    """
    shortest = list(_forms(part))[-1]
    content = _content(shortest)
    if (len(content) == 1 and part != last and _PREPOSITION.search(last)) or any(each.isdigit() for each in content):
        return False
    return len(content) > 1 or is_named(shortest)


def _forms(words: str) -> Iterator[str]:
    """Yield the words of a subject, and then shorter forms that mean the same."""
    yield words
    lead = _LEAD.match(words)
    short = words[lead.end() :] if lead else words
    if short != words and _content(short):
        words = short
        yield words
    for expression in (_WHOSE, _TAIL):
        while not is_named(words) and (match := expression.search(words)):
            short = f"{words[: match.start()]}{words[match.end() :]}"
            if not (is_named(short) or len(_content(short)) > 1):
                break
            words = short
            yield words


def _content(words: str) -> list[str]:
    """Return the stems that are search terms, and the stems of words for children."""
    return [stem for stem in stems_of(words) if stem[:5] == _CHILD or terms(stem)]


def _required_words(words: str) -> str:
    """Return the words that a passage must have in order to contain a phrase.

    Empty if any passage may contain the phrase.
    """
    sought = _YOUNG.sub(" ", words)
    return " ".join(sought.split()) if terms(sought) else ""


def _names(forms: Sequence[str]) -> tuple[str, ...]:
    """Return other names for a subject in any of its forms, leaving out those that only repeat the subject."""
    core = Phrase(tuple(stems_of(forms[-1])), "")
    names = dict.fromkeys(name for form in forms for name in names_of_same(form))
    return tuple(name for name in names if not core.is_in(stems_of(name)))


def _alternatives(part: str) -> tuple[Phrase, ...]:
    """Return the phrases that mean the same, or nearly the same, as a part of a subject."""
    forms = list(_forms(part))
    names = (forms[-1], *_names(forms), *near_names(forms[-1]))
    return _phrases(Phrase(tuple(stems_of(name)), _required_words(name)) for name in names)


def _phrases(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase.stems))


def _orders(name: str) -> Iterator[Phrase]:
    """Yield a name. If it is two nouns, also yield them in the other order: "stability of the workforce"."""
    stems = tuple(stems_of(name))
    yield Phrase(stems, _required_words(name))
    if len(stems) == 2 and not is_named(name):
        yield from (Phrase((stems[1], between, stems[0]), _required_words(name)) for between in _BETWEEN)


def _parts(core: str) -> tuple[str, ...]:
    """Return the parts of a subject that may be apart in a sentence: "training" and "foster carers"."""
    if is_named(core):
        return (core,)
    parts = [part for part in _PREPOSITION.split(core) if _content(part)]
    return tuple(parts) if len(parts) > 1 else _term_and_rest(core)


def _term_and_rest(core: str) -> tuple[str, ...]:
    """Return a term of the vocabulary at one end of the given words, and the rest of the words."""
    words = core.split()
    for size in range(len(words) - 1, 0, -1):
        for term, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            name = " ".join(term).strip("’'")
            if is_named(name) and _content(" ".join(rest)):
                return (name, " ".join(rest))
    return (core,)


def _stem_of_young(match: re.Match[str]) -> str:
    if not match["whose"]:
        return _CHILD
    words = match.group().lower().replace("'", "’")
    return f"{_CHILD}: {words}"


def _plain_stems(text: str) -> list[str]:
    return [stem for word in _WORD.findall(text) if (stem := _stem(word))]


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """Return the stem of a word. Empty for an article."""
    if short := _CAPITALS.fullmatch(word):
        return short["short"]
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    if word in _ARTICLES:
        return ""
    found = terms(word)
    return found[0] if found else word
