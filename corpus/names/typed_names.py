"""Finds the authorities and other places that a question names, however people spell them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache

from corpus.english import is_english
from corpus.names.authorities import (
    BETWEEN,
    Authority,
    Mention,
    NamePatterns,
    folded,
    has_its_capital,
    known_authorities,
    word_classes,
)
from corpus.names.edits import slips_between
from corpus.names.initials import shared_initials
from corpus.names.ordinary_words import stands_as_name
from corpus.names.places import known_places

_MOST_WORDS = 80
"""We check this many words at the start of a text for misspellings. Chosen by eye."""
_LONGEST_NAME = 6
"""Number of words in the longest names that are checked for misspellings."""
_TWO_SLIPS = 8
"""We accept two typing errors only in a name with at least this many letters. With two errors, shorter names are too
similar to other words."""
_TWO_SLIPS_WHOLE = 12
"""The same minimum for a name of several words that are all English words as typed."""
_SHORTEST_NAME, _SHORTEST_OTHER = 4, 6
"""Minimum number of letters in a name that we check for misspellings: for an authority, and for anything else."""
_ABBREVIATION = 5
"""A word in capitals is an abbreviation, and not a misspelt name, if it has at most this many letters."""
_SHORT_WORD = 3
"""A word with at most this many letters is too short to identify a name of several words."""
_MOST_TIES = 4
"""Maximum number of authorities that a misspelt name may refer to. If there are more, we ignore the name."""
_TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_GAP = re.compile(rf"{BETWEEN}|\s*[&+]\s*")
_AND = re.compile(r",\s*|\s+(?:and|with|&)\s+", re.IGNORECASE)
_COMPASS_LETTERS = re.compile(r"^([nsew]{1,2}) (?=\w{3,}$)")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;\n(“\"–—])[\s“\"'(]*$")


class _Kind(IntEnum):
    """The kind of place that a name refers to. If a name has several kinds, the highest is used."""

    REGION = 0
    DISTRICT = 1
    SHARED = 2
    HALF = 3
    ALIAS = 4
    AUTHORITY = 5


@dataclass(frozen=True, slots=True)
class AmbiguousMention:
    """A place ``[start, end)`` where a text has a name that may refer to several authorities."""

    names: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TypedNames:
    """The places that a question names, in the order of its text."""

    authorities: tuple[Mention, ...] = ()
    """Authorities, and places that only look like authorities because their names contain one ("North Leeds")."""
    ambiguous: tuple[AmbiguousMention, ...] = ()
    regions: tuple[Mention, ...] = ()
    """Regions. They are not authorities, so an answer cannot be limited to them."""

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The place of each name in the text, in order."""
        found: list[Mention | AmbiguousMention] = [*self.authorities, *self.ambiguous, *self.regions]
        return tuple(sorted((place.start, place.end) for place in found))


@dataclass(frozen=True, slots=True)
class _Entry:
    """The meaning of a name: one authority, several, or none if it is a region."""

    kind: _Kind
    names: tuple[str, ...]
    label: str
    """The name as it is written in our data or in a report."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a text, with its place."""

    entry: _Entry
    start: int
    end: int
    slips: int = 0


def typed_names(text: str, others: Iterable[str] = (), *, mend: bool = True) -> TypedNames:
    """Return the authorities, ambiguous names and regions that a question names.

    ``others`` contains the authorities that the index has reports on. If names overlap, we use the longest. A final "s"
    without its apostrophe is not part of a name. If ``mend`` is false, misspelt names are not recognised.
    """
    return _typed_names(text, tuple(sorted(set(others))), mend)


@lru_cache(maxsize=32)
def _typed_names(text: str, others: tuple[str, ...], mend: bool) -> TypedNames:
    lexicon = _lexicon(others)
    exact = [found for found in lexicon.find(text) if lexicon.counts(found, text)]
    misspelt = _misspelt(text, exact, lexicon) if mend else []
    found = _longest([*exact, *misspelt])
    found = [_as_other_place(place, found, text) for place in found if not _is_in_name(place, text)]
    certain = {name for place in found if place.entry.kind >= _Kind.HALF for name in place.entry.names}
    if certain:  # other places are then part of the subject, and a shared name means that authority
        found = [
            place
            for place in found
            if place.entry.kind not in (_Kind.DISTRICT, _Kind.REGION)
            and not (place.entry.kind is _Kind.SHARED and certain.intersection(place.entry.names))
        ]
    authorities: list[Mention] = []
    ambiguous: list[AmbiguousMention] = []
    regions: list[Mention] = []
    for place in found:
        names = _successors(place.entry.names, others)
        names = tuple(sorted(names, key=lambda name: name not in others))  # a choice offers those with reports first
        if len(names) > 1 and not set(names).isdisjoint(others):
            ambiguous.append(AmbiguousMention(names, place.start, place.end))
        elif place.entry.kind is _Kind.REGION:
            regions.append(Mention(place.entry.label, place.start, place.end))
        else:
            district = place.entry.label if place.entry.kind is _Kind.DISTRICT else ""
            authorities += [Mention(name, place.start, place.end, district) for name in names]
    return TypedNames(tuple(authorities), tuple(ambiguous), tuple(regions))


def _successors(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the successors of an abolished authority, if we have reports about them but none about it."""
    if len(names) != 1 or names[0] in others:
        return names
    successors = _abolished().get(names[0], ())
    return names if set(successors).isdisjoint(others) else successors


@cache
def _abolished() -> Mapping[str, tuple[str, ...]]:
    return {authority.name: authority.successors for authority in known_authorities() if authority.abolished}


def _longest(found: Iterable[_Found]) -> list[_Found]:
    """Return the longest of any names that overlap, in the order of the text."""
    kept: list[_Found] = []
    for place in sorted(found, key=lambda place: (place.start - place.end, place.slips, place.start)):
        if all(place.end <= other.start or other.end <= place.start for other in kept):
            kept.append(place)
    return sorted(kept, key=lambda place: place.start)


def _is_in_name(place: _Found, text: str) -> bool:
    """Return whether a place that may not be an authority is part of another name, such as "Cleveland Police"."""
    if place.entry.kind > _Kind.HALF:
        return False
    neighbours = known_places().neighbours
    after = re.match(r"(?:['’]s)? ([A-Za-z]+)\b", text[place.end :])
    before = re.search(r"(?<![\w’'-])([A-Z][a-z]+) $", text[: place.start])
    if after and (after[1].lower() in neighbours.bodies or (after[1].istitle() and not _is_ordinary(after[1]))):
        return not _is_title_case(text)
    return bool(
        place.entry.kind is _Kind.REGION
        and before
        and not _is_ordinary(before[1])
        and not _SENTENCE_START.search(text[: before.start()])
    )


def _is_ordinary(word: str) -> bool:
    return word.lower() in known_places().neighbours.ordinary


def _as_other_place(place: _Found, found: Sequence[_Found], text: str) -> _Found:
    """Return another place if the words next to a one-word name turn it into the name of that place."""
    written = text[place.start : place.end]
    if place.entry.kind is _Kind.REGION or len(written.split()) > 1 or "-" in written:
        return place
    start, end = _start_of_longer(place, found, text), _end_of_longer(place, text)
    if (start, end) == (place.start, place.end):
        return place
    label = " ".join(word[0].upper() + word[1:] for word in text[start:end].split())
    return _Found(_Entry(_Kind.AUTHORITY, (label,), label), start, end)


def _start_of_longer(place: _Found, found: Sequence[_Found], text: str) -> int:
    """Return the start of the longer name that ends with the given name, or of the given name if there is none."""
    before = re.search(r"(?<![\w&'’.-])([A-Za-z][A-Za-z’'-]*)[ -]$", text[: place.start])
    if not before or any(other.start < before.end(1) <= other.end for other in found if other is not place):
        return place.start
    word, capital = before[1], text[place.start].isupper()
    neighbours = known_places().neighbours
    if word.lower() in neighbours.compass and (word[0].isupper() or not capital):
        return before.start(1)
    if not capital or not re.fullmatch(r"[A-Z][a-z’'-]+", word) or _is_title_case(text):
        return place.start
    if word.lower() in neighbours.capital:
        return before.start(1)
    if _is_ordinary(word) or _SENTENCE_START.search(text[: before.start(1)]):
        return place.start
    return before.start(1)


def _end_of_longer(place: _Found, text: str) -> int:
    """Return the end of the longer name that starts with the given name, or of the given name if there is none."""
    neighbours = known_places().neighbours
    rest = text[place.end :]
    joined = re.match(r"-([a-z]+)-[A-Za-z]+", rest, re.IGNORECASE)
    if joined and joined[1].lower() in neighbours.joining:
        return place.end + joined.end()
    after = re.match(r" ([A-Za-z]+)\b", rest)
    same_case = after and after[1][0].isupper() == text[place.start].isupper()
    if after and same_case and after[1].lower() in neighbours.after:
        return place.end + after.end()
    return place.end


def _is_title_case(text: str) -> bool:
    """Return whether most words in a text start with a capital letter, so that capital letters tell us nothing."""
    words = [word for word in re.findall(r"[A-Za-z]{4,}", text) if not word.isupper()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


class _Lexicon:
    """The names that we recognise in questions, by their folded forms."""

    def __init__(self, others: tuple[str, ...]) -> None:
        self._entries: dict[str, _Entry] = {}
        self._full: set[str] = set()
        self._with_capital: set[str] = {folded(name) for name in known_places().words}
        self._add_places()
        self._add_initials()
        self._add_halves(others)
        for authority in known_authorities():
            self._add_authority(authority)
        for name in others:
            self._add(name, _Kind.AUTHORITY, (name,))
        self._patterns = NamePatterns(self._entries)
        self.known_words = frozenset(word for name in self._entries for word in name.split())
        neighbours = known_places().neighbours
        common = neighbours.compass | neighbours.capital | neighbours.ordinary
        self.anchors = frozenset(
            word
            for name, entry in self._entries.items()
            if entry.kind is _Kind.AUTHORITY and " " in name
            for word in name.split()
            if len(word) > _SHORT_WORD and word not in common
        )
        self._candidates: dict[int, list[tuple[str, int, _Entry]]] = {}
        for name, entry in self._entries.items():
            shortest = _SHORTEST_NAME if entry.kind is _Kind.AUTHORITY else _SHORTEST_OTHER
            if len(name) >= shortest and name in self._full:
                self._candidates.setdefault(len(name), []).append((name, _letters_of(name), entry))

    def _add_places(self) -> None:
        places = known_places()
        for region in places.regions:
            self._add(region, _Kind.REGION, ())
        for district, name in places.districts.items():
            self._add(district, _Kind.DISTRICT, (name,))
            for half in _halves(district):
                self._add(half, _Kind.DISTRICT, (name,))
        for name, names in places.shared.items():
            self._add(name, _Kind.SHARED, names)

    def _add_initials(self) -> None:
        """Add the initials of councils. Several councils may share them."""
        for initials, names in shared_initials().items():
            self._add(initials, _Kind.SHARED if len(names) > 1 else _Kind.HALF, names)
            if is_english(initials):
                self._with_capital.add(folded(initials))

    def _add_halves(self, others: tuple[str, ...]) -> None:
        """Add the halves of joint names that only the index contains. A half that several names contain is shared."""
        known = {authority.name for authority in known_authorities()}
        halves: dict[str, list[str]] = {}
        for name in others:
            for half in _halves(name) if name not in known else ():
                halves.setdefault(half, []).append(name)
        for half, names in halves.items():
            self._add(half, _Kind.SHARED if len(names) > 1 else _Kind.HALF, tuple(names))
            if is_english(half):
                self._with_capital.add(folded(half))

    def _add_authority(self, authority: Authority) -> None:
        for name in authority.short:
            self._add(name, _Kind.HALF, (authority.name,))
        for name in authority.aliases:
            self._add(name, _Kind.ALIAS, (authority.name,))
        self._add(authority.name, _Kind.AUTHORITY, (authority.name,))

    def _add(self, name: str, kind: _Kind, names: tuple[str, ...]) -> None:
        """Add a name and its short forms.

        They replace a name only if it means a lower kind of place. A full name replaces any name.
        """
        entry = _Entry(kind, names, name)
        self._full.add(folded(name))
        for form in (folded(name), *_short_forms(folded(name))):
            before = self._entries.get(form)
            if before is None or before.kind < kind or (form == folded(name) and kind is _Kind.AUTHORITY):
                self._entries[form] = entry

    def find(self, text: str) -> Iterator[_Found]:
        """Yield the longest name that begins at each place in a text."""
        for match in self._patterns.find(text):
            yield _Found(self._entries[folded(match.group())], match.start(), match.end())

    def counts(self, found: _Found, text: str) -> bool:
        """Return whether we recognise a name in the way it is written."""
        written = text[found.start : found.end]
        if not written[0].isupper() and folded(written) in self._with_capital:
            return False
        if found.entry.kind is _Kind.REGION and re.match(r" (?:Borough )of\b", text[found.end :], re.IGNORECASE):
            return False
        word_class = word_classes().get(folded(written), "")
        return has_its_capital(written) or stands_as_name(text, found.start, found.end, word_class)

    def nearest(self, written: str, *, whole: bool) -> tuple[int, list[_Entry]]:
        """Return the number of typing errors in a misspelt name, and the entries that it may refer to.

        If ``whole`` is true, the text must have all words of the name, and only a longer name may have two errors.
        """
        letters, best, nearest = _letters_of(written), 3, list[_Entry]()
        size, words = len(written), written.count(" ")
        for length in range(size - 2, size + 3):
            for name, of_name, entry in self._candidates.get(length, ()):
                same = name.count(" ") == words
                long = length >= (_TWO_SLIPS_WHOLE if whole else _TWO_SLIPS)
                most = 2 if long and name[0] == written[0] and same else 1
                if (letters ^ of_name).bit_count() > 2 * most or (whole and not same):
                    continue
                slips = slips_between(written, name, min(most, best))
                if slips <= most and slips < best:
                    best, nearest = slips, [entry]
                elif slips <= most and slips == best:
                    nearest.append(entry)
        return best, nearest


@lru_cache(maxsize=64)  # one for each authority that recent questions name takes 40 ms to make
def _lexicon(others: tuple[str, ...]) -> _Lexicon:
    return _Lexicon(others)


def _letters_of(name: str) -> int:
    """Return the set of letters in a name as the bits of a number."""
    letters = 0
    for letter in name:
        letters |= 1 << (ord(letter) & 31)
    return letters


def _halves(name: str) -> list[str]:
    """Return the parts of a joint name: "Upper Dene" and "Marl" of "Upper Dene and Marl"."""
    parts = [part.strip() for part in _AND.split(name)]
    neighbours = known_places().neighbours
    words = neighbours.compass | neighbours.ordinary
    return [part for part in parts if len(part) > 3 and part.lower() not in words] if len(parts) > 1 else []


@lru_cache(maxsize=1 << 12)
def _short_forms(name: str) -> frozenset[str]:
    """Return the short forms of a folded name: "n e lincs" for "north east lincolnshire"."""
    if " " not in name:
        return frozenset()  # the data lists the short forms of single words, as some of them are also words
    forms = {name}
    for word, short in known_places().abbreviations.items():
        if word in name:
            forms |= {re.sub(rf"\b{word}\b", letters, form, count=1) for form in forms for letters in short}
    whole = {folded(authority.name) for authority in known_authorities()}
    apart = {form for form in forms if _COMPASS_LETTERS.match(form) and form.partition(" ")[2] not in whole}
    forms |= {_COMPASS_LETTERS.sub(r"\1", form) for form in apart}  # "sglos", but "nsomerset" may be a typing error
    return frozenset(forms - {name})


def _misspelt(text: str, exact: Sequence[_Found], lexicon: _Lexicon) -> list[_Found]:
    """Return the names that a text misspells. They may overlap.

    A misspelt name has a word that is neither English nor part of a name. A short name may have one typing error, and a
    long name two. In a name of several words with one error, all the words may be English: "Isle of Wright".
    """
    found: list[_Found] = []
    words = list(_TOKEN.finditer(text))[:_MOST_WORDS]
    unknown = [_is_unknown(word, text, exact, lexicon) for word in words]
    anchors = [folded(word.group()) in lexicon.anchors for word in words]
    for first in range(len(words)):
        for last in range(first, min(first + _LONGEST_NAME, len(words))):
            if last > first and not _GAP.fullmatch(text, words[last - 1].end(), words[last].start()):
                break
            span = slice(first, last + 1)
            if any(unknown[span]) or (last > first and any(anchors[span])):
                start, end = words[first].start(), words[last].end()
                found += _mended(text, start, end, lexicon, whole=not any(unknown[span]))
    return found


def _is_unknown(word: re.Match[str], text: str, exact: Sequence[_Found], lexicon: _Lexicon) -> bool:
    if any(place.start < word.end() and word.start() < place.end for place in exact):
        return False
    plain = re.sub(r"['’]s$", "", word.group())
    if not plain.isalpha():  # "aren't"
        return False
    abbreviation = plain.isupper() and len(plain) <= _ABBREVIATION and not text.isupper()
    return not (abbreviation or is_english(plain) or folded(plain) in lexicon.known_words)


def _mended(text: str, start: int, end: int, lexicon: _Lexicon, *, whole: bool) -> list[_Found]:
    """Return the name that a part of a text misspells, if there is one."""
    end -= len(text[start:end]) - len(re.sub(r"['’]s$", "", text[start:end]))
    written = folded(text[start:end])
    slips, entries = lexicon.nearest(written, whole=whole)
    if written.endswith("s") and slips:
        without_s = lexicon.nearest(written[:-1], whole=whole)
        slips, entries = min((slips, entries), without_s, key=lambda nearest: nearest[0])
    kind = max((entry.kind for entry in entries), default=_Kind.REGION)
    entries = [entry for entry in entries if entry.kind is kind]
    names = tuple(dict.fromkeys(name for entry in entries for name in entry.names))
    if not slips or not entries or len(names) > _MOST_TIES:
        return []
    entry = replace(entries[0], names=names)
    if not text[start].isupper() and not lexicon.counts(_Found(entry, 0, len(entry.label)), entry.label.lower()):
        return []
    return [_Found(entry, start, end, slips)]
