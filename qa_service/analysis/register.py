"""The improvement register of an authority: what its reports asked to improve, and what became of each item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from corpus.themes import known_themes
from corpus.types import OWN_ACCOUNT, Improvement, Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from qa_service.analysis.outcomes import (
    AskedItem,
    Became,
    Outcome,
    OutcomeModel,
    Related,
    asked_item,
    became,
    outcome_model,
)
from qa_service.analysis.sentences import Rarity, ReadReport, ReadSentence, rarity, read_reports

QUOTES = 3
"""Maximum number of sentences that show what one later report says about an item."""
LEAST_LIKENESS = 0.87
"""Two items are about the same matter if their similarity is at least this.

``benchmarks.remarks.recurring`` prints how many pairs are right at other values."""
_WORD_SHARE = 0.3
"""How much the share of words in common adds to the cosine of two items."""
RULE = (
    "We compare each item with every sentence of the authority’s later reports, by meaning, words and themes. A "
    "trained model works out what each later report says about it. We say “cannot tell” unless the model is at least "
    "70% sure. In our tests, it was that sure in about half of the cases, and 85 in 100 of those were right. For each "
    "item, we show the latest report that says that it has improved or is still an issue. Read the quotes before you "
    "use an outcome."
)
"""Explains to readers how we work out outcomes."""
RECURRING_RULE = (
    "We compare the items in the lists of all the authority’s reports, by meaning and by rare words. In our test with "
    "30 pairs of items, the 8 pairs that we called the same matter were the same, and we missed 7 others."
)
"""Explains to readers how we find what recurs."""


@dataclass(frozen=True, slots=True)
class LaterWord:
    """What one later report says about an item."""

    report: Report
    outcome: Outcome
    certainty: float
    sentences: tuple[ReadSentence, ...]
    """At most three sentences that show the outcome, best first."""


@dataclass(frozen=True, slots=True)
class RegisterItem:
    """An item that a report asked to improve, with what later reports say about it."""

    report: Report
    number: int
    """Its number in the report's list, from 1."""
    improvement: Improvement
    themes: tuple[str, ...]
    """Names of the themes of practice in its text."""
    later: tuple[LaterWord, ...]
    """What each report of a later inspection of the authority says, earliest first."""

    @property
    def latest(self) -> LaterWord | None:
        """The latest report that clearly says what became of the item or, if none does, the latest one that may say so.

        None if no report says anything about the item.
        """
        for wanted in ((Outcome.IMPROVED, Outcome.STILL), (Outcome.CANNOT_TELL,)):
            if found := next((word for word in reversed(self.later) if word.outcome in wanted), None):
                return found
        return None

    @property
    def outcome(self) -> Outcome | None:
        """What became of the item. None if there is no later report yet."""
        if not self.later:
            return None
        return self.latest.outcome if self.latest else Outcome.NOT_MENTIONED


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One matter that two or more reports of an authority asked to improve."""

    items: tuple[RegisterItem, ...]
    """The items, earliest first. They come from at least two reports."""

    def __post_init__(self) -> None:
        if len({item.report.id for item in self.items}) < 2:
            raise ValueError("a matter recurs if at least two reports ask for it")

    @property
    def reports(self) -> int:
        """Number of reports that asked for this."""
        return len({item.report.id for item in self.items})

    @property
    def last(self) -> RegisterItem:
        """The item from the latest of these reports."""
        return self.items[-1]


@dataclass(frozen=True)
class Register:
    """The improvement register of an authority."""

    authority: str
    items: tuple[RegisterItem, ...]
    """The items of all reports, latest report first."""
    recurring: tuple[Recurrence, ...]
    """What two or more reports asked for. Matters that most reports asked for come first, and then the latest."""

    @cached_property
    def counts(self) -> dict[Outcome, int]:
        """For each outcome, the number of items with a later report that have it."""
        outcomes = [item.outcome for item in self.items]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}


def build_register(index: SearchIndex, authority: str, related: Related) -> Register:
    """Return the register of an authority, from the reports in the index that are about it.

    ``related`` returns other words for those of an item. Without an encoder, we read no later reports, and find nothing
    that recurs.
    """
    current = [each for each in index.store.reports if each.authority == authority and not each.superseded_by]
    ordered = sorted(current, key=lambda report: (report_day(report), report.file))
    if index.degraded:
        return Register(authority, tuple(_only_listed(ordered)), ())
    return register_of(authority, read_reports(index, ordered), outcome_model(), related)


def _only_listed(reports: Sequence[Report]) -> Iterator[RegisterItem]:
    """Yield the items of reports, the latest report first, without what became of them."""
    for report in reversed(reports):
        for number, item in enumerate(report.improvements, 1):
            themes = tuple(theme.name for theme in known_themes().themes_of(item.text))
            yield RegisterItem(report, number, item, themes, ())


def register_of(authority: str, read: Sequence[ReadReport], model: OutcomeModel, related: Related) -> Register:
    """Return the register of an authority from its reports, earliest first."""
    weight = rarity(read)
    names = {theme.id: theme.name for theme in known_themes().themes}
    items: list[RegisterItem] = []
    compared: list[AskedItem] = []
    for report in read:
        for number, improvement in enumerate(report.report.improvements, 1):
            asked = asked_item(report, number, related)
            if asked is None:
                continue
            later = [
                _word(each, became(asked, each, weight, model, QUOTES))
                for each in read
                if is_of_later_visit(each.report, report.report)
            ]
            themes = tuple(names[theme] for theme in sorted(asked.themes))
            items.append(RegisterItem(report.report, number, improvement, themes, tuple(later)))
            compared.append(asked)
    recurring = [Recurrence(tuple(items[at] for at in group)) for group in recurring_groups(items, compared, weight)]
    recurring.sort(key=lambda each: (-each.reports, -report_day(each.last.report).toordinal()))
    newest = sorted(items, key=lambda item: (-report_day(item.report).toordinal(), item.report.file, item.number))
    return Register(authority, tuple(newest), tuple(recurring))


def is_of_later_visit(report: Report, asked: Report) -> bool:
    """Return whether a report is the inspectors' own account of an inspection that began after another report's.

    An article does not count, because the visit that it describes has a report of its own. Neither does a report
    without the days of its inspection, because it may be about the same visit.
    """
    began = report.inspected_from or report.inspected_to
    return report.form in OWN_ACCOUNT and began is not None and began > report_day(asked)


def likeness(one: AskedItem, other: AskedItem, weight: Rarity) -> float:
    """Return how similar two items are: the cosine of their vectors, plus more if they share rare words.

    ``weight`` gives the rarity of each word.
    """
    first, second = one.vectors.mean(axis=0), other.vectors.mean(axis=0)
    cosine = float(first @ second / (np.linalg.norm(first) * np.linalg.norm(second)))
    shared, *each = (
        sum(weight.of(term) ** 2 for term in words)
        for words in (one.telling & other.telling, one.telling, other.telling)
    )
    return cosine + _WORD_SHARE * (shared / min(each) if min(each) else 0.0)


def recurring_groups(items: Sequence[RegisterItem], compared: Sequence[AskedItem], weight: Rarity) -> list[list[int]]:
    """Return groups of items about the same matter, by index. Each group comes from at least two reports.

    ``compared`` are the same items in the same order. Each item is in at most one group. In a group, any two items from
    different reports must be similar, so that a chain of items is not one matter if its ends differ.
    """
    pairs = sorted(
        (-likeness(compared[a], compared[b], weight), a, b)
        for a, b in combinations(range(len(items)), 2)
        if items[a].report.id != items[b].report.id
    )
    alike = {(a, b) for minus, a, b in pairs if -minus >= LEAST_LIKENESS}
    group: dict[int, list[int]] = {at: [at] for at in range(len(items))}
    for minus, a, b in pairs:
        if -minus < LEAST_LIKENESS:
            break
        one, other = group[a], group[b]
        if one is not other and all(_fits(items, alike, x, y) for x in one for y in other):
            merged = sorted(one + other)
            group |= dict.fromkeys(merged, merged)
    found = {tuple(of) for of in group.values() if len({items[at].report.id for at in of}) > 1}
    return sorted(map(list, found))


def _fits(items: Sequence[RegisterItem], alike: set[tuple[int, int]], one: int, other: int) -> bool:
    same_report = items[one].report.id == items[other].report.id
    return same_report or (min(one, other), max(one, other)) in alike


def _word(later: ReadReport, says: Became) -> LaterWord:
    return LaterWord(later.report, says.outcome, says.certainty, tuple(later.sentences[at] for at in says.sentences))


def with_outcome(items: Sequence[RegisterItem], outcome: Outcome | None) -> list[RegisterItem]:
    """Return the items with an outcome, or all of them if none is given."""
    return [item for item in items if outcome is None or item.outcome is outcome]


OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.IMPROVED: "Improved",
    Outcome.STILL: "Still an issue",
    Outcome.NOT_MENTIONED: "Not mentioned",
    Outcome.CANNOT_TELL: "Cannot tell",
}
"""The outcomes in words, for readers."""
