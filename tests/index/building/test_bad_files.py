"""A build with every kind of bad file. Each fails for its own reason, and the good report next to them is read."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from benchmarks.proofs.reading.mutations import mutated
from corpus.formats import SUFFIXES
from index.building.read_pool import ReadReport, read_all
from index.building.sources import Source
from index.digests import file_digest
from index.encoding.encoder_files import default_folder
from index.encoding.word_pieces import max_tokens
from index.storage.manifest import Failure
from qa_service.samples import sample_folder

pytestmark = pytest.mark.thorough

TIME_LIMIT = 2.0
"""In seconds. With a limit of three seconds, a fast machine reads so much of the slow file that it reaches the memory
limit first."""
BROKEN = 60


def outcomes(paths):
    folder = default_folder()
    sources = [Source(path, file_digest(path)) for path in paths]
    read = read_all(
        sources,
        encoder_folder=folder,
        max_tokens=max_tokens(folder),
        on_progress=lambda _done, _total: None,
        time_limit=TIME_LIMIT,
    )
    return dict(zip((path.name for path in paths), read, strict=True))


@pytest.fixture(scope="module")
def bad_files():
    path = Path(__file__).parents[2] / "corpus" / "bad_files.py"
    spec = importlib.util.spec_from_file_location("bad_files", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_bad_file_fails_with_its_reason_and_the_good_one_is_read(bad_files, tmp_path):
    good = next(iter(sorted(sample_folder().glob("*.pdf"))))
    reasons = bad_files.write_bad_files(tmp_path, good)
    read = outcomes([*(tmp_path / name for name in reasons), good])
    assert isinstance(read.pop(good.name), ReadReport)
    given = {name: outcome.reason for name, outcome in read.items() if isinstance(outcome, Failure)}
    assert given.keys() == reasons.keys()
    assert {name: reason for name, reason in reasons.items() if reason not in given[name]} == {}
    assert all(outcome.remedy for outcome in read.values())


def test_randomly_broken_files_are_read_or_fail_and_never_stop_a_build(tmp_path):
    originals = sorted(p for p in sample_folder().iterdir() if p.suffix in SUFFIXES and p.suffix != ".txt")
    paths = []
    for name, content in mutated(originals, BROKEN, seed=7):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    read = outcomes(paths)
    assert len(read) == BROKEN
    refused = [outcome for outcome in read.values() if isinstance(outcome, Failure)]
    assert refused, "some files must be broken beyond reading"
    assert all(outcome.reason and outcome.remedy for outcome in refused)
    assert not [outcome.reason for outcome in refused if "crashed" in outcome.reason or "took over" in outcome.reason]
