from __future__ import annotations

import pytest

from corpus.theme_parts import clauses, names_aspect, part_meant
from corpus.themes import known_themes


@pytest.mark.parametrize(
    ("words", "divided"),
    [
        ("supervision or caseloads", ["supervision", "caseloads"]),
        ("supervision, caseloads and the audits", ["supervision", "caseloads", "audits"]),
        ("supervision/caseloads", ["supervision", "caseloads"]),
        ("quality and frequency of supervision", ["quality and frequency of supervision"]),
        ("supervision quality and frequency", ["supervision quality and frequency"]),
        ("recruitment and retention", ["recruitment and retention"]),
        ("recruitment and retention of social workers", ["recruitment and retention of social workers"]),
        ("supervision and the website", ["supervision", "website"]),
        ("care planning or drift", ["care planning", "drift"]),
        ("quality or frequency of supervision", ["quality or frequency of supervision"]),
    ],
)
def test_words_are_divided_where_a_list_has_another_part(words, divided):
    assert clauses(known_themes(), words) == divided


def test_the_words_of_one_theme_do_not_narrow_another():
    for theme in ("supervision", "caseloads"):
        assert not part_meant(known_themes(), theme, "supervision or caseloads")
    assert not part_meant(known_themes(), "supervision", "supervision and pathway plans")
    assert part_meant(known_themes(), "plans", "supervision and pathway plans").is_in("Pathway plans are late.")


def test_a_sentence_needs_only_one_of_the_parts_of_a_theme():
    part = part_meant(known_themes(), "plans", "pathway plans or care plans")
    assert part.is_in("Pathway plans are late.")
    assert part.is_in("Care plans are late.")
    assert not part.is_in("Child protection plans are late.")
    assert not part_meant(known_themes(), "plans", "pathway plans or children's plans")


@pytest.mark.parametrize(
    ("theme", "words"),
    [
        ("return_home", "return home interviews for children who go missing"),
        ("return_home", "return interviews after a child goes missing"),
        ("return_home", "the quality of return home interviews"),
        ("voice", "listening to the voice of the child"),
        ("voice", "hearing children's voices"),
        ("voice", "taking children's views into account"),
        ("voice", "children's wishes and feelings"),
        ("sufficiency", "good placement sufficiency"),
        ("sufficiency", "placement sufficiency for children in care"),
        ("sufficiency", "enough suitable homes for children in care"),
        ("sufficiency", "a shortage of placements"),
        ("management_oversight", "weak management oversight of casework"),
        ("management_oversight", "oversight by managers"),
        ("supervision", "the supervision of social workers by their managers"),
        ("caseloads", "social work caseloads"),
        ("workforce", "recruitment and retention of social workers"),
        ("pre_proceedings", "their pre-proceedings work"),
        ("permanence", "planning for permanence"),
        ("quality_assurance", "audits of casework"),
        ("plans", "plans for children"),
        ("assessments", "social work assessments of need"),
    ],
)
def test_words_that_restate_a_theme_or_its_worth_mean_all_of_it(theme, words):
    assert not part_meant(known_themes(), theme, words)


@pytest.mark.parametrize(
    ("theme", "words", "within", "outside"),
    [
        (
            "return_home", "return home interviews for children in care",
            "Return home interviews are late for children in care.", "Return home interviews are late.",
        ),
        (
            "sufficiency", "sufficiency of homes for disabled children",
            "There is a lack of homes for disabled children.", "There is a lack of homes.",
        ),
        ("voice", "advocacy", "Advocacy is well used.", "Children’s voices are heard."),
        ("workforce", "staff turnover", "Turnover is high.", "There are too many vacancies."),
        ("supervision", "reflective supervision", "Supervision is not reflective.", "Supervision is late."),
        (
            "management_oversight", "management oversight of private fostering",
            "Managers have no oversight of private fostering.", "Managers have no oversight.",
        ),
        ("plans", "care plans", "Care plans are late.", "Pathway plans are late."),
    ],
)  # fmt: skip
def test_words_that_say_more_than_a_theme_narrow_it(theme, words, within, outside):
    part = part_meant(known_themes(), theme, words)
    assert part.is_in(within)
    assert not part.is_in(outside)


@pytest.mark.parametrize(
    ("theme", "words", "within", "outside"),
    [
        ("caseloads", "caseloads as too high", "Some workers have high caseloads.", "Caseloads vary."),
        ("caseloads", "high caseloads", "Caseloads are unmanageable.", "Caseloads are slightly higher than before."),
        ("return_home", "the timeliness of return home interviews", "They are too slow.", "Their quality varies."),
        (
            "supervision",
            "the frequency of supervision",
            "There are gaps in supervision.",
            "Supervision lacks challenge.",
        ),
        ("supervision", "recording of supervision", "Supervision notes are brief.", "Supervision is irregular."),
        ("return_home", "take-up of return home interviews", "Too few children are offered one.", "They are late."),
    ],
)
def test_an_aspect_of_a_theme_may_be_named_in_other_words(theme, words, within, outside):
    part = part_meant(known_themes(), theme, words)
    assert part.is_in(within)
    assert not part.is_in(outside)


def test_a_short_word_is_not_taken_for_the_start_of_others():
    part = part_meant(known_themes(), "supervision", "supervision in the leaving care team")
    assert part.is_in("Supervision in the leaving care team is late.")
    assert not part.is_in("Careful supervision helps the team when staff are leaving.")


def test_aspects_are_told_from_general_words():
    assert names_aspect("too high")
    assert names_aspect("not timely")
    assert not names_aspect("weak")
