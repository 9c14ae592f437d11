"""Chooses which of the ranked sentences to show: a few relevant ones that do not repeat each other."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from index.search.filtering import report_day
from qa_service import calibration
from qa_service.answering.sentences.confidence import supports_part
from qa_service.answering.sentences.evidence import Evidence, is_own_list
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.times.changes import speaks_of_change


def select_by_part(question: Interpretation, evidence_by_part: Sequence[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """Return the sentences to show for each part of a question. If there are several parts, each gets fewer sentences.

    A report's own list is shown in full. If there are several parts, any part without enough evidence is left out.
    """
    is_only_part = len(evidence_by_part) == 1
    limit = calibration.SENTENCES_SHOWN if is_only_part else calibration.SENTENCES_PER_PART
    selected: dict[tuple[int, int], Evidence] = {}
    for ranked in evidence_by_part:
        own_list = is_own_list(question, ranked)
        if not (is_only_part or own_list or supports_part(ranked, of_subject=question.reads_change)):
            continue
        candidates = likely_to_answer(ranked) if is_only_part else ranked
        if question.asks_how_it_stands or question.changed:
            candidates = latest_that_answers(question, candidates)
        chosen = ranked[: calibration.LIST_ITEMS] if own_list else select_best(candidates, limit)
        for evidence in chosen:
            selected.setdefault((evidence.scored.row, evidence.start), evidence)
    return tuple(selected.values())


def select_best(ranked: Sequence[Evidence], limit: int) -> list[Evidence]:
    """Return the best sentence, and others that are nearly as good and not repetitive.

    The sentence that is likeliest to answer comes first, according to close reading. Those after it in its passage come
    next, then those before it, then the rest of its report. Each other report begins with its likeliest sentence too.
    """
    chosen: list[Evidence] = []
    for evidence in ranked:
        if len(chosen) == limit:
            break
        near = evidence.score >= ranked[0].score - calibration.SCORE_GAP
        if near and not any(_repeats(evidence.text, other.text) for other in chosen):
            chosen.append(evidence)
    chosen.sort(key=_logit, reverse=True)
    likeliest: dict[str, Evidence] = {}
    for evidence in chosen:
        likeliest.setdefault(evidence.scored.report.id, evidence)
    reports = list(likeliest)
    rows = list(dict.fromkeys(evidence.scored.row for evidence in chosen))

    def place(evidence: Evidence) -> tuple[int, int, bool, int]:
        first = likeliest[evidence.scored.report.id]
        is_before = evidence.scored.row == first.scored.row and evidence.number < first.number
        return reports.index(first.scored.report.id), rows.index(evidence.scored.row), is_before, evidence.number

    return sorted(chosen, key=place)


def _logit(evidence: Evidence) -> float:
    """Return the logit of a sentence's close reading, or the lowest possible one if it was not read closely."""
    return -math.inf if evidence.close_logit is None else evidence.close_logit


def likely_to_answer(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out sentences that close reading finds unlikely to answer, if it finds another sentence much likelier to.

    Keep the best sentence, and the sentences that were not read closely.
    """
    logits = [evidence.close_logit for evidence in ranked if evidence.close_logit is not None]
    if not logits:
        return list(ranked)
    least = min(max(logits) - calibration.CLOSE_GAP, calibration.CLOSE_LOGIT)
    return [
        evidence
        for evidence in ranked
        if evidence is ranked[0] or evidence.close_logit is None or evidence.close_logit >= least
    ]


def latest_that_answers(question: Interpretation, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Put the latest report that answers first. Keep a sentence of an older report only if it answers as well.

    A later report may say that a weakness in an older one has been put right. Sentences of other reports that were not
    read closely are left out. Those that answer better than the latest report are among the sentences shown.
    """
    read = {
        at: _answers(question, each, each.close_logit) for at, each in enumerate(ranked) if each.close_logit is not None
    }
    if not read:
        return list(ranked)
    best = max(read.values())
    least, score = min(best - calibration.LATER_GAP, calibration.LATER_LOGIT), ranked[0].score - calibration.SCORE_GAP
    if question.changed:  # a later report may say in quite other words what has become of the matter
        least, score = min(best, max(best - calibration.CHANGED_GAP, calibration.CHANGED_LOGIT)), -math.inf
    answering = [ranked[at].scored.report for at in read if read[at] >= least and ranked[at].score >= score]
    answering = answering or [ranked[max(read, key=lambda at: read[at])].scored.report]
    latest = max(answering, key=lambda report: (report_day(report), report.id))
    own = [at for at, each in enumerate(ranked) if each.scored.report.id == latest.id]
    best, score = max(read[at] for at in own if at in read), max(ranked[at].score for at in own)
    others = [at for at in range(len(ranked)) if ranked[at].scored.report.id != latest.id]
    older = [
        at
        for at in others
        if report_day(ranked[at].scored.report) == date.min  # without a date, we cannot tell that it is older
        or (
            report_day(ranked[at].scored.report) <= report_day(latest)
            and read.get(at, -math.inf) >= best - calibration.OLDER_GAP
            and ranked[at].score >= score - calibration.OLDER_SCORE_GAP
        )
    ]
    if question.changed:  # if two sentences say the same, show the one that answers better
        own.sort(key=lambda at: -read.get(at, -math.inf))
        return [ranked[at] for at in (*own, *older)]
    better = sorted((at for at in older if read.get(at, -math.inf) > best), key=lambda at: -read[at])
    better = better[: calibration.BETTER_OLDER_SENTENCES]
    first = own[: calibration.SENTENCES_SHOWN - len(better)]
    return [ranked[at] for at in dict.fromkeys((*first, *better, *own, *older))]


def _answers(question: Interpretation, evidence: Evidence, logit: float) -> float:
    """Return the logit of a sentence. It is higher if the question asks what changed, and the sentence says that."""
    return logit + calibration.CHANGE_LOGIT * (question.changed and speaks_of_change(evidence.text))


def select_one_per_report(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Return the best sentence from each report, best first."""
    best: dict[str, Evidence] = {}
    for evidence in ranked:
        best.setdefault(evidence.scored.report.id, evidence)
    return list(best.values())[: calibration.REPORTS_PER_THEME]


def _repeats(text: str, other: str) -> bool:
    """Whether two sentences share so many words that one repeats the other."""
    words, other_words = set(re.findall(r"\w+", text.lower())), set(re.findall(r"\w+", other.lower()))
    return len(words & other_words) >= calibration.DUPLICATE_SHARE * min(len(words), len(other_words))
