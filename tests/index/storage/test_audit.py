from __future__ import annotations

import threading

from index.storage.audit import AuditAction, entries, record


def test_entries_are_read_oldest_first_with_person_and_time(data):
    assert list(entries(data)) == []
    record(data, "ada", AuditAction.ADDED, "a.pdf", "0123")
    record(data, "web, 127.0.0.1", AuditAction.REMOVED, "“b”.pdf")
    first, second = entries(data)
    assert (first.who, first.what, first.subject, first.detail) == ("ada", AuditAction.ADDED, "a.pdf", "0123")
    assert (second.who, second.what, second.subject) == ("web, 127.0.0.1", AuditAction.REMOVED, "“b”.pdf")
    assert first.when <= second.when


def test_no_line_is_lost_with_many_writers(data):
    def write(number):
        for _ in range(20):
            record(data, str(number), AuditAction.BUILT, "x" * 500)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entry.who for entry in entries(data)) == sorted(str(number) for number in range(8) for _ in range(20))


def test_a_line_that_was_cut_off_does_not_hide_the_others(data):
    record(data, "ada", AuditAction.ADDED, "a.pdf")
    with (data.root / "audit.jsonl").open("a") as file:
        file.write('{"when": "2026')
        file.write("\n")
    record(data, "ada", AuditAction.BUILT, "b")
    assert [entry.subject for entry in entries(data)] == ["a.pdf", "b"]
