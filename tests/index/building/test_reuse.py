from __future__ import annotations

from dataclasses import replace

import pytest

from index.building.reuse import PreviousBuild
from index.errors import DamagedIndex
from index.search.search_index import SearchIndex
from index.storage.manifest import NAME, STORE, Manifest
from index.storage.store import Store
from index.types import Query

REPORT = """# Inspection of Westmarsh local authority children's services

Inspection dates: 11 to 22 September 2023

Lead inspector: Ada Example

The experiences of children have improved. {}
"""


def stored(data):
    return {one.report.file: one for one in Store(data.current() / STORE).stored()}


def test_only_new_files_are_read(built, build_from, reports, data):
    (reports / "d.md").write_text("# Inspectors visit Pellbrook\n\nChildren wait.\n")
    manifest = build_from(reports).manifest
    assert manifest.files_read == ("d.md",)
    assert manifest.reread == ""
    assert manifest.reports == 4


def test_reused_reports_are_the_same_as_before(built, build_from, reports, data):
    before = stored(data)
    (reports / "d.md").write_text("# Inspectors visit Pellbrook\n\nChildren wait.\n")
    build_from(reports)
    after = stored(data)
    assert {file: after[file] for file in before} == before


def test_a_renamed_file_is_not_read_again_and_has_its_new_name(built, build_from, reports, data, word_encoder):
    (reports / "a.md").rename(reports / "z-08-november-2019.md")
    manifest = build_from(reports).manifest
    assert manifest.files_read == ()
    assert word_encoder.embedded == []
    report = stored(data)["z-08-november-2019.md"].report
    assert (report.published.isoformat(), report.published_source) == ("2019-11-08", "file name")
    (reports / "z-08-november-2019.md").rename(reports / "a.md")
    assert build_from(reports).manifest.files_read == ()
    assert stored(data)["a.md"].report.published is None


def test_a_report_is_read_again_if_its_sidecar_is_added_changed_or_removed(built, build_from, reports, data):
    sidecar = reports / "a.md.toml"
    for text, authority in (('authority = "Westmarsh"', "Westmarsh"), ('authority = "Northwold"', "Northwold")):
        sidecar.write_text(text)
        assert build_from(reports).manifest.files_read == ("a.md",)
        assert stored(data)["a.md"].report.authority == authority
    sidecar.unlink()
    assert build_from(reports).manifest.files_read == ("a.md",)


def test_an_unreadable_file_is_not_tried_again_until_it_changes(build_from, reports, data):
    (reports / "bad.pdf").write_bytes(b"%PDF-1.4 cut off")
    [failure] = build_from(reports).manifest.failures
    (reports / "d.md").write_text("# Inspectors visit Pellbrook\n\nChildren wait.\n")
    manifest = build_from(reports).manifest
    assert manifest.failures == (failure,)
    assert manifest.files_read == ("d.md",)
    (reports / "bad.pdf").rename(reports / "worse.pdf")
    [renamed] = build_from(reports).manifest.failures
    assert (renamed.file, renamed.reason) == ("worse.pdf", failure.reason)
    (reports / "worse.pdf").write_bytes(b"%PDF-1.4 cut off elsewhere")
    assert build_from(reports).manifest.files_read == ("worse.pdf",)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"reader": "0" * 12}, "the code or a library that reads reports has changed"),
        ({"revision": "words-0"}, "the encoder has changed"),
    ],
)
def test_with_a_new_reader_or_encoder_all_files_are_read_again_with_a_reason(
    built, build_from, reports, data, change, why
):
    replace(built, fingerprint="0" * 64, **change).write(data.current())
    manifest = build_from(reports).manifest
    assert manifest.files_read == ("a.md", "b.md", "c.md")
    assert why in manifest.reread


def test_all_files_are_read_again_on_request(built, data, word_encoder):
    previous = PreviousBuild.of(data, revision=word_encoder.revision, again=True)
    assert (previous.reports, previous.failures, previous.reread) == ({}, {}, "you asked for it")


def test_a_damaged_build_is_not_reused(built, build_from, reports, data):
    (data.current() / NAME).write_text("{}")
    manifest = build_from(reports).manifest
    assert manifest.files_read == ("a.md", "b.md", "c.md")
    assert "cannot be used" in manifest.reread


def test_a_reissue_replaces_a_report_which_comes_back_when_the_reissue_is_removed(
    build_from, reports, data, word_encoder
):
    old, new = reports / "old-03-november-2023.md", reports / "new-20-november-2023.md"
    old.write_text(REPORT.format("Nobody knows the zeppelins."))
    build_from(reports)
    new.write_text(REPORT.format("Nobody knows the airships."))
    manifest = build_from(reports).manifest
    assert manifest.files_read == (new.name,)
    assert (manifest.reports, manifest.superseded) == (4, 1)
    index = SearchIndex.open(data, word_encoder)
    first, second = (one.report for name, one in stored(data).items() if "november" in name)
    by_name = {report.file: report for report in (first, second)}
    assert by_name[old.name].superseded_by == by_name[new.name].id
    assert index.store.report(by_name[old.name].id) == by_name[old.name]
    assert not [s for s in index.retrieve(Query("zeppelins"), 50).passages if "zeppelins" in s.passage.text]
    assert data.find_original(by_name[old.name].sha256) is not None

    (reports / "d.md").write_text("# Inspectors visit Pellbrook\n\nChildren wait.\n")
    assert build_from(reports).manifest.superseded == 1  # reused as it was

    new.unlink()
    manifest = build_from(reports).manifest
    assert manifest.files_read == (old.name,)
    assert (manifest.reports, manifest.superseded) == (5, 0)
    index = SearchIndex.open(data, word_encoder)
    assert [s for s in index.retrieve(Query("zeppelins"), 50).passages if "zeppelins" in s.passage.text]


def test_a_report_keeps_the_time_when_it_was_first_added(built, build_from, reports, data):
    before = {name: one.added for name, one in stored(data).items()}
    (reports / "d.md").write_text("# Inspectors visit Pellbrook\n\nChildren wait.\n")
    build_from(reports)
    assert {name: one.added for name, one in stored(data).items() if name != "d.md"} == before


def test_without_an_index_there_is_nothing_to_reuse(data, word_encoder):
    assert PreviousBuild.of(data, revision=word_encoder.revision) == PreviousBuild({}, {}, {})


def test_a_build_of_another_format_is_not_reused(built, data, word_encoder):
    (data.current() / NAME).write_text('{"format": 2}')
    with pytest.raises(DamagedIndex):
        Manifest.read(data.current())
    assert "cannot be used" in PreviousBuild.of(data, revision=word_encoder.revision).reread


def test_the_times_of_addition_are_known_even_if_all_files_are_read_again(
    built, build_from, reports, data, word_encoder
):
    before = {one.report.sha256: one.added for one in stored(data).values()}
    assert PreviousBuild.of(data, revision=word_encoder.revision, again=True).added == before
    older = data.current()
    (reports / "d.md").write_text("# Inspectors visit Pellbrook\n\nChildren wait.\n")
    build_from(reports)
    (data.current() / STORE).write_bytes(b"x" * (data.current() / STORE).stat().st_size)
    assert PreviousBuild.of(data, revision=word_encoder.revision).added == before
    assert older.exists()
