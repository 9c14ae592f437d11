from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest

from index.building.reusable_rows import ReusableRows
from index.search.dense import DenseIndex
from index.search.remarks import RemarkTable
from index.storage.manifest import PASSAGES, REMARKS, SENTENCES, STORE, TERMS, Manifest
from index.storage.store import Store


@pytest.fixture(scope="module")
def build(sample_index):
    folder = sample_index.current()
    return folder, Manifest.read(folder), list(Store(folder / STORE).stored())


def test_each_report_has_the_vectors_of_its_rows(build):
    folder, manifest, stored = build
    reusable = ReusableRows.of(folder, manifest, stored)
    for name, side in ((PASSAGES, "passages"), (SENTENCES, "sentences")):
        whole = DenseIndex.open(folder / name).codes
        together = np.concatenate([getattr(reusable.of_report(report), side) for report in stored])
        assert np.array_equal(whole, together)


def test_a_report_with_another_title_or_text_has_no_reusable_rows(build):
    folder, manifest, stored = build
    reusable = ReusableRows.of(folder, manifest, stored)
    first = stored[0]
    assert reusable.of_report(first) is not None
    assert reusable.of_report(replace(first, report=replace(first.report, title="Another"))) is None
    assert reusable.of_report(replace(first, passages=first.passages[1:])) is None
    assert ReusableRows().of_report(first) is None


@pytest.mark.parametrize("name", [PASSAGES, SENTENCES])
def test_nothing_is_reused_if_vectors_have_changed_on_the_disk(build, tmp_path, name):
    folder, manifest, stored = build
    shutil.copytree(folder, tmp_path / "build")
    content = bytearray((tmp_path / "build" / name).read_bytes())
    content[-1] ^= 1
    (tmp_path / "build" / name).write_bytes(content)
    assert ReusableRows.of(tmp_path / "build", manifest, stored) == ReusableRows()


def test_remarks_are_reused_only_if_the_same_rules_found_them(build):
    folder, manifest, stored = build
    same = ReusableRows.of(folder, manifest, stored, remarks_version=manifest.remarks)
    found = RemarkTable.open(folder / REMARKS, Manifest.read(folder).passages).columns
    together = np.concatenate([same.of_report(report).remarks for report in stored])
    assert len(found)
    assert np.array_equal(together, found)
    other = ReusableRows.of(folder, manifest, stored, remarks_version="other rules")
    assert [other.of_report(report).remarks for report in stored] == [None] * len(stored)


@pytest.mark.parametrize("name", ["counts.npy", "rows.npy", "starts.npy", "lengths.npy", "terms.txt", "facts.json"])
def test_nothing_is_reused_if_the_counts_of_terms_have_changed_on_the_disk(build, tmp_path, name):
    folder, manifest, stored = build
    shutil.copytree(folder, tmp_path / "build")
    content = bytearray((tmp_path / "build" / TERMS / name).read_bytes())
    content[-1] ^= 1
    (tmp_path / "build" / TERMS / name).write_bytes(content)
    assert ReusableRows.of(tmp_path / "build", manifest, stored) == ReusableRows()


def test_nothing_is_reused_if_the_stored_bytes_would_mean_other_numbers(build):
    folder, manifest, stored = build
    assert ReusableRows.of(folder, manifest, stored).by_report
    other = replace(manifest, revision="another")  # an unknown encoder, whose vectors are in half precision
    assert ReusableRows.of(folder, other, stored) == ReusableRows()


def test_nothing_is_reused_if_rows_and_reports_do_not_match(build):
    folder, manifest, stored = build
    assert ReusableRows.of(folder, manifest, stored[1:]) == ReusableRows()
