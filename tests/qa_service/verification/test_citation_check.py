from __future__ import annotations

import copy
import hashlib
import json
import re
import shutil

import pytest

from qa_service.answer_json import answer_json
from qa_service.verification.citation_check import Checked, check
from qa_service.verification.quote_check import NEAR, FailingKind
from qa_service.verification.saved_answer import read_answers
from qa_service.verification.source_files import SourceFiles

pytestmark = pytest.mark.thorough

QUOTED = "What do care leavers in Westmarsh get to furnish their first home, in the latest report?"
GRADED = "How was Westmarsh rated in 2023?"
COMPARED = "How many young people does each leaving care adviser look after in Westmarsh compared with Northwold?"


@pytest.fixture(scope="module")
def files(samples):
    return SourceFiles.below([samples])


@pytest.fixture(scope="module")
def payloads(sample_answers):
    return [answer_json(answer, 1.0) for _, answer in sample_answers]


@pytest.fixture
def reply(ask):
    """The reply to a question, fresh: a test may alter it."""
    return lambda text: json.loads(json.dumps(answer_json(ask(text), 1.0)))


@pytest.fixture(scope="module")
def checked(files):
    """What a check makes of a reply, sent through JSON as a file would be."""
    return lambda given, against=files: list(check(read_answers(json.dumps(given).encode()), against))


def kinds(found):
    return {failing.kind for one in found for failing in one.failings}


def with_passage(given, number, old, new):
    """A reply with other words in a passage, its id made to fit: what a careful forger would do."""
    passage = given["passages"][number - 1]
    assert old in passage["text"]
    passage["text"] = passage["text"].replace(old, new)
    digest = hashlib.sha256(passage["text"].encode()).hexdigest()[:8]
    passage["passage_id"] = f"{passage['passage_id'].rpartition('-')[0]}-{digest}"


def with_words(given, statement, old, new):
    """A reply with other words of one length in statement, quote and passage."""
    assert len(old) == len(new)
    said = given["answer"][statement]
    [quote] = [q for q in said["quotes"] if old in q["text"]]
    with_passage(given, quote["citation"], old, new)
    for place in (said, quote):
        place["text"] = place["text"].replace(old, new)
    return given


def first_quotes(payloads):
    """Each statement of the samples' answers that has words of its own, in a reply of its own to alter."""
    for payload in payloads:
        for at, statement in enumerate(payload["answer"]):
            for nth in range(len(statement["quotes"])):
                yield copy.deepcopy(payload), at, nth


def test_each_quote_that_the_samples_answer_with_is_proved(payloads, checked):
    quotes = [q for payload in payloads for s in payload["answer"] for q in s["quotes"]]
    assert len(quotes) > 50
    found = [one for payload in payloads for one in checked(payload)]
    assert [one for one in found if not one.proved] == []
    assert len(found) == len(quotes)
    assert any(s["kind"] == "finding" for payload in payloads for s in payload["answer"])
    assert {one.report.rpartition(".")[2] for one in found} >= {"pdf", "docx", "html"}


def test_a_changed_word_or_digit_of_any_quote_is_found_even_where_the_whole_reply_is_made_to_fit(payloads, checked):
    words = digits = 0
    for payload, at, nth in first_quotes(payloads):
        if payload["answer"][at]["kind"] == "finding":
            continue
        text = payload["answer"][at]["quotes"][nth]["text"]
        word = max(re.findall(r"[A-Za-z]+", text), key=len)
        if text.count(word) == 1:
            changed = with_words(copy.deepcopy(payload), at, word, word[:-1] + ("x" if word[-1] != "x" else "y"))
            assert FailingKind.NOT_ON_PAGE in kinds(checked(changed)), text
            words += 1
        if (digit := re.search(r"\d", text)) and text.count(digit.group()) == 1:
            changed = with_words(copy.deepcopy(payload), at, digit.group(), str((int(digit.group()) + 1) % 10))
            assert FailingKind.NOT_ON_PAGE in kinds(checked(changed)), text
            digits += 1
    assert words > 40
    assert digits > 5


def test_a_word_left_out_or_words_put_in_another_order_are_found(payloads, checked):
    tried = 0
    for payload, at, nth in first_quotes(payloads):
        statement = payload["answer"][at]
        parts = statement["quotes"][nth]["text"].split(" ")
        if len(statement["quotes"]) > 1 or len(parts) < 8 or parts[3] == parts[4]:
            continue
        for forged in (" ".join([*parts[:3], *parts[4:]]), " ".join([*parts[:3], parts[4], parts[3], *parts[5:]])):
            changed = copy.deepcopy(payload)
            quote = changed["answer"][at]["quotes"][0]
            with_passage(changed, quote["citation"], quote["text"], forged)
            changed["answer"][at]["text"] = quote["text"] = forged
            quote["end"] = quote["start"] + len(forged)
            assert FailingKind.NOT_ON_PAGE in kinds(checked(changed)), forged
        tried += 1
    assert tried > 40


def test_words_changed_in_one_place_only_are_found_where_that_is(reply, checked):
    for place in ("statement", "quote", "passage"):
        given = reply(QUOTED)
        statement = given["answer"][0]
        passage = given["passages"][statement["citations"][0] - 1]
        holder = {"statement": statement, "quote": statement["quotes"][0], "passage": passage}[place]
        holder["text"] = holder["text"].replace("£3,000", "£9,000")
        told = {
            "statement": {FailingKind.NOT_SAID},
            "quote": {FailingKind.NOT_IN_PASSAGE, FailingKind.NOT_ON_PAGE},
            "passage": {FailingKind.NOT_IN_PASSAGE, FailingKind.NOT_SAID},
        }[place]
        assert kinds(checked(given)) == told, place


def test_another_page_is_found_even_where_boxes_and_address_are_made_to_fit(payloads, checked):
    for payload, at, nth in first_quotes(payloads):
        for step in (-1, 1, 10**9):
            changed = copy.deepcopy(payload)
            quote = changed["answer"][at]["quotes"][nth]
            page = quote["page"] + step
            quote["url"] = quote["url"].replace(f"/pages/{quote['page']}?", f"/pages/{page}?")
            for box in quote["boxes"]:
                box["page"] = page
            quote["page"] = page
            found = [one for one in checked(changed) if not one.proved]
            assert (at + 1, nth + 1) in [(one.statement, one.quote) for one in found]
            assert kinds(found) & {FailingKind.NOT_ON_PAGE, FailingKind.NOT_JUDGED}, quote["text"]


def test_the_page_that_the_words_do_stand_on_is_told(reply, checked):
    given = reply(QUOTED)
    quote = given["answer"][0]["quotes"][0]
    right = quote["page"]
    quote["page"] = right - 1
    [told] = [f for one in checked(given) for f in one.failings if one.quote and f.kind is FailingKind.NOT_ON_PAGE]
    assert f"page {right} of it" in told.remedy


def test_another_page_of_a_cited_passage_is_found(reply, checked):
    given = reply(QUOTED)
    cited = given["answer"][0]["citations"][0]
    given["passages"][cited - 1]["page"] += 1
    [failed] = [one for one in checked(given) if not one.proved]
    assert (failed.passage, failed.statement, kinds([failed])) == (cited, None, {FailingKind.NOT_ON_PAGE})


def test_another_sha256_is_a_missing_file_also_of_a_passage_that_nothing_quotes(reply, checked):
    given = reply(QUOTED)
    for number, passage in enumerate(given["passages"], 1):
        changed = copy.deepcopy(given)
        report = changed["passages"][number - 1]["report"]
        report["sha256"] = passage["report"]["sha256"][:-1] + "fe"[passage["report"]["sha256"][-1] == "f"]
        failed = [one for one in checked(changed) if not one.proved]
        assert {one.passage for one in failed} == {number}
        assert kinds(failed) == {FailingKind.FILE_MISSING}
        assert "another content" in failed[0].failings[0].why
        assert passage["report"]["file"] in failed[0].failings[0].remedy


def test_an_id_that_does_not_begin_the_sha256_is_found(reply, checked):
    given = reply(QUOTED)
    given["passages"][0]["report"]["id"] = "0" * 16
    assert FailingKind.WRONG_REPORT in kinds(checked(given))


def test_a_file_that_is_not_there_proves_nothing_of_it_and_the_others_are_proved(reply, checked, samples, tmp_path):
    given = reply(COMPARED)
    cited = [given["passages"][s["citations"][0] - 1]["report"]["file"] for s in given["answer"]]
    gone = next(file for file in cited if file.startswith("northwold"))
    assert any(file != gone for file in cited)
    shutil.copytree(samples, tmp_path / "some", ignore=shutil.ignore_patterns(gone))
    found = checked(given, SourceFiles.below([tmp_path / "some"]))
    assert {one.report for one in found if not one.proved} == {gone}
    assert kinds(found) == {FailingKind.FILE_MISSING}
    assert any(one.proved for one in found)


def test_a_file_that_cannot_be_read_proves_nothing(reply, checked, samples, tmp_path):
    given = reply(QUOTED)
    file = given["passages"][given["answer"][0]["citations"][0] - 1]["report"]["file"]
    shutil.copytree(samples, tmp_path / "all")
    (tmp_path / "all" / file).rename(tmp_path / "all" / "renamed.txt")  # its name says what its content is not
    failed = [one for one in checked(given, SourceFiles.below([tmp_path / "all"])) if not one.proved]
    assert kinds(failed) == {FailingKind.FILE_UNREADABLE}
    assert "renamed.txt: its name says text" in failed[0].failings[0].why


def test_any_other_span_is_found(payloads, checked):
    for payload, at, nth in first_quotes(payloads):
        quote = payload["answer"][at]["quotes"][nth]
        length = len(payload["passages"][quote["citation"] - 1]["text"])
        start, end = quote["start"], quote["end"]
        for span in (
            (start + 1, end + 1),
            (start, end + 1),
            (start - length, end - length),
            (end, start),
            (0, 10**400),
        ):
            quote["start"], quote["end"] = span
            assert kinds(checked(payload)) >= {FailingKind.NOT_IN_PASSAGE}, span


def test_a_box_that_lies_elsewhere_is_found_and_one_within_the_tolerance_is_not(payloads, checked):
    tried = 0
    for payload, at, nth in list(first_quotes(payloads))[::3]:
        boxes = payload["answer"][at]["quotes"][nth]["boxes"]
        for box in boxes[:1]:
            tried += 1
            for edge in ("x0", "y0", "x1", "y1"):
                there = box[edge]
                for off, found in (
                    (NEAR / 2, set()),
                    (NEAR * 2, {FailingKind.WRONG_PLACE}),
                    (-0.3, {FailingKind.WRONG_PLACE}),
                ):
                    box[edge] = there + off
                    assert kinds(checked(payload)) == found
                box[edge] = there
            boxes.append(box)
            assert kinds(checked(payload)) == {FailingKind.WRONG_PLACE}
            boxes.clear()
            assert kinds(checked(payload)) == {FailingKind.WRONG_PLACE}
    assert tried > 10


@pytest.mark.parametrize("grade", ["Outstanding", "Inadequate", "Good", "Requires improvement to be good"])
def test_another_grade_is_found_even_where_the_whole_reply_is_made_to_fit(reply, checked, grade):
    given = reply(GRADED)
    [statement] = given["answer"]
    [quote] = statement["quotes"]
    old = statement["judgement"]["grade"]
    with_passage(given, quote["citation"], old, grade)
    statement["text"] = statement["text"].replace(old, grade)
    quote["text"] = statement["judgement"]["grade"] = grade
    quote["end"] = quote["start"] + len(grade)
    found = checked(given)
    assert all(one.proved for one in found) if grade == old else FailingKind.NOT_JUDGED in kinds(found)


def test_the_grade_of_another_area_is_found_and_what_the_file_prints_is_told(reply, checked):
    given = reply("Which grades was Westmarsh given in 2023? List each judgement.")
    by_grade = {s["judgement"]["grade"]: s for s in given["answer"]}
    assert len(by_grade) > 1, "Westmarsh was given several grades"
    one, other = list(by_grade.values())[:2]
    one["judgement"]["area"], other["judgement"]["area"] = other["judgement"]["area"], one["judgement"]["area"]
    for statement in (one, other):
        statement["text"] = f"{statement['judgement']['area']}: {statement['judgement']['grade']}"
    failed = [done for done in checked(given) if not done.proved]
    assert kinds(failed) == {FailingKind.NOT_JUDGED}
    told = " ".join(failing.why for done in failed for failing in done.failings)
    assert all(f"“{statement['judgement']['grade']}” on page" in told for statement in (one, other))


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("report_id", "0" * 16, FailingKind.WRONG_REPORT),
        ("area", "Adoption", FailingKind.NOT_JUDGED),
        ("grade", "Outstanding", FailingKind.NOT_JUDGED),
    ],
)
def test_a_changed_judgement_is_found(reply, checked, field, value, kind):
    given = reply(GRADED)
    given["answer"][0]["judgement"][field] = value
    assert kind in kinds(checked(given))


def test_a_finding_that_says_more_than_its_judgement_is_found(reply, checked):
    for said in ("Everything: Good", "Westmarsh is the best", "Good"):
        given = reply(GRADED)
        given["answer"][0]["text"] = said
        assert kinds(checked(given)) == {FailingKind.NOT_SAID}


def test_a_grade_that_a_sidecar_gives_is_proved_with_the_sidecar_and_not_without(reply, checked, samples, tmp_path):
    given = reply(GRADED)
    [statement] = given["answer"]
    grade, quote = statement["judgement"]["grade"], statement["quotes"][0]
    file = given["passages"][quote["citation"] - 1]["report"]["file"]
    statement["judgement"]["area"], statement["text"], quote["boxes"] = "Edge of care", f"Edge of care: {grade}", []
    shutil.copytree(samples, tmp_path / "all")
    without = checked(given, SourceFiles.below([tmp_path / "all"]))
    assert kinds(without) == {FailingKind.NOT_JUDGED}
    assert "sidecar" in without[-1].failings[0].remedy
    row = f'[[judgements]]\narea = "Edge of care"\ngrade = "{grade}"\npage = {quote["page"]}\n'
    (tmp_path / "all" / f"{file}.toml").write_text(row, encoding="utf-8")
    assert all(one.proved for one in checked(given, SourceFiles.below([tmp_path / "all"])))


def test_two_reports_in_each_others_place_are_found_even_where_ids_and_addresses_are_made_to_fit(reply, checked):
    given = reply(COMPARED)
    one, other = (given["passages"][s["citations"][0] - 1] for s in (given["answer"][0], given["answer"][-1]))
    assert one["report"]["id"] != other["report"]["id"]
    one["report"], other["report"] = other["report"], one["report"]
    assert FailingKind.WRONG_REPORT in kinds(checked(given))
    for passage in (one, other):
        _, start, digest = passage["passage_id"].split("-")
        passage["passage_id"] = f"{passage['report']['id']}-{start}-{digest}"
    for statement in given["answer"]:
        for quote in statement["quotes"]:
            report = given["passages"][quote["citation"] - 1]["report"]["id"]
            quote["url"] = re.sub(r"/reports/\w+/", f"/reports/{report}/", quote["url"])
    assert FailingKind.NOT_ON_PAGE in kinds(checked(given))


@pytest.mark.parametrize("number", [0, -1, 1000, 10**100])
def test_a_citation_of_no_passage_is_found(reply, checked, number):
    given = reply(QUOTED)
    statement = given["answer"][0]
    statement["citations"] = [number]
    statement["quotes"][0]["citation"] = number
    assert kinds(checked(given)) == {FailingKind.NO_CITATION}


def test_a_statement_without_citations_or_quotes_and_a_citation_without_a_quote_are_found(reply, checked):
    for change in ({"citations": []}, {"quotes": []}, {"citations": [], "quotes": []}, {"citations": [1, 2, 3]}):
        given = reply(QUOTED)
        given["answer"][0] |= change
        failed = [one for one in checked(given) if not one.proved]
        assert kinds(failed) == {FailingKind.NO_CITATION}, change
        assert {one.statement for one in failed} == {1}


def test_passages_in_another_order_are_found(reply, checked):
    given = reply(QUOTED)
    given["passages"].reverse()
    assert FailingKind.NO_CITATION in kinds(checked(given))


def test_another_printed_page_label_or_address_is_found(reply, checked):
    for field, value in (("page_label", "99"), ("page_label", None), ("url", "/reports/x/pages/1"), ("url", "")):
        given = reply(QUOTED)
        assert given["answer"][0]["quotes"][0][field] != value
        given["answer"][0]["quotes"][0][field] = value
        assert kinds(checked(given)) == {FailingKind.WRONG_PLACE}, (field, value)


def test_an_address_with_the_services_own_before_it_is_as_good(reply, checked):
    given = reply(QUOTED)
    quote = given["answer"][0]["quotes"][0]
    quote["url"] = f"https://inspections.westmarsh.example{quote['url']}"
    assert all(one.proved for one in checked(given))


@pytest.fixture
def over_two_pages(payloads):
    """A reply with a sentence that runs over a page, and where in it that sentence is."""
    found = ((p, i) for p in payloads for i, s in enumerate(p["answer"]) if len(s["quotes"]) == 2)
    payload, at = next(found)
    return copy.deepcopy(payload), at


def test_a_sentence_over_two_pages_has_to_be_whole_and_in_order(over_two_pages, checked):
    given, at = over_two_pages
    assert [one.quote for one in checked(given) if one.statement == at + 1] == [1, 2]
    for change in (
        lambda quotes: quotes.reverse(),
        lambda quotes: quotes.pop(),
        lambda quotes: quotes.append(quotes[0]),
    ):
        changed = copy.deepcopy(given)
        change(changed["answer"][at]["quotes"])
        assert FailingKind.NOT_SAID in kinds(checked(changed))


def test_words_from_the_middle_of_two_pages_make_no_sentence(over_two_pages, checked):
    given, at = over_two_pages
    statement = given["answer"][at]
    head, tail = statement["quotes"]
    cut = tail["text"].split(" ", 2)
    assert len(cut) == 3
    with_passage(given, head["citation"], f"{cut[0]} {cut[1]} {cut[2]}", cut[2])
    tail["text"], tail["end"] = cut[2], tail["end"] - len(f"{cut[0]} {cut[1]} ")
    statement["text"] = given["passages"][head["citation"] - 1]["text"][head["start"] : tail["end"]]
    failed = [one for one in checked(given) if one.statement == at + 1 and one.quote is None]
    assert kinds(failed) == {FailingKind.NOT_ON_PAGE}
    assert "does not run over" in failed[0].failings[0].why


def test_quotes_of_two_passages_make_no_sentence(reply, checked):
    given = reply(COMPARED)
    one, other = given["answer"][0], given["answer"][-1]
    one["quotes"] += other["quotes"]
    one["citations"] = [one["citations"][0], other["citations"][0]]
    one["text"] = f"{one['text']} {other['text']}"
    assert kinds(checked(given)) >= {FailingKind.NOT_SAID, FailingKind.NOT_ON_PAGE}


def fields(value, path=()):
    """Each value in a JSON document that holds no other, and where it is."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inside is None:
        yield path, value
    else:
        for step, part in inside:
            yield from fields(part, (*path, step))


def other_than(value):
    if value is None:
        return "x"
    if isinstance(value, str):
        return {"quote": "finding", "finding": "quote"}.get(value) or value.replace(value[len(value) // 3], "¤", 1)
    return value + 1


@pytest.mark.parametrize("question", [QUOTED, GRADED, COMPARED])
def test_no_field_that_a_citation_rests_on_can_be_changed_unseen(reply, checked, question):
    given = reply(question)
    cited = {number - 1 for statement in given["answer"] for number in statement["citations"]}
    # Of a quote's boxes the first: they are all looked at alike, and a sentence has many.
    paths = [("answer", *path) for path, _ in fields(given["answer"]) if "boxes" not in path or path[-2] == 0]
    paths += [("passages", at, *rest) for at in cited for rest in [("text",), ("passage_id",), ("rank",), ("page",)]]
    paths += [("passages", at, "report", name) for at in cited for name in ("id", "sha256")]
    assert len(paths) > 20
    for path in paths:
        changed = copy.deepcopy(given)
        holder = changed
        for step in path[:-1]:
            holder = holder[step]
        if "url" in path:
            holder["url"] = "/reports/0000000000000000/pages/1?quote=x"
        elif path[-2] != "judgement" and path[-1] == "judgement":
            holder["judgement"] = {"report_id": "x", "area": "x", "grade": "x"}
        else:
            holder[path[-1]] = other_than(holder[path[-1]])
        assert any(not one.proved for one in checked(changed)), path


def test_what_was_checked_is_told_of_a_statement_or_passage_only_where_it_fails():
    with pytest.raises(ValueError, match="only where it fails"):
        Checked(1, "words", (), statement=1)


def test_an_answer_without_statements_has_nothing_to_prove(reply, checked):
    given = reply("What did inspectors think of Thornwick's youth justice service?")
    assert not given["answer"]
    assert checked(given) == []


def test_a_batch_is_checked_answer_by_answer_and_its_problems_passed_over(reply, checked):
    good, bad = reply(QUOTED), reply(GRADED)
    bad["answer"][0]["quotes"][0]["page"] += 1
    problem = {"status": 422, "problem": {"title": "The question is empty."}}
    found = checked({"answers": [problem, {"status": 200, "answer": good}, {"status": 200, "answer": bad}]})
    assert {one.answer for one in found if one.proved} == {2}
    assert {one.answer for one in found if not one.proved} == {3}
