"""Tests that nobody outside a group can see the reports that are limited to it.

“make prove-service” checks this with 2,000 requests.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.proofs.service.access import Ground, check, prepare
from index.encoding.encoders import PassageEncoder

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, samples: Path, encoder: PassageEncoder) -> Ground:
    return prepare(tmp_path_factory.mktemp("ground"), samples, encoder, encoder.precision)


def test_replies_equal_those_of_a_service_without_the_hidden_reports(ground: Ground) -> None:
    assert check(ground, 60, seed=1) == 0, ground.leaks


def test_members_of_a_group_see_its_reports(ground: Ground) -> None:
    party = ground.parties["north"]
    listed = party.whole.get("/api/v1/reports", headers=party.headers[0]).json["reports"]
    assert {row["id"] for row in listed} == {r.id for r in ground.reports} - ground.hidden["north"]
    assert ground.hidden["both"] == frozenset()


def test_the_check_finds_a_leak(ground: Ground) -> None:
    """The check notices when a person sees more reports than the other service has."""
    neither, both = ground.parties["neither"], ground.parties["both"]
    leaky = Ground(
        ground.reports,
        ground.hidden,
        {
            w: type(neither)(both.whole, neither.without, (both.headers[0], neither.headers[1]))
            for w in ("neither", "north", "south", "both")
        },
        ground.words,
        ground.secrets,
    )
    assert check(leaky, 20) > 10
