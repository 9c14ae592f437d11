from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

import corpus
from corpus.theme_parts import clauses, part_meant
from corpus.themes import Theme, ThemeMatcher, known_themes, read_themes

ENTRY = '[[theme]]\nid = "play"\nname = "Play"\nabout = "Whether children can play."\nwords = ["play*"]\n'


def themes_of(sentence, *themes):
    matcher = ThemeMatcher(themes) if themes else known_themes()
    return [theme.id for theme in matcher.themes_of(sentence)]


def theme(*words, exceptions=(), name="play"):
    return Theme(name, "Play", "Whether children can play.", words, exceptions)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Supervision takes place each month.", ["supervision"]),
        ("Social workers carry too many cases, and caseloads are rising.", ["caseloads"]),
        ("Turnover among social workers is high.", ["workforce"]),
        ("Workers note children’s wishes and feelings.", ["voice"]),
        ("Return home interviews come too late.", ["return_home"]),
        ("Children wait too long for permanence.", ["permanence"]),
        ("There are not enough foster homes, and placement choice is poor.", ["sufficiency"]),
        ("Managers’ oversight is weak.", ["management_oversight"]),
        ("Audits are honest.", ["quality_assurance"]),
        ("Child protection plans are clear.", ["plans"]),
        ("The public law outline is used well.", ["pre_proceedings"]),
        ("Assessments are thorough.", ["assessments"]),
        ("Supervision and audits are weak.", ["supervision", "quality_assurance"]),
        ("The council met on Tuesday.", []),
    ],
)
def test_a_sentence_has_the_themes_whose_words_it_has(sentence, expected):
    assert themes_of(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Three supervision orders were made.",
        "Contact is supervised by the family.",
        "Initial health assessments are late.",
        "The improvement plan was agreed in May.",
        "Caseloads are not the subject; risk is moderate.",
    ],
)
def test_words_in_another_sense_do_not_count(sentence):
    assert not set(themes_of(sentence)) & {"supervision", "assessments", "plans", "quality_assurance"}


@pytest.mark.parametrize(
    ("theme", "sentence"),
    [
        ("caseloads", "Inspectors saw a number of cases where families had moved."),
        ("caseloads", "In a very small number of cases, visits were late."),
        ("caseloads", "A high number of children live at a distance from the lake."),
        ("workforce", "There are a number of examples of good work by social workers."),
        ("workforce", "The children live in permanent, stable homes."),
        ("voice", "Good relationships are at the heart of work with children."),
        ("voice", "Staff feel listened to in Pellbrook."),
        ("voice", "All agencies participate in strategy discussions."),
        ("permanence", "Social workers adopt a variety of styles when they talk with families."),
        ("sufficiency", "Good training is available for foster carers."),
        ("sufficiency", "The number of placement changes has fallen."),
        ("management_oversight", "Caseload management guidance is in place."),
        ("pre_proceedings", "The Children and Family Court Advisory and Support Service speaks well of Pellbrook."),
    ],
)
def test_ordinary_words_do_not_show_a_theme(theme, sentence):
    assert theme not in themes_of(sentence)


@pytest.mark.parametrize(
    ("theme", "sentence"),
    [
        ("caseloads", "Some staff have a high number of cases."),
        ("voice", "Leaders hear directly from children."),
        ("voice", "Children participate in their reviews."),
        ("permanence", "Children are adopted without delay."),
    ],
)
def test_the_same_words_show_a_theme_in_their_own_sense(theme, sentence):
    assert theme in themes_of(sentence)


def test_a_star_stands_for_the_rest_of_a_word_a_slash_for_a_choice_and_dots_for_a_few_words():
    marks = theme("play* … out/doors", "climb*")
    assert themes_of("They played every day out.", marks) == ["play"]
    assert themes_of("They play doors.", marks) == ["play"]
    assert themes_of("Climbing is popular.", marks) == ["play"]
    assert themes_of("They played on one of the many old, and very long, lanes out there.", marks) == []
    assert themes_of("They display it out.", marks) == []


def test_capital_letters_line_breaks_and_both_apostrophes_make_no_difference():
    mark = theme("child's play")
    assert themes_of("It is CHILD’S\nplay.", mark) == ["play"]
    assert themes_of("It is child's play.", mark) == ["play"]


def test_an_exception_hides_only_its_own_words():
    marks = theme("play*", exceptions=("play* school",))
    assert themes_of("Play school is closed.", marks) == []
    assert themes_of("Play school is closed, but children play.", marks) == ["play"]


@pytest.mark.parametrize("each", known_themes().themes, ids=lambda each: each.id)
def test_the_words_of_each_theme_find_its_own_name(each):
    assert each.id in themes_of(each.name)
    assert each.about.endswith(".")


def test_the_name_of_a_theme_has_no_capital_within_a_sentence():
    assert [each.name_within for each in known_themes().themes][:3] == [
        "supervision",
        "caseloads",
        "stability of the workforce",
    ]


def test_the_file_has_the_themes_that_we_measured():
    assert len(known_themes().themes) >= 12


GAPS = ("any", "any very skilled and trained")
"""Words for the "…" of a phrase: one, and as many as it may stand for."""


def examples(phrase: str, gaps: tuple[str, ...] = GAPS, ends: tuple[str, ...] = ("ish",)) -> list[str]:
    """Return texts that a phrase matches, with "…" and "*" replaced by words and ends of words."""
    texts = []
    for gap, end in product(gaps, ends):
        choices = ([gap] if word == "…" else word.replace("*", end).split("/") for word in phrase.split())
        texts += [" ".join(words) for words in product(*choices)]
    return texts


def decides(each: Theme, phrase: str) -> bool:
    """Return whether a phrase of a theme finds anything that a shorter one does not."""
    others = replace(each, words=tuple(word for word in each.words if word != phrase))
    full, rest, bare = (ThemeMatcher([one]) for one in (each, others, replace(others, exceptions=())))
    return any(
        not bare.themes_of(text)
        or clauses(full, text) != clauses(rest, text)
        or (part_meant(full, each.id, text) and not part_meant(rest, each.id, text).phrases)
        for text in examples(phrase)
    )


def hides(each: Theme, exception: str) -> bool:
    """Return whether an exception of a theme hides words that the other exceptions do not, alone or next to other
    words."""
    rest = ThemeMatcher([replace(each, exceptions=tuple(one for one in each.exceptions if one != exception))])
    full, alone = ThemeMatcher([each]), examples(exception, ends=("", "ing", "ment"))
    if any(rest.themes_of(text) and not full.themes_of(text) for text in alone):
        return True
    for words in each.words:
        for place in range(len(words.split()) + 1):
            before, after = (" ".join(part) for part in (words.split()[:place], words.split()[place:]))
            for start, text, end in product(examples(before, ("any",)), alone, examples(after, ("any",))):
                if any(
                    rest.themes_of(whole) and not full.themes_of(whole)
                    for whole in (f"{start} {text}", f"{text} {end}", f"{start} {text} {end}")
                ):
                    return True
    return False


@pytest.mark.parametrize("each", known_themes().themes, ids=lambda each: each.id)
def test_each_phrase_of_a_theme_decides_something(each):
    assert [phrase for phrase in each.words if not decides(each, phrase)] == []
    assert [exception for exception in each.exceptions if not hides(each, exception)] == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ENTRY.replace('"play"', '"Play it"'), "'Play it' is not the id of a theme"),
        (ENTRY.replace('["play*"]', "[]"), "'play' has no words"),
        (ENTRY.replace('["play*"]', '["… *"]'), "a phrase without words: '… \\*'"),
        (ENTRY + ENTRY, "more than one theme has the id 'play'"),
    ],
)
def test_a_faulty_entry_is_named(text, reason):
    with pytest.raises(ValueError, match=reason):
        read_themes(text)


def test_a_phrase_needs_enough_letters_to_be_looked_up():
    with pytest.raises(ValueError, match=re.escape("'a* b*' needs a word with at least 3 letters")):
        ThemeMatcher([theme("a* b*")])


def test_time_grows_with_the_text_and_not_with_its_square():
    matcher = known_themes()

    def seconds(times):
        text = "management of a plan for the child and their wishes, with oversight and " * times
        started = time.process_time()
        matcher.themes_of(text)
        return time.process_time() - started

    seconds(10)
    assert seconds(800) < 40 * max(seconds(80), 0.001)


def test_the_data_file_explains_itself():
    text = (Path(corpus.__file__).parent / "data" / "themes.toml").read_text(encoding="utf-8")
    assert "Then rebuild the index" in text
