"""The application factory, and the root where the parts are put together."""

from __future__ import annotations

import logging

from flask import Flask

from index.errors import SearchIndexError
from index.folders import DataFolder
from qa_service.answering import Answerer
from qa_service.settings import Settings
from web import errors, keeping, links, marking, security, wording
from web.additions import additions
from web.api import api
from web.api_upkeep import upkeep_api
from web.authorities import authorities
from web.conversations import conversations
from web.exports import exports
from web.feedback import feedback
from web.health import health
from web.pages import pages
from web.reports import ReportIdConverter, reports
from web.service import Service, register

_LOG = logging.getLogger(__name__)


def create_app(answerer: Answerer | None = None) -> Flask:
    """The web application: over the answerer given, else over what the settings name."""
    app = Flask(__name__)
    app.url_map.converters["report_id"] = ReportIdConverter
    security.register(app)
    errors.register(app)
    if answerer:
        register(app, Service.fixed(answerer))
        keeping.register(app, answerer.index.data.root)
    else:
        settings = Settings()
        register(app, _following(settings))
        keeping.register(app, settings.data_dir, settings.keep_days)
    for blueprint in (
        pages,
        conversations,
        reports,
        authorities,
        additions,
        exports,
        feedback,
        api,
        upkeep_api,
        health,
    ):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(words=wording, links=links, text_lines=marking.text_lines)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    return app


def _following(settings: Settings) -> Service:
    """The service that the settings describe; without an index it starts all the same, and says so when asked."""
    from index.embedding import SentenceEncoder  # it takes seconds, and tests bring their own

    service = Service.following(DataFolder(settings.data_dir), SentenceEncoder.open(settings.encoder))
    try:
        service.answerer()
    except SearchIndexError as error:
        _LOG.warning("%s", error)
    return service
