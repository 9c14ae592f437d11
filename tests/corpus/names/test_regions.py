"""Tests of the regions of England."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.names.authorities import known_authorities
from corpus.names.places import known_places
from corpus.names.regions import known_regions, region_named

OF_ENGLAND = (
    "the North East", "the North West", "Yorkshire and the Humber", "the East Midlands", "the West Midlands",
    "the East of England", "London", "the South East", "the South West",
)  # fmt: skip


def test_each_authority_is_in_one_of_the_nine_regions() -> None:
    regions = [region for name in OF_ENGLAND if (region := region_named(name))]
    counts = Counter(name for region in regions for name in region.authorities)
    assert set(counts) == {authority.name for authority in known_authorities()}
    assert set(counts.values()) == {1}


def test_each_group_has_authorities_of_the_list() -> None:
    names = {authority.name for authority in known_authorities()}
    for region in known_regions().values():
        assert set(region.authorities) <= names, region.name


def test_each_name_is_one_that_questions_are_read_with() -> None:
    typed = {name.casefold() for name in known_places().regions}
    assert (
        set(known_regions()) - {"the east midlands", "the west midlands", "the east of england", "the black country"}
        <= typed
    )


@pytest.mark.parametrize("name", ["Inner London", "the North", "coastal towns", "Westmarsh"])
def test_a_region_without_certain_members_is_unknown(name: str) -> None:
    assert region_named(name) is None
