"""The application factory, and the root where the parts are put together."""

from __future__ import annotations

import logging

from flask import Flask

from index.errors import SearchIndexError
from index.folders import DataFolder
from qa_service.answering import Answerer
from web import errors, links, marking, security, wording
from web.additions import additions
from web.api import api
from web.api_upkeep import upkeep_api
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
    register(app, Service.fixed(answerer) if answerer else _configured())
    for blueprint in (pages, reports, additions, api, upkeep_api, health):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(words=wording, links=links, text_lines=marking.text_lines)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    return app


def _configured() -> Service:
    """The service that the settings describe; without an index it starts all the same, and says so when asked."""
    from index.embedding import SentenceEncoder  # it takes seconds, and tests bring their own
    from qa_service.settings import Settings

    settings = Settings()
    service = Service.following(DataFolder(settings.data_dir), SentenceEncoder.open(settings.encoder))
    try:
        service.answerer()
    except SearchIndexError as error:
        _LOG.warning("%s", error)
    return service
