"""The improvement register of an authority: what its reports asked to improve, and what became of each item."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from corpus.themes import known_themes
from corpus.types import Improvement, Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from qa_service.analysis.matters import known_matters
from qa_service.analysis.outcomes import (
    Again,
    AskedItem,
    Became,
    Outcome,
    OutcomeModel,
    Related,
    asked_item,
    became,
    outcome_model,
)
from qa_service.analysis.recurring import (
    Group,
    as_one,
    groups_of,
    is_of_later_visit,
    likelihoods,
    others_of,
    same_remit,
)
from qa_service.analysis.sentences import ReadReport, ReadSentence, rarity, read_reports

QUOTES = 3
"""Maximum number of sentences to show from one later report about an item."""
LEAST_AGAIN = 0.85
"""A later report raises a matter again if the outcome “still an issue” is at least this likely.

In cross-validation on the training reports, 94 in 100 of these were right."""
RULE = (
    "We compare each item with every sentence of the authority’s later reports, by meaning, words and themes. A "
    "trained model works out what each later report says about it. We say “cannot tell” unless the model is at least "
    "70% sure, or 80% for “improved”. In our tests, it was that sure in 61 of 100 cases, and right in 89 of every 100 "
    "of these. For each item, we show the latest report which says that it has improved or is still an issue. Read "
    "the quotes before you use an outcome."
)
"""An explanation for readers of how we work out outcomes."""
RECURRING_RULE = (
    "We compare the items in the lists of all the authority’s reports, by meaning, words and a list of matters. We "
    "also count a later report that criticises a matter in different words, if our model is at least 85% sure. We "
    "tested this with 270 pairs of items. We listed 83 pairs as one matter, of which 73 were about the same matter, "
    "and we missed 29 others. Read the quotes before you say that a matter keeps coming back."
)
"""An explanation for readers of how we find what keeps coming back."""


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
    """The item's number in the report's list, from 1."""
    improvement: Improvement
    themes: tuple[str, ...]
    """Names of the themes of practice in the item's text."""
    later: tuple[LaterWord, ...]
    """What each report of a later inspection of the same services says about the item, earliest first."""

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
    """One matter that two or more reports of an authority raise."""

    matters: frozenset[str]
    """The ids of the matters that the items have in common. Empty if the items are alike but are not about any of the
    matters that we know."""
    items: tuple[RegisterItem, ...]
    """The items that ask for it in the reports, earliest first."""
    again: tuple[LaterWord, ...] = ()
    """Later reports that criticise the matter but have none of these items, earliest first."""

    def __post_init__(self) -> None:
        if self.reports < 2:
            raise ValueError("a matter recurs if at least two reports raise it")

    @property
    def name(self) -> str:
        """The name of the matter: "Supervision". Empty if it is not one that we know."""
        return known_matters().name_of(self.matters)

    @property
    def reports(self) -> int:
        """Number of reports that raise the matter."""
        return len({report.id for report in self.raised_in})

    @property
    def raised_in(self) -> list[Report]:
        """The report of each item, and of each later report that criticises the matter."""
        return [*(item.report for item in self.items), *(word.report for word in self.again)]

    @property
    def last(self) -> date:
        """The day of the latest of these reports."""
        return max(report_day(report) for report in self.raised_in)


@dataclass(frozen=True)
class Register:
    """The improvement register of an authority."""

    authority: str
    items: tuple[RegisterItem, ...]
    """The items of all reports, latest report first."""
    recurring: tuple[Recurrence, ...]
    """The matters that two or more reports raise. The matters that most reports raise come first. Among these, the
    latest comes first."""

    @cached_property
    def counts(self) -> dict[Outcome, int]:
        """For each outcome, the number of items that have it. Items without a later report are left out."""
        outcomes = [item.outcome for item in self.items]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}


def build_register(index: SearchIndex, authority: str, related: Related) -> Register:
    """Return the register of an authority, from the reports in the index that are about it.

    ``related`` returns other words for the words of an item. Without an encoder, we do not read later reports, and find
    nothing that keeps coming back.
    """
    current = [each for each in index.store.reports if each.authority == authority and not each.superseded_by]
    ordered = sorted(current, key=lambda report: (report_day(report), report.file))
    if index.degraded:
        return Register(authority, tuple(_only_listed(ordered)), ())
    return register_of(authority, read_reports(index, ordered), outcome_model(), related)


def _only_listed(reports: Sequence[Report]) -> Iterator[RegisterItem]:
    """Yield the items of reports, with the latest report first, but without their outcomes."""
    for report in reversed(reports):
        for number, item in enumerate(report.improvements, 1):
            themes = tuple(theme.name for theme in known_themes().themes_of(item.text))
            yield RegisterItem(report, number, item, themes, ())


def register_of(authority: str, read: Sequence[ReadReport], model: OutcomeModel, related: Related) -> Register:
    """Return the register of an authority from its reports, earliest first."""
    weight = rarity(read)
    names = {theme.id: theme.name for theme in known_themes().themes}
    asked: list[tuple[ReadReport, int, AskedItem]] = [
        (report, number, item)
        for report in read
        for number in range(1, len(report.report.improvements) + 1)
        if (item := asked_item(report, number, related))
    ]
    compared = [item for _, _, item in asked]
    likely = likelihoods([report.report for report, _, _ in asked], compared, weight)
    again = _again(asked, likely)
    items = [
        RegisterItem(
            report.report,
            number,
            report.report.improvements[number - 1],
            tuple(names[theme] for theme in sorted(item.themes)),
            tuple(
                _word(each, became(item, each, again.get((at, each.report.id), {}), weight, model, QUOTES))
                for each in read
                if is_of_later_visit(each.report, report.report) and same_remit(each.report, report.report)
            ),
        )
        for at, (report, number, item) in enumerate(asked)
    ]
    newest = sorted(items, key=lambda item: (-report_day(item.report).toordinal(), item.report.file, item.number))
    return Register(authority, tuple(newest), tuple(_recurring(items, compared, likely)))


def _again(
    asked: Sequence[tuple[ReadReport, int, AskedItem]], likely: Mapping[tuple[int, int], float]
) -> dict[tuple[int, str], Again]:
    """Return how likely a report is to ask for an earlier item again, by that item's index and the report's id."""
    found: dict[tuple[int, str], dict[int, float]] = {}
    for (a, b), probability in likely.items():
        for one, other in ((a, b), (b, a)):
            report, number, _ = asked[other]
            found.setdefault((one, report.report.id), {})[number] = probability
    return {key: dict(numbers) for key, numbers in found.items()}


def _recurring(
    items: Sequence[RegisterItem], compared: Sequence[AskedItem], likely: Mapping[tuple[int, int], float]
) -> list[Recurrence]:
    """Return the matters that two or more reports raise, starting with those that most reports raise.

    ``compared`` contains the same items in the same order.
    """
    reports = [item.report for item in items]
    groups = groups_of(reports, compared, likely)
    others = [group for group in others_of(reports, compared, groups) if _recurrence(items, group)]
    found = [_recurrence(items, group) for group in as_one(reports, (*groups, *others))]
    return _most_first([each for each in found if each])


def _recurrence(items: Sequence[RegisterItem], group: Group) -> Recurrence | None:
    """Return the matter of a group, with the later reports that criticise it. None if only one report raises it."""
    members = tuple(items[at] for at in group.members)
    again = raised_again(members, group.matters)
    several = len({item.report.id for item in members} | {word.report.id for word in again}) > 1
    return Recurrence(group.matters, members, again) if several else None


def raised_within(recurring: Sequence[Recurrence], reports: Collection[str]) -> list[Recurrence]:
    """Return the matters that two or more of the given reports raise, with only those reports.

    ``reports`` contains ids.
    """
    found = []
    for matter in recurring:
        items = tuple(item for item in matter.items if item.report.id in reports)
        again = tuple(word for word in matter.again if word.report.id in reports)
        if len({item.report.id for item in items} | {word.report.id for word in again}) > 1:
            found.append(replace(matter, items=items, again=again))
    return _most_first(found)


def _most_first(found: Iterable[Recurrence]) -> list[Recurrence]:
    return sorted(_once(found), key=lambda each: (-each.reports, -each.last.toordinal(), each.name))


def _once(found: Iterable[Recurrence]) -> list[Recurrence]:
    """Return the matters, leaving out each one that another matter covers with the same items and reports.

    The other matter then has both names.

    “Thresholds of early help” asks for early help and for thresholds. If every item about thresholds is about early
    help, and the same reports raise both, a reader would count one matter twice.
    """
    once: list[Recurrence] = []
    for each in sorted(found, key=lambda each: -len(each.items)):
        wider = next((at for at, other in enumerate(once) if _is_within(each, other)), None)
        if wider is None:
            once.append(each)
        else:
            once[wider] = replace(once[wider], matters=once[wider].matters | each.matters)
    return once


def _is_within(one: Recurrence, other: Recurrence) -> bool:
    """Whether all items of a matter belong to another matter that the same reports raise."""
    items, others = ({(item.report.id, item.number) for item in each.items} for each in (one, other))
    reports, of_other = ({report.id for report in each.raised_in} for each in (one, other))
    return bool(one.matters and other.matters) and items <= others and reports == of_other


def raised_again(items: Sequence[RegisterItem], matters: frozenset[str]) -> tuple[LaterWord, ...]:
    """Return the later reports that clearly criticise the matters of some items but have no item in the group."""
    listed = {item.report.id for item in items}
    words = [
        about
        for item in items
        for word in item.later
        if word.outcome is Outcome.STILL and word.certainty >= LEAST_AGAIN
        if word.report.id not in listed
        if (about := _about(word, matters))
    ]
    surest: dict[str, LaterWord] = {}
    for word in sorted(words, key=lambda word: word.certainty):
        surest[word.report.id] = word
    return tuple(sorted(surest.values(), key=lambda word: report_day(word.report)))


def _about(word: LaterWord, matters: frozenset[str]) -> LaterWord | None:
    """Return what a later report says about some matters, with only the sentences on them.

    None if there is no such sentence.
    """
    sentences = tuple(each for each in word.sentences if each.matters & matters or not matters)
    return replace(word, sentences=sentences) if sentences else None


def _word(later: ReadReport, says: Became) -> LaterWord:
    return LaterWord(later.report, says.outcome, says.certainty, tuple(later.sentences[at] for at in says.sentences))


def with_outcome(items: Sequence[RegisterItem], outcome: Outcome | None) -> list[RegisterItem]:
    """Return the items with the given outcome, or all items if none is given."""
    return [item for item in items if outcome is None or item.outcome is outcome]


OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.IMPROVED: "Improved",
    Outcome.STILL: "Still an issue",
    Outcome.NOT_MENTIONED: "Not mentioned",
    Outcome.CANNOT_TELL: "Cannot tell",
}
"""The outcomes in words, for readers."""
