"""Finds which items in an authority's reports ask for the same matter.

A logistic regression gives the probability that two items are about the same matter. It uses their vectors, and the
words, themes and matters that they share. ``benchmarks/remarks/recurring.py`` trains it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from math import exp, log, sqrt

import numpy as np

from corpus.types import OF_SERVICES, OWN_ACCOUNT, Kind, Report
from index.search.filtering import report_day
from qa_service.analysis.matters import known_matters
from qa_service.analysis.outcomes import AskedItem
from qa_service.analysis.sentences import Numbers, Rarity

WEIGHTS = "data/recurring.json"
LEAST_SAME = 0.7
"""Two items are about the same matter if the probability is at least this.

``benchmarks.remarks.recurring`` prints how many pairs are right at other values."""


@dataclass(frozen=True, slots=True)
class SameModel:
    """The weights of the regression. The last weight is its bias."""

    weights: Numbers

    def same(self, features: Numbers) -> float:
        """Return the probability that two items are about the same matter, from :func:`pair_features`."""
        return 1 / (1 + exp(-float(features @ self.weights[:-1] + self.weights[-1])))


@dataclass(frozen=True, slots=True)
class Group:
    """Items about the same matter."""

    matters: frozenset[str]
    """The ids of the matters that they share. Empty if the items are alike but do not mention any of our matters."""
    members: tuple[int, ...]
    """Indexes of the items, in order."""


@cache
def same_model() -> SameModel:
    """Return the trained model."""
    return SameModel(np.array(json.loads(files("qa_service").joinpath(WEIGHTS).read_text(encoding="utf-8"))["same"]))


def is_of_later_visit(report: Report, asked: Report) -> bool:
    """Return whether a report is the inspectors' own account of an inspection that began after another report's.

    An article does not count, because the visit that it describes has a report of its own. A report without the days of
    its inspection does not count either, because it may be about the same visit.
    """
    began = report.inspected_from or report.inspected_to
    return report.form in OWN_ACCOUNT and began is not None and began > report_day(asked)


def same_remit(one: Report, other: Report) -> bool:
    """Return whether the inspections of two reports look at the same services.

    An area SEND inspection looks at a partnership, and a review of a safeguarding board at the board. An inspection of
    the authority's services for children does not repeat what they asked for.
    """
    return _remit(one.kind) == _remit(other.kind)


def _remit(kind: Kind | None) -> Kind | None:
    return None if kind in OF_SERVICES else kind


def pair_features(one: AskedItem, other: AskedItem, weight: Rarity) -> Numbers:
    """Return the features of two items. ``weight`` gives the rarity of each word."""
    first, second = _middle(one), _middle(other)
    nearest = max(
        float((one.vectors @ other.vectors.T).max()),
        float((one.vectors @ second).max()),
        float((other.vectors @ first).max()),
    )
    words = one.telling & other.telling
    shared, *each = (sum(weight.of(w) ** 2 for w in ws) for ws in (words, one.telling, other.telling))
    themes, matters = one.themes & other.themes, one.matters & other.matters
    ranks = {known_matters()[each].rank for each in matters}
    lengths = sorted(len(item.text.split()) for item in (one, other))
    return np.array(
        [
            float(first @ second),
            nearest,
            shared / min(each) if min(each) else 0.0,
            shared / sqrt(each[0] * each[1]) if min(each) else 0.0,
            max((weight.of(word) for word in words), default=0.0),
            min(2, len(themes)),
            len(themes) / max(1, len(one.themes | other.themes)),
            float(bool(one.themes and other.themes and not themes)),
            float(bool(matters)),
            len(matters) / max(1, len(one.matters | other.matters)),
            float(bool(one.matters and other.matters and not matters)),
            len(matters) / max(1, min(len(one.matters), len(other.matters))),
            float(1 in ranks),
            float(2 in ranks),
            *map(log, lengths),
        ]
    )


def _middle(item: AskedItem) -> Numbers:
    middle = item.vectors.mean(axis=0)
    return np.asarray(middle / np.linalg.norm(middle))


def likelihoods(
    reports: Sequence[Report], items: Sequence[AskedItem], weight: Rarity, model: SameModel | None = None
) -> dict[tuple[int, int], float]:
    """Return the probability that two items are about the same matter, by their indexes, with the smaller index first.

    ``reports`` has the report of each item, in the same order. Only pairs from different inspections of one remit are
    compared.
    """
    model = model or same_model()
    return {
        (a, b): model.same(pair_features(items[a], items[b], weight))
        for a, b in combinations(range(len(items)), 2)
        if is_of_later_visit(reports[b], reports[a]) or is_of_later_visit(reports[a], reports[b])
        if same_remit(reports[a], reports[b])
    }


def groups_of(
    reports: Sequence[Report], items: Sequence[AskedItem], likely: Mapping[tuple[int, int], float]
) -> list[Group]:
    """Return groups of items about the same matter: one for each matter and remit, and other groups without a matter.

    ``reports`` has the report of each item, and ``likely`` is what :func:`likelihoods` returns for them. Each item in a
    group is probably about the same matter as another item in it. An item with several matters can be in several
    groups.
    """
    pairs_of: dict[tuple[str, Kind | None], list[tuple[int, int]]] = {}
    for (a, b), probability in likely.items():
        if probability >= LEAST_SAME:
            for matter in items[a].matters & items[b].matters or {""}:
                pairs_of.setdefault((matter, _remit(reports[a].kind)), []).append((a, b))
    return [
        Group(frozenset({matter} - {""}), members)
        for (matter, _), pairs in pairs_of.items()
        for members in ([tuple(sorted({at for pair in pairs for at in pair}))] if matter else _connected_items(pairs))
    ]


def others_of(reports: Sequence[Report], items: Sequence[AskedItem], groups: Sequence[Group]) -> list[Group]:
    """Return groups of the items that are not in any of the given groups.

    Items with the same matters, from reports of the same remit, are one group. ``reports`` has the report of each item.
    """
    grouped = {at for group in groups for at in group.members}
    found: dict[tuple[Kind | None, frozenset[str]], list[int]] = {}
    for at, (report, item) in enumerate(zip(reports, items, strict=True)):
        if at not in grouped and item.matters:
            found.setdefault((_remit(report.kind), item.matters), []).append(at)
    return [Group(matters, tuple(members)) for (_, matters), members in found.items()]


def as_one(reports: Sequence[Report], groups: Sequence[Group]) -> list[Group]:
    """Merge groups so that each matter is in only one group for each remit.

    Groups with the same items become one group. ``reports`` has the report of each item. A group with several matters
    gives its items to each of them.
    """
    members_of: dict[tuple[str, Kind | None], set[int]] = {}
    for group in groups:
        for matter in group.matters:
            members_of.setdefault((matter, _remit(reports[group.members[0]].kind)), set()).update(group.members)
    matters_of: dict[tuple[int, ...], set[str]] = {}
    for (matter, _), members in members_of.items():
        matters_of.setdefault(tuple(sorted(members)), set()).add(matter)
    named = [Group(frozenset(matters), members) for members, matters in matters_of.items()]
    return [*named, *(group for group in groups if not group.matters)]


def _connected_items(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Return the sets of items that the pairs connect, each in order."""
    group: dict[int, set[int]] = {}
    for a, b in pairs:
        joined = group.get(a, {a}) | group.get(b, {b})
        group |= dict.fromkeys(joined, joined)
    return sorted({tuple(sorted(members)) for members in group.values()})
