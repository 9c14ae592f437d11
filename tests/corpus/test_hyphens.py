from __future__ import annotations

import pytest

from corpus.hyphens import hyphenates, only_breaks_word, whole_words
from corpus.quotes.verbatim import find_verbatim
from corpus.reading import read

WORDS = whole_words(
    ["Sharing of information is well-established.", "Working with long-standing partners, under pressure"]
)


@pytest.mark.parametrize(
    ("before", "after", "goes"),
    [
        ("the sharing of informa-", "tion between agencies", True),
        ("practice is well-", "established across teams", False),
        ("a strong self-", "evaluation of it", False),
        ("the plan was co-", "produced with parents", False),
        ("a shortage of sta-", "tion houses", True),
        ("children aged 16-", "and 17", False),
        ("the informa-", "Tion", False),
        ("no hyphen", "information", False),
        ("they took part in the opera-", "tion", True),
        ("work is well organ-", "ised, and quick", True),
        ("staff are confi-", "dent and kind", True),
        ("a timely inter-", "vention", True),
        ("a play in the pre-", "school", False),
        ("reports were re-", "viewed", False),
        ("a short-", "list of homes", False),
        ("in Aldermere-", "under-Hill", False),
        ("a plan for zxq-", "wvk", False),
        ("managers see to super-", "vision", True),
        ("a good out-", "come", True),
        ("in the north two-", "thirds", False),
        ("teams under-", "stood it", True),
    ],
)
def test_a_hyphen_is_removed_only_if_the_document_or_the_language_proves_the_word(before, after, goes):
    assert only_breaks_word(before, after, WORDS) is goes


SURE = [("work is well organ-", "ised and"), ("the opera-", "tion of it")]


@pytest.mark.parametrize(
    ("before", "after", "goes"),
    [
        ("the re-", "ports say", True),
        ("early pro-", "vision of it", True),
        ("in de-", "tail now", True),
        ("two-", "thirds of it", False),
        ("a co-", "operative team", False),
        ("a pre-", "school", False),
        ("a self-", "evaluation", False),
    ],
)
def test_prefixes_rarely_keep_a_hyphen_in_a_document_that_breaks_words(before, after, goes):
    assert hyphenates(SURE)
    assert only_breaks_word(before, after, WORDS, breaks_words=True) is goes
    assert not only_breaks_word(before, after, WORDS)


@pytest.mark.parametrize("pairs", [[], SURE[:1], [("well-", "being"), ("long-", "term")], [("no hyphen", "tion")]])
def test_a_document_without_certain_breaks_does_not_break_words(pairs):
    assert not hyphenates(pairs)


def test_the_words_of_a_page_with_broken_words_are_read_whole(make_pdf):
    lines = [
        "Plans are well organ-",
        "ised, and the opera-",
        "tion is clear. The re-",
        "ports say that two-",
        "thirds stay.",
    ]
    document = read(make_pdf([(72, 100 + 14 * number, line) for number, line in enumerate(lines)]))
    assert (
        document.text == "Plans are well organised, and the operation is clear. The reports say that two-thirds stay."
    )


def test_halves_of_broken_words_do_not_count_as_words():
    assert whole_words(["the informa-", "tion is shared", "and well-known"]) >= {"the", "is", "shared", "well-known"}
    assert not {"informa", "tion"} & whole_words(["the informa-", "tion is shared"])


def test_a_word_over_two_lines_is_read_in_one_piece_and_found_on_its_page(make_pdf):
    path = make_pdf(
        [
            (72, 100, "Children benefit from the sharing of information between agencies in the area."),
            (72, 114, "Where partners hold back informa-"),
            (72, 128, "tion, plans are weaker and well-"),
            (72, 142, "being suffers."),
        ]
    )
    document = read(path)
    assert "hold back information, plans are weaker and well-being suffers." in document.text
    page = "Where partners hold back informa-\r\ntion, plans are weaker and well-\r\nbeing suffers."
    assert find_verbatim("hold back information, plans are weaker and well-being", page) is not None


@pytest.mark.parametrize(
    ("quote", "page", "stands"),
    [
        ("informa-tion", "informa\ufffetion", True),
        ("information", "informa\ufffetion", True),
        ("well-being", "well-being", True),
        ("wellbeing", "well-being", False),
        ("information and well-being", "informa\ufffetion and well\ufffebeing", True),
        ("information and wellbeing", "informa\ufffetion and well-being", False),
        ("inform ation", "informa-\r\ntion", True),
    ],
)
def test_only_a_hyphen_at_a_line_end_may_be_missing_from_a_quote(quote, page, stands):
    assert (find_verbatim(quote, page) is not None) is stands


def test_a_hyphen_that_stands_for_the_rest_of_a_word_keeps_its_space(make_pdf):
    path = make_pdf(
        [
            (72, 100, "The authority supports 16-"),
            (72, 114, "and 17-year-olds in face-"),
            (72, 128, "to-face meetings."),
        ]
    )
    assert "supports 16- and 17-year-olds in face-to-face meetings." in read(path).text


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("trans-", "formed.", "transformed."),
        ("under-", "developed.", "under-developed."),
        ("an-", "other.", "another."),
    ],
)
def test_beginnings_that_rarely_take_a_hyphen_are_joined(make_pdf, first, second, joined):
    path = make_pdf([(72, 100, f"Since the last visit of 2023, the service was {first}"), (72, 114, second)])
    assert read(path).text.endswith(joined)


def test_common_words_of_two_parts_are_joined(make_pdf):
    path = make_pdf(
        [(72, 100, "Leaders are aware of the risks to children and of safe-"), (72, 114, "guarding in the area.")]
    )
    assert read(path).text.endswith("and of safeguarding in the area.")


def test_a_syllable_that_happens_to_be_a_word_takes_no_hyphen_in_a_document_that_breaks_words():
    assert only_breaks_word("they write a let-", "ter each week", frozenset(), breaks_words=True)
    assert not only_breaks_word("they write a let-", "ter each week", frozenset())
    assert not only_breaks_word("the two-", "way street", frozenset(), breaks_words=True)
    assert not only_breaks_word("a set-", "back for them", frozenset({"set-back"}), breaks_words=True)
