"""The pages about one authority: its inspections and grades, its summary, its briefing, and what must improve."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request

from corpus.grades import Grade
from index.search.filtering import report_day
from qa_service.analysis.authorities import authority_named
from qa_service.analysis.grade_history import months_between
from qa_service.analysis.outcomes import Outcome
from qa_service.analysis.register import OUTCOME_WORDS, RECURRING_RULE, RULE, with_outcome
from qa_service.answer_json.answer import answer_json
from qa_service.answering.overviews.briefing import Briefing, brief
from qa_service.answering.overviews.briefing_word import HOW_MADE, HOW_PROVED, as_word
from qa_service.answering.overviews.comparison import HOW_COMPARED
from qa_service.answering.overviews.profile import profile_named
from qa_service.answering.overviews.register import prove, register_named
from qa_service.wording import length_of_time
from web.guard.security import public_url
from web.pages.overviews.grade_chart import grades_over_time
from web.serving.index_service import answerer
from web.serving.overviews.improvements import latest_words, raised_again, shown_by

authorities = Blueprint("authorities", __name__)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@authorities.get("/authorities/<name>")
def authority(name: str) -> str:
    """Show an authority's page."""
    known = answerer().index.store.reports
    name = authority_named(known, name)
    reports = sorted(
        (report for report in known if report.authority == name),
        key=lambda report: (report_day(report), report.file),
        reverse=True,
    )
    return render_template(
        "authority.html",
        name=name,
        reports=reports,
        plot=grades_over_time(reports),
        grades=tuple(Grade),
    )


@authorities.get("/authorities/<name>/summary")
def summary(name: str) -> str:
    """Show a summary of an authority on one page: grades, what must improve, visits, and quotes by theme."""
    profile = profile_named(answerer().index, name)
    full = profile.last_full
    return render_template(
        "summary.html",
        profile=profile,
        since=length_of_time(months_between(report_day(full), datetime.now(UTC).date())) if full else "",
        outcomes=OUTCOME_WORDS,
        rules=(HOW_COMPARED, RULE),
    )


@authorities.get("/authorities/<name>/briefing")
def briefing(name: str) -> str:
    """Show a briefing on an authority, with a numbered reference for each statement."""
    return render_template(
        "briefing.html",
        briefing=_briefing(name),
        name=name,
        host=f"{public_url()}/",
        how_made=HOW_MADE,
        how_proved=HOW_PROVED,
    )


@authorities.get("/authorities/<name>/briefing.<any(docx, json):suffix>")
def download_briefing(name: str, suffix: str) -> Response:
    """Download the briefing as a Word document, or its manifest, which “verify-citations” can prove."""
    made = _briefing(name)
    file = re.sub(r"[^A-Za-z0-9]+", "-", made.title).strip("-")
    if suffix == "docx":
        response = Response(as_word(made, f"{public_url()}/"), content_type=_WORD)
    else:
        response = Response(json.dumps(answer_json(made.answer, 0), ensure_ascii=False), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{file}.{suffix}"'
    return response


def _briefing(name: str) -> Briefing:
    index = answerer().index
    return brief(index, profile_named(index, name), datetime.now(UTC).date())


@authorities.get("/authorities/<name>/improvements")
def improvements(name: str) -> str:
    """Show what an authority's reports asked to improve, and what became of each item."""
    index = answerer().index
    register = register_named(index, name)
    chosen = next((outcome for outcome in Outcome if outcome == request.args.get("outcome")), None)
    items = with_outcome(register.items, chosen)
    quotes = prove(index, [*latest_words(items), *raised_again(register)])
    return render_template(
        "improvements.html",
        name=register.authority,
        register=register,
        items=[(item, shown_by(item.latest, quotes) if item.latest else []) for item in items],
        recurring=[(each, [(word, shown_by(word, quotes)[:1]) for word in each.again]) for each in register.recurring],
        chosen=chosen,
        outcomes=OUTCOME_WORDS,
        rule=RULE,
        recurring_rule=RECURRING_RULE,
        compared=not index.degraded,
    )
