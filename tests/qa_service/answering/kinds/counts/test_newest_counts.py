"""Tests of counts and lists of what the newest reports say, list or give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from index.types import Filters
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, Question

WEAK = "Supervision is weak, irregular and poorly recorded."
STRONG = "Supervision is strong, regular and well recorded."
FOSTERING = "Staff visit each child in private fostering in good time."


@dataclass(frozen=True)
class Letter:
    """An invented report."""

    authority: str
    days: str
    published: str
    says: str
    grade: str = ""
    """The overall grade of an inspection. Empty for a focused visit."""
    improve: str = "The range of homes for children in care."
    urgent: str = ""

    @property
    def html(self) -> str:
        """The report as a web page."""
        of = f"{self.authority} local authority children’s services"
        title = f"Inspection of {of}" if self.grade else f"Focused visit to {of}"
        grade = (
            f"<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>Overall effectiveness</td><td>{self.grade}</td>"
            "</tr></table>"
        )
        urgent = f"<h2>Areas for priority action</h2><ul><li>{self.urgent}</li></ul>"
        return (
            f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>"
            f"<p>Inspection dates: {self.days}</p><p>Published: {self.published}</p>{grade if self.grade else ''}"
            f"<p>Leaders know their services well.</p>{urgent if self.urgent else ''}"
            f"<h2>What needs to improve</h2><ul><li>{self.improve}</li></ul>"
            f"<h2>Findings</h2><p>{self.says}</p></main></body></html>"
        )


SUPERVISION = "The quality of supervision for all staff."
URGENT = "Managers must see every contact within a day."
LETTERS = (
    Letter("Dunsmere", "3 to 4 June 2019", "9 July 2019", WEAK, improve=SUPERVISION, urgent=URGENT),
    Letter("Dunsmere", "10 to 21 May 2021", "2 July 2021", WEAK, grade="Inadequate"),
    Letter("Ravensby", "9 to 10 May 2022", "20 June 2022", FOSTERING),
    Letter("Ravensby", "6 to 17 March 2023", "2 May 2023", f"{STRONG} {FOSTERING}", grade="Good"),
    Letter("Aldermere", "5 to 16 February 2024", "3 April 2024", WEAK, grade="Inadequate", urgent=URGENT),
    Letter("Aldermere", "14 to 15 January 2025", "20 August 2025", FOSTERING),
    Letter("Pellbrook", "4 to 5 March 2025", "12 June 2025", WEAK, improve=SUPERVISION),
)
"""Four focused visits and three inspections, oldest first. The last two were published in the other order."""


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder) -> Answerer:
    """An answerer for the letters above."""
    folder = tmp_path_factory.mktemp("newest")
    paths = []
    for number, letter in enumerate(LETTERS):
        paths.append(folder / f"letter-{number}.html")
        paths[-1].write_text(letter.html, encoding="utf-8")
    data = DataFolder.prepare(folder / "data")
    Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None).build(paths)
    return Answerer.open(data, encoder, remembered=0)


@pytest.fixture
def ask_letters(letters: Answerer) -> Callable[..., Answer]:
    """Ask a question of the letters above."""
    return lambda text, **limits: letters.answer(Question(text, **limits))


def quoted(answer: Answer) -> list[tuple[str, int]]:
    """Return the authority and the year of the report that each statement of an answer cites."""
    reports = [answer.citations[statement.citations[0] - 1].report for statement in answer.statements]
    return [(str(report.authority), report.inspected_to.year) for report in reports if report.inspected_to]


@pytest.mark.parametrize(
    ("question", "sentence", "reports"),
    [
        (
            "How many of the three most recent visits criticise supervision?",
            "1 of the 3 newest reports on visits criticises supervision.",
            [("Pellbrook", 2025)],
        ),
        (
            "Which of the last two inspections criticise supervision?",
            "1 of the 2 newest reports on inspections criticises supervision.",
            [("Aldermere", 2024)],
        ),
        (
            "Of the three latest reports, how many criticise supervision?",
            "2 of the 3 newest reports criticise supervision.",
            [("Pellbrook", 2025), ("Aldermere", 2024)],
        ),
        (
            "Do any of the last 2 full inspections criticise supervision?",
            "1 of the 2 newest reports on full inspections criticises supervision.",
            [("Aldermere", 2024)],
        ),
        (
            "How many of the three most recent visits mention private fostering?",
            "2 of the 3 newest reports on visits mention private fostering.",
            [("Aldermere", 2025), ("Ravensby", 2022)],
        ),
        (
            "In the last two focused visits, which mention private fostering?",
            "1 of the 2 newest reports on focused visits mentions private fostering.",
            [("Aldermere", 2025)],
        ),
        (
            "How many of the three most recent visits list supervision under what needs to improve?",
            "1 of the 3 newest reports on visits lists supervision among what must improve.",
            [("Pellbrook", 2025)],
        ),
        (
            "How many of the four newest reports have an area for priority action?",
            "1 of the 4 newest reports lists an area for priority action. It is about Aldermere.",
            [("Aldermere", 2024)],
        ),
        (
            "What are the three most recent visits, and how many of them mention private fostering?",
            "2 of the 3 newest reports on visits mention private fostering.",
            [("Aldermere", 2025), ("Ravensby", 2022)],
        ),
        (
            "How many of the two newest reports say “well recorded”?",
            "Neither of the 2 newest reports that we searched contains exactly the words “well recorded”.",
            [],
        ),
        (
            "Which of the last three reports do not mention supervision?",
            "1 of the 3 newest reports that we searched has no passage with the word “supervision” in any form.",
            [("Aldermere", 2025)],
        ),
        (
            "How many of the last two inspections were rated inadequate?",
            "1 of the 2 newest reports on inspections, by the last day of the inspection or visit, gives Inadequate",
            [("Aldermere", 2024)],
        ),
    ],
)
def test_only_the_newest_reports_are_looked_at(
    ask_letters: Callable[..., Answer], question: str, sentence: str, reports: list[tuple[str, int]]
) -> None:
    answer = ask_letters(question)
    assert answer.reason.startswith(sentence)
    assert quoted(answer) == reports
    assert not answer.not_applied
    assert answer.summary is not None
    assert (answer.summary.count, answer.total) == (len(reports), len(reports))


def test_the_newest_reports_are_named(ask_letters: Callable[..., Answer]) -> None:
    named = ask_letters("How many of the three most recent visits criticise supervision?").note
    assert (
        "By the last day of the inspection or visit, the newest are Pellbrook (March 2025), Aldermere (January 2025) and "
        "Ravensby (May 2022)."
    ) in named
    of_one = ask_letters("How many of Aldermere's last two reports criticise supervision?")
    assert of_one.reason.startswith("1 of the 2 newest reports on Aldermere criticises supervision.")
    assert (
        "the newest are the focused visit of 14 to 15 January 2025 and the inspection of 5 to 16 February 2024."
    ) in of_one.note


def test_other_conditions_limit_the_reports_from_which_the_newest_are_taken(
    ask_letters: Callable[..., Answer],
) -> None:
    of_year = ask_letters("How many of the last two reports before 2023 criticise supervision?")
    assert of_year.reason.startswith("1 of the 2 newest reports from before 2023 criticises supervision.")
    assert quoted(of_year) == [("Dunsmere", 2021)]
    of_grade = ask_letters("How many of the two most recent inadequate inspections mention private fostering?")
    assert of_grade.reason.startswith(
        "Neither of the 2 newest reports on inspections that give Inadequate overall mentions private fostering."
    )
    rated = ask_letters("How many of the last two inspections rated inadequate have an area for priority action?")
    assert rated.reason.startswith("1 of the 2 newest reports on inspections that give Inadequate overall lists")
    filtered = ask_letters(
        "How many of the two latest reports criticise supervision?", filters=Filters(authority=("Dunsmere",))
    )
    assert filtered.reason.startswith("Both newest reports criticise supervision.")


def test_the_words_for_the_newest_are_shown_and_can_be_removed(ask_letters: Callable[..., Answer]) -> None:
    question = "How many of the three most recent visits criticise supervision?"
    assert ask_letters(question).understood == ("the 3 newest",)
    without = ask_letters(question, set_aside=("the 3 newest",))
    assert without.reason.startswith("2 of the 4 reports on visits criticise supervision.")
    each = ask_letters("Which authorities were criticised for supervision in their last inspection?")
    assert each.understood == ("the newest of each authority",)


def test_fewer_reports_than_the_question_names_are_all_looked_at(ask_letters: Callable[..., Answer]) -> None:
    answer = ask_letters("How many of the last ten inspections criticise supervision?")
    assert answer.reason.startswith("2 of the 3 reports on inspections criticise supervision.")
    assert "We have only 3." in answer.note
    single = ask_letters("How many of the last five visits in 2019 criticise supervision?")
    assert "Dunsmere’s focused visit of 3 to 4 June 2019. It criticises supervision. We have only 1." in single.reason


def test_the_single_newest_report_is_named_in_the_sentence(ask_letters: Callable[..., Answer]) -> None:
    answer = ask_letters("Does the most recent full inspection criticise supervision?")
    assert answer.reason.startswith(
        "The newest report on a full inspection is the report on Aldermere’s inspection of 5 to 16 February 2024. "
        "It criticises supervision."
    )
    other = ask_letters("Does the latest visit mention private fostering?")
    assert other.status is AnswerStatus.NOT_IN_REPORTS
    assert "Pellbrook’s focused visit of 4 to 5 March 2025. It does not mention private fostering." in other.reason


def test_visits_are_to_an_authority(ask_letters: Callable[..., Answer]) -> None:
    answer = ask_letters("How many of the last two visits to Ravensby or Dunsmere mention private fostering?")
    assert answer.reason.startswith(
        "1 of the 2 newest reports on visits to Ravensby and Dunsmere mentions private fostering."
    )


def test_the_newest_reports_that_fit_may_not_be_the_newest_reports(ask_letters: Callable[..., Answer]) -> None:
    answer = ask_letters("What are the two most recent reports that mention private fostering?")
    assert answer.reason.startswith(
        "These are the 2 newest of the 3 reports that mention private fostering. We looked at 7."
    )
    assert quoted(answer) == [("Aldermere", 2025), ("Ravensby", 2023)]
    assert answer.summary is not None
    assert (answer.summary.count, answer.summary.of, answer.total) == (2, 3, 2)
    exact = ask_letters("What is the newest report that says “well recorded”?")
    assert quoted(exact) == [("Ravensby", 2023)]
    graded = ask_letters("List the last two inspections rated inadequate")
    assert quoted(graded) == [("Aldermere", 2024), ("Dunsmere", 2021)]


def test_the_last_ones_published_are_in_the_order_of_publication(ask_letters: Callable[..., Answer]) -> None:
    answer = ask_letters("Which of the two most recently published reports criticise supervision?")
    assert (
        "By the date of publication, the newest are Aldermere (August 2025) and Pellbrook (June 2025)." in answer.note
    )
    listed = ask_letters("What are the two most recently published reports?")
    assert listed.reason.startswith("These are the 2 newest of our 7 reports, by the date of publication.")
    assert quoted(listed) == [("Aldermere", 2025), ("Pellbrook", 2025)]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Which authorities were criticised for supervision in their last inspection?",
            "2 of the 3 authorities have a report on their latest inspection that criticises supervision.",
        ),
        (
            "How many councils' latest reports mention private fostering?",
            "2 of the 4 authorities have a latest report that mentions private fostering.",
        ),
        (
            "How many of the latest inspections of each authority criticise supervision?",
            "2 of the 3 latest reports on inspections, one for each authority, criticise supervision.",
        ),
        (
            "Which authorities have been criticised for supervision in the last two inspections?",
            "1 of the 2 authorities in the 2 newest reports on inspections has one that criticises supervision.",
        ),
        (
            "Which authorities have mentioned private fostering since their last full inspection?",
            "The one authority with a report since its last full inspection has one that mentions private fostering.",
        ),
    ],
)
def test_each_authority_has_newest_reports_of_its_own(
    ask_letters: Callable[..., Answer], question: str, sentence: str
) -> None:
    answer = ask_letters(question)
    assert answer.reason.startswith(sentence)
    assert not answer.not_applied


def test_a_share_is_given_in_per_cent(ask_letters: Callable[..., Answer]) -> None:
    answer = ask_letters("What proportion of the last four visits mention private fostering?")
    assert answer.reason.startswith(
        "2 of the 4 newest reports on visits mention private fostering. That is 50 per cent."
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many of the latest visits mention private fostering?", "latest"),
        ("How many of the previous two inspections criticise supervision?", "of the previous two"),
        ("Which authorities were criticised for supervision in their last two inspections?", "last two"),
        ("What do the last three reports say about supervision?", "last three"),
        ("Which authorities are currently criticised for supervision?", "currently"),
        ("Which authorities have been criticised for supervision at every inspection?", "at every inspection"),
    ],
)
def test_words_for_some_of_the_reports_that_we_cannot_apply_are_named(
    ask_letters: Callable[..., Answer], question: str, words: str
) -> None:
    assert ask_letters(question).not_applied == (words,)


def test_a_question_for_exact_words_looks_only_at_the_kind_of_report_that_it_names(
    ask_letters: Callable[..., Answer],
) -> None:
    answer = ask_letters("Which visits do not mention private fostering?")
    assert answer.reason.startswith("2 of the 4 reports on visits that we searched have no passage")
    others = ask_letters("Which reports that are not focused visits say “well recorded”?")
    assert others.summary is not None
    assert others.summary.of == 3


@pytest.mark.parametrize(
    "text",
    [
        "Who has been criticised for supervision more than once?",
        "Which authorities keep being criticised for supervision?",
        "Which councils have been criticised for supervision in two or more reports?",
    ],
)
def test_several_reports_on_an_authority_must_say_it(ask_letters: Callable[..., Answer], text: str) -> None:
    answer = ask_letters(text)
    assert answer.reason.startswith("1 of the 4 authorities has 2 or more reports that criticise supervision.")
    assert quoted(answer) == [("Dunsmere", 2021), ("Dunsmere", 2019)]
