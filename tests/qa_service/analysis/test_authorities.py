from __future__ import annotations

import pytest

from qa_service.analysis.authorities import authorities_of, authority_named, find_authority, nearest_names, say_unknown
from qa_service.errors import UnknownAuthority
from tests.made_reports import inspection

NAMES = ("Pellbrook", "Aldermere", "North Aldermere", "Carrowby")
REPORTS = [inspection(name, ended="2024-05-10") for name in NAMES]


def test_a_name_in_any_case_is_that_of_the_reports() -> None:
    assert find_authority(REPORTS, " north  ALDERMERE ") == "North Aldermere"
    assert authority_named(REPORTS, "carrowby") == "Carrowby"
    assert authorities_of(REPORTS) == sorted(NAMES)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Pelbrook", ("Pellbrook",)),
        ("aldermer", ("Aldermere", "North Aldermere")),
        ("Zyx", ()),
        ("", ()),
    ],
)
def test_the_nearest_names_contain_the_name_or_are_spelt_like_it(name: str, nearest: tuple[str, ...]) -> None:
    assert nearest_names(name, authorities_of(REPORTS)) == nearest


def test_the_refusal_names_the_nearest_names_and_the_collection() -> None:
    with pytest.raises(UnknownAuthority) as raised:
        authority_named(REPORTS, "aldermer")
    assert str(raised.value) == ("We have no reports about “aldermer”. Did you mean “Aldermere” or “North Aldermere”?")
    assert say_unknown("Zyx", NAMES, "Our region") == "We have no reports about “Zyx” in the collection “Our region”."
