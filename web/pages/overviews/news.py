"""The pages about what is new: what changed each time that reports were added, and an Atom feed."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for

from qa_service.analysis.news import News, additions, news_of
from qa_service.records.answer_snapshots import differences
from qa_service.wording import MOVEMENTS, capitalised, kind_words
from web.guard.security import public_url
from web.pages.labels import dated, reports_added
from web.serving.index_service import answerer
from web.serving.overviews.additions import known_addition
from web.serving.overviews.atom import Entry, feed
from web.serving.saved_questions import check_all, own_saved

news = Blueprint("news", __name__)
_IN_FEED = 20
"""Number of additions in the feed."""
_NAMED = 20
"""Number of reports that an entry of the feed names."""


@news.get("/new")
def catalogue() -> str:
    """List the additions of reports, latest first, and the person's saved questions whose answer is different."""
    return render_template(
        "additions.html",
        additions=additions(answerer().index),
        saved=check_all(own_saved()),
        differences=differences,
    )


@news.get("/new/<addition_id>")
def addition(addition_id: str) -> str:
    """Show what changed when reports were added."""
    index = answerer().index
    return render_template("news.html", news=news_of(index, known_addition(index, addition_id)))


@news.get("/new.atom")
def atom() -> Response:
    """Return an Atom feed of the latest additions."""
    index, host = answerer().index, public_url()
    entries = [_entry(news_of(index, each), host) for each in additions(index)[:_IN_FEED]]
    text = feed(
        "What is new in the inspection reports", host + url_for("news.atom"), host + url_for("news.catalogue"), entries
    )
    return Response(text, mimetype="application/atom+xml")


def _entry(news: News, host: str) -> Entry:
    added = news.addition
    lines = [
        f"{report.authority or report.title}: {kind_words(report)}, {dated(report)}"
        for report in added.reports[:_NAMED]
    ]
    if len(added.reports) > _NAMED:
        lines.append(f"and {len(added.reports) - _NAMED} more")
    if not added.is_first:
        lines += [
            f"{movement.authority}, {area.name.lower()}: {MOVEMENTS[movement.relation].lower()} "
            f"({capitalised(movement.before.judgement.grade)} to {capitalised(movement.after.judgement.grade)})"
            for area, movement in news.movements
        ]
    address = host + url_for("news.addition", addition_id=added.id)
    return Entry(address, reports_added(added), added.when, "\n".join(lines))
