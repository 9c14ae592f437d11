from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.quotes.verbatim import _DROPPED, _HYPHENS, _LINE_MARK, find_verbatim, fold, split_over

WORDS = st.text(st.characters(categories=["Lu", "Ll", "Nd", "Po", "Sc"]), min_size=1, max_size=9)
SERVICE_WORDS = [
    "children",
    "leaders",
    "practice",
    "quickly",
    "court",
    "visits",
    "neglect",
    "homes",
    "plans",
    "carers",
    "schools",
    "health",
    "police",
    "housing",
    "money",
    "managers",
    "audits",
    "caseloads",
    "agency",
    "transport",
    "contact",
    "siblings",
    "advocacy",
    "funding",
    "respite",
    "nursery",
]
SENTENCE = "Children wait 19 weeks, and 84 families are not allocated."


@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
def test_any_whole_words_of_a_text_are_found_where_they_are(words, data):
    text = words[0]
    spans = [(0, len(text))]
    for word in words[1:]:
        text += data.draw(st.sampled_from([" ", "\n", "\r\n", "  "]))
        spans.append((len(text), len(text) + len(word)))
        text += word
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = text[spans[first][0] : spans[last][1]]
    assume(fold(quote)[0])

    span = find_verbatim(quote, text)

    assert span is not None
    assert fold(text[slice(*span)])[0] == fold(quote)[0]


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_every_folded_character_points_to_the_character_it_came_from(words):
    text = " ".join(words)
    folded, offsets = fold(text)
    assert len(folded) == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) and not text[offset].isspace() for offset in offsets)


@given(
    st.permutations(SERVICE_WORDS).map(lambda words: words[:12]),
    st.integers(0, 8),
    st.integers(1, 2),
    st.sampled_from(SERVICE_WORDS),
)
def test_a_quote_with_a_changed_word_is_never_found(words, start, changed, other):
    quote = words[start : start + 4]
    assume(quote[changed] != other)
    quote[changed] = other
    assert find_verbatim(" ".join(quote), " ".join(words)) is None


@given(st.permutations(SERVICE_WORDS), st.integers(0, 20), st.integers(1, 4))
def test_a_quote_with_a_missing_word_is_never_found(words, start, left_out):
    quote = words[start : start + 6]
    del quote[left_out]
    assert find_verbatim(" ".join(quote), " ".join(words)) is None


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("Children wait 19 weeks", "Children\n wait\u00a019\r\nweeks"),
        ("social workers", "social wor\u00adkers"),
        ("self-evaluation is strong", "self-\nevaluation is strong"),
        ("self-evaluation is strong", "self\ufffeevaluation is strong"),
        ("self-evaluation is strong", "self\x02evaluation is strong"),
        ("well-being", "well\u2011being"),
        ("well-being", "well\u2010being"),
        ("• early help is better", "\uf0b7 early help is better"),
        ("early help • is better", "early help is better"),
        ("the first five officers", "the ﬁrst ﬁve oﬃcers"),
        ("half … of them", "half ... of them"),
        ("in 10 m2 of space", "in 10 m² of space"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_white_space_hyphens_bullets_and_ligatures_may_differ_both_ways(quote, page):
    assert find_verbatim(quote, page) is not None
    assert find_verbatim(page, quote) is not None


@pytest.mark.parametrize(
    "altered",
    [
        "Children wait 18 weeks, and 84 families are not allocated.",
        "Children wait 19 weeks, and 84 families are now allocated.",
        "Children wait 19 weeks, and 84 families are allocated.",
        "children wait 19 weeks, and 84 families are not allocated.",
        "Children wait 19 weeks and 84 families are not allocated.",
        "Children wait 19 weeks, and 84 families are not allocated!",
        "Children waits 19 weeks, and 84 families are not allocated.",
    ],
)
def test_numbers_negations_case_and_punctuation_may_not_differ(altered):
    assert find_verbatim(SENTENCE, SENTENCE) == (0, len(SENTENCE))
    assert find_verbatim(altered, SENTENCE) is None


@pytest.mark.parametrize("part", ["hildren wait", "Children wai", "9 weeks", "8", "ocate"])
def test_part_of_a_word_or_number_is_not_found(part):
    assert find_verbatim(part, SENTENCE) is None


def test_part_of_a_word_before_the_whole_one_does_not_hide_it():
    assert find_verbatim("care", "careful carers care") == (15, 19)


def test_a_mark_that_opens_a_line_of_a_list_is_a_bullet():
    page = "the response to children:\r\n− experiencing neglect, and\r\n− in private fostering."
    assert find_verbatim("the response to children:\n• experiencing neglect, and\n• in private fostering.", page)
    assert find_verbatim("experiencing neglect, and in private fostering.", page)


@pytest.mark.parametrize(
    "page", ["a change of −5 places", "good − and improving", "pages 4 · 5", "a change of\n− 5 places"]
)
def test_the_same_mark_inside_a_line_is_part_of_the_words(page):
    assert find_verbatim(page.replace("−", "").replace("·", ""), page) is None


@pytest.mark.parametrize("nothing", ["", "   ", "•", "\u00ad\n"])
def test_a_quote_without_words_is_not_found(nothing):
    assert find_verbatim(nothing, SENTENCE) is None


def test_a_letter_with_a_combining_accent_equals_the_composed_letter():
    assert find_verbatim("Zoë’s café", "Zoe\u0308’s cafe\u0301") is not None


def test_part_of_a_word_with_a_soft_hyphen_is_not_found():
    assert find_verbatim("child", "child\u00adren are safe") is None


def test_a_number_is_not_found_inside_a_fraction():
    assert find_verbatim("took 1", "took ½ year") is None


@given(st.permutations(SERVICE_WORDS), st.integers(2, 20), st.integers(1, 4))
def test_a_quote_over_a_page_break_divides_where_the_page_does(words, at, before):
    head, tail = words[at - min(before, at) : at], words[at : at + 4]
    first = " ".join(words[:at]) + "\n4"
    second = "Inspection of Westmarsh\n" + " ".join(words[at:])
    quote = " ".join(head + tail)

    divided = split_over(quote, first, second)

    assert divided is not None
    assert (quote[:divided].split(), quote[divided:].split()) == (head, tail)


def test_a_quote_may_divide_at_a_line_break_hyphen():
    quote = "Leaders' self-evaluation is strong."
    divided = split_over(quote, "Leaders' self\ufffe", "evaluation is strong.")
    assert divided == quote.index("evaluation")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Children in Westmarsh wait", "for too short a time."),
        ("Children in Carrowby wait", "for too long."),
        ("Children in Westmarsh", "for too long."),
    ],
)
def test_a_quote_over_two_pages_with_a_changed_or_missing_word_does_not_divide(first, second):
    assert split_over("Children in Westmarsh wait for too long.", first, second) is None


def test_words_from_the_middle_of_two_pages_do_not_make_a_quote():
    first = "Children are safe and well cared for. Leaders know their services well."
    second = "Managers act quickly. Audits show that some homes are poor."
    assert split_over("Children are poor.", first, second) is None


@given(st.text(st.one_of(st.characters(), st.sampled_from("ab-.\n \u0301\u00ad\ufffe½ﬁ\uf0b7"))))
def test_folding_gives_the_same_as_folding_each_character(text):
    kept, offsets = [], []
    bullets = {match.start("mark") for match in _LINE_MARK.finditer(text)}
    for index, character in enumerate(text):
        marks = index + 1
        while marks < len(text) and unicodedata.combining(text[marks]):
            marks += 1
        cluster = text[index:marks]
        if index and unicodedata.combining(character):
            continue  # the mark belongs to the character before it
        if index in bullets:
            continue
        if cluster.isspace() or cluster in _DROPPED or "\uf000" <= cluster <= "\uf0ff":
            continue
        for folded in unicodedata.normalize("NFKC", _HYPHENS.get(cluster, cluster)):
            if not folded.isspace():
                kept.append(folded)
                offsets.append(index)
    folded, folded_offsets = fold(text)
    assert (folded, list(folded_offsets)) == ("".join(kept), offsets)
