from __future__ import annotations

from qa_service.samples import only_samples, sample_folder


def test_the_samples_come_with_questions():
    folder = sample_folder()
    assert (folder / "questions.jsonl").is_file()
    assert len(list(folder.glob("*.pdf"))) >= 5


def test_each_file_named_by_a_sample_question_exists(samples, sample_questions):
    named = {gold["file"] for line in sample_questions for gold in line["gold"]}
    assert named
    assert all((samples / file).is_file() for file in named)


def test_an_index_of_only_samples_is_recognised(answerer, make_report):
    reports = answerer.index.store.reports
    assert len(reports) == 10
    assert only_samples(reports)
    assert only_samples(reports[:1])
    assert not only_samples([*reports, make_report("our-own.pdf")])
