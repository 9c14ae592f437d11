from __future__ import annotations

import html
import re
import shutil
import unicodedata
import zipfile
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from lxml import etree

from corpus.quotes.originals import Originals
from corpus.types import Box, Reading, RecognisedPage, RecognisedWord, SecondReading
from index.types import Query
from qa_service.answering.citations import Prover
from qa_service.answering.sentences.evidence import Evidence
from qa_service.types import AnswerStatus, Question, StatementKind

QUOTED = "Do care leavers in Westmarsh pay council tax?"
GRADED = "How was Westmarsh rated?"


def quotes_of(evidence, number, index):
    with Originals() as originals:
        return Prover(originals, index.source).quotes(evidence, number)


@cache
def printed(path, page):
    """Return the text on a page of a file, extracted without the product's readers."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            sheet = document[page - 1]
            text_page = sheet.get_textpage()
            text = text_page.get_text_range()
            text_page.close()
            sheet.close()
        return text
    assert page == 1, "only PDFs have pages"
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            return "".join(
                re.findall(
                    r"<w:t[^>]*>([^<]*)</w:t>|<w:p[ >]", html.unescape(archive.read("word/document.xml").decode())
                )
            )
    if path.suffix == ".html":
        tree = etree.HTML(path.read_bytes())
        return " ".join(tree.itertext())
    return path.read_text(encoding="utf-8")


def plain(text, *, line_hyphens):
    """Return a text without the differences that a word-for-word check ignores.

    These are white space, soft and line-break hyphens, bullet glyphs and NFKC forms.
    """
    text = re.sub("[\ufffe\x02]|-(?=\r?\n)", line_hyphens, text)
    text = unicodedata.normalize("NFKC", text)
    return (
        re.sub("[\\s\u00ad\u200b\ufeff•◼■▪●○◦∙‣⁃\uf000-\uf0ff]", "", text).replace("\u2010", "-").replace("\u2011", "-")
    )


def stands_on(quote, path, page):
    return any(plain(quote, line_hyphens="") in plain(printed(path, page), line_hyphens=kept) for kept in ("-", ""))


def test_the_word_for_word_check_detects_a_changed_word(samples):
    path = samples / "westmarsh-childrens-services-inspection-03-november-2023.pdf"
    assert stands_on("They receive free leisure membership, a bus pass, a laptop and £3,000 to set up home.", path, 6)
    assert not stands_on(
        "They receive free leisure membership, a bus pass, a laptop and £2,000 to set up home.", path, 6
    )
    assert not stands_on(
        "They receive free leisure membership, a bus pass, a laptop and £3,000 to set up home.", path, 5
    )


def test_each_quote_is_word_for_word_on_its_page(sample_answers, samples):
    checked = set()
    for line, answer in sample_answers:
        for statement in answer.statements:
            for quote in statement.quotes:
                file = answer.citations[quote.citation - 1].report.file
                assert stands_on(quote.text, samples / file, quote.page), (line["id"], file, quote.page, quote.text)
                checked.add((samples / file).suffix)
    assert checked >= {".pdf", ".docx"}


def test_the_offsets_of_each_quote_give_its_words_in_the_cited_passage(sample_answers):
    for line, answer in sample_answers:
        for statement in answer.statements:
            for quote in statement.quotes:
                assert quote.citation in statement.citations
                citation = answer.citations[quote.citation - 1]
                assert citation.scored.passage.text[quote.start : quote.end] == quote.text, line["id"]
                assert (quote.start, quote.end) in citation.highlights
                assert quote.page in citation.scored.passage.pages


def test_the_quotes_of_a_statement_cover_all_its_words(sample_answers):
    for _, answer in sample_answers:
        for statement in answer.statements:
            if statement.kind is StatementKind.QUOTE:
                joined = " ".join(quote.text for quote in statement.quotes)
                assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", statement.text)


def test_quotes_have_boxes_on_their_page_only_in_pdf_files(sample_answers):
    for _, answer in sample_answers:
        for statement in answer.statements:
            for quote in statement.quotes:
                is_pdf = answer.citations[quote.citation - 1].report.file.endswith(".pdf")
                assert bool(quote.boxes) == is_pdf
                assert all(box.page == quote.page for box in quote.boxes)


def every_sentence(answerer):
    """Yield each sentence of the index as evidence, with its quotes."""
    index = answerer.index
    rows = range(index.manifest.passages)
    for scored in index.score(Query("any"), rows):
        for start, end in scored.passage.sentences:
            sentence = Evidence(scored, 0, start, end, 0.0, 0.0, 0.0)
            yield sentence, quotes_of(sentence, 1, index)


@pytest.mark.thorough
def test_a_sentence_over_two_pages_has_a_quote_on_each(answerer, samples):
    over_two = [(sentence, quotes) for sentence, quotes in every_sentence(answerer) if len(quotes) > 1]
    assert len(over_two) >= 5
    for sentence, (head, tail) in over_two:
        path, passage = samples / sentence.scored.report.file, sentence.scored.passage
        assert (head.page + 1, head.start, tail.end) == (tail.page, sentence.start, sentence.end)
        assert passage.text[head.end : tail.start].strip() == ""
        for quote in (head, tail):
            assert passage.text[quote.start : quote.end] == quote.text
            assert stands_on(quote.text, path, quote.page)
            assert {box.page for box in quote.boxes} == {quote.page}
        assert not stands_on(sentence.text, path, head.page)


def test_a_sentence_that_is_not_printed_has_no_quotes(answerer, make_report, make_scored):
    report = next(r for r in answerer.index.store.reports if r.file.endswith("03-november-2023.pdf"))
    scored = make_scored(report, [("They receive a bus pass and £9,000 to set up home.", 0.9)], page=6)
    assert quotes_of(Evidence(scored, 0, 0, len(scored.passage.text), 0.9, 1.0, 1.0), 1, answerer.index) == ()


def test_a_quote_is_not_shown_if_its_passage_is_on_another_page(answerer, make_scored):
    report = next(r for r in answerer.index.store.reports if r.file.endswith("03-november-2023.pdf"))
    text = "They receive free leisure membership, a bus pass, a laptop and £3,000 to set up home."
    found = [
        quotes_of(
            Evidence(make_scored(report, [(text, 0.9)], page=page), 0, 0, len(text), 0.9, 1.0, 1.0), 1, answerer.index
        )
        for page in (5, 6)
    ]
    assert [len(quotes) for quotes in found] == [0, 1]


def originals(answerer, authority):
    found = [
        answerer.index.data.find_original(r.sha256) for r in answerer.index.store.reports if r.authority == authority
    ]
    assert all(found)
    assert found
    return found


def put_another_report_in_place(answerer):
    longest = max(originals(answerer, "Aldermere"), key=lambda path: path.stat().st_size)
    for path in originals(answerer, "Westmarsh"):
        shutil.copyfile(longest, path)


def put_a_shorter_report_in_place(answerer):
    [shorter] = originals(answerer, "Northwold")
    for path in originals(answerer, "Westmarsh"):
        shutil.copyfile(shorter, path)


def remove(answerer):
    for path in originals(answerer, "Westmarsh"):
        path.unlink()


def cut_short(answerer):
    for path in originals(answerer, "Westmarsh"):
        path.write_bytes(path.read_bytes()[:2000])


@pytest.mark.thorough
@pytest.mark.parametrize(
    "damage",
    [
        put_another_report_in_place,
        put_a_shorter_report_in_place,
        remove,
        cut_short,
    ],
)
def test_nothing_is_quoted_when_the_stored_original_is_altered_or_gone(own_answerer, damage):
    damage(own_answerer)
    answer = own_answerer.answer(Question(QUOTED))
    assert answer.status is AnswerStatus.LOW_CONFIDENCE
    assert answer.statements == ()
    assert answer.confidence < 0.5
    assert "word for word" in answer.reason
    assert answer.citations, "the nearest passages may still be shown"
    assert not any(citation.highlights for citation in answer.citations)


def test_a_report_with_an_intact_original_is_still_quoted(own_answerer):
    remove(own_answerer)
    answer = own_answerer.answer(
        Question("Does Northwold exempt care leavers from paying council tax, at the visit of 2025?")
    )
    assert answer.answered


def test_an_original_altered_while_the_service_runs_no_longer_proves_a_quote(own_answerer):
    assert own_answerer.answer(Question(QUOTED)).answered
    put_another_report_in_place(own_answerer)
    assert own_answerer.answer(Question(QUOTED)).status is AnswerStatus.LOW_CONFIDENCE


@pytest.mark.parametrize("damage", [put_another_report_in_place, remove])
def test_no_grade_is_stated_when_the_stored_original_is_altered_or_gone(own_answerer, damage):
    assert own_answerer.answer(Question(GRADED)).statements
    damage(own_answerer)
    answer = own_answerer.answer(Question(GRADED))
    assert answer.statements == ()
    assert answer.status is AnswerStatus.LOW_CONFIDENCE


def some_sentence(answerer):
    """Return a sentence of a PDF that is on one page, and its quote."""
    for sentence, quotes in every_sentence(answerer):
        if len(quotes) == 1 and sentence.scored.report.file.endswith(".pdf") and len(quotes[0].text) > 60:
            return sentence, quotes[0]
    raise LookupError("no sentence is long enough")


def proved_with(answerer, second, prove):
    """Return the prover's result for a second program that read ``second`` on every page. None if it read nothing."""
    index = answerer.index

    def source_of(report):
        readings = {} if second is None else dict.fromkeys(range(1, report.page_count + 1), second)
        return replace(index.source(report), second_readings=readings)

    with Originals() as originals:
        return prove(Prover(originals, source_of))


def test_a_quote_says_what_the_second_program_found(answerer):
    sentence, quote = some_sentence(answerer)

    def reading(second):
        quotes = proved_with(answerer, second, lambda prover: prover.quotes(sentence, 1))
        return [each.reading for each in quotes]

    page = answerer.index.source(sentence.scored.report).original
    text = printed(page, quote.page)
    assert quote.reading is Reading.CONFIRMED
    assert reading(SecondReading(same=True)) == [Reading.CONFIRMED]
    assert reading(SecondReading(same=False, text=text)) == [Reading.CONFIRMED]
    assert reading(SecondReading(same=False, problem="it failed")) == [Reading.NOT_CONFIRMED]
    assert reading(None) == [Reading.NOT_CONFIRMED]


def test_a_quote_that_the_second_program_contradicts_is_not_shown(answerer):
    sentence, quote = some_sentence(answerer)
    text = printed(answerer.index.source(sentence.scored.report).original, quote.page)
    first, *rest = quote.text.split()
    dropped = re.sub(r"\s+".join(map(re.escape, (first, *rest))), " ".join((first, "never", *rest)), text, count=1)
    assert dropped != text
    second = SecondReading(same=False, text=dropped)
    assert proved_with(answerer, second, lambda prover: prover.quote(sentence, 1)) is None


def test_grades_and_facts_say_what_the_second_program_found(many_answerer):
    for question in ("Which authorities are rated good?", "When was Dunfold inspected?"):
        answer = many_answerer.answer(Question(question))
        assert answer.statements
        assert {statement.reading for statement in answer.statements} == {Reading.CONFIRMED}
        assert all(fact.reading for s in answer.statements if (fact := s.fact) and fact.page)


@pytest.mark.parametrize("second", [SecondReading(same=True), SecondReading(same=False, text="Other words."), None])
def test_a_quote_from_a_recognised_page_is_from_the_picture_whatever_a_second_program_found(answerer, second):
    sentence, quote = some_sentence(answerer)
    index = answerer.index
    box = Box(quote.page, 0.1, 0.1, 0.2, 0.2)
    words = tuple(RecognisedWord(word, 96, box) for word in quote.text.split())
    readings = {} if second is None else {quote.page: second}

    def source_of(report):
        recognised = {quote.page: RecognisedPage(quote.page, words)}
        return replace(index.source(report), second_readings=readings, recognised=recognised)

    with Originals() as originals:
        quotes = Prover(originals, source_of).quotes(sentence, 1)
    assert [each.reading for each in quotes] == [Reading.FROM_PICTURE]
