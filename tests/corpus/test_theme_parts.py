from __future__ import annotations

import pytest

from corpus.theme_parts import clauses, part_meant
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
        ("supervision and the website", ["supervision", "website"]),
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
