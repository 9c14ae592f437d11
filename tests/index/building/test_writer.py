"""Tests that a build that reuses rows is byte for byte the same as one made from scratch."""

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
    """Return the bytes of a build's vectors and term counts, and the rows in its store."""
    folder = data.current()
    files = [folder / PASSAGES, folder / SENTENCES, *sorted((folder / TERMS).iterdir())]
    rows = [(stored.report.file, stored.passages) for stored in Store(folder / STORE).stored()]
    return {path.name: path.read_bytes() for path in files}, rows


def write(folder, name, place, more=""):
    text = f"# Inspectors visit {place}\n\nChildren in {place} are safe. {more} Leaders in {place} know them well.\n"
    (folder / f"{name}.md").write_text(text)


CHANGES = {
    "one more": lambda folder: write(folder, "aa", "Pellbrook", "Caseloads are high."),
    "one fewer": lambda folder: (folder / "b.md").unlink(),
    "one with other text": lambda folder: write(folder, "b", "Carrowby", "Caseloads fell."),
    "one under another name": lambda folder: (folder / "a.md").rename(folder / "z.md"),
    "all but one gone": lambda folder: [(folder / f"{name}.md").unlink() for name in "ab"],
    "all at once": lambda folder: [
        (folder / "c.md").unlink(),
        write(folder, "b", "Carrowby", "Plans drift."),
        write(folder, "0", "Pellbrook", "Plans and plans."),
        (folder / "a.md").rename(folder / "bb.md"),
    ],
}


@pytest.mark.thorough
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_build_that_follows_another_equals_one_made_from_scratch(built, build_from, reports, tmp_path, change):
    change(reports)
    after = build_from(reports)
    from_scratch = DataFolder.prepare(tmp_path / "scratch")
    build_from(reports, into=from_scratch)
    assert after.changed
    assert contents(DataFolder(tmp_path / "data")) == contents(from_scratch)


def test_terms_are_counted_again_if_the_stored_counts_are_wrong(built, build_from, reports, data, tmp_path):
    folder = data.current()
    np.save(folder / COUNTS, np.load(folder / COUNTS) + np.uint8(1))
    replace(built, digests={**built.digests, **file_digests(folder, [COUNTS])}).write(folder)
    write(reports, "d", "Pellbrook")
    assert build_from(reports).manifest.embedded == 3
    build_from(reports, into=(from_scratch := DataFolder.prepare(tmp_path / "scratch")))
    assert contents(data) == contents(from_scratch)


def test_terms_are_counted_again_if_the_analysis_has_changed(built, build_from, reports, data):
    folder, name = data.current(), f"{TERMS}/facts.json"
    facts = json.loads((folder / name).read_text())
    (folder / name).write_text(json.dumps({**facts, "analysis": "another"}))
    sizes = {**built.sizes, name: (folder / name).stat().st_size}
    replace(built, digests={**built.digests, **file_digests(folder, [name])}, sizes=sizes).write(folder)
    write(reports, "d", "Pellbrook")
    outcome = build_from(reports)
    assert outcome.manifest.embedded == 3
    assert SparseIndex.open(data.current() / TERMS).has_current_analysis


def test_a_replaced_report_leaves_the_index_and_comes_back(built, build_from, reports, tmp_path):
    for day, words in (("03", "Plans drift."), ("20", "Plans are clear.")):
        dates = "Inspection dates: 11 September 2023 to 22 September 2023"
        text = f"# Inspection of Westmarsh children’s services\n\n{dates}\n\n## Plans\n\n{words}\n"
        (reports / f"issue-{day}-november-2023.md").write_text(text)
    for step in range(2):
        after = build_from(reports)
        build_from(reports, into=(from_scratch := DataFolder.prepare(tmp_path / f"scratch-{step}")))
        assert (after.changed, after.manifest.superseded) == (True, 1 - step)
        assert contents(DataFolder(tmp_path / "data")) == contents(from_scratch)
        (reports / "issue-20-november-2023.md").unlink(missing_ok=True)


@pytest.mark.thorough
def test_vectors_of_the_default_encoder_are_copied_unchanged(samples, build_from, sample_index, encoder, tmp_path):
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
    assert codes < 400 * Manifest.read(data.current()).sentences + 10_000  # each number takes one byte


def test_a_passage_without_sentences_is_embedded_as_one_text(make_report, make_passage):
    report = make_report()
    plain = make_passage(report, text="Table of visits", sentences=())
    said = make_passage(report, text="Plans drift. Visits lapse.", ordinal=1, sentences=((0, 12), (13, 26)))
    texts = PassageTexts.of([StoredReport(report, (), tuple(map(StoredPassage.of, (plain, said))), None, "now")])
    assert texts.unsplit == {0: "Table of visits"}
    assert (texts.sentences, texts.sentence_counts) == (("Plans drift.", "Visits lapse."), (0, 2))
    assert texts.other == [*dict.fromkeys(texts.headings), "Table of visits"]
    assert all(words.endswith(passage.text) for words, passage in zip(texts.headed, (plain, said), strict=True))
