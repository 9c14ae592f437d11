"""The conditions in a question, each with the words that state it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.grades import Area, Grade, Relation
from corpus.types import ImprovementKind, Kind
from index.types import Stance
from qa_service.understanding.conditions.slots import Extent
from qa_service.understanding.quantities import Direction, Quantity
from qa_service.understanding.times.period import Period


class Wanted(StrEnum):
    """What a question asks for."""

    SENTENCES = "sentences"
    """What reports say, in their own words. All questions ask for this, unless their wording asks for facts."""
    GRADES = "grades"
    """The grades of the authorities that the question names."""
    AREAS = "areas"
    """The areas of one authority that meet a condition."""
    AUTHORITIES = "authorities"
    REPORTS = "reports"
    DATE = "date"
    PERSON = "person"
    YES_OR_NO = "yes-or-no"
    PHRASES = "phrases"
    """Sentences that contain certain words exactly as given."""
    ABSENCE = "absence"
    """Reports that do not contain certain words."""
    BEST_OF = "best-of"
    """Which of several authorities has the better grade."""
    BY_YEAR = "by-year"
    """How many inspections in each year gave a grade, or each of the grades."""


LISTS = (Wanted.AUTHORITIES, Wanted.REPORTS)
"""What a question asks for if its answer is a list."""


class Which(StrEnum):
    """Which of an authority's inspections a question is about."""

    LATEST = "latest"
    FIRST = "first"
    PREVIOUS = "previous"
    """The inspection before the latest one."""
    EACH = "each"
    BEFORE = "before"
    """The inspection before the one that the question gives the time of: "the inspection before 2023's"."""
    AFTER = "after"


DIFFERENT = frozenset({Relation.BETTER, Relation.WORSE})
"""The relations between two different grades."""


class Truth(StrEnum):
    """Which of an authority's inspections must meet a condition."""

    PICKED = "picked"
    """The inspection that the question is about. By default, this is the latest inspection in the time that the
    question names."""
    EVER = "ever"
    """At least one inspection."""
    NEVER = "never"
    """No inspection."""
    ALWAYS = "always"
    """Every inspection."""


class Steps(StrEnum):
    """How many graded inspections a change between two grades may take."""

    ONE = "one"
    """From one inspection to the next: "straight from inadequate to good"."""
    ANY = "any"
    """Other grades may come in between: "all the way from inadequate to outstanding"."""


class Extreme(StrEnum):
    """Which years a question about numbers by year asks for."""

    MOST = "most"
    FEWEST = "fewest"


class AreaScope(StrEnum):
    """Which areas a condition applies to, if it applies to more than one."""

    EVERY = "every"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Span:
    """Words in a question, at ``[start, end)`` in its text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must have words, so it must end after it starts: {self}")


@dataclass(frozen=True, slots=True)
class GradeCondition:
    """The grades that an area may have: "at least good for care leavers"."""

    grades: frozenset[Grade]
    area: Area | AreaScope | None = None
    """The graded area. None means the overall grade, because the question names no area."""
    truth: Truth = Truth.PICKED
    denied: bool = False
    """Whether the question words the condition as a denial, such as "not good". If it does, the label says the same."""

    def __post_init__(self) -> None:
        if not self.grades:
            raise ValueError("a condition that no grade meets can never hold")


@dataclass(frozen=True, slots=True)
class AreaComparison:
    """How the grade of one area compares with that of another: "better for care leavers than overall"."""

    first: Area
    relations: frozenset[Relation]
    """How the first grade may compare with the second."""
    second: Area


@dataclass(frozen=True, slots=True)
class GradeChange:
    """A change from one graded inspection to the next: "from inadequate to good", "got worse"."""

    before: frozenset[Grade]
    after: frozenset[Grade]
    relations: frozenset[Relation] = frozenset(Relation)
    """How the later grade may compare with the earlier one."""
    area: Area | None = None
    latest: bool = False
    """Whether only the change at the latest inspection counts: "still good", "no longer good"."""
    steps: Steps | None = None
    """How many inspections a change between two grades may take. None if the question does not say."""

    than: Period | None = None
    """The time that the grade is compared with: "worse in 2023 than in 2019". None if it is the inspection before."""
    least: int = 1
    """The smallest number of grades between two different grades: "dropped two grades"."""

    @property
    def names_both(self) -> bool:
        """Whether the change is between grades that the question names."""
        return len(self.before) < len(Grade) > len(self.after) and self.before != self.after and not self.latest


@dataclass(frozen=True, slots=True)
class CountCondition:
    """How many inspections an authority must have had: "more than one monitoring visit"."""

    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        if self.most is not None and self.most < self.least:
            raise ValueError(f"no count can be at least {self.least} and at most {self.most}")

    def allows(self, number: int) -> bool:
        """Whether a number meets the condition."""
        return self.least <= number and (self.most is None or number <= self.most)


@dataclass(frozen=True, slots=True)
class NumberBound:
    """The range ``[low, high]`` in which a number must be: "more than 20 cases", "under the age of five"."""

    counted: frozenset[str] = frozenset()
    """Search terms for what is counted. One of them must be close to the number. Empty if the question does not say
    what is counted."""
    low: float = -math.inf
    high: float = math.inf
    strict: bool = False
    """Whether ``low`` and ``high`` are outside the range."""

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"no number is both at least {self.low} and at most {self.high}")

    def allows(self, quantity: Quantity) -> bool:
        """Whether a quantity is in the range, or is a limit at the same end of it."""
        inside = self.low < quantity.value < self.high if self.strict else self.low <= quantity.value <= self.high
        same_end = (quantity.value, quantity.direction) in ((self.low, Direction.UP), (self.high, Direction.DOWN))
        return (inside or same_end) and (not self.counted or not self.counted.isdisjoint(quantity.near))


@dataclass(frozen=True, slots=True)
class Limit:
    """Words that limit which sentences can answer a question: "at weekends", "over the age of 60"."""

    span: Span
    """Position of the words in the question."""
    words: frozenset[str] = frozenset()
    """The search terms that the words contain."""
    needed: tuple[frozenset[str], ...] = ()
    """The search terms that a sentence must contain, each with its alternatives. If a set is empty, no sentence meets
    the limit."""
    bound: NumberBound | None = None
    """The range that a number in the sentence must be in."""

    def __post_init__(self) -> None:
        if not self.needed and not self.bound:
            raise ValueError("a limit that every sentence meets limits nothing")

    def is_met_by(self, terms: Collection[str], quantities: Iterable[Quantity]) -> bool:
        """Whether a text with the given search terms and quantities meets the limit."""
        has_number = self.bound is None or any(map(self.bound.allows, quantities))
        return has_number and all(not allowed.isdisjoint(terms) for allowed in self.needed)


@dataclass(frozen=True, slots=True)
class ThemeCondition:
    """What a report must say about a theme of practice, such as "criticise supervision"."""

    themes: tuple[str, ...]
    """Ids of themes. A report must praise or criticise at least one of these themes."""
    stance: Stance
    words: str
    """The words of the question that name the themes."""

    def __post_init__(self) -> None:
        if not self.themes or not self.words:
            raise ValueError("a condition on a theme names it")


@dataclass(frozen=True, slots=True)
class SubjectCondition:
    """What a report must say about a subject in the person's own words, such as "praise edge of care work"."""

    words: str
    """The words for the subject, as in the question."""
    stance: Stance | None = None
    """Whether the report must praise or criticise the subject. None if a mention is enough."""
    aspect: str = ""
    """Id of the aspect that the report must mention, such as timeliness. Empty if no aspect is needed."""
    clearest_first: bool = False
    """Whether the reports with the clearest sentences come first, instead of the newest: "good examples of …"."""
    in_list: bool = False
    """Whether the report must ask for the subject in its own list of what must improve: "list supervision under …"."""

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise ValueError("a condition on a subject names it")


@dataclass(frozen=True, slots=True)
class FocusCondition:
    """What visits must have looked at, such as "looked at the front door"."""

    words: str = ""
    """The words of the question for the subject. Empty if it asks what the visits looked at."""


@dataclass(frozen=True, slots=True)
class OrderCondition:
    """The order of the answer, by the day of the inspection: "newest first"."""

    newest_first: bool
    span: Span
    """Position of the words in the question."""


Condition = GradeCondition | AreaComparison | GradeChange


@dataclass(frozen=True, slots=True)
class LocatedCondition:
    """A condition, and the parts of the slotted text that state it."""

    condition: Condition
    extents: tuple[Extent, ...]
    certain: bool = False
    """Whether the words can only mean grades. "Less than good" can only mean a grade, but "good" has other meanings."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a question asks for, what limits it, and which of its words we could not apply."""

    wanted: Wanted = Wanted.SENTENCES
    counts: bool = False
    """Whether the question asks how many there are, rather than which ones."""
    share: bool = False
    """Whether the question asks for a share: "what proportion of authorities"."""
    kinds: tuple[Kind, ...] = ()
    """The kinds of inspection that the question names. Empty if it names none."""
    each_of_kinds: tuple[tuple[Kind, ...], ...] = ()
    """The kinds of inspection, if an authority must have had one of each: "both an inspection and a visit"."""
    other_kinds: tuple[Kind, ...] = ()
    """The kinds of inspection that the question leaves out."""
    asserts: bool = False
    """Whether the question also asks for yes or no, in addition to what ``wanted`` says: "Did Leeds have a monitoring
    visit?"."""
    of_all: bool = False
    """Whether such a question asks if all items fit: "Is every authority good?"."""
    grades: tuple[Condition, ...] = ()
    """The conditions on grades. All must be met, unless ``any_of`` is true."""
    any_of: bool = False
    which: Which | None = None
    number: CountCondition | None = None
    newest: int | None = None
    """How many of the newest reports the question asks for or chooses from: "the five most recent reports". None if the
    question does not say. If the question also has a condition on grades alone, it chooses the reports before we apply
    that condition."""
    newest_that_fit: int | None = None
    """How many reports the question asks for, if it asks for the newest that meet its conditions: "the five most recent
    reports that criticise supervision". None if the question asks for all of them."""
    newest_of_each: bool = False
    """Whether only the newest report of each authority counts: "criticised in their last inspection"."""
    is_new: bool = False
    """Whether the question asks what is new, so that its times are times of publication: "What's new since June?"."""
    since_last_full: bool = False
    """Whether the question is about what came after each authority's last full inspection."""
    since_inspection: tuple[Kind, ...] | None = None
    """The kinds of the inspection at the time in the question, if it asks what came after it: "since the 2023
    inspection". Empty if the inspection may be of any kind. None if the question does not ask this."""
    led_by: str = ""
    """Who led the inspections that the question is about. Empty if the question names nobody."""
    date_of: str = ""
    """The date that the question asks for or counts by: "inspected" or "published". Empty if the question asks for no
    date."""
    relations: frozenset[Relation] = frozenset()
    """How the grade compares with the other grades, if the question asks for ``BEST_OF``. Otherwise empty."""
    excluded: tuple[str, ...] = ()
    """Authorities that the question leaves out."""
    phrases: tuple[str, ...] = ()
    """Words in quotation marks, which the answer must contain exactly as given."""
    absent: str = ""
    """Words that the reports must not contain in any form: "reports that do not mention …"."""
    theme: ThemeCondition | None = None
    """What the reports must say about a theme of practice, if the question asks to list or count reports or
    authorities."""
    subject: SubjectCondition | None = None
    """What the reports must say about any other subject, if the question asks to list or count them."""
    own_list: ImprovementKind | None = None
    """The kind of item that the reports' own lists must have, if the question uses this to list or count reports."""
    focus: FocusCondition | None = None
    """What visits must have looked at, if the question uses this to list or count them. Without words, the question
    asks what they looked at."""
    extreme: Extreme | None = None
    """Which years the question asks for, if it asks for numbers by year: "Which year had the most …". None if it asks
    for all."""
    by_authority: str = ""
    """Whether the question asks how many inspections each authority had, with the "most" or the "fewest" first."""
    by_year: bool = False
    """Whether the question asks for the number of reports in each year."""
    order: OrderCondition | None = None
    """The order that the question asks for. None if the question asks for no order."""
    limits: tuple[Limit, ...] = ()
    """The limits that a quoted sentence must meet. Empty for questions that facts answer."""
    not_applied: tuple[Span, ...] = ()
    """Words that look like a condition, but that we could not apply."""

    @property
    def is_about_facts(self) -> bool:
        """Whether the facts of reports answer the question without a search."""
        return self.wanted is not Wanted.SENTENCES
