"""The parts that make up a pipeline. An ablation leaves some of them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from qa_service.answering.kinds.comparison import Comparison
from qa_service.answering.kinds.counts.listed_count import ListedCount
from qa_service.answering.kinds.counts.lists_over_time import ListsOverTime
from qa_service.answering.kinds.counts.own_list_count import OwnListCount
from qa_service.answering.kinds.counts.subject_count import SubjectCount
from qa_service.answering.kinds.counts.theme_count import ThemeCount
from qa_service.answering.kinds.counts.theme_ranking import ThemeRanking
from qa_service.answering.kinds.counts.visit_focus import VisitFocus
from qa_service.answering.kinds.facts import Facts
from qa_service.answering.kinds.grades.grade import GradeOf
from qa_service.answering.kinds.grades.grade_premise import GradePremise
from qa_service.answering.kinds.grades.graded_parts import PartsOfInspection
from qa_service.answering.kinds.grades.past_grades import PastGrades
from qa_service.answering.kinds.headlines import Headlines
from qa_service.answering.kinds.improvements import Improvements
from qa_service.answering.kinds.items_on import ItemsOn
from qa_service.answering.kinds.kind import KindOfQuestion
from qa_service.answering.kinds.matter import MatterOverTime
from qa_service.answering.kinds.more_of_list import MoreOfList
from qa_service.answering.kinds.named_thing import NamedThing
from qa_service.answering.kinds.passages import Passages
from qa_service.answering.kinds.phrases import ExactPhrases
from qa_service.answering.kinds.post_holder import PostHolder
from qa_service.answering.kinds.register import ImprovementRegister
from qa_service.answering.kinds.related import Related
from qa_service.answering.kinds.summary import Summary
from qa_service.answering.kinds.theme import Theme
from qa_service.answering.kinds.waits import Waits
from qa_service.answering.retrieval import RetrievalParts
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.named_things import requirements_for
from qa_service.understanding.requirements import Requirements

ALL_KINDS: tuple[KindOfQuestion, ...] = (
    Related(),
    ExactPhrases(),
    ImprovementRegister(),
    MatterOverTime(),
    GradePremise(),
    ThemeRanking(),
    ThemeCount(),
    SubjectCount(),
    ListedCount(),
    OwnListCount(),
    ItemsOn(),
    PostHolder(),
    VisitFocus(),
    Waits(),
    PastGrades(),
    PartsOfInspection(),
    Facts(),
    GradeOf(),
    ListsOverTime(),
    Improvements(),
    Headlines(),
    Summary(),
    Comparison(),
    MoreOfList(),
    NamedThing(),
    Theme(),
    Passages(),
)
"""The kinds of question, in the order in which the pipeline tries them."""


@dataclass(frozen=True, slots=True)
class Composition:
    """The parts of a pipeline."""

    kinds: tuple[KindOfQuestion, ...] = ALL_KINDS
    retrieval: RetrievalParts = field(default_factory=RetrievalParts)
    adjust: tuple[Callable[[Interpretation], Interpretation], ...] = ()
    """Functions that are applied to each interpretation, in order."""
    requirements_for: Callable[[Interpretation], Requirements] = requirements_for
    screens: bool = True
    """Whether questions that no report can answer are recognised before the search."""
    uses_cross_encoder: bool = True
