from __future__ import annotations

import copy
import hashlib
import re
import shutil

import pytest

from qa_service.answer_json.answer import answer_json
from qa_service.verification.citation_check import CheckedItem
from qa_service.verification.quote_check import NEAR, FaultKind
from qa_service.verification.source_files import SourceFiles

pytestmark = pytest.mark.thorough

QUOTED = "What do care leavers in Westmarsh get to furnish their first home, in the latest report?"
GRADED = "How was Westmarsh rated in 2023?"
COMPARED = "How many young people does each leaving care adviser look after in Westmarsh compared with Northwold?"


@pytest.fixture(scope="module")
def payloads(sample_answers):
    return [answer_json(answer, 1.0) for _, answer in sample_answers]


def proved(items):
    """Return whether there is at least one item and all items are proved."""
    return bool(items) and all(item.proved for item in items)


def kinds(items):
    return {fault.kind for item in items for fault in item.faults}


def with_passage(given, number, old, new):
    """Change words in a passage and make its id match them, as a careful forger would."""
    passage = given["passages"][number - 1]
    assert old in passage["text"]
    passage["text"] = passage["text"].replace(old, new)
    digest = hashlib.sha256(passage["text"].encode()).hexdigest()[:8]
    passage["passage_id"] = f"{passage['passage_id'].rpartition('-')[0]}-{digest}"


def with_words(given, statement, old, new):
    """Change words in a statement, its quote and its passage to other words of the same length."""
    assert len(old) == len(new)
    changed = given["answer"][statement]
    [quote] = [q for q in changed["quotes"] if old in q["text"]]
    with_passage(given, quote["citation"], old, new)
    for place in (changed, quote):
        place["text"] = place["text"].replace(old, new)
    return given


def each_quote(payloads):
    """Yield a copy of the reply for each quote in the sample answers, and the indexes of its statement and quote."""
    for payload in payloads:
        for at, statement in enumerate(payload["answer"]):
            for nth in range(len(statement["quotes"])):
                yield copy.deepcopy(payload), at, nth


def test_each_quote_of_the_sample_answers_is_proved(payloads, checked):
    quotes = [q for payload in payloads for s in payload["answer"] for q in s["quotes"]]
    assert len(quotes) > 50
    items = [item for payload in payloads for item in checked(payload)]
    assert [item for item in items if not item.proved] == []
    facts = [s for payload in payloads for s in payload["answer"] if s["fact"]]
    assert len(items) == len(quotes) + len(facts)
    assert any(s["kind"] == "finding" for payload in payloads for s in payload["answer"])
    assert {item.report.rpartition(".")[2] for item in items} >= {"pdf", "docx", "html"}


def test_a_changed_word_or_digit_is_detected_even_if_the_rest_of_the_reply_fits(payloads, checked):
    words = digits = 0
    for payload, at, nth in each_quote(payloads):
        if payload["answer"][at]["kind"] == "finding":
            continue
        text = payload["answer"][at]["quotes"][nth]["text"]
        word = max(re.findall(r"[A-Za-z]+", text), key=len)
        if text.count(word) == 1:
            changed = with_words(copy.deepcopy(payload), at, word, word[:-1] + ("x" if word[-1] != "x" else "y"))
            assert FaultKind.NOT_ON_PAGE in kinds(checked(changed)), text
            words += 1
        if (digit := re.search(r"\d", text)) and text.count(digit.group()) == 1:
            changed = with_words(copy.deepcopy(payload), at, digit.group(), str((int(digit.group()) + 1) % 10))
            assert FaultKind.NOT_ON_PAGE in kinds(checked(changed)), text
            digits += 1
    assert words > 40
    assert digits > 5


def test_a_missing_word_or_a_changed_order_of_words_is_detected(payloads, checked):
    tried = 0
    for payload, at, nth in each_quote(payloads):
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
            assert FaultKind.NOT_ON_PAGE in kinds(checked(changed)), forged
        tried += 1
    assert tried > 40


def test_words_changed_in_only_one_place_are_detected(reply, checked):
    for place in ("statement", "quote", "passage"):
        given = reply(QUOTED)
        statement = next(each for each in given["answer"] if "£3,000" in each["text"])
        passage = given["passages"][statement["citations"][0] - 1]
        holder = {"statement": statement, "quote": statement["quotes"][0], "passage": passage}[place]
        holder["text"] = holder["text"].replace("£3,000", "£9,000")
        expected = {
            "statement": {FaultKind.NOT_SAID},
            "quote": {FaultKind.NOT_IN_PASSAGE, FaultKind.NOT_ON_PAGE},
            "passage": {FaultKind.NOT_IN_PASSAGE, FaultKind.NOT_SAID},
        }[place]
        assert kinds(checked(given)) == expected, place


def test_a_wrong_page_is_detected_even_if_boxes_and_link_fit(payloads, checked):
    for payload, at, nth in each_quote(payloads):
        for step in (-1, 1, 10**9):
            changed = copy.deepcopy(payload)
            quote = changed["answer"][at]["quotes"][nth]
            page = quote["page"] + step
            quote["url"] = quote["url"].replace(f"/pages/{quote['page']}?", f"/pages/{page}?")
            for box in quote["boxes"]:
                box["page"] = page
            quote["page"] = page
            failed = [item for item in checked(changed) if not item.proved]
            assert (at + 1, nth + 1) in [(item.statement, item.quote) for item in failed]
            assert kinds(failed) & {FaultKind.NOT_ON_PAGE, FaultKind.NOT_JUDGED}, quote["text"]


def test_the_remedy_names_the_page_that_has_the_words(reply, checked):
    given = reply(QUOTED)
    quote = given["answer"][0]["quotes"][0]
    right = quote["page"]
    quote["page"] = right - 1
    items = [item for item in checked(given) if item.quote]
    [fault] = [fault for item in items for fault in item.faults if fault.kind is FaultKind.NOT_ON_PAGE]
    assert f"The words are on page {right}." in fault.remedy


def test_a_wrong_page_of_a_cited_passage_is_detected(reply, checked):
    given = reply(QUOTED)
    cited = given["answer"][0]["citations"][0]
    given["passages"][cited - 1]["page"] += 1
    [failed] = [item for item in checked(given) if not item.proved]
    assert (failed.passage, failed.statement, kinds([failed])) == (cited, None, {FaultKind.NOT_ON_PAGE})


def test_a_wrong_sha256_is_a_missing_file_even_for_a_passage_without_quotes(reply, checked):
    given = reply(QUOTED)
    for number, passage in enumerate(given["passages"], 1):
        changed = copy.deepcopy(given)
        report = changed["passages"][number - 1]["report"]
        report["sha256"] = passage["report"]["sha256"][:-1] + "fe"[passage["report"]["sha256"][-1] == "f"]
        failed = [item for item in checked(changed) if not item.proved]
        assert {item.passage for item in failed} == {number}
        assert kinds(failed) == {FaultKind.FILE_MISSING}
        assert "with different content" in failed[0].faults[0].why
        assert passage["report"]["file"] in failed[0].faults[0].remedy


def test_an_id_that_is_not_the_start_of_the_sha256_is_detected(reply, checked):
    given = reply(QUOTED)
    given["passages"][0]["report"]["id"] = "0" * 16
    assert FaultKind.WRONG_REPORT in kinds(checked(given))


def test_quotes_of_a_missing_file_are_not_proved_but_others_are(reply, checked, samples, tmp_path):
    given = reply(COMPARED)
    cited = [given["passages"][s["citations"][0] - 1]["report"]["file"] for s in given["answer"]]
    gone = next(file for file in cited if file.startswith("northwold"))
    assert any(file != gone for file in cited)
    shutil.copytree(samples, tmp_path / "some", ignore=shutil.ignore_patterns(gone))
    items = checked(given, SourceFiles.below([tmp_path / "some"]))
    assert {item.report for item in items if not item.proved} == {gone}
    assert kinds(items) == {FaultKind.FILE_MISSING}
    assert any(item.proved for item in items)


def test_quotes_of_an_unreadable_file_are_not_proved(reply, checked, samples, tmp_path):
    given = reply(QUOTED)
    file = given["passages"][given["answer"][0]["citations"][0] - 1]["report"]["file"]
    shutil.copytree(samples, tmp_path / "all")
    (tmp_path / "all" / file).rename(tmp_path / "all" / "renamed.txt")  # the suffix does not match the content
    failed = [item for item in checked(given, SourceFiles.below([tmp_path / "all"])) if not item.proved]
    assert kinds(failed) == {FaultKind.FILE_UNREADABLE}
    assert "renamed.txt: its name says text" in failed[0].faults[0].why


def test_a_wrong_span_is_detected(payloads, checked):
    for payload, at, nth in each_quote(payloads):
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
            assert kinds(checked(payload)) >= {FaultKind.NOT_IN_PASSAGE}, span


def test_a_box_outside_the_tolerance_is_detected(payloads, checked):
    tried = 0
    for payload, at, nth in list(each_quote(payloads))[::3]:
        boxes = payload["answer"][at]["quotes"][nth]["boxes"]
        for box in boxes[:1]:
            tried += 1
            for edge in ("x0", "y0", "x1", "y1"):
                original = box[edge]
                for offset, expected in (
                    (NEAR / 2, set()),
                    (NEAR * 2, {FaultKind.WRONG_PLACE}),
                    (-0.3, {FaultKind.WRONG_PLACE}),
                ):
                    box[edge] = original + offset
                    assert kinds(checked(payload)) == expected
                box[edge] = original
            boxes.append(box)
            assert kinds(checked(payload)) == {FaultKind.WRONG_PLACE}
            boxes.clear()
            assert kinds(checked(payload)) == {FaultKind.WRONG_PLACE}
    assert tried > 10


@pytest.mark.parametrize("grade", ["Outstanding", "Inadequate", "Good", "Requires improvement to be good"])
def test_a_wrong_grade_is_detected_even_if_the_rest_of_the_reply_fits(reply, checked, grade):
    given = reply(GRADED)
    [statement] = given["answer"]
    [quote] = statement["quotes"]
    old = statement["judgement"]["grade"]
    with_passage(given, quote["citation"], old, grade)
    statement["text"] = statement["text"].replace(old, grade)
    quote["text"] = statement["judgement"]["grade"] = grade
    quote["end"] = quote["start"] + len(grade)
    items = checked(given)
    assert proved(items) if grade == old else FaultKind.NOT_JUDGED in kinds(items)


def test_the_grade_of_another_area_is_detected_and_the_printed_grade_is_named(reply, checked):
    given = reply("Which grades was Westmarsh given in 2023? List each judgement.")
    by_grade = {s["judgement"]["grade"]: s for s in given["answer"]}
    assert len(by_grade) > 1, "Westmarsh must have several grades"
    one, other = list(by_grade.values())[:2]
    one["judgement"]["area"], other["judgement"]["area"] = other["judgement"]["area"], one["judgement"]["area"]
    for statement in (one, other):
        statement["text"] = f"{statement['judgement']['area']}: {statement['judgement']['grade']}"
    failed = [item for item in checked(given) if not item.proved]
    assert kinds(failed) == {FaultKind.NOT_JUDGED}
    reasons = " ".join(fault.why for item in failed for fault in item.faults)
    assert all(f"“{statement['judgement']['grade']}” on page" in reasons for statement in (one, other))


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("report_id", "0" * 16, FaultKind.WRONG_REPORT),
        ("area", "Adoption", FaultKind.NOT_JUDGED),
        ("grade", "Outstanding", FaultKind.NOT_JUDGED),
    ],
)
def test_a_changed_judgement_is_detected(reply, checked, field, value, kind):
    given = reply(GRADED)
    given["answer"][0]["judgement"][field] = value
    assert kind in kinds(checked(given))


def test_a_finding_that_does_not_say_its_judgement_is_detected(reply, checked):
    for text in ("Everything: Good", "Westmarsh is the best", "Good"):
        given = reply(GRADED)
        given["answer"][0]["text"] = text
        assert kinds(checked(given)) == {FaultKind.NOT_SAID}


def test_a_grade_from_a_sidecar_is_proved_only_with_the_sidecar(reply, checked, samples, tmp_path):
    given = reply(GRADED)
    [statement] = given["answer"]
    grade, quote = statement["judgement"]["grade"], statement["quotes"][0]
    file = given["passages"][quote["citation"] - 1]["report"]["file"]
    statement["judgement"]["area"], statement["text"], quote["boxes"] = "Edge of care", f"Edge of care: {grade}", []
    shutil.copytree(samples, tmp_path / "all")
    without = checked(given, SourceFiles.below([tmp_path / "all"]))
    assert kinds(without) == {FaultKind.NOT_JUDGED}
    assert "facts file" in without[-1].faults[0].remedy
    row = f'[[judgements]]\narea = "Edge of care"\ngrade = "{grade}"\npage = {quote["page"]}\n'
    (tmp_path / "all" / f"{file}.toml").write_text(row, encoding="utf-8")
    assert proved(checked(given, SourceFiles.below([tmp_path / "all"])))


def test_swapped_reports_are_detected_even_if_ids_and_links_fit(reply, checked):
    given = reply(COMPARED)
    one, other = (given["passages"][s["citations"][0] - 1] for s in (given["answer"][0], given["answer"][-1]))
    assert one["report"]["id"] != other["report"]["id"]
    one["report"], other["report"] = other["report"], one["report"]
    assert FaultKind.WRONG_REPORT in kinds(checked(given))
    for passage in (one, other):
        _, start, digest = passage["passage_id"].split("-")
        passage["passage_id"] = f"{passage['report']['id']}-{start}-{digest}"
    for statement in given["answer"]:
        for quote in statement["quotes"]:
            report = given["passages"][quote["citation"] - 1]["report"]["id"]
            quote["url"] = re.sub(r"/reports/\w+/", f"/reports/{report}/", quote["url"])
    assert FaultKind.NOT_ON_PAGE in kinds(checked(given))


@pytest.mark.parametrize("number", [0, -1, 1000, 10**100])
def test_a_citation_without_a_passage_is_detected(reply, checked, number):
    given = reply(QUOTED)
    statement = given["answer"][0]
    statement["citations"] = [number]
    statement["quotes"][0]["citation"] = number
    assert kinds(checked(given)) == {FaultKind.NO_CITATION}


def test_missing_citations_and_quotes_are_detected(reply, checked):
    changes: list[dict[str, list[int]]] = [
        {"citations": []}, {"quotes": []}, {"citations": [], "quotes": []}, {"citations": [1, 2, 3]}
    ]  # fmt: skip
    for change in changes:
        given = reply(QUOTED)
        given["answer"][0] |= change
        failed = [item for item in checked(given) if not item.proved]
        assert kinds(failed) == {FaultKind.NO_CITATION}, change
        assert {item.statement for item in failed} == {1}


def test_a_changed_order_of_passages_is_detected(reply, checked):
    given = reply(QUOTED)
    given["passages"].reverse()
    assert FaultKind.NO_CITATION in kinds(checked(given))


def test_a_wrong_page_label_or_link_is_detected(reply, checked):
    for field, value in (("page_label", "99"), ("page_label", None), ("url", "/reports/x/pages/1"), ("url", "")):
        given = reply(QUOTED)
        assert given["answer"][0]["quotes"][0][field] != value
        given["answer"][0]["quotes"][0][field] = value
        assert kinds(checked(given)) == {FaultKind.WRONG_PLACE}, (field, value)


def test_a_link_may_begin_with_the_address_of_the_service(reply, checked):
    given = reply(QUOTED)
    quote = given["answer"][0]["quotes"][0]
    quote["url"] = f"https://inspections.westmarsh.example{quote['url']}"
    assert proved(checked(given))


@pytest.fixture
def over_two_pages(reply):
    """A reply with a statement that is printed on two pages, and the index of that statement."""
    given = reply("What does the 2023 health check survey in Westmarsh say about supervision?")
    [at] = (i for i, statement in enumerate(given["answer"]) if len(statement["quotes"]) == 2)
    return given, at


def test_a_statement_on_two_pages_needs_all_its_quotes_in_order(over_two_pages, checked):
    given, at = over_two_pages
    assert [item.quote for item in checked(given) if item.statement == at + 1] == [1, 2]
    for change in (
        lambda quotes: quotes.reverse(),
        lambda quotes: quotes.pop(),
        lambda quotes: quotes.append(quotes[0]),
    ):
        changed = copy.deepcopy(given)
        change(changed["answer"][at]["quotes"])
        assert FaultKind.NOT_SAID in kinds(checked(changed))


def test_words_from_the_middle_of_two_pages_are_not_a_statement(over_two_pages, checked):
    given, at = over_two_pages
    statement = given["answer"][at]
    head, tail = statement["quotes"]
    cut = tail["text"].split(" ", 2)
    assert len(cut) == 3
    with_passage(given, head["citation"], f"{cut[0]} {cut[1]} {cut[2]}", cut[2])
    tail["text"], tail["end"] = cut[2], tail["end"] - len(f"{cut[0]} {cut[1]} ")
    statement["text"] = given["passages"][head["citation"] - 1]["text"][head["start"] : tail["end"]]
    failed = [item for item in checked(given) if item.statement == at + 1 and item.quote is None]
    assert kinds(failed) == {FaultKind.NOT_ON_PAGE}
    assert "is not printed on pages" in failed[0].faults[0].why


def test_quotes_of_two_passages_are_not_a_statement(reply, checked):
    given = reply(COMPARED)
    one, other = given["answer"][0], given["answer"][-1]
    one["quotes"] += other["quotes"]
    one["citations"] = [one["citations"][0], other["citations"][0]]
    one["text"] = f"{one['text']} {other['text']}"
    assert kinds(checked(given)) >= {FaultKind.NOT_SAID, FaultKind.NOT_ON_PAGE}


def fields(value, path=()):
    """Yield each simple value in a JSON document, with its path."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inside is None:
        yield path, value
    else:
        for step, part in inside:
            yield from fields(part, (*path, step))


def other_than(value):
    if value is None or value == "":
        return "x"
    if isinstance(value, str):
        return {"quote": "finding", "finding": "quote"}.get(value) or value.replace(value[len(value) // 3], "¤", 1)
    return value + 1


@pytest.mark.parametrize("question", [QUOTED, GRADED, COMPARED])
def test_a_change_of_any_field_that_a_citation_needs_is_detected(reply, checked, question):
    given = reply(question)
    cited = {number - 1 for statement in given["answer"] for number in statement["citations"]}
    # We change only the first box of each quote, because all boxes are checked in the same way.
    paths = [("answer", *path) for path, _ in fields(given["answer"]) if "boxes" not in path or path[-2] == 0]
    paths += [("passages", at, *rest) for at in cited for rest in [("text",), ("passage_id",), ("rank",), ("page",)]]
    paths += [("passages", at, "report", name) for at in cited for name in ("id", "sha256")]
    paths = [path for path in paths if path[-1] != "heading"]  # words of our own, which no report can prove
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
        elif path[-1] == "fact":
            holder["fact"] = {
                "report_id": "x",
                "name": "published",
                "value": "x",
                "source": "x",
                "words": "",
                "page": None,
            }
        else:
            holder[path[-1]] = other_than(holder[path[-1]])
        assert any(not item.proved for item in checked(changed)), path


def test_a_statement_or_passage_is_an_item_only_if_it_has_faults():
    with pytest.raises(ValueError, match="only if it has faults"):
        CheckedItem(1, "words", (), statement=1)


def test_an_answer_without_statements_has_nothing_to_prove(reply, checked):
    given = reply("What did inspectors think of Thornwick's youth justice service?")
    assert not given["answer"]
    assert checked(given) == []


def test_each_answer_of_a_batch_is_checked_and_problems_are_ignored(reply, checked):
    good, bad = reply(QUOTED), reply(GRADED)
    bad["answer"][0]["quotes"][0]["page"] += 1
    problem = {"status": 422, "problem": {"title": "The question is empty."}}
    items = checked({"answers": [problem, {"status": 200, "answer": good}, {"status": 200, "answer": bad}]})
    assert {item.answer for item in items if item.proved} == {2}
    assert {item.answer for item in items if not item.proved} == {3}


def test_a_label_is_proved_only_if_a_list_prints_it_next_to_the_words(reply, checked, files):
    given = reply("What does Westmarsh need to improve?")
    reports = {passage["rank"]: files.report(passage["report"]["sha256"]).facts for passage in given["passages"]}
    tried = 0
    for at, statement in enumerate(given["answer"]):
        listed = [
            i for rank in statement["citations"] for i in reports[rank].improvements if statement["text"] in i.text
        ]
        if not listed:
            continue
        tried += 1
        for label, expected in ((listed[0].section.rstrip(" :?"), set()), ("For the ICB", {FaultKind.NOT_SAID})):
            changed = copy.deepcopy(given)
            changed["answer"][at]["label"] = label
            assert kinds(checked(changed)) == expected
    assert tried
