"""Tests of the matters that items ask to improve."""

from __future__ import annotations

import pytest

from qa_service.analysis.matters import Matters, known_matters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The regularity of supervision and the impact of audits.", {"supervision", "quality_assurance"}),
        ("Ensure that return home interviews are offered promptly.", {"missing"}),
        ("The quality of supervision, to ensure that children at risk of neglect are safe.", {"supervision"}),
        ("Assessments of privately fostered children.", {"private_fostering"}),
        ("The recording of management oversight.", {"oversight"}),
        ("Case recording.", {"recording"}),
        ("The safeguarding board must monitor how plans for neglected children work.", {"safeguarding_board"}),
        ("Planning for children where neglect is a feature.", {"neglect"}),
        ("The influence of meetings in driving children’s plans.", set()),
        ("Managers need to ensure that supervision is regular.", {"supervision"}),
        ("The lanterns.", set()),
    ],
)
def test_the_matters_of_an_item(text: str, expected: set[str]) -> None:
    assert known_matters().of_item(text) == expected


def test_the_first_sentence_of_an_item_says_what_it_is_about() -> None:
    text = "Improve the supervision of staff. Managers must also read each audit of the last year with care."
    assert known_matters().of_item(text) == {"supervision"}


def test_a_sentence_has_all_its_matters() -> None:
    assert known_matters().of_sentence("Audits of private fostering are rare.") == {
        "quality_assurance",
        "private_fostering",
    }


@pytest.mark.parametrize(
    ("matter", "sentence"),
    [
        ("caseloads", "In a number of cases, visits were late."),
        ("early_help", "Work with CAFCASS is good."),
        ("workforce", "The recruitment and retention of skilled foster carers."),
        ("workforce", "Children are sufficiently supported by their social worker."),
        ("thresholds", "The time taken is above the national threshold of 152 days."),
        ("safeguarding_board", "The adoption annual report is clear."),
        ("transitions", "The director of adult services attends."),
        ("recording", "Pellbrook has a good track record."),
        ("visits", "Health visitors work with social workers."),
        ("voice", "Partners participate in meetings."),
    ],
)
def test_the_same_words_in_another_sense_show_no_matter(matter: str, sentence: str) -> None:
    assert matter not in known_matters().of_sentence(sentence)


def test_names_are_joined_as_a_person_would() -> None:
    assert known_matters().name_of(["supervision"]) == "Supervision"
    assert known_matters().name_of(["supervision", "assessments"]) == "Assessments and supervision"
    assert known_matters().name_of([]) == ""


def test_two_matters_with_one_id_are_refused() -> None:
    entry = '[[matter]]\nid = "lanterns"\nname = "Lanterns"\nrank = 1\nwords = ["lantern*"]\n'
    with pytest.raises(ValueError, match="same id"):
        Matters(entry * 2)
