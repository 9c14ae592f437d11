from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.proofs.reading.grade_tables import ReadPage, read_title_pages
from benchmarks.proofs.reading.title_pages import spoiled_pages, title_pages
from corpus.types import Kind

PAGES = 45
SEED = 7


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    return read_title_pages(title_pages(PAGES, SEED), tmp_path_factory.mktemp("printed"))


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    return read_title_pages(spoiled_pages(PAGES, SEED), tmp_path_factory.mktemp("spoiled"))


def test_the_same_seed_prints_the_same_pages_and_another_seed_others():
    assert list(title_pages(10, SEED)) == list(title_pages(10, SEED)) != list(title_pages(10, SEED + 1))


def test_the_pages_have_every_era_and_every_place_of_a_grade(printed):
    kinds = Counter(read.report.kind for read in printed)
    assert set(kinds) == {Kind.LOOKED_AFTER, Kind.SINGLE_INSPECTION, Kind.ILACS}
    assert len({read.page.place for read in printed}) == 9
    assert len({(read.page.era, read.page.place) for read in printed}) == PAGES


def test_every_cell_is_right_or_is_named_as_unread(printed):
    assert [str(read) for read in printed if not read.is_honest] == []
    assert sum(read.is_right for read in printed) >= PAGES - 3


def test_a_cell_that_nobody_can_read_is_named_and_spoils_no_other(spoiled):
    assert len({read.page.spoiled for read in spoiled}) == 5
    assert [str(read) for read in spoiled if not read.tells_loss] == []


def test_a_wrong_cell_or_a_silent_loss_is_noticed(printed, spoiled):
    right = next(read for read in printed if read.is_right)
    others = next(read for read in printed if read.is_right and read.cells != right.cells)
    confused = ReadPage(right.page, others.report)
    assert (confused.is_right, confused.is_honest) == (False, False)
    silent = ReadPage(spoiled[0].page, right.report)
    assert not silent.tells_loss
