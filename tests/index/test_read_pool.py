from __future__ import annotations

from index.manifest import Failure
from index.read_pool import ReadReport, Source, read_all
from index.weights import default_folder, file_digest


def test_each_file_is_read_in_order_and_a_bad_one_stops_no_other(reports):
    (reports / "b.md").write_bytes(b"\x00\x01\x02")
    (reports / "c.pdf").write_bytes(b"%PDF-1.4 cut off")
    paths = [reports / name for name in ("a.md", "b.md", "c.pdf", "c.md")]
    progress = []
    read = list(
        read_all(
            [Source(path, file_digest(path)) for path in paths],
            encoder_folder=default_folder(),
            max_tokens=256,
            on_progress=lambda done, total: progress.append((done, total)),
        )
    )
    assert [type(result) for result in read] == [ReadReport, Failure, Failure, ReadReport]
    assert progress == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [(failure.file, bool(failure.reason), bool(failure.remedy)) for failure in read[1:3]] == [
        ("b.md", True, True),
        ("c.pdf", True, True),
    ]
    first = read[0]
    assert (first.report.file, first.page_labels) == ("a.md", (None,))
    assert [passage.report_id for passage in first.passages] == [first.report.id]
    assert first.report.sha256 == file_digest(paths[0])
