"""The frameworks that kinds of inspection follow, and whether they give grades."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Form, Grading, Judgement, Kind

_FRAMEWORKS = {
    Kind.ILACS: "Inspecting local authority children’s services (ILACS)",
    Kind.SHORT: "Inspecting local authority children’s services (ILACS)",
    Kind.FOCUSED_VISIT: "Inspecting local authority children’s services (ILACS)",
    Kind.SINGLE_INSPECTION: "Single inspection framework (SIF)",
    Kind.LSCB_REVIEW: "Single inspection framework (SIF)",
    Kind.AREA_SEND: "Area SEND framework",
    Kind.JOINT_TARGETED: "Joint targeted area inspections (JTAI)",
}
_UNGRADED = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JOINT_TARGETED)
"""Kinds of inspection that give no grades."""
OWN_ACCOUNT = (Form.REPORT, Form.LETTER)
"""The forms in which an inspection is reported by those who made it."""


def framework_of(kind: Kind | None, form: Form) -> str | None:
    """The framework of an inspection, for its own report or letter."""
    return _FRAMEWORKS.get(kind) if kind and form in OWN_ACCOUNT else None


def grading_of(judgements: Sequence[Judgement], kind: Kind | None, form: Form, *, unread: bool) -> Grading:
    """How a document stands to grades; ``unread`` says that it prints a table which was not understood."""
    if judgements:
        return Grading.GRADED
    if unread:
        return Grading.UNREADABLE
    ungraded = kind in _UNGRADED and form in OWN_ACCOUNT
    return Grading.NOT_JUDGED if ungraded or form is Form.THEMATIC else Grading.NOT_PRINTED
