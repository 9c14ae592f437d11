"""Asks the questions about the samples that were once answered wrongly. ``make prove-answers`` also asks them."""

from __future__ import annotations

import pytest

from benchmarks.proofs.prove_answers import Fault, faults
from qa_service.answering.pipeline import Answerer
from qa_service.types import Question

STILL_WRONG = frozenset({"denial", "comparison", "abbreviation", "person"})
"""The questions that are still answered wrongly. If one of them gets a right answer, remove it from this set."""


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.id)
def test_a_fault_stays_mended(answerer: Answerer, fault: Fault) -> None:
    right = fault.is_right(answerer.answer(Question(fault.question, fault.history)))
    assert right != (fault.id in STILL_WRONG)
