"""Finds the kind of a report by the words of ``data/kinds.toml`` in its title and on its first page.

Running text never decides the kind, because it mentions other reports. Some kinds of inspection have their own rules in
the code. Their titles are in ``corpus.facts.inspection_titles``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from corpus.glyphs import clean, is_bullet
from corpus.kind_list import KindEntry, kind_entries
from corpus.types import OTHER_KINDS, Block, Box, Document, Judgement, Kind

_HEAD_LINES = 14
"""We look for the kind in this many lines at the start of a text. Chosen by eye."""
_LONG = 150
"""A line with more characters than this is running text. Chosen by eye."""
_FULL = 60
"""Two consecutive lines with more characters than this are running text. Chosen by eye."""
_FULL_LINE = 80
"""A line with more characters than this is running text if the next line starts in lower case. Chosen by eye."""
_SENTENCE_WITHIN = re.compile(r"(?:\w+\W+){7}.*[a-z]{2}\. [A-Z]")
"""A sentence of at least eight words and the start of the next one, on one line."""
_SENTENCE_WORDS = 8
"""A line that has at least this many words and ends with a full stop is a sentence. Chosen by eye."""
_SALUTATION = re.compile(r"^Dear\b.{2,80}$")
_MOST_OF_LINE = 0.5
"""If less than this share of a line's words name the kind, the text may be news about a report."""
_PAGES = 3
"""We look for grades on this many pages from the start. Chosen by eye."""
_PLACEHOLDERS = {
    "{name}": r"(?P<name>(?!(?:the |an? )?(?:services|local authority|children)\b)[^\n]{2,70}?)",
    "{number}": r"\d[\d ]{4,14}\d",
    "{year}": r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?",
}
_LAST_NAME = r"(?P<name>(?!(?:the |an? )?(?:services|local authority|children)\b)[^\n]{2,80})"
_BEFORE_TITLE = r"^(?:[^\n]{0,40}(?::|\||[-–—])\s+)?"
_SIGN = {"’": "[’'`]?", "'": "[’'`]?", "-": r"[-\u2010-\u2014\s]?", "–": r"[-\u2010-\u2014]"}
_TAKING = r"(?:,?\s+taking\s+into\s+account)?"
"""Words that a report may print after the name of an area."""


@dataclass(frozen=True, slots=True)
class FoundKind:
    """A kind, and the place on the first page that names it."""

    kind: Kind
    entry: KindEntry
    line: int
    """Index of the line that names it, among the lines with text."""
    title: str | None = None
    """The title that names it, if there is one."""
    name: str | None = None
    """The name in that title."""
    names_itself: bool = True
    """Whether most words of the line name the kind. If not, the line may be the headline of an article."""


def entry_of(kind: Kind) -> KindEntry:
    """Return the entry of a kind in the data file."""
    return kind_entries()[kind.value]


def asked_words() -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    """Return the words by which questions name each kind that only the data file defines, with their plurals."""
    return tuple(
        (kind, tuple(word for word in (f"{entry.name}s", entry.name, entry.label, *entry.asked) if word))
        for kind in OTHER_KINDS
        for entry in (entry_of(kind),)
    )


def is_own_account(kind: Kind | None) -> bool:
    """Return whether reports of a kind are written by the people who made the inspection."""
    return kind is None or entry_of(kind).own


def find_kind(opening: str, special: Iterable[Kind] = ()) -> FoundKind | None:
    """Return the first kind named at the start of a text. If it names several at one place, return the longest.

    ``special`` contains the kinds that are found in another way.
    """
    lines = list(head_lines(opening))
    text = "\n".join(lines)
    found: list[tuple[tuple[int, int], FoundKind]] = []
    for kind, entry, titles, words, needed in _patterns(frozenset(special)):
        if needed and not needed.search(opening):
            continue
        for pattern in titles:
            if match := pattern.search(text):
                line = text.count("\n", 0, match.start())
                named = " ".join((match.groupdict().get("name") or "").split()) or None
                title = " ".join(match.group().split())
                found.append(((line, -len(title)), FoundKind(kind, entry, line, title, named)))
        if words and (match := words.search(text)):
            line = text.count("\n", 0, match.start())
            share = len(match.group().split()) / max(1, len(lines[line].split()))
            rank = line, -len(match.group())
            found.append((rank, FoundKind(kind, entry, line, names_itself=share >= _MOST_OF_LINE)))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def head_lines(opening: str) -> Iterator[str]:
    """Yield the first lines of a text.

    A line of running text is yielded as an empty line, so that no kind is found in it.
    """
    lines = [" ".join(line.split()) for line in opening.splitlines() if line.strip()][: _HEAD_LINES + 1]
    for index, line in enumerate(lines[:_HEAD_LINES]):
        beside = lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2]
        runs_on = len(line) > _FULL and any(len(other) > _FULL for other in beside) and index > 0
        runs_on = runs_on and not _SALUTATION.match(lines[index - 1])  # the title of a letter
        goes_on = len(line) > _FULL_LINE and any(other[0].islower() for other in lines[index + 1 : index + 2])
        goes_below = line[:1].islower() and not (index == 1 and _ends_title(lines[0], line))
        prose = len(line) > _LONG or goes_below or _has_sentence(line) or is_bullet(clean(line))
        yield "" if prose or runs_on or goes_on else line


def _ends_title(first: str, line: str) -> bool:
    """Return whether the second line of a text is the end of a short title that starts on the first."""
    return max(len(first), len(line)) <= _FULL and not line.endswith((".", ",", ";")) and not _has_sentence(first)


def _has_sentence(line: str) -> bool:
    """Return whether a line of ordinary length contains or ends a sentence."""
    return (line.endswith(".") and len(line.split()) >= _SENTENCE_WORDS) or bool(_SENTENCE_WITHIN.search(line))


def judgements_of(document: Document, entry: KindEntry) -> tuple[Judgement, ...]:
    """Return the grades that a report's first pages print after the names of the areas of its kind.

    A sentence gives no grade, because it may be about another inspection. An area with two grades has no grade either.
    """
    pattern = _graded(entry.areas, entry.scale)
    if pattern is None:
        return ()
    found: dict[str, list[Judgement]] = {}
    for block in document.blocks:
        for match in pattern.finditer(document.text, block.start, block.end):
            if _has_sentence(_line_of(document.text, match.span(), block)):
                continue
            area = " ".join(match["area"].split())
            judgement = _judgement(document, block, match.span(), area, " ".join(match["grade"].split()))
            if judgement.page <= _PAGES:
                found.setdefault(area.casefold(), []).append(judgement)
    if not found:
        found = _grades_beside(document, entry)
    return tuple(given[0] for given in found.values() if len({one.grade.casefold() for one in given}) == 1)


def _grades_beside(document: Document, entry: KindEntry) -> dict[str, list[Judgement]]:
    """Return the grades that stand alone in a block next to the block of their area, by the area in small letters.

    All grades come after their areas, or all come before them. On a page, a grade before its area must be next to it.
    """
    found: dict[str, list[Judgement]] = {}
    parts = [_part(document, block, entry) for block in document.blocks]
    for is_run, run in groupby(zip(document.blocks, parts, strict=True), key=lambda pair: bool(pair[1])):
        blocks = list(run) if is_run else []
        if len(blocks) % 2 or any(one[1][:1] == other[1][:1] for one, other in pairwise(blocks)):
            continue
        for first, second in zip(blocks[::2], blocks[1::2], strict=True):
            (area_block, area), (grade_block, grade) = (first, second) if first[1][0] == "area" else (second, first)
            span = min(area_block.start, grade_block.start), max(area_block.end, grade_block.end)
            judgement = _judgement(document, area_block, span, area[1], grade[1])
            if judgement.page <= _PAGES and (first[0] is area_block or _is_level(document, area_block, grade_block)):
                found.setdefault(area[1].casefold(), []).append(judgement)
    return found


def _part(document: Document, block: Block, entry: KindEntry) -> tuple[str, ...]:
    """Return "area" or "grade" and the words of a block that is nothing else, or nothing."""
    words = " ".join(document.text[block.start : block.end].split())
    if len(words) > _LONG:
        return ()
    for name, phrases, rest in (("area", entry.areas, _TAKING), ("grade", entry.scale, r"\W{0,3}")):
        if phrases and (whole := re.fullmatch(rf"(?P<words>{any_words(phrases)}){rest}", words, re.IGNORECASE)):
            return name, whole["words"]
    return ()


def _is_level(document: Document, block: Block, other: Block) -> bool:
    """Return whether two blocks are next to each other on a page."""
    one, two = (
        [(line.page, line.box) for line in document.lines_in(b.start, b.end) if line.box] for b in (block, other)
    )
    if not one or not two or len({page for page, _ in (*one, *two)}) > 1:
        return False
    first, second = Box.around([box for _, box in one]), Box.around([box for _, box in two])
    return first.y0 < second.y1 and second.y0 < first.y1 and (first.x1 <= second.x0 or second.x1 <= first.x0)


def _line_of(text: str, span: tuple[int, int], block: Block) -> str:
    """Return the lines of a block that contain a given part of it."""
    start = max(block.start, text.rfind("\n", block.start, span[0]) + 1)
    end = text.find("\n", span[1], block.end)
    return text[start : block.end if end < 0 else end]


def _judgement(document: Document, block: Block, span: tuple[int, int], area: str, grade: str) -> Judgement:
    lines = document.lines_in(*span) or document.lines_in(block.start, block.end)
    page = lines[0].page
    boxes = [line.box for line in lines if line.box and line.page == page]
    return Judgement(area, grade, page, Box.around(boxes) if boxes else None)


@cache
def _graded(areas: tuple[str, ...], scale: tuple[str, ...]) -> re.Pattern[str] | None:
    if not areas or not scale:
        return None
    names = "|".join(map(_words, sorted(areas, key=len, reverse=True)))
    grades = "|".join(map(_words, sorted(scale, key=len, reverse=True)))
    after = r"(?=\s*(?:$|\n|[.|;]|(?-i:[A-Z])))"
    return re.compile(
        rf"(?<!\w)(?P<area>(?-i:(?=[A-Z]))(?:{names}){_TAKING})(?:\s*[:|–—-]\s*|\s+)(?P<grade>{grades}){after}",
        re.IGNORECASE | re.MULTILINE,
    )


_Patterns = tuple[Kind, KindEntry, tuple[re.Pattern[str], ...], re.Pattern[str] | None, re.Pattern[str] | None]


@cache
def _patterns(special: frozenset[Kind]) -> tuple[_Patterns, ...]:
    """Return three patterns for each kind: its titles, its words, and the other words that the page needs one of."""
    return tuple(
        (
            Kind(entry.key),
            entry,
            tuple(map(_title, entry.titles)),
            _any_of(entry.words),
            _any_of(entry.needs),
        )
        for entry in kind_entries().values()
        if Kind(entry.key) not in special and (entry.titles or entry.words)
    )


def _title(title: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+\})", title)
    pattern = ""
    for index, part in enumerate(parts):
        last = not any(parts[index + 1 :])
        if part in _PLACEHOLDERS:
            pattern += _LAST_NAME if last and part == "{name}" else _PLACEHOLDERS[part]
        elif part:
            words = _words(part)
            of_line = index == 2 and parts[0] == "" and words.startswith(r"\s+")
            pattern += words.replace(r"\s+", r"[^\S\n]+", 1) if of_line else words
    start = "^" if parts[0] == "" else _BEFORE_TITLE
    end = r"(?!\w)" if parts[-1] else ""
    return re.compile(f"{start}{pattern}{end}", re.IGNORECASE | re.MULTILINE)


def any_words(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, with any spacing. The longest come first."""
    return "|".join(map(_words, sorted(phrases, key=len, reverse=True)))


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{any_words(phrases)})(?!\w)", re.IGNORECASE) if phrases else None


def _words(phrase: str) -> str:
    """Return a pattern for a phrase that accepts any spaces, apostrophes and dashes."""
    words = r"\s+".join("".join(_SIGN.get(sign, re.escape(sign)) for sign in word) for word in phrase.split())
    before, after = (r"\s+" if edge.isspace() else "" for edge in (phrase[0], phrase[-1]))
    return f"{before}{words}{after}" if words else r"\s+"
