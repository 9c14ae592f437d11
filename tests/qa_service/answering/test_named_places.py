from __future__ import annotations

import pytest

from qa_service.answering.named_places import note_places
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.qa_service.conftest import TODAY


@pytest.fixture
def note(make_report):
    reports = [make_report(name, authority=name) for name in ("Kent", "Kingston upon Hull")]
    return lambda text: note_places(interpret_in_context(text, (), reports, TODAY))


def test_a_district_is_said_to_belong_to_its_authority(note):
    assert note("care leavers in canterbury") == "Canterbury is in Kent."


def test_a_region_is_said_not_to_limit_the_answer(note):
    assert note("neglect in Merseyside") == (
        "We cannot limit an answer to a region, so this answer may include authorities outside Merseyside."
    )
    assert note("neglect in Merseyside and Tyne and Wear").endswith("outside Merseyside and Tyne and Wear.")


def test_nothing_is_said_about_an_authority(note):
    assert note("neglect in Kent") == ""
