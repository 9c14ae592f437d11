from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from corpus.types import Form, Kind, Report
from qa_service.answering.degradation import CROSS_ENCODER, ENCODER
from qa_service.maintenance.build_jobs import Job, JobState
from qa_service.maintenance.uploads import Outcome
from qa_service.types import AnswerStatus
from web.pages import labels
from web.serving.highlighting import text_lines

SHA = "ab" * 32


def report(**facts: Any) -> Report:
    known: dict[str, Any] = {"file": "a.pdf", "title": "A title", "form": Form.REPORT, "media_type": "application/pdf"}
    return Report(id=SHA[:16], page_count=1, sha256=SHA, **{**known, **facts})


def test_a_report_in_one_line() -> None:
    visit = {"inspected_from": date(2023, 9, 11), "inspected_to": date(2023, 9, 15)}
    assert labels.source(report(authority="Bolton", kind=Kind.ILACS, **visit)) == (
        "Bolton · full inspection · 11 to 15 September 2023"
    )
    article = report(form=Form.ARTICLE, kind=Kind.MONITORING_VISIT, authority="Bolton")
    assert labels.source(article) == "Bolton · news article about a monitoring visit · no date found"
    article = report(form=Form.ARTICLE, kind=Kind.AREA_SEND, authority="Bolton")
    assert labels.described(article) == "news article about an area SEND inspection"
    published = report(form=Form.THEMATIC, published=date(2015, 3, 1), published_source="text")
    assert labels.source(published) == "A title · thematic report · published 1 March 2015"


def test_every_kind_form_and_outcome_has_words() -> None:
    assert set(labels.KINDS) == set(Kind)
    assert set(labels.FORMS) == set(Form)
    assert set(labels.HEADINGS) == set(AnswerStatus)
    assert set(labels.CONFIDENCE) == {labels.confidence(value) for value in (0.0, 0.5, 0.74, 0.75, 1.0)}
    assert [labels.confidence(value) for value in (0.5, 0.69, 0.7, 0.74, 0.75)] == [
        "low",
        "low",
        "medium",
        "medium",
        "high",
    ]
    for one, several in labels.CONFIDENCE.values():
        assert one.startswith("This sentence matches")
        assert several.startswith("These sentences match ")


def test_lines_keep_items_headings_and_marks() -> None:
    text = "Findings\n\nIntro here. More.\n• first item\n• second item"
    start, end = text.index("More"), text.index("first item") + len("first")
    lines = text_lines(text, [(start, end), (start + 1, start + 2)], ["Findings"])
    assert [line.kind for line in lines] == ["heading", "paragraph", "item", "item"]
    assert [part.text for line in lines for part in line.stretches if part.marked] == ["More.", "first"]
    assert "".join(part.text for part in lines[3].stretches) == "second item"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "Reading: 3 of 9"),
        (0.2, "Reading: 3 of 9, about 1 second left"),
        (40.4, "Reading: 3 of 9, about 40 seconds left"),
        (90, "Reading: 3 of 9, about 2 minutes left"),
    ],
)
def test_the_progress_of_a_build_with_the_time_left(seconds: float | None, words: str) -> None:
    job = Job("1", "ada", "2023-09-11T15:15:00+00:00", stage="Reading", done=3, total=9, seconds_left=seconds)
    assert labels.progress(job) == words


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ("2023-09-11T15:15:00+00:00", "Ended on 11 September 2023 at 3:15pm (UTC)"),
        ("2023-09-11T00:05:00+00:00", "Ended on 11 September 2023 at 12:05am (UTC)"),
        ("2023-09-11T12:00:00+00:00", "Ended on 11 September 2023 at 12:00pm (UTC)"),
    ],
)
def test_when_a_build_ended(ended: str, words: str) -> None:
    assert labels.progress(Job("1", "ada", "", state=JobState.DONE, ended=ended)) == words


def test_every_state_outcome_and_degraded_part_has_words() -> None:
    assert set(labels.JOBS) == set(JobState)
    assert set(labels.JOB_NOTES) == set(JobState) - {JobState.DONE}
    assert set(labels.OUTCOMES) == set(Outcome)
    assert labels.degraded((ENCODER, CROSS_ENCODER)).count("We cannot") == 2


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (["page 4"], "page 4"),
        (["page 4", "page 5 (printed page 3), paragraph 8"], "pages 4 to 5 (printed page 3), paragraph 8"),
        (["page 4", "page 5", "page 6"], "pages 4, 5 and 6"),
    ],
)
def test_a_quote_on_several_pages_names_them_together(places: list[str], words: str) -> None:
    shown = (
        labels.before_page(number, len(places)) + labels.in_range(place, number, len(places))
        for number, place in enumerate(places, 1)
    )
    assert "".join(shown) == words
