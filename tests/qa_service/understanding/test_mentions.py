from __future__ import annotations

import pytest

from qa_service.understanding.mentions import _any_of, is_about_another, mentions, mentions_in, names_of


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Do foster carers in Aldermere pay council tax?", ["foster carers", "council tax"]),
        ("How do UASC get on in Aldermere?", ["young people who seek asylum or were trafficked"]),
        ("Do PAs see their young people often?", ["personal advisers"]),
        ("Did the papa report say so?", []),
        ("Do the police send referrals in time?", ["the police"]),
        ("Are children held in police custody for long?", ["arrests or police custody"]),
        ("Where do they send children?", []),
        ("How good is SEND support?", ["disabled children or special educational needs"]),
        ("Do dads get asked?", ["fathers"]),
        ("Do mums and dads get asked?", []),
        ("Do mums and dads get asked, or only fathers?", ["fathers"]),
        ("How good are the school nurses?", ["school nurses"]),
        ("How good is CAMHS?", ["health services"]),
        ("How long is the wait for an occupational therapist?", ["occupational therapy"]),
        ("How good is the youth offending service?", ["the youth justice service"]),
        ("Are gangs a problem?", ["gangs"]),
        ("What about leaders?", []),
    ],
)
def test_a_question_mentions_people_bodies_and_things(question: str, names: list[str]) -> None:
    assert names_of(mentions_in(question)) == names


def test_mentions_in_a_list_are_alternatives() -> None:
    assert [len(group) for group in mentions_in("Do schools, health visitors and the police come to meetings?")] == [3]
    assert [len(group) for group in mentions_in("Do schools tell the police about foster carers?")] == [1, 1, 1]


def test_a_longer_mention_counts_instead_of_one_within_it() -> None:
    assert names_of(mentions_in("Is the virtual school any good?")) == ["the virtual school"]
    assert names_of(mentions_in("Do schools like the virtual school?")) == ["schools", "the virtual school"]


def test_words_that_only_overlap_are_alternatives() -> None:
    assert [len(group) for group in mentions_in("Do private foster carers get visits?")] == [2]


def test_a_passage_mentions_what_reports_call_by_other_names() -> None:
    (tax,), (carers,) = mentions_in("Who pays council tax: foster carers?")
    assert carers.is_in("Carers told inspectors that they feel valued.")
    assert not carers.is_in("Care leavers are exempt from council tax.")
    assert tax.is_in("Care leavers are exempt from council tax.")


def test_capitals_count_only_where_the_file_has_them() -> None:
    expression = _any_of(["PA", "short break*"])
    assert expression.search("The PA calls.")
    assert not expression.search("The pa calls.")
    assert expression.search("Short-breaks are rare.")
    assert not expression.search("They shorted breaks.")


def test_a_passage_with_the_words_of_a_question_mentions_the_same() -> None:
    assert len({mention.name for mention in mentions()}) == len(mentions()) > 250
    for question in ("Do foster carers foster?", "Is the LADO quick?", "Who supports young carers at home?"):
        assert mentions_in(question)
        assert all(mention.is_in(question) for group in mentions_in(question) for mention in group)


def test_a_mention_needs_words() -> None:
    with pytest.raises(ValueError, match="at least one phrase"):
        _any_of([])


@pytest.mark.parametrize(
    ("question", "sentence", "before"),
    [
        ("Do foster carers pay council tax?", "Care leavers are exempt from council tax.", ""),
        ("Do schools come to meetings?", "Police officers do not always come.", ""),
        ("Are pathway plans of children in foster care any good?", "Care leavers have good pathway plans.", ""),
        ("Is supervision regular?", "Audits are regular.", "Caseloads fell."),
    ],
)
def test_a_sentence_that_names_only_another_is_about_the_other(question: str, sentence: str, before: str) -> None:
    assert is_about_another(mentions_in(question), sentence, f"{before} {sentence}")


@pytest.mark.parametrize(
    ("question", "sentence", "before"),
    [
        ("Do foster carers pay council tax?", "Carers and care leavers are exempt.", ""),
        ("Do foster carers pay council tax?", "They are exempt, as care leavers are.", "Foster carers are valued."),
        ("Do foster carers pay council tax?", "Nobody is exempt.", ""),
        ("Do foster carers or care leavers pay council tax?", "Care leavers are exempt.", ""),
        ("Which language are letters in?", "Letters before proceedings are in plain English.", ""),
        ("Do people pay council tax?", "Care leavers are exempt.", ""),
    ],
)
def test_a_sentence_that_may_be_about_what_is_asked_is_kept(question: str, sentence: str, before: str) -> None:
    assert not is_about_another(mentions_in(question), sentence, f"{before} {sentence}")


def test_each_mention_has_a_kind_that_we_know() -> None:
    assert {mention.kind for mention in mentions()} == {"group", "body", "subject", ""}


def test_a_profession_does_not_answer_for_another() -> None:
    ((therapy,),) = mentions_in("How long is the wait for an OT assessment, or occupational therapy?")[:1]
    assert therapy.is_in("Occupational therapists see children at school.")
    assert not therapy.is_in("Children wait too long for a social work assessment.")
