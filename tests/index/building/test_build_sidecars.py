from __future__ import annotations

import sys

import pytest

from index.building.build import up_to_date_manifest
from index.building.reuse import read_sources
from index.building.sources import find_sources
from index.encoding.encoder_files import default_folder
from index.search.search_index import SearchIndex


def facts(data, encoder):
    """Of each report its file, its authority, and the names of the facts that its sidecar gives."""
    return [(r.file, r.authority, r.corrected) for r in SearchIndex.open(data, encoder).store.reports]


def test_adding_changing_and_removing_a_sidecar_each_make_another_build(built, build_from, reports, data, word_encoder):
    sidecar, plain = reports / "a.md.toml", facts(data, word_encoder)

    def same():
        return up_to_date_manifest(find_sources([reports]), data=data, revision=word_encoder.revision)

    sidecar.write_text('authority = "Westmarsh"')
    assert same() is None
    added = build_from(reports)
    assert added.changed
    assert added.manifest.fingerprint != built.fingerprint
    assert facts(data, word_encoder) == [("a.md", "Westmarsh", ("authority",)), *plain[1:]]
    assert not build_from(reports).changed
    sidecar.write_text('authority = "Aldermere"')
    assert same() is None
    sidecar.write_text('authority = "Westmarsh"')
    assert same() == added.manifest
    sidecar.unlink()
    assert same() is None
    assert build_from(reports).manifest.fingerprint == built.fingerprint
    assert facts(data, word_encoder) == plain
    assert word_encoder.embedded == []  # none of it is a word of a report


def test_a_title_from_a_sidecar_stands_above_what_is_embedded(built, build_from, reports, word_encoder):
    (reports / "a.md.toml").write_text('title = "Visit to Pellbrook"')
    build_from(reports)
    assert [text.split("\n")[0] for text in word_encoder.embedded] == ["Visit to Pellbrook"]


def test_a_bad_sidecar_leaves_its_report_out_until_it_is_mended(build_from, reports, data, word_encoder):
    (reports / "a.md.toml").write_text("published = 'soon'")
    for _ in range(2):
        [failure] = build_from(reports).manifest.failures
        assert (failure.file, "'soon'" in failure.reason) == ("a.md", True)
        assert [file for file, *_ in facts(data, word_encoder)] == ["b.md", "c.md"]
    (reports / "a.md.toml").write_text("published = 2024-06-18")
    assert build_from(reports).manifest.failures == ()
    assert facts(data, word_encoder)[0] == ("a.md", None, ("published",))


def read(folder):
    """What reading the files of a folder gives."""
    return read_sources(
        find_sources([folder]),
        encoder_folder=default_folder(),
        max_tokens=256,
        on_progress=lambda stage, done, total: None,
    )


def test_of_copies_of_a_report_the_first_that_has_a_sidecar_counts(reports):
    """Copies of "a" have one beside the second and the third, those of "b" beside the last, of "c" none."""
    copies = {"a": ("a1", "a2", "a3"), "b": ("b1", "b2", "b3"), "c": ("c1", "c2")}
    for name, others in copies.items():
        for other in others:
            (reports / f"{other}.md").write_bytes((reports / f"{name}.md").read_bytes())
    for name, authority in (("a1", "Westmarsh"), ("a2", "Northwold"), ("b3", "Pellbrook")):
        (reports / f"{name}.md.toml").write_text(f'authority = "{authority}"')
    reading = read(reports)
    assert [(r.report.file, r.report.authority) for r in reading.reports] == [
        ("a1.md", "Westmarsh"),
        ("b3.md", "Pellbrook"),
        ("c.md", None),
    ]
    assert sorted(reading.duplicates) == [
        ("a.md", "a1.md"),
        ("a2.md", "a1.md"),
        ("a3.md", "a1.md"),
        ("b.md", "b3.md"),
        ("b1.md", "b3.md"),
        ("b2.md", "b3.md"),
        ("c1.md", "c.md"),
        ("c2.md", "c.md"),
    ]
    assert reading.failures == ()


def test_a_sidecar_beside_a_second_copy_makes_another_build(built, build_from, reports, data, word_encoder):
    (reports / "z.md").write_bytes((reports / "a.md").read_bytes())
    assert build_from(reports).manifest.fingerprint == built.fingerprint  # a copy alone changes nothing
    (reports / "z.md.toml").write_text('authority = "Westmarsh"')
    manifest = build_from(reports).manifest
    assert manifest.duplicates == (("a.md", "z.md"),)
    assert facts(data, word_encoder)[-1] == ("z.md", "Westmarsh", ("authority",))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a file that nobody can read, root included")
def test_a_sidecar_that_cannot_be_opened_leaves_its_report_out_until_it_can_and_stops_no_other(
    built, build_from, reports, data, word_encoder
):
    sidecar = reports / "a.md.toml"
    sidecar.symlink_to("/proc/self/mem")
    (reports / "b.md.toml").write_text('authority = "Westmarsh"')
    assert up_to_date_manifest(find_sources([reports]), data=data, revision=word_encoder.revision) is None
    [failure] = build_from(reports).manifest.failures
    assert (failure.file, "cannot be opened" in failure.reason, bool(failure.remedy)) == ("a.md", True, True)
    others = [("b.md", "Westmarsh", ("authority",)), ("c.md", None, ())]
    assert facts(data, word_encoder) == others
    sidecar.unlink()
    assert build_from(reports).manifest.failures == ()
    assert facts(data, word_encoder) == [("a.md", None, ()), *others]


@pytest.mark.skipif(sys.platform != "linux", reason="a file that root may not read, which Linux has")
def test_a_sidecar_that_cannot_be_opened_is_named(tmp_path):
    (tmp_path / "a.md").write_text("# A\n\nChildren are safe.\n")
    (tmp_path / "a.md.toml").symlink_to("/proc/self/mem")
    [failure] = read(tmp_path).failures
    assert "a.md.toml" in failure.reason


def test_a_duplicate_names_the_file_it_is_a_copy_of_where_two_folders_share_names(tmp_path):
    one, two = "# X\n\nChildren are safe.\n", "# Y\n\nLeaders know it.\n"
    for name, text in (("1/a.md", one), ("1/b.md", one), ("2/a.md", two), ("2/c.md", two)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "2" / "c.md.toml").write_text('authority = "Westmarsh"')
    assert set(read(tmp_path).duplicates) == {("b.md", "a.md"), ("a.md", "c.md")}
