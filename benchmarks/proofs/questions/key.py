"""Work out the right answer to a question from facts that people read by eye.

Nothing here imports the product, so a fault in the product cannot hide in the key. A question comes with a
specification, a small JSON object that says what the question asks for. These are its fields:

- ``want``: authorities, count, share, reports, grades, areas, date, person, yes, best or changes.
- ``who`` and ``except``: the authorities that the question names, or leaves out.
- ``window``: a list of the first and the last day ("" if that end is open). ``by`` is "published" if the window limits
  the date of publication. Otherwise, the window limits the last day of the inspection.
- ``outside``: a window that reports must fall outside.
- ``which``: latest (the default), first, previous, each, or before or after the inspection in the window.
- ``if``: the conditions on grades. All of them must hold, or at least one if ``any`` is true. A condition is one of
  these:
    - ``{"area", "in", "truth"}``: the grade is one of those given. ``truth`` is ever, never or always, if given.
    - ``{"area", "is", "other"}``: the grade is better than, worse than or the same as that of the other area.
    - ``{"area", "from", "to", "moved"}``: the grade changed from one graded inspection to the next. ``moved`` is a
      list of better, worse and same.
- ``kinds``: the kinds of reports, "inspections" or "reports".
- ``number``: the minimum and maximum number of reports that an authority may have (null for no limit).
- ``of``: what to count: authorities (the default), reports, areas or changes.
- ``areas``: the areas to return grades for. If it is missing, all areas are wanted.
- ``day``: which date is wanted, inspected or published.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

FACTS = Path(__file__).parents[2] / "golden" / "facts.jsonl"
OVERALL, LEADERS, HELP, IN_CARE, CARE_LEAVERS, ADOPTION = (
    "overall", "leaders", "help", "in care", "care leavers", "adoption",
)  # fmt: skip
SAFEGUARDING_BOARD, OUTCOME = "board", "outcome"
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
"""The four grades, from best to worst."""
GRADED = ("ilacs", "single-inspection", "short")
"""The kinds of inspection that grade an authority's services for children."""
VISITS = ("focused-visit", "monitoring-visit")
_AREAS = (
    ("overall", OVERALL),
    ("leader", LEADERS),
    ("help and protection", HELP),
    ("in care", IN_CARE),
    ("looked after", IN_CARE),
    ("adoption", ADOPTION),
    ("safeguarding children board", SAFEGUARDING_BOARD),
    ("care leavers", CARE_LEAVERS),
    ("outcome", OUTCOME),
)
"""Words in the printed name of an area, and our name for the area. The first match is used."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """One report, as people read it."""

    sha256: str
    authority: str
    kind: str
    first: str
    last: str
    published: str
    lead_inspector: str | None
    """Digest of the lead inspector's name."""
    grades: tuple[tuple[str, str], ...]
    """The graded areas and their grades, under our names for them."""

    @property
    def is_graded(self) -> bool:
        """Whether the report grades an authority's services."""
        return self.kind in GRADED

    def grade(self, area: str) -> str | None:
        """Return the grade of an area, or None if the report does not grade it."""
        return dict(self.grades).get(area)


@dataclass(frozen=True, slots=True)
class Expected:
    """The right answer. Only the fields that the question asks for have values."""

    authorities: frozenset[str] | None = None
    count: int | None = None
    of: int | None = None
    reports: frozenset[str] | None = None
    """The sha256 of each report."""
    rows: frozenset[tuple[str, str, str]] | None = None
    """The sha256 of a report, an area and its grade."""
    days: frozenset[tuple[str, str, str]] | None = None
    """The sha256 of a report, "inspected" or "published", and the first and last day, or the day."""
    people: frozenset[tuple[str, str]] | None = None
    """The sha256 of a report, and the digest of a name."""
    yes: bool | None = None
    winners: frozenset[str] | None = None
    """The authorities with the best grade. Empty if all have the same grade."""
    apart: frozenset[str] = frozenset()
    """Authorities that the question is about but that we cannot count."""


def area_of(printed: str) -> str:
    """Return our name for an area that a report prints. Raises ValueError if we have no name for it."""
    folded = " ".join(printed.lower().split())
    for words, area in _AREAS:
        if words in folded:
            return area
    raise ValueError(f"an area that we do not know: {printed!r}")


def grade_of(printed: str) -> str:
    """Return our words for a grade that a report prints."""
    folded = " ".join(printed.lower().split())
    return "requires improvement" if folded.startswith("require") else folded


def load(path: Path = FACTS) -> tuple[Inspected, ...]:
    """Read the facts about reports, sorted by the last day of the inspection."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(sorted((_inspected(row) for row in rows), key=lambda report: (report.last, report.sha256)))


def expected(spec: dict[str, Any], reports: Sequence[Inspected]) -> Expected:
    """Return the right answer to a question. Raises ValueError if there is none."""
    if spec["want"] not in _ANSWERS:
        raise ValueError(f"a question that we cannot answer: {spec}")
    return _ANSWERS[spec["want"]](spec, reports)


def in_window(report: Inspected, spec: dict[str, Any]) -> bool:
    """Return whether a report falls within the time that a question names."""
    day = report.published if spec.get("by") == "published" else report.last
    inside, outside = spec.get("window"), spec.get("outside")
    return (not inside or _within(day, inside)) and not (outside and _within(day, outside))


def _within(day: str, window: Sequence[str]) -> bool:
    first, last = window
    return first <= day and (not last or day <= last)


def _inspected(row: dict[str, Any]) -> Inspected:
    grades: dict[str, str] = {}
    for judgement in row["judgements"]:
        grades.setdefault(area_of(judgement["area"]), grade_of(judgement["grade"]))
    return Inspected(
        row["sha256"], row["authority"], row["kind"], row["inspected_from"], row["inspected_to"], row["published"],
        row["lead_inspector"], tuple(grades.items()),
    )  # fmt: skip


def _who(spec: dict[str, Any], reports: Iterable[Inspected]) -> dict[str, list[Inspected]]:
    """Return the reports of each authority that the question is about, oldest first."""
    grouped: dict[str, list[Inspected]] = defaultdict(list)
    for report in reports:
        if report.authority not in spec.get("except", ()) and (not spec.get("who") or report.authority in spec["who"]):
            grouped[report.authority].append(report)
    missing = [name for name in (*spec.get("who", ()), *spec.get("except", ())) if all(
        report.authority != name for report in reports
    )]  # fmt: skip
    if missing:
        raise ValueError(f"no report is about {missing}")
    return dict(grouped)


def _picked(spec: dict[str, Any], graded: Sequence[Inspected]) -> list[Inspected]:
    """Return the inspections of an authority that the question is about. ``graded`` is sorted by day."""
    inside = [report for report in graded if in_window(report, spec)]
    match spec.get("which", "latest"):
        case "latest":
            return inside[-1:]
        case "first":
            return inside[:1]
        case "previous":
            return inside[-2:-1]
        case "each":
            return inside
        case "before":
            return [earlier for earlier, later in pairwise(graded) if later in inside][:1]
        case "after":
            return [later for earlier, later in pairwise(graded) if earlier in inside][-1:]
    raise ValueError(f"an inspection that we do not know: {spec['which']}")


def _authorities(
    spec: dict[str, Any], reports: Sequence[Inspected]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the authorities that fit, those that we cannot count, and those that we can count."""
    fit, apart, looked_at = set(), set(), set()
    for name, own in _who(spec, reports).items():
        verdict = _verdict(spec, own)
        if verdict is None:
            if any(report.is_graded and in_window(report, spec) for report in own):
                apart.add(name)
            continue
        looked_at.add(name)
        if verdict:
            fit.add(name)
    return frozenset(fit), frozenset(apart), frozenset(looked_at)


def _verdict(spec: dict[str, Any], own: Sequence[Inspected]) -> bool | None:
    """Return whether an authority meets all conditions, or None if no report or grade shows this."""
    verdicts: list[bool | None] = []
    if number := spec.get("number"):
        least, most = number
        count = len(_of_kinds(spec, own))
        verdicts.append(count >= (least or 0) and (most is None or count <= most))
    elif not spec.get("if"):
        verdicts.append(bool(_of_kinds(spec, own)))
    graded = [report for report in own if report.is_graded]
    holds = [_holds(condition, spec, graded) for condition in spec.get("if", ())]
    if spec.get("any") and holds:
        verdicts.append(None if all(one is None for one in holds) else any(holds))
    else:
        verdicts += holds
    return None if None in verdicts else all(verdicts)


def _holds(condition: dict[str, Any], spec: dict[str, Any], graded: Sequence[Inspected]) -> bool | None:
    area = condition["area"]
    if "moved" in condition or "from" in condition or "to" in condition:
        pairs = [pair for pair in _pairs(area, graded) if in_window(pair[1], spec)]
        return any(_moved(condition, *pair) for pair in pairs) if pairs else None
    if "truth" in condition:
        grades = [grade for report in graded if in_window(report, spec) and (grade := report.grade(area))]
        if not grades:
            return None
        fits = [grade in condition["in"] for grade in grades]
        return {"ever": any(fits), "never": not any(fits), "always": all(fits)}[condition["truth"]]
    picked = _picked(spec, graded)
    if not picked:
        return None
    if "other" in condition:
        pair = picked[-1].grade(area), picked[-1].grade(condition["other"])
        return None if None in pair else _relation(str(pair[1]), str(pair[0])) in condition["is"]
    if area in ("any", "every"):
        fits = [
            grade in condition["in"] for own, grade in picked[-1].grades if own not in (OVERALL, SAFEGUARDING_BOARD)
        ]
        return any(fits) if area == "any" else all(fits)
    return picked[-1].grade(area) in condition["in"] if picked[-1].grade(area) else None


def _pairs(area: str, graded: Sequence[Inspected]) -> Iterator[tuple[Inspected, Inspected]]:
    """Yield each pair of consecutive inspections that grade an area."""
    return pairwise(report for report in graded if report.grade(area))


def _moved(condition: dict[str, Any], earlier: Inspected, later: Inspected) -> bool:
    before, after = earlier.grade(condition["area"]), later.grade(condition["area"])
    return (
        before in condition.get("from", GRADES)
        and after in condition.get("to", GRADES)
        and _relation(str(before), str(after)) in condition.get("moved", ("better", "same", "worse"))
    )


def _relation(before: str, after: str) -> str:
    """Return how a grade compares with the one before it."""
    moved = GRADES.index(after) - GRADES.index(before)
    return "better" if moved < 0 else "worse" if moved else "same"


def _changes(
    condition: dict[str, Any], spec: dict[str, Any], reports: Sequence[Inspected]
) -> Iterator[tuple[Inspected, Inspected]]:
    for own in _who(spec, reports).values():
        pairs = list(_pairs(condition["area"], [report for report in own if report.is_graded]))
        for pair in pairs[-1:] if spec.get("which") == "latest" else pairs:
            if in_window(pair[1], spec) and _moved(condition, *pair):
                yield pair


def _of_kinds(spec: dict[str, Any], reports: Iterable[Inspected]) -> list[Inspected]:
    kinds = spec.get("kinds", "reports")
    return [
        report
        for report in reports
        if in_window(report, spec)
        and (
            kinds == "reports"
            or (kinds == "inspections" and report.kind not in VISITS)
            or (kinds == "graded" and report.is_graded)
            or (not isinstance(kinds, str) and report.kind in kinds)
        )
    ]


def _reports(spec: dict[str, Any], reports: Sequence[Inspected]) -> list[Inspected]:
    """Return the reports that a question asks for: all that fit, or one for each authority if ``which`` is given."""
    found: list[Inspected] = []
    for own in _who(spec, reports).values():
        fitting = _of_kinds(spec, own)
        if conditions := spec.get("if"):
            fitting = [r for r in fitting if all(r.grade(c["area"]) in c["in"] for c in conditions)]
        match spec.get("which", "each"):
            case "first":
                found += fitting[:1]
            case "latest":
                found += fitting[-1:]
            case "previous":
                found += fitting[-2:-1]
            case "each":
                found += fitting
    return found


def _one_or_more(found: list[Inspected], spec: dict[str, Any]) -> list[Inspected]:
    if not found:
        raise ValueError(f"no report fits: {spec}")
    return found


def _count(spec: dict[str, Any], reports: Sequence[Inspected]) -> Expected:
    match spec.get("of", "authorities"):
        case "reports":
            found = _reports(spec, reports)
            return Expected(count=len(found), of=len(reports) if spec["want"] == "share" else None)
        case "areas":
            rows = _areas(spec, reports)
            return Expected(count=len(rows), rows=rows)
        case "changes":
            return Expected(count=sum(len(list(_changes(c, spec, reports))) for c in spec["if"]))
    fit, apart, looked_at = _authorities(spec, reports)
    return Expected(count=len(fit), of=len(looked_at) if spec["want"] == "share" else None, apart=apart)


def _rows(spec: dict[str, Any], reports: Sequence[Inspected]) -> frozenset[tuple[str, str, str]]:
    """Return grades of the picked inspections. If the overall grade is asked for but missing, return all grades."""
    rows = set()
    for own in _who(spec, reports).values():
        for report in _picked(spec, [report for report in own if report.is_graded]):
            asked = spec.get("areas")
            if asked == [OVERALL] and report.grade(OVERALL) is None:
                asked = None
            rows |= {(report.sha256, area, grade) for area, grade in report.grades if not asked or area in asked}
    if not rows:
        raise ValueError(f"no report has these grades: {spec}")
    return frozenset(rows)


def _areas(spec: dict[str, Any], reports: Sequence[Inspected]) -> frozenset[tuple[str, str, str]]:
    """Return the areas that meet the condition, in the picked inspections.

    The overall grade does not count as an area.
    """
    (condition,) = spec["if"]
    rows = set()
    for own in _who(spec, reports).values():
        graded = [report for report in own if report.is_graded]
        for report in _picked(spec, graded):
            for area, grade in report.grades:
                if area in (OVERALL, SAFEGUARDING_BOARD):
                    continue
                if "moved" in condition:
                    earlier = [pair[0] for pair in pairwise(graded) if pair[1] is report and pair[0].grade(area)]
                    if earlier and _moved({**condition, "area": area}, earlier[0], report):
                        rows.add((report.sha256, area, grade))
                elif grade in condition["in"]:
                    rows.add((report.sha256, area, grade))
    return frozenset(rows)


def _days(spec: dict[str, Any], reports: Sequence[Inspected]) -> frozenset[tuple[str, str, str]]:
    name = spec["day"]
    if any("moved" in condition or "from" in condition for condition in spec.get("if", ())):
        found = [later for c in spec["if"] for _, later in _changes(c, spec, reports)]
        found = found[:1] if spec.get("which") == "first" else found[-1:] if spec.get("which") == "latest" else found
    else:
        found = _reports(spec, reports)
    return frozenset(
        (report.sha256, name, report.published if name == "published" else f"{report.first}/{report.last}")
        for report in _one_or_more(found, spec)
    )


def _yes(spec: dict[str, Any], reports: Sequence[Inspected]) -> bool:
    """Return whether the conditions hold for all the named authorities."""
    who = _who(spec, reports)
    if "better" in spec or "worse" in spec:
        relation = "better" if "better" in spec else "worse"
        grades = _latest_grades(spec, reports)
        first, *others = (grades[name] for name in spec["who"])
        return all(_relation(other, first) == relation for other in others)
    verdicts = [_verdict(spec, own) for own in who.values()]
    if None in verdicts and not any("moved" in c or "from" in c or "truth" in c for c in spec.get("if", ())):
        raise ValueError(f"no report decides it: {spec}")
    return all(verdicts) if spec.get("who") else any(verdicts)


def _latest_grades(spec: dict[str, Any], reports: Sequence[Inspected]) -> dict[str, str]:
    (area,) = spec["areas"]
    grades = {}
    for name, own in _who(spec, reports).items():
        picked = _picked(spec, [report for report in own if report.is_graded])
        if picked and (grade := picked[-1].grade(area)):
            grades[name] = grade
    if set(grades) != set(spec["who"]):
        raise ValueError(f"an authority has no such grade: {spec}")
    return grades


def _winners(spec: dict[str, Any], reports: Sequence[Inspected]) -> frozenset[str]:
    grades = _latest_grades(spec, reports)
    if len(set(grades.values())) == 1:
        return frozenset()
    chosen = (max if spec.get("worst") else min)(grades.values(), key=GRADES.index)
    return frozenset(name for name, grade in grades.items() if grade == chosen)


def _list_of_authorities(spec: dict[str, Any], reports: Sequence[Inspected]) -> Expected:
    fit, apart, _ = _authorities(spec, reports)
    return Expected(authorities=fit, count=len(fit), apart=apart)


def _list_of_reports(spec: dict[str, Any], reports: Sequence[Inspected]) -> Expected:
    found = frozenset(report.sha256 for report in _reports(spec, reports))
    return Expected(reports=found, count=len(found))


def _list_of_areas(spec: dict[str, Any], reports: Sequence[Inspected]) -> Expected:
    rows = _areas(spec, reports)
    return Expected(rows=rows, count=len(rows))


def _list_of_changes(spec: dict[str, Any], reports: Sequence[Inspected]) -> Expected:
    pairs = [pair for condition in spec["if"] for pair in _changes(condition, spec, reports)]
    return Expected(reports=frozenset(report.sha256 for pair in pairs for report in pair), count=len(pairs))


def _people(spec: dict[str, Any], reports: Sequence[Inspected]) -> Expected:
    found = _one_or_more(_reports(spec, reports), spec)
    if any(report.lead_inspector is None for report in found):
        raise ValueError(f"nobody is named as the lead inspector: {spec}")
    return Expected(people=frozenset((report.sha256, str(report.lead_inspector)) for report in found))


_ANSWERS: dict[str, Callable[[dict[str, Any], Sequence[Inspected]], Expected]] = {
    "authorities": _list_of_authorities,
    "count": _count,
    "share": _count,
    "reports": _list_of_reports,
    "grades": lambda spec, reports: Expected(rows=_rows(spec, reports)),
    "areas": _list_of_areas,
    "date": lambda spec, reports: Expected(days=_days(spec, reports)),
    "person": _people,
    "yes": lambda spec, reports: Expected(yes=_yes(spec, reports)),
    "best": lambda spec, reports: Expected(winners=_winners(spec, reports)),
    "changes": _list_of_changes,
}
