from __future__ import annotations

import json

import pytest

from benchmarks.harness.figures import Figure, Proof


@pytest.mark.parametrize(
    ("value", "relation", "bound", "holds"),
    [
        (0.85, "≥", 0.85, True),
        (0.84, "≥", 0.85, False),
        (0.5, "≤", 0.5, True),
        (0.51, "≤", 0.5, False),
        (0, "=", 0, True),
        (1, "=", 0, False),
        ("not measured", "≥", 0, False),
    ],
)
def test_a_figure_holds_if_it_meets_its_bound(value: float | str, relation: str, bound: float, holds: bool) -> None:
    assert Figure("figure", value, relation, bound).holds is holds


def test_a_figure_without_a_bound_always_holds() -> None:
    assert Figure("figure", "any").holds


@pytest.mark.parametrize(("errors", "status"), [(0, 0), (2, 1)])
def test_a_proof_prints_its_figures_and_exits_by_its_bounds(
    errors: int, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = Proof("example")
    proof.add("answers per second", 41.23456)
    proof.add("errors", errors, "=", 0)
    with pytest.raises(SystemExit) as ended:
        proof.finish()
    assert ended.value.code == status
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.split() == ["answers", "per", "second", "41.23"]
    assert second.split()[-1] == ("SHORT" if errors else "ok")
    assert json.loads(last) == {
        "proof": "example",
        "holds": not errors,
        "figures": {"answers per second": 41.23456, "errors": errors},
    }
