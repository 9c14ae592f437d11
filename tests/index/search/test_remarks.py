from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DamagedIndex
from index.search.remarks import RemarkTable, moved
from index.types import Remark, Stance

THEMES = ("supervision", "plans")
REMARKS = (
    Remark(0, 0, "supervision", Stance.STRENGTH, 1.0),
    Remark(0, 2, "plans", Stance.WEAKNESS, 0.6),
    Remark(3, 1, "supervision", Stance.WEAKNESS, 0.8),
)


PASSAGES = 4


@pytest.fixture
def table():
    return RemarkTable.of(REMARKS, THEMES)


def key(remark):
    return remark.row, remark.sentence, remark.theme, remark.stance


def test_remarks_are_found_by_theme_and_stance(table):
    assert [key(each) for each in table.find("supervision")] == [key(REMARKS[0]), key(REMARKS[2])]
    assert [key(each) for each in table.find("supervision", Stance.WEAKNESS)] == [key(REMARKS[2])]
    assert table.find("weather") == []


def test_remarks_are_found_by_row(table):
    assert [key(each) for each in table.in_rows([0, 1])] == [key(REMARKS[0]), key(REMARKS[1])]
    assert table.in_rows([]) == []


def test_hidden_rows_have_no_remarks(table):
    visible = table.among(np.array([False, True, True, True]))
    assert [key(each) for each in visible.find("supervision")] == [key(REMARKS[2])]
    assert visible.find("plans") == []


def test_a_table_is_the_same_after_it_was_saved(table, tmp_path):
    table.save(tmp_path / "remarks")
    again = RemarkTable.open(tmp_path / "remarks", PASSAGES)
    assert again.themes == THEMES
    assert np.array_equal(again.columns, table.columns)


@pytest.mark.parametrize("name", ["remarks.npy", "themes.json"])
def test_a_missing_or_broken_file_is_damage(table, tmp_path, name):
    table.save(tmp_path / "remarks")
    (tmp_path / "remarks" / name).write_bytes(b"?")
    with pytest.raises(DamagedIndex, match="qa-service build"):
        RemarkTable.open(tmp_path / "remarks", PASSAGES)
    (tmp_path / "remarks" / name).unlink()
    with pytest.raises(DamagedIndex, match="qa-service build"):
        RemarkTable.open(tmp_path / "remarks", PASSAGES)


@pytest.mark.parametrize(("column", "value"), [("row", PASSAGES), ("row", -1), ("stance", 2), ("theme", 9)])
def test_a_remark_in_no_passage_on_no_theme_or_without_a_stance_is_damage(table, tmp_path, column, value):
    columns = table.columns.copy()
    columns[column][-1] = value
    RemarkTable(columns, THEMES).save(tmp_path / "remarks")
    with pytest.raises(DamagedIndex, match="do not belong together"):
        RemarkTable.open(tmp_path / "remarks", PASSAGES)


def test_a_theme_that_the_list_lacks_is_damage(table, tmp_path):
    table.save(tmp_path / "remarks")
    (tmp_path / "remarks" / "themes.json").write_text('["supervision"]')
    with pytest.raises(DamagedIndex, match="do not belong together"):
        RemarkTable.open(tmp_path / "remarks", PASSAGES)


@given(
    st.lists(
        st.builds(
            Remark, st.integers(0, 40), st.integers(0, 9), st.sampled_from(THEMES), st.sampled_from(Stance),
            st.floats(0, 1),
        )
    ),
    st.integers(0, 41),
    st.integers(0, 41),
)  # fmt: skip
def test_every_remark_keeps_its_place_and_nearly_its_certainty(remarks, first, end):
    ordered = sorted(remarks, key=lambda each: (each.row, each.sentence))
    table = RemarkTable.of(ordered, THEMES)
    back = table.in_rows(range(41))
    assert [key(each) for each in back] == [key(each) for each in ordered]
    assert all(abs(a.certainty - b.certainty) <= 0.5 / 255 + 1e-9 for a, b in zip(back, ordered, strict=True))
    between = RemarkTable(table.between(first, end), THEMES).in_rows(range(41))
    assert [key(each) for each in between] == [key(each) for each in ordered if first <= each.row < end]
    shifted = RemarkTable(moved(table.columns, 5), THEMES).in_rows(range(46))
    assert [each.row for each in shifted] == [each.row + 5 for each in ordered]


@pytest.mark.parametrize("values", [(-1, 0, 0.5), (0, -1, 0.5), (0, 0, 1.5)])
def test_a_remark_has_a_place_and_a_certainty(values):
    row, sentence, certainty = values
    with pytest.raises(ValueError, match="a remark has a row, a sentence and a certainty"):
        Remark(row, sentence, "plans", Stance.STRENGTH, certainty)
