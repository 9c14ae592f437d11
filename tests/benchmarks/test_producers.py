"""The comparison of PDFs printed by other programs with the text that was printed."""

from __future__ import annotations

import shutil

from benchmarks.proofs.reading.producers import FOLDER, read_files


def test_files_of_other_programs_are_read_like_the_text(tmp_path):
    for name in ("text.jsonl", "chromium.pdf", "lualatex.pdf", "qt.pdf", "quartz-like.pdf", "weasyprint.pdf"):
        shutil.copy(FOLDER / name, tmp_path)
    files = {file.program: file for file in read_files(tmp_path)}
    assert len(files) == 5
    assert {program: file.share for program, file in files.items()} == dict.fromkeys(files, 1.0)
    assert all(file.whole >= file.blocks - 1 for file in files.values())


def test_words_that_are_missing_lower_the_share(tmp_path):
    shutil.copy(FOLDER / "chromium.pdf", tmp_path)
    lines = (FOLDER / "text.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "text.jsonl").write_text("\n".join(lines[: len(lines) // 2]), encoding="utf-8")
    (file,) = read_files(tmp_path)
    assert file.share < 0.7
    assert file.whole == file.blocks == len(lines) // 2
