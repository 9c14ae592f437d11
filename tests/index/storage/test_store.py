from __future__ import annotations

import sqlite3
import threading
from dataclasses import fields, replace

import pytest

from corpus.types import Box, Form, Grading, ImprovementKind, Kind
from index.errors import DamagedIndex
from index.storage.rows import StoredPassage, StoredReport
from index.storage.store import Store


@pytest.fixture
def passages(full_report, make_report, make_passage):
    full = make_passage(
        full_report,
        1,
        "Plans “are” clear – 😀. They say so.",
        section=("Help", "Early help"),
        label="14",
        pages=(2, 3),
        boxes=(Box(2, 0.1, 0.2, 0.3, 0.4), Box(3, 0.123456789, 0, 1, 1)),
        sentences=((0, 22), (23, 35)),
    )
    none = make_passage(full_report, 2, "A table of words", sentences=())
    return [make_passage(make_report(1)), full, none, make_passage(full_report, 3)]


@pytest.fixture
def store(tmp_path, make_report, full_report, passages):
    path = tmp_path / "store.sqlite"
    Store.write(
        path,
        [
            StoredReport(
                make_report(1), (None,), tuple(map(StoredPassage.of, passages[:1])), None, "2026-01-01T00:00:00+00:00"
            ),
            StoredReport(
                full_report,
                (None, "1", "ii"),
                tuple(map(StoredPassage.of, passages[1:])),
                "ab" * 32,
                "2026-01-02T00:00:00+00:00",
            ),
        ],
    )
    return Store(path)


def test_every_field_of_a_report_is_stored(store, make_report, full_report):
    empty = {name for name in (f.name for f in fields(full_report)) if getattr(full_report, name) in (None, ())}
    empty -= {"superseded_by"}  # replaced reports are not used for answers
    assert not empty, "the test's report has every field"
    assert store.reports == (make_report(1), full_report)
    assert store.report(full_report.id) == full_report
    assert store.report("0" * 16) is None


def test_enum_values_are_read_as_enums_and_not_as_text(store, full_report):
    report = store.report(full_report.id)  # enums equal their text, but the code compares them with “is”
    assert [type(value) for value in (report.form, report.kind, report.grading)] == [Form, Kind, Grading]
    assert {type(improvement.kind) for improvement in report.improvements} == {ImprovementKind}
    assert type(report.judgements[0].box) is Box


def test_every_field_of_a_passage_is_stored_and_boxes_to_five_decimals(store, passages, full_report):
    [indexed] = store.passages([1])
    rounded = replace(passages[1], boxes=(passages[1].boxes[0], Box(3, 0.12346, 0, 1, 1)))
    assert (indexed.row, indexed.passage, indexed.report) == (1, rounded, full_report)
    assert indexed.passage.id == passages[1].id


def test_passages_are_in_the_order_of_the_given_rows(store, passages):
    assert [indexed.passage.id for indexed in store.passages([3, 0, 2])] == [passages[row].id for row in (3, 0, 2)]
    assert store.passages([]) == []
    assert store.passages([]) == []


def test_passages_of_a_report_are_in_reading_order_and_are_counted(store, make_report, full_report):
    assert [indexed.passage.ordinal for indexed in store.passages_of(full_report.id)] == [1, 2, 3]
    assert store.passages_of("0" * 16) == []
    assert store.passage_counts() == {make_report(1).id: 1, full_report.id: 3}


def test_rows_know_their_report_and_their_first_sentence(store):
    assert store.report_of_row.tolist() == [0, 1, 1, 1]
    assert store.first_sentence.tolist() == [0, 1, 3, 3]


def test_page_labels_are_stored(store, full_report):
    assert [store.page_label(full_report.id, number) for number in (1, 2, 3, 4)] == [None, "1", "ii", None]


def test_a_store_cannot_be_changed(store):
    with pytest.raises(DamagedIndex, match="readonly"):
        store._query("DELETE FROM reports")  # private: there is no public way to write


def test_several_threads_can_read_at_the_same_time(store, passages):
    expected = [passage.id for passage in passages]
    results = []
    threads = [
        threading.Thread(target=lambda: results.append([p.passage.id for p in store.passages(range(4))]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 8


def test_the_same_passage_twice_is_refused(tmp_path, make_report, make_passage):
    passage = make_passage(make_report(1))
    twice = StoredReport(make_report(1), (None,), (StoredPassage.of(passage),) * 2, None, "2026-01-01")
    with pytest.raises(sqlite3.IntegrityError):
        Store.write(tmp_path / "twice.sqlite", [twice])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE passages SET packed = CAST(substr(packed, 1, 9) || x'00' || substr(packed, 11) AS BLOB) WHERE row = 1",
        "UPDATE passages SET packed = (SELECT packed FROM passages WHERE row = 2) WHERE row = 1",
        "UPDATE passages SET packed = 'clear' WHERE row = 1",
        "UPDATE passages SET sentences = 1 WHERE row = 1",
        "UPDATE passages SET digest = 'x' WHERE row = 1",
    ],
)
def test_an_altered_passage_is_refused(store, tmp_path, passages, sql):
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        connection.execute(sql)
    connection.close()
    altered = Store(tmp_path / "store.sqlite")
    with pytest.raises(DamagedIndex, match="has changed since it was written"):
        altered.passages([1])
    assert altered.passages([0])[0].passage.id == passages[0].id


def test_a_store_with_altered_facts_does_not_open(store, tmp_path):
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        connection.execute("UPDATE reports SET facts = replace(facts, 'Good', 'Poor')")
    connection.close()
    with pytest.raises(DamagedIndex, match="have changed since they were written"):
        Store(tmp_path / "store.sqlite")


def test_a_replaced_report_can_only_be_found_by_its_id(tmp_path, make_report):
    old, new = replace(make_report(1), superseded_by=make_report(2).id), make_report(2)
    Store.write(tmp_path / "s.sqlite", [StoredReport(r, (None,), (), None, "2026-01-01") for r in (old, new)])
    store = Store(tmp_path / "s.sqlite")
    assert store.reports == (new,)
    assert store.report(old.id) == old
    assert list(store.all_reports()) == [old, new]


def test_everything_in_a_store_can_be_read_and_written_again(store, tmp_path, passages):
    stored = list(store.stored())
    assert [kept.sidecar for kept in stored] == [None, "ab" * 32]
    assert [len(kept.passages) for kept in stored] == [1, 3]
    assert stored[1].page_labels == (None, "1", "ii")
    Store.write(tmp_path / "again.sqlite", stored)
    assert list(Store(tmp_path / "again.sqlite").stored()) == stored
