from __future__ import annotations

import threading

import pytest

from index.building.build import up_to_date_manifest
from index.building.reuse import read_sources
from index.building.sources import find_sources
from index.building.writer import headed_text
from index.encoding.encoder_files import default_folder
from index.errors import BuildRunning, NoIndex, NoReports, NothingReadable
from index.search.search_index import SearchIndex
from index.storage.data_folder import PARTIAL
from index.storage.manifest import PASSAGES, Manifest, file_sizes
from index.storage.rows import StoredPassage
from index.types import Query


def names(paths):
    return [path.name for path in paths]


def snapshot(data):
    """Return the bytes of every file in the current build, and of the pointer to it."""
    files = {path.name: path.read_bytes() for path in data.current().rglob("*") if path.is_file()}
    return (data.builds / "current").read_text(), files


def test_reports_in_folders_and_subfolders_are_found_and_other_files_are_skipped(tmp_path):
    keep = ["a.pdf", "b.DOCX", "deep/c.html", "deep/er/d.md", "e.txt", "f.htm"]
    aside = ["README.md", "readme.txt", "deep/README.html", "~$b.docx", ".hidden.pdf", "questions.jsonl", "g.xlsx", "h"]
    for name in (*keep, *aside):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert sorted(names(find_sources([tmp_path]))) == sorted(name.rsplit("/")[-1] for name in keep)


def test_a_file_may_be_given_instead_of_a_folder(reports):
    assert names(find_sources([reports / "b.md"])) == ["b.md"]


def test_there_are_ten_sample_reports(samples):
    assert len(find_sources([samples])) == 10


def test_empty_and_missing_folders_are_named_in_the_error(tmp_path, reports):
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "README.md").write_text("x")
    with pytest.raises(NoReports, match=r"There are no reports in .*none"):
        find_sources([tmp_path / "none"])
    with pytest.raises(NoReports, match="gone does not exist"):
        find_sources([reports, tmp_path / "gone"])


def test_a_first_build_is_whole_keeps_the_originals_and_has_a_manifest(build_from, reports, data, word_encoder):
    outcome = build_from(reports)
    manifest = outcome.manifest
    assert outcome.changed
    assert Manifest.read(data.current()) == manifest
    assert (manifest.reports, manifest.failures, manifest.duplicates) == (3, (), ())
    assert (manifest.encoder, manifest.revision, manifest.dimension) == ("words", "words-1", 64)
    headings = 3  # The service must look up each item in a list separately.
    assert manifest.embedded == len(word_encoder.embedded) == manifest.sentences + headings
    index = SearchIndex.open(data, word_encoder)
    for report in index.store.reports:
        assert data.find_original(report.sha256).read_bytes() == (reports / report.file).read_bytes()
    assert sorted(path.name for path in data.builds.iterdir() if path.name.endswith(PARTIAL)) == []


def test_without_new_files_a_build_changes_and_embeds_nothing(built, build_from, reports, data, word_encoder):
    before = snapshot(data)
    outcome = build_from(reports)
    assert not outcome.changed
    assert word_encoder.embedded == []
    assert snapshot(data) == before
    assert up_to_date_manifest(find_sources([reports]), data=data, revision=word_encoder.revision) == outcome.manifest
    (reports / "a.md").write_text("# Another\n\nChildren are safe.\n")
    assert up_to_date_manifest(find_sources([reports]), data=data, revision=word_encoder.revision) is None


def test_only_a_changed_report_is_embedded_and_a_removed_one_is_gone(built, build_from, reports, data, word_encoder):
    text = (reports / "a.md").read_text()
    (reports / "a.md").write_text(text.replace("are safe", "wait too long"))
    (reports / "b.md").unlink()
    outcome = build_from(reports)
    assert outcome.changed
    assert all("Aldermere" in embedded for embedded in word_encoder.embedded)
    assert len(word_encoder.embedded) == outcome.manifest.embedded == 1  # the only sentence that changed
    index = SearchIndex.open(data, word_encoder)
    assert [report.file for report in index.store.reports] == ["a.md", "c.md"]
    texts = [
        scored.passage.text
        for scored in index.retrieve(Query("are children in Carrowby or Aldermere safe"), 50).passages
    ]
    assert not [text for text in texts if "Carrowby" in text or "Aldermere are safe" in text]


def test_bad_reports_and_duplicates_are_named_and_the_others_are_built(build_from, reports, data, word_encoder):
    (reports / "a-copy.md").write_bytes((reports / "a.md").read_bytes())
    (reports / "error.pdf").write_bytes(b"<!DOCTYPE html><html><body>Not found</body></html>")
    (reports / "empty.txt").write_bytes(b"")
    manifest = build_from(reports).manifest
    assert manifest.reports == 3
    assert manifest.duplicates == (("a.md", "a-copy.md"),)
    assert {failure.file: "web page" in failure.reason for failure in manifest.failures} == {
        "error.pdf": True,
        "empty.txt": False,
    }
    assert all(failure.remedy for failure in manifest.failures)
    assert [report.file for report in SearchIndex.open(data, word_encoder).store.reports] == [
        "a-copy.md",
        "b.md",
        "c.md",
    ]


def test_if_no_file_can_be_read_the_error_gives_reasons_and_the_old_index_stays(
    built, build_from, reports, data, tmp_path
):
    before = snapshot(data)
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "a.pdf").write_bytes(b"%PDF-1.4 cut off")
    with pytest.raises(NothingReadable, match=r"None of the 1 files.*a\.pdf: the PDF is damaged"):
        build_from(bad)
    assert snapshot(data) == before


def test_after_a_build_fails_halfway_the_old_one_still_answers(built, build_from, reports, data, word_encoder):
    before = snapshot(data)
    many = " ".join(f"Child {number} waits." for number in range(300))  # more than the cache embeds between commits
    (reports / "d.md").write_text(f"# Inspectors visit Pellbrook\n\n{many}\n")

    class Failing(type(word_encoder)):  # type: ignore[misc]  # the fixture hides the class
        def encode_document(self, texts):
            if self.embedded:  # the second call fails
                raise RuntimeError("no power")
            return super().encode_document(texts)

    failing = Failing()
    with pytest.raises(RuntimeError, match="no power"):
        build_from(reports, failing)
    assert failing.embedded
    assert snapshot(data) == before
    assert [path.name for path in data.builds.iterdir() if path.name.endswith(PARTIAL)] == []
    assert len(SearchIndex.open(data, word_encoder).retrieve(Query("children"), 10).passages) == 3


def test_a_second_build_at_the_same_time_is_refused_and_the_first_goes_on(build_from, reports, data, word_encoder):
    reached, go_on = threading.Event(), threading.Event()

    class Waiting(type(word_encoder)):  # type: ignore[misc]  # the fixture hides the class
        def encode_document(self, texts):
            reached.set()
            assert go_on.wait(60)
            return super().encode_document(texts)

    outcomes = []
    first = threading.Thread(target=lambda: outcomes.append(build_from(reports, Waiting())))
    first.start()
    try:
        assert reached.wait(60)
        with pytest.raises(BuildRunning, match="Another build"):
            build_from(reports)
        with pytest.raises(NoIndex):
            data.current()
    finally:
        go_on.set()
        first.join()
    assert [outcome.changed for outcome in outcomes] == [True]
    assert not build_from(reports).changed


def test_a_damaged_build_is_built_again_from_the_cached_embeddings(built, build_from, reports, data, word_encoder):
    (data.current() / PASSAGES).write_bytes(b"")
    outcome = build_from(reports)
    assert outcome.changed
    assert word_encoder.embedded == []
    assert outcome.manifest.fingerprint == built.fingerprint
    assert Manifest.read(data.current()).embedded == 0


def test_another_encoder_makes_a_new_build(built, build_from, reports, make_encoder):
    outcome = build_from(reports, make_encoder(revision="words-2"))
    assert outcome.changed
    assert outcome.manifest.revision == "words-2"


def test_the_text_of_a_passage_follows_its_headings_or_else_its_title(make_report, make_passage):
    passage = make_passage(make_report(), section=("Help", "Early help"))
    assert headed_text(StoredPassage.of(passage).content(), "Title") == f"Help – Early help\n{passage.text}"
    assert headed_text(StoredPassage.of(make_passage(make_report())).content(), "Title") == f"Title\n{passage.text}"


def test_a_build_of_the_samples_holds_all_of_them_and_so_does_its_manifest(sample_index, encoder):
    index = SearchIndex.open(sample_index, encoder)
    manifest = index.manifest
    assert (manifest.reports, manifest.failures, manifest.duplicates) == (10, (), ())
    assert file_sizes(sample_index.current()) == manifest.sizes
    assert sum(index.store.passage_counts().values()) == manifest.passages
    assert all(sample_index.find_original(report.sha256) for report in index.store.reports)


def test_reading_files_gives_what_a_build_reads_and_builds_nothing(build_from, reports, data, word_encoder):
    (reports / "a-copy.md").write_bytes((reports / "a.md").read_bytes())
    (reports / "b.md.toml").write_text('authority = "Westmarsh"')
    (reports / "empty.txt").write_bytes(b"")
    stages = []
    reading = read_sources(
        find_sources([reports]),
        encoder_folder=default_folder(),
        max_tokens=word_encoder.max_tokens,
        on_progress=lambda stage, done, total: stages.append((stage, done, total)),
    )
    assert [path for path in data.root.rglob("*") if path.is_file()] == []
    assert word_encoder.embedded == []
    first, second = "Reading reports", "Reading reports with a second program"
    assert stages == [*((first, done, 4) for done in (1, 2, 3, 4)), *((second, done, 3) for done in (1, 2, 3))]
    assert reading.duplicates == (("a.md", "a-copy.md"),)
    assert [failure.file for failure in reading.failures] == ["empty.txt"]
    build_from(reports)
    store = SearchIndex.open(data, word_encoder).store
    assert tuple(read.report for read in reading.reports) == store.reports
    for read in reading.reports:
        kept = [indexed.passage for indexed in store.passages_of(read.report.id)]
        assert list(read.passages) == kept
