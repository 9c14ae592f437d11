from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import Form
from index.types import Filters
from qa_service.answering.abstention import Decision, decide, in_own_words, with_unmentioned
from qa_service.answering.screening import screen
from qa_service.answering.sentences.confidence import confidence_of
from qa_service.answering.sentences.evidence import Evidence
from qa_service.calibration import ANSWER_THRESHOLD, CLOSE_CONFIDENCE
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import interpret
from qa_service.understanding.requirements import Requirements, requirements_of
from tests.qa_service.conftest import TODAY

NONE = Requirements()


def screened(question, reports):
    return screen(question, Filters(), reports, lambda word: True, lambda name, ids: True)


@pytest.fixture
def evidence(make_report, make_scored):
    def make(similarity, overlap=0.0):
        text = "Care leavers wait seven weeks for a flat."
        scored = make_scored(make_report(), [(text, similarity)])
        return Evidence(scored, 0, 0, len(text), similarity, overlap, similarity)

    return make


def test_the_reason_names_an_authority_that_no_report_is_about(make_report, known):
    reports = [make_report(authority="Westmarsh", published=date(2023, 1, 1))]
    decision = screened(interpret("Are caseloads manageable in Dudley or Hull?", known, TODAY), reports)
    assert decision.status is AnswerStatus.NOT_IN_REPORTS
    assert decision.confidence < 0.1
    assert "Dudley or Kingston upon Hull" in decision.reason


def test_a_thematic_report_may_mention_an_authority_without_reports(make_report, known):
    reports = [make_report(authority="Westmarsh"), make_report("many", form=Form.THEMATIC)]
    assert screened(interpret("Are caseloads manageable in Dudley?", known, TODAY), reports) is None


def test_the_reason_gives_the_day_of_the_last_report_if_the_question_is_about_a_later_time(make_report, known):
    reports = [
        make_report("old", authority="Westmarsh", inspected_to=date(2023, 9, 22)),
        make_report("new", authority="Aldermere", inspected_to=date(2026, 6, 26)),
    ]
    decision = screened(interpret("Are caseloads manageable in Westmarsh in 2025?", known, TODAY), reports)
    assert decision.status is AnswerStatus.NOT_IN_REPORTS
    assert "Westmarsh" in decision.reason
    assert "22 September 2023" in decision.reason
    assert screened(interpret("Are caseloads manageable in Aldermere in 2025?", known, TODAY), reports) is None
    assert screened(interpret("Are caseloads manageable in 2025?", known, TODAY), reports) is None


@pytest.mark.parametrize("text", ["Westmarsh in 2019 and in 2031", "Westmarsh since 2019", "Westmarsh", "caseloads"])
def test_a_question_that_some_report_may_answer_is_searched(make_report, known, text):
    reports = [make_report(authority="Westmarsh", inspected_to=date(2023, 9, 22))]
    assert screened(interpret(text, known, TODAY), reports) is None


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"authority": ("Aldermere",)}, "includes only Aldermere"),
        ({"form": (Form.LETTER,)}, "leave out every report about Westmarsh"),
        ({"authority": ("Nowhere",)}, "No report matches your filters"),
        ({"published_from": date(2031, 1, 1)}, "No report matches your filters"),
    ],
)
def test_the_reason_names_filters_that_leave_no_report(make_report, known, limits, told):
    reports = [
        make_report("a", authority="Westmarsh", published=date(2023, 1, 1)),
        make_report("b", authority="Aldermere", form=Form.LETTER, published=date(2023, 1, 1)),
    ]
    decision = screen(
        interpret("caseloads in Westmarsh", known, TODAY),
        Filters(**limits),
        reports,
        lambda word: True,
        lambda name, ids: True,
    )
    assert decision is not None
    assert decision.status is AnswerStatus.NOT_IN_REPORTS
    assert told in decision.reason
    assert decision.reason.endswith(("ask again.", "the question."))


def test_a_thing_that_no_report_about_the_authority_mentions_is_not_answered(make_report, known):
    reports = [make_report("a", authority="Westmarsh"), make_report("b", authority="Aldermere")]
    question = interpret("Does Westmarsh use Signs of Safety?", known, TODAY)
    asked = []

    def mentions(name, ids):
        asked.append((name, set(ids)))
        return False

    decision = screen(question, Filters(), reports, lambda word: True, mentions)
    assert asked == [("Signs of Safety", {reports[0].id})]
    assert decision.status is AnswerStatus.NOT_IN_REPORTS
    assert decision.not_applied == ("Signs of Safety",)
    assert decision.reason.startswith("No report about Westmarsh mentions “Signs of Safety”.")


def test_filters_ignore_case(make_report, known):
    reports = [make_report(authority="Westmarsh", published=date(2023, 1, 1))]
    question = interpret("caseloads in Westmarsh", known, TODAY)
    assert (
        screen(question, Filters(authority=("WESTMARSH",)), reports, lambda word: True, lambda name, ids: True) is None
    )


def test_the_reason_gives_the_dates_of_all_reports_if_none_is_of_that_time(make_report, known):
    reports = [
        make_report(str(year), authority="Westmarsh", inspected_to=date(year, 9, 1)) for year in range(2012, 2024)
    ]
    decision = screened(interpret("What did the 2010 inspections say of caseloads?", known, TODAY), reports)
    assert "September 2012 to September 2023" in decision.reason


def test_a_question_across_reports_is_searched_if_one_is_undated(make_report, known):
    reports = [make_report(authority="Westmarsh"), make_report("b", authority="Aldermere", published=date(2020, 1, 1))]
    assert screened(interpret("caseloads in Westmarsh in 2019", known, TODAY), reports[:1]) is not None
    assert screened(interpret("caseloads in 2019", known, TODAY), reports) is None


def test_a_topic_in_reports_of_other_authorities_is_not_out_of_scope(evidence, known):
    question = interpret("How long do care leavers wait in Westmarsh?", known, TODAY)
    decision = decide(question, [[evidence(0.1)]], NONE, (), lambda: 0.6)
    assert decision.status is AnswerStatus.NOT_IN_REPORTS
    assert "Westmarsh" in decision.reason


def test_near_evidence_is_answered_and_far_evidence_is_not(evidence, known):
    question = interpret("How long do care leavers wait in Westmarsh?", known, TODAY)
    assert decide(question, [[evidence(0.8, 0.6)]], NONE, (), lambda: 0.8).status is AnswerStatus.ANSWERED
    near = decide(question, [[evidence(0.45)]], NONE, (), lambda: 0.45)
    assert near.status is AnswerStatus.NOT_IN_REPORTS
    assert "Westmarsh" in near.reason
    assert decide(question, [[evidence(0.1)]], NONE, (), lambda: 0.1).status is AnswerStatus.OUT_OF_SCOPE
    nothing = decide(question, [[]], NONE, (), lambda: 0.1)
    assert (nothing.status, nothing.confidence) == (AnswerStatus.NOT_IN_REPORTS, 0.0)
    assert "Westmarsh" in nothing.reason


@settings(deadline=None, max_examples=40)
@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_more_support_never_means_less_confidence(make_report, make_scored, similarity, overlap, more):
    text = "Care leavers wait seven weeks for a flat."
    scored = make_scored(make_report(), [(text, similarity)])
    low = confidence_of([Evidence(scored, 0, 0, len(text), similarity, overlap, 0)])
    high = confidence_of([Evidence(scored, 0, 0, len(text), similarity + more, overlap, 0)])
    assert 0 <= low <= high <= 1


@settings(deadline=None, max_examples=40)
@given(st.floats(-1, 1), st.floats(0, 1))
def test_an_answer_is_given_exactly_if_confidence_reaches_the_threshold(make_report, make_scored, similarity, overlap):
    text = "Care leavers wait seven weeks for a flat."
    found = [Evidence(make_scored(make_report(), [(text, similarity)]), 0, 0, len(text), similarity, overlap, 0)]
    decision = decide(interpret("How long do they wait?", (), TODAY), [found], Requirements(), (), lambda: similarity)
    answers = decision.status is AnswerStatus.ANSWERED
    assert answers == (decision.confidence >= ANSWER_THRESHOLD)
    assert answers != bool(decision.reason)  # the reason for an answer depends on the sentences quoted


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("Are caseloads manageable in Dudley?", AnswerStatus.NOT_IN_REPORTS, "Dudley"),
        ("Are caseloads manageable in Westmarsh in 2031?", AnswerStatus.NOT_IN_REPORTS, "2023"),
        ("What did inspectors find in 2031?", AnswerStatus.NOT_IN_REPORTS, "2026"),
        ("asdkjh qwe zxcv", AnswerStatus.OUT_OF_SCOPE, ""),
        ("???", AnswerStatus.OUT_OF_SCOPE, ""),
        ("What is the boiling point of water?", AnswerStatus.OUT_OF_SCOPE, ""),
        ("How do I bake sourdough bread?", AnswerStatus.OUT_OF_SCOPE, ""),
        ("Who won the world cup in 1966?", AnswerStatus.OUT_OF_SCOPE, ""),
        (
            "What did inspectors find about the out-of-hours team in Northwold?",  # other reports mention one
            AnswerStatus.NOT_IN_REPORTS,
            "Northwold",
        ),
        (
            "What percentage of Northwold's child protection conferences were on time?",
            AnswerStatus.NOT_IN_REPORTS,
            "Northwold",
        ),
    ],
)
def test_a_question_that_the_samples_cannot_answer_is_not_answered_and_says_why(ask, text, status, told):
    answer = ask(text)
    assert answer.status is status
    assert answer.statements == ()
    assert answer.confidence < ANSWER_THRESHOLD
    assert told in answer.reason
    assert answer.reason.endswith(".")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "filler", ["x" * 2000, "why " * 500, "\u202e\u0000\ud7ff", "🙂" * 10, "'; DROP TABLE passages; --", "*" * 50]
)
def test_any_text_gets_an_abstention_with_a_reason(ask, filler):
    answer = ask(filler)
    assert not answer.answered
    assert answer.reason


def test_a_place_that_no_report_names_is_not_answered_from_others(ask):
    assert ask("Are caseloads manageable in Thornwick?").statements == ()


def test_a_place_that_only_a_national_report_names_is_answered_from_what_names_it(ask):
    answer = ask("How are special guardians assessed in Stellmoor?")
    cited = [answer.citations[s.citations[0] - 1] for s in answer.statements]
    assert cited
    assert all(c.report.authority is None and "Stellmoor" in c.scored.passage.text for c in cited)


def test_a_passage_that_does_not_mention_whom_the_question_is_about_answers_nothing(ask):
    answer = ask("Are caseloads manageable in Stellmoor?")
    assert not answer.answered
    assert "caseloads and Stellmoor" in answer.reason


def test_what_has_changed_is_answered_only_by_sentences_on_the_subject(ask):
    answer = ask("Is private fostering in Westmarsh better than it used to be?")
    assert answer.statements
    assert not any("private rents" in statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    ("sentences", "mentioned"),
    [
        (("Foster carers are trained well.", "Care leavers pay no council tax."), True),
        (("Foster carers are trained well.", "Plans are on time.", "Care leavers pay no council tax."), False),
        (("Foster carers feel valued.", "They are trained.", "Leaders have freed them from council tax."), True),
    ],
)
def test_quotes_far_from_whom_the_question_is_about_are_never_close(make_report, make_scored, sentences, mentioned):
    requirements = requirements_of("Do foster carers pay council tax?")
    scored = make_scored(make_report(), [(text, 0.9) for text in sentences])
    last = len(sentences) - 1
    start, end = scored.passage.sentences[last]
    found = Evidence(scored, last, start, end, 0.9, 1.0, 0.9, logit=3.0, close_logit=3.0)
    decision = with_unmentioned(Decision(AnswerStatus.ANSWERED, 0.95, "", "Note."), requirements, [found])
    assert (decision.confidence >= CLOSE_CONFIDENCE) is mentioned
    told = "Note. The sentence that we quote does not mention foster carers."
    assert decision.note == ("Note." if mentioned else told)


def test_a_group_that_one_of_the_quotes_mentions_is_not_called_missing(make_report, make_scored):
    scored = make_scored(
        make_report(), [("Plans are on time.", 0.9), ("All is well.", 0.9), ("Foster carers agree.", 0.8)]
    )
    spans = scored.passage.sentences
    found = [Evidence(scored, at, spans[at][0], spans[at][1], 0.9, 1.0, 0.9) for at in (0, 2)]
    asked = Decision(AnswerStatus.ANSWERED, 0.95, "")
    assert with_unmentioned(asked, requirements_of("Are foster carers on time?"), found) == asked


def test_a_question_with_too_many_authorities_gets_a_request_to_name_fewer(ask):
    named = "Westmarsh, Northwold, Carrowby, Pellbrook, Aldermere, Leeds, Kent, Surrey and Dudley"
    answer = ask(f"How do care leavers fare in {named}?")
    assert answer.status is AnswerStatus.LOW_CONFIDENCE
    assert "Name fewer" in answer.reason


def test_an_answer_about_two_authorities_notes_that_one_has_no_report(ask):
    answer = ask("How are care leavers housed in Westmarsh and in Dudley?")
    assert answer.answered
    assert "We have no reports about Dudley." in answer.note
    assert answer.reason.endswith(answer.note)


def test_an_answer_names_the_part_of_a_comparison_that_no_report_states(evidence, known):
    question = interpret("Are caseloads lower in Westmarsh or in Northwold?", known, TODAY)
    strong, weak = [evidence(0.9)], [evidence(0.0)]
    assert decide(question, [strong, weak], NONE, (), lambda: 0.9).note.endswith("Westmarsh or Northwold.")
    reports = [evidence(0.9).scored.report]
    held = [replace(reports[0], authority=name) for name in ("Westmarsh", "Northwold")]
    assert decide(question, [strong, weak], NONE, held, lambda: 0.9).note == "The reports about Northwold do not say."
    assert decide(question, [strong, strong], NONE, held, lambda: 0.9).note == ""


def test_the_words_quoted_are_said_to_be_of_one_report_or_of_several(make_report, make_scored):
    def quoted(*files):
        scored = (make_scored(make_report(file), [("They wait.", 0.9)]) for file in files)
        return [Evidence(one, 0, 0, 10, 0.9, 0.5, 1) for one in scored]

    assert in_own_words(quoted("a")) == "This sentence is in the report’s own words."
    assert in_own_words(quoted("a", "a")) == "These sentences are in the report’s own words."
    assert in_own_words(quoted("a", "b")) == "These sentences are in the reports’ own words."
    assert in_own_words(quoted("a"), further=True) == (
        "This is a further sentence on the same subject, in the report’s own words."
    )
    assert in_own_words(quoted("a", "b"), further=True) == (
        "These are further sentences on the same subject, in the reports’ own words."
    )


@pytest.mark.parametrize(("similarity", "found"), [(0.45, "No sentence"), (None, "Nothing")])
def test_without_reports_about_any_authority_named_other_words_are_not_advised(
    make_report, evidence, similarity, found
):
    question = interpret("How long do they wait in Westmarsh or Northwold?", ("Westmarsh", "Northwold"), TODAY)
    ranked = [[evidence(similarity)] if similarity else [] for _ in question.parts]
    nothing = decide(question, ranked, NONE, (), lambda: 0.5)
    assert nothing.reason == (
        "We have no reports about Westmarsh or Northwold, and our other reports do not answer this. See the list of "
        "reports for the authorities that we have."
    )
    held = (make_report(authority="Northwold"),)
    assert decide(question, ranked, NONE, held, lambda: 0.5).reason.startswith(
        f"We have no reports about Westmarsh. {found} in the reports about Northwold matches your question"
    )
