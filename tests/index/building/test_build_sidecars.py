from __future__ import annotations

import sys

import pytest

from index.building.build import up_to_date_manifest
from index.building.reuse import read_sources
from index.building.sources import find_sources
from index.encoding.encoder_files import default_folder
from index.search.search_index import SearchIndex


def facts(data, encoder):
    """Return the file and authority of each report, and the names of the facts in its sidecar."""
    return [(r.file, r.authority, r.corrected) for r in SearchIndex.open(data, encoder).store.reports]


def test_adding_changing_or_removing_a_sidecar_makes_a_new_build(built, build_from, reports, data, word_encoder):
    sidecar, plain = reports / "a.md.toml", facts(data, word_encoder)

    def present_manifest():
        return up_to_date_manifest(find_sources([reports]), data=data, revision=word_encoder.revision)

    sidecar.write_text('authority = "Westmarsh"')
    assert present_manifest() is None
    added = build_from(reports)
    assert added.changed
    assert added.manifest.fingerprint != built.fingerprint
    assert facts(data, word_encoder) == [("a.md", "Westmarsh", ("authority",)), *plain[1:]]
    assert not build_from(reports).changed
    sidecar.write_text('authority = "Aldermere"')
    assert present_manifest() is None
    sidecar.write_text('authority = "Westmarsh"')
    assert present_manifest() == added.manifest
    sidecar.unlink()
    assert present_manifest() is None
    assert build_from(reports).manifest.fingerprint == built.fingerprint
    assert facts(data, word_encoder) == plain
    assert word_encoder.embedded == []  # no report's text has changed


def test_a_title_from_a_sidecar_is_embedded_as_the_heading(built, build_from, reports, word_encoder):
    (reports / "a.md.toml").write_text('title = "Visit to Pellbrook"')
    build_from(reports)
    assert [text.split("\n")[0] for text in word_encoder.embedded] == ["Visit to Pellbrook"]


def test_a_report_with_a_bad_sidecar_is_left_out_until_the_sidecar_is_corrected(
    build_from, reports, data, word_encoder
):
    (reports / "a.md.toml").write_text("published = 'soon'")
    for _ in range(2):
        [failure] = build_from(reports).manifest.failures
        assert (failure.file, "'soon'" in failure.reason) == ("a.md", True)
        assert [file for file, *_ in facts(data, word_encoder)] == ["b.md", "c.md"]
    (reports / "a.md.toml").write_text("published = 2024-06-18")
    assert build_from(reports).manifest.failures == ()
    assert facts(data, word_encoder)[0] == ("a.md", None, ("published",))


def read(folder):
    """Read the files of a folder."""
    return read_sources(
        find_sources([folder]),
        encoder_folder=default_folder(),
        max_tokens=256,
        on_progress=lambda stage, done, total: None,
    )


def test_of_several_copies_the_first_with_a_sidecar_is_taken(reports):
    """The second and third copies of "a" have a sidecar, and so does the last copy of "b". No copy of "c" has one."""
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


def test_a_sidecar_next_to_a_second_copy_makes_a_new_build(built, build_from, reports, data, word_encoder):
    (reports / "z.md").write_bytes((reports / "a.md").read_bytes())
    assert build_from(reports).manifest.fingerprint == built.fingerprint  # a copy without a sidecar changes nothing
    (reports / "z.md.toml").write_text('authority = "Westmarsh"')
    manifest = build_from(reports).manifest
    assert manifest.duplicates == (("a.md", "z.md"),)
    assert facts(data, word_encoder)[-1] == ("z.md", "Westmarsh", ("authority",))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a file that not even root can read")
def test_a_report_whose_sidecar_cannot_be_opened_is_left_out_until_it_can_be(
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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a file that not even root can read")
def test_a_failure_names_the_sidecar_that_cannot_be_opened(tmp_path):
    (tmp_path / "a.md").write_text("# A\n\nChildren are safe.\n")
    (tmp_path / "a.md.toml").symlink_to("/proc/self/mem")
    [failure] = read(tmp_path).failures
    assert "a.md.toml" in failure.reason


def test_duplicates_name_the_right_file_if_two_folders_share_file_names(tmp_path):
    one, two = "# X\n\nChildren are safe.\n", "# Y\n\nLeaders know it.\n"
    for name, text in (("1/a.md", one), ("1/b.md", one), ("2/a.md", two), ("2/c.md", two)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "2" / "c.md.toml").write_text('authority = "Westmarsh"')
    assert set(read(tmp_path).duplicates) == {("b.md", "a.md"), ("a.md", "c.md")}
