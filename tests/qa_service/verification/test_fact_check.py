from __future__ import annotations

import copy
import shutil
from datetime import date

import pytest

from corpus.types import Form
from qa_service.report_facts import fact_source, fact_text, fact_value, find_fact
from qa_service.types import FactName
from qa_service.verification.quote_check import FaultKind
from qa_service.verification.source_files import SourceFiles

pytestmark = pytest.mark.thorough

INSPECTED = "When was Westmarsh inspected in 2023?"
PUBLISHED = "When was each report on Northwold published?"
BY_FILE_NAME = "When was the 2023 inspection of Westmarsh published?"
LED = "Who was the lead inspector of Westmarsh in 2023?"
DIRECTOR = "Who is Northwold's director of children's services?"
REPORTS = "Which reports do you hold?"


def failed(items):
    return [item for item in items if not item.proved]


def kinds(items):
    return {fault.kind for item in items for fault in item.faults}


def words(items):
    return " ".join(f"{fault.why}. {fault.remedy}" for item in items for fault in item.faults)


def forged(given, **changes):
    """Return a reply whose first fact is changed."""
    changed = copy.deepcopy(given)
    changed["answer"][0]["fact"].update(changes)
    return changed


@pytest.mark.parametrize("question", [INSPECTED, PUBLISHED, BY_FILE_NAME, LED, DIRECTOR, REPORTS])
def test_each_fact_of_an_answer_is_proved(reply, checked, question):
    given = reply(question)
    items = checked(given)
    assert failed(items) == []
    assert [item.statement for item in items if item.fact] == list(range(1, len(given["answer"]) + 1))
    assert {item.report for item in items if item.fact} == {p["report"]["file"] for p in given["passages"]}


def test_facts_are_stated_with_the_words_that_print_them_or_without_any(reply):
    printed, unquoted, by_name = (reply(q)["answer"][0] for q in (INSPECTED, PUBLISHED, BY_FILE_NAME))
    assert (printed["fact"]["words"], len(printed["quotes"])) == ("11 to 22 September 2023", 1)
    assert (unquoted["fact"]["words"], unquoted["fact"]["page"], unquoted["quotes"]) == ("8 April 2025", 1, [])
    assert (by_name["fact"]["source"], by_name["fact"]["words"], by_name["fact"]["page"]) == ("file name", "", None)


@pytest.mark.parametrize(
    ("question", "value", "text"),
    [
        (INSPECTED, "2023-09-11/2023-09-23", "Inspected: 11 to 23 September 2023"),
        (PUBLISHED, "2025-04-09", "Published: 9 April 2025"),
        (BY_FILE_NAME, "2023-11-04", "Published: 4 November 2023"),
        (LED, "Desmond Farrow", "Lead inspector: Desmond Farrow"),
    ],
)
def test_a_wrong_value_is_detected_even_if_the_statement_says_the_same(reply, checked, question, value, text):
    given = reply(question)
    right = given["answer"][0]["fact"]["value"]
    changed = forged(given, value=value)
    changed["answer"][0]["text"] = text
    items = failed(checked(changed))
    assert (kinds(items), [item.statement for item in items]) == ({FaultKind.NOT_GIVEN}, [1])
    assert f"as “{right}” (from the" in words(items)
    assert f"not “{value}”" in words(items)
    assert "Ask again" in words(items)


@pytest.mark.parametrize("question", [INSPECTED, PUBLISHED, BY_FILE_NAME, LED])
def test_a_wrong_source_or_name_is_detected(reply, checked, question):
    given = reply(question)
    fact = given["answer"][0]["fact"]
    source = "sidecar" if fact["source"] == "text" else "text"
    name = "lead-inspector" if fact["name"] == "published" else "published"
    assert kinds(checked(forged(given, source=source))) == {FaultKind.NOT_GIVEN}
    assert FaultKind.NOT_GIVEN in kinds(checked(forged(given, name=name)))


def test_a_statement_that_says_more_than_its_fact_is_detected(reply, checked):
    given = reply(LED)
    given["answer"][0]["text"] += ", who rated it Good"
    items = failed(checked(given))
    assert kinds(items) == {FaultKind.NOT_SAID}
    assert "“Lead inspector: Desmond Farrowgate”" in words(items)


@pytest.mark.parametrize("page", [2, 99, -1])
def test_a_wrong_page_is_detected_and_the_right_one_is_named(reply, checked, page):
    items = failed(checked(forged(reply(PUBLISHED), page=page)))
    assert kinds(items) == {FaultKind.NOT_ON_PAGE}
    assert "The words are on page 1." in words(items)


def test_words_that_are_on_no_page_are_detected(reply, checked):
    items = failed(checked(forged(reply(PUBLISHED), words="8th April 2025")))
    assert kinds(items) == {FaultKind.NOT_ON_PAGE}
    assert "The words are not on any page of this file." in words(items)


@pytest.mark.parametrize("wrong", ["4 and 5 March 2025", "Dear"])
def test_words_of_the_page_that_say_something_else_are_detected(reply, checked, wrong):
    items = failed(checked(forged(reply(PUBLISHED), words=wrong)))
    assert kinds(items) == {FaultKind.NOT_GIVEN}
    assert f"the words “{wrong}” do not give the same publication date" in words(items)


def test_words_that_say_more_than_the_fact_are_detected(reply, checked, files):
    given = reply(PUBLISHED)
    assert kinds(checked(forged(given, words="8 April 2025", page=None))) == {FaultKind.NOT_ON_PAGE}
    report = files.report(given["passages"][0]["report"]["sha256"])
    assert find_fact("on 8 April 2025", report.facts, FactName.PUBLISHED) == (3, 15)
    assert FaultKind.NOT_GIVEN in kinds(checked(forged(given, words="on 8 April 2025")))


def test_words_that_are_not_those_of_the_quote_are_detected(reply, checked):
    given = reply(INSPECTED)
    other = forged(given, words="22 September 2023")
    assert kinds(checked(other)) == {FaultKind.NOT_SAID, FaultKind.NOT_GIVEN}
    twice = copy.deepcopy(given)
    twice["answer"][0]["quotes"] *= 2
    assert kinds(checked(twice)) == {FaultKind.NOT_SAID}


def test_a_quote_of_a_fact_is_checked_like_any_other(reply, checked):
    given = reply(INSPECTED)
    given["answer"][0]["quotes"][0]["boxes"][0]["x0"] += 0.1
    items = failed(checked(given))
    assert (kinds(items), [item.quote for item in items]) == ({FaultKind.WRONG_PLACE}, [1])


def test_a_fact_of_another_report_is_detected(reply, checked):
    given = reply(REPORTS)
    first, second = given["answer"][:2]
    for statement in (first, second):
        statement["quotes"] = []
    first["citations"], second["citations"] = second["citations"], first["citations"]
    items = failed(checked(given))
    assert kinds(items) >= {FaultKind.WRONG_REPORT, FaultKind.NOT_GIVEN}
    assert {item.statement for item in items if FaultKind.WRONG_REPORT in kinds([item])} == {1, 2}
    assert "the fact is from report" in words(items)


def test_a_fact_without_a_citation_in_the_answer_is_detected(reply, checked):
    for citations in ([], [99], [0]):
        given = reply(BY_FILE_NAME)
        given["answer"][0]["citations"] = citations
        assert kinds(checked(given)) == {FaultKind.NO_CITATION}, citations


def test_a_fact_that_cites_a_passage_it_does_not_quote_as_well_is_detected(reply, checked):
    given = reply(INSPECTED)
    given["answer"][0]["citations"].append(99)
    assert kinds(checked(given)) == {FaultKind.NO_CITATION}


def test_a_finding_states_exactly_one_grade_or_fact(reply, checked):
    neither, both, quote = (reply(BY_FILE_NAME) for _ in range(3))
    neither["answer"][0]["fact"] = None
    both["answer"][0]["judgement"] = {"report_id": "x", "area": "Overall", "grade": "Good"}
    quote["answer"][0]["kind"] = "quote"
    for given in (neither, both, quote):
        assert FaultKind.NOT_JUDGED in kinds(checked(given))


def test_a_missing_file_proves_no_fact(reply, checked, samples, tmp_path):
    given = reply(BY_FILE_NAME)
    file = given["passages"][0]["report"]["file"]
    shutil.copytree(samples, tmp_path / "some", ignore=shutil.ignore_patterns(file))
    items = failed(checked(given, SourceFiles.below([tmp_path / "some"])))
    assert kinds(items) == {FaultKind.FILE_MISSING}
    assert {item.statement for item in items} == {1, None}
    assert f"give the folder that contains {file}" in words(items)


def test_an_unreadable_file_proves_no_fact(reply, checked, samples, tmp_path):
    given = reply(BY_FILE_NAME)
    shutil.copytree(samples, tmp_path / "all")
    (tmp_path / "all" / given["passages"][0]["report"]["file"]).rename(tmp_path / "all" / "renamed.txt")
    items = [item for item in checked(given, SourceFiles.below([tmp_path / "all"])) if item.fact]
    assert kinds(items) == {FaultKind.FILE_UNREADABLE}


def test_a_date_from_a_file_name_is_proved_by_the_name_alone(reply, checked, samples, tmp_path):
    given = reply(BY_FILE_NAME)
    file = given["passages"][0]["report"]["file"]
    for name, proved in (("a-03-november-2023.pdf", True), ("a-04-november-2023.pdf", False), ("a.pdf", False)):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        shutil.copy(samples / file, folder / name)
        items = [item for item in checked(given, SourceFiles.below([folder])) if item.fact]
        assert [item.proved for item in items] == [proved], name
        assert proved or f"where the file is named {file}" in words(items)


def test_a_fact_from_a_sidecar_needs_the_sidecar(reply, checked, samples, tmp_path):
    given = reply(LED)
    statement = given["answer"][0]
    statement |= {"text": "Lead inspector: A. Tester", "quotes": []}
    statement["fact"] |= {"value": "A. Tester", "source": "sidecar", "words": "", "page": None}
    file = given["passages"][0]["report"]["file"]
    shutil.copy(samples / file, tmp_path / file)
    items = [item for item in checked(given, SourceFiles.below([tmp_path])) if item.fact]
    assert kinds(items) == {FaultKind.NOT_GIVEN}
    assert "Put the facts file (.toml) that corrects the report next to its file." in words(items)
    (tmp_path / f"{file}.toml").write_text('lead_inspector = "A. Tester"', encoding="utf-8")
    assert failed(item for item in checked(given, SourceFiles.below([tmp_path])) if item.fact) == []


def test_facts_that_a_report_does_not_give_are_said_to_be_missing(make_report):
    report = make_report("a.txt", form=Form.ARTICLE)
    for name, text in (
        (FactName.INSPECTED, "Inspected: the report gives no date"),
        (FactName.PUBLISHED, "Published: the report gives no date"),
        (FactName.LEAD_INSPECTOR, "Lead inspector: the report gives no name"),
    ):
        assert (fact_value(report, name), fact_text(report, name), fact_source(report, name)) == ("", text, "text")
        assert find_fact("13 May 2024", report, name) is None


def test_a_single_day_is_given_and_found_as_one_day(make_report):
    report = make_report("a.txt", inspected_to=date(2024, 5, 13))
    assert fact_value(report, FactName.INSPECTED) == "2024-05-13"
    assert find_fact("We visited on 13 May 2024.", report, FactName.INSPECTED) == (14, 25)
