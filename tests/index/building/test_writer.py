"""What a build takes over from the one before is what it would have made anew, to the last byte."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from index.building.sources import find_sources
from index.building.writer import PassageTexts
from index.search.sparse import SparseIndex
from index.storage.data_folder import DataFolder
from index.storage.manifest import PASSAGES, SENTENCES, STORE, TERMS, Manifest, file_digests
from index.storage.rows import StoredPassage, StoredReport
from index.storage.store import Store

COUNTS = f"{TERMS}/counts.npy"


def contents(data):
    """The bytes of a build's vectors and words, and its rows."""
    folder = data.current()
    files = [folder / PASSAGES, folder / SENTENCES, *sorted((folder / TERMS).iterdir())]
    rows = [(stored.report.file, stored.passages) for stored in Store(folder / STORE).stored()]
    return {path.name: path.read_bytes() for path in files}, rows


def write(folder, name, place, more=""):
    text = f"# Inspectors visit {place}\n\nChildren in {place} are safe. {more} Leaders in {place} know them well.\n"
    (folder / f"{name}.md").write_text(text)


CHANGES = {
    "one more": lambda folder: write(folder, "aa", "Pellbrook", "Caseloads are high."),
    "one less": lambda folder: (folder / "b.md").unlink(),
    "one in other words": lambda folder: write(folder, "b", "Carrowby", "Caseloads fell."),
    "one under another name": lambda folder: (folder / "a.md").rename(folder / "z.md"),
    "all but one gone": lambda folder: [(folder / f"{name}.md").unlink() for name in "ab"],
    "all at once": lambda folder: [
        (folder / "c.md").unlink(),
        write(folder, "b", "Carrowby", "Plans drift."),
        write(folder, "0", "Pellbrook", "Plans and plans."),
        (folder / "a.md").rename(folder / "bb.md"),
    ],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_build_after_another_is_the_same_as_one_anew(built, build_from, reports, tmp_path, change):
    change(reports)
    after = build_from(reports)
    anew = DataFolder.prepare(tmp_path / "anew")
    build_from(reports, into=anew)
    assert after.changed
    assert contents(DataFolder(tmp_path / "data")) == contents(anew)


def test_terms_are_counted_again_if_the_stored_counts_are_wrong(built, build_from, reports, data, tmp_path):
    folder = data.current()
    np.save(folder / COUNTS, np.load(folder / COUNTS) + np.uint8(1))
    replace(built, digests={**built.digests, **file_digests(folder, [COUNTS])}).write(folder)
    write(reports, "d", "Pellbrook")
    assert build_from(reports).manifest.embedded == 3
    build_from(reports, into=(anew := DataFolder.prepare(tmp_path / "anew")))
    assert contents(data) == contents(anew)


def test_words_are_counted_anew_in_all_reports_where_they_were_cut_otherwise(built, build_from, reports, data):
    folder, name = data.current(), f"{TERMS}/facts.json"
    facts = json.loads((folder / name).read_text())
    (folder / name).write_text(json.dumps({**facts, "analysis": "another"}))
    sizes = {**built.sizes, name: (folder / name).stat().st_size}
    replace(built, digests={**built.digests, **file_digests(folder, [name])}, sizes=sizes).write(folder)
    write(reports, "d", "Pellbrook")
    outcome = build_from(reports)
    assert outcome.manifest.embedded == 3
    assert SparseIndex.open(data.current() / TERMS).has_current_analysis


def test_a_report_that_a_reissue_stands_for_leaves_and_comes_back(built, build_from, reports, tmp_path):
    for day, words in (("03", "Plans drift."), ("20", "Plans are clear.")):
        dates = "Inspection dates: 11 September 2023 to 22 September 2023"
        text = f"# Inspection of Westmarsh children’s services\n\n{dates}\n\n## Plans\n\n{words}\n"
        (reports / f"issue-{day}-november-2023.md").write_text(text)
    for step in range(2):
        after = build_from(reports)
        build_from(reports, into=(anew := DataFolder.prepare(tmp_path / f"anew-{step}")))
        assert (after.changed, after.manifest.superseded) == (True, 1 - step)
        assert contents(DataFolder(tmp_path / "data")) == contents(anew)
        (reports / "issue-20-november-2023.md").unlink(missing_ok=True)


@pytest.mark.thorough
def test_the_shipped_encoders_vectors_are_taken_over_as_they_are(samples, build_from, sample_index, encoder, tmp_path):
    some = tmp_path / "some"
    shutil.copytree(samples, some)
    late = find_sources([some])[4]
    late.rename(tmp_path / late.name)
    data = DataFolder.prepare(tmp_path / "data")
    shutil.copytree(sample_index.root / "cache", data.root / "cache", dirs_exist_ok=True)
    build_from(some, encoder=encoder)
    (tmp_path / late.name).rename(late)
    build_from(some, encoder=encoder)
    assert contents(data) == contents(sample_index)
    codes = (data.current() / SENTENCES).stat().st_size
    assert codes < 400 * Manifest.read(data.current()).sentences + 10_000  # a byte a number


def test_a_passage_without_sentences_is_embedded_whole(make_report, make_passage):
    report = make_report()
    plain = make_passage(report, text="Table of visits", sentences=())
    said = make_passage(report, text="Plans drift. Visits lapse.", ordinal=1, sentences=((0, 12), (13, 26)))
    texts = PassageTexts.of([StoredReport(report, (), tuple(map(StoredPassage.of, (plain, said))), None, "now")])
    assert texts.unsplit == {0: "Table of visits"}
    assert (texts.sentences, texts.sentence_counts) == (("Plans drift.", "Visits lapse."), (0, 2))
    assert texts.other == [*dict.fromkeys(texts.headings), "Table of visits"]
    assert all(words.endswith(passage.text) for words, passage in zip(texts.headed, (plain, said), strict=True))
