from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DamagedIndex
from index.search.word_counts import WordCounts, words_of

TEXTS = {"a": ["Social workers’ caseloads; children’s homes."], "b": [], "c": ["Caseloads couldn’t rise", "in homes"]}
TOTAL = {"social": 1, "caseloads": 2, "children": 1, "homes": 2, "rise": 1}


def counted(texts):
    return WordCounts.empty().changed([*texts], texts)


def test_words_are_counted_as_written_and_in_lower_case():
    assert counted(TEXTS).total(set(TEXTS)) == TOTAL
    assert words_of(["It isn’t; Ofsted’s 3rd"]) == ["ofsted"]


def test_only_the_words_of_visible_reports_are_counted():
    assert counted(TEXTS).total({"a", "b"}) == {"social": 1, "caseloads": 1, "children": 1, "homes": 1}
    assert counted(TEXTS).total(()) == {}


def test_saved_counts_are_the_same_when_they_are_opened(tmp_path):
    counted(TEXTS).save(tmp_path / "words")
    opened = WordCounts.open(tmp_path / "words")
    assert (opened.reports, opened.total(set(TEXTS))) == (("a", "b", "c"), TOTAL)


def test_a_build_without_counts_has_no_words(tmp_path):
    assert WordCounts.open(tmp_path / "words").total({"a"}) == {}


@pytest.mark.parametrize("name", ["counts.npy", "words.txt", "reports.txt"])
def test_damaged_counts_are_refused(tmp_path, name):
    counted(TEXTS).save(tmp_path)
    (tmp_path / name).write_bytes(b"damaged")
    with pytest.raises(DamagedIndex):
        WordCounts.open(tmp_path)


@pytest.mark.parametrize("name", ["counts", "rows", "starts", "lengths"])
def test_any_changed_bit_is_damage_or_gives_counts(tmp_path, name):
    counted(TEXTS).save(tmp_path)
    path = tmp_path / f"{name}.npy"
    intact = path.read_bytes()
    refused = 0
    for bit in range(8 * len(intact)):
        damaged = bytearray(intact)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        try:
            assert set(WordCounts.open(tmp_path).total(set(TEXTS))) <= set(TOTAL)
        except DamagedIndex:
            refused += 1
    assert refused > len(intact)


WORDS = st.lists(st.sampled_from(["care", "caseloads", "neglect", "homes"]), max_size=4)
REPORTS = st.dictionaries(st.sampled_from("abcd"), WORDS, max_size=4)


@given(REPORTS, REPORTS)
def test_changed_counts_are_those_of_a_new_count(before, after):
    new = {report: words for report, words in after.items() if before.get(report) != words}
    changed, fresh = counted(before).changed([*after], new), counted(after)
    assert changed.reports == fresh.reports
    assert all(changed.total({report}) == fresh.total({report}) for report in after)
    assert changed.total(set(after)) == fresh.total(set(after))
