"""The application factory. It reads the settings and puts the parts of ``web`` together."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from index.encoding.encoders import open_encoder
from index.errors import EncoderUnavailable, SearchIndexError
from index.storage.data_folder import DataFolder
from index.types import Encoder
from qa_service.access import Mode, Roles
from qa_service.answering.pipeline import Answerer
from qa_service.installation import Installation
from qa_service.records.tokens import TokenKeeper, Tokens
from qa_service.settings import Settings, comma_separated
from qa_service.types import KEEP_DAYS, KEEP_SAVED_DAYS, MAX_QUESTION
from web import error_handlers
from web.api import authorities as _authorities  # noqa: F401 - it adds its views to api
from web.api import comparison as _comparison  # noqa: F401 - it adds its views to api
from web.api import grades as _grades  # noqa: F401 - it adds its views to api
from web.api import news as _news  # noqa: F401 - it adds its views to api
from web.api import questions as _questions  # noqa: F401 - it adds its views to api
from web.api import reports as _reports  # noqa: F401 - it adds its views to api
from web.api import themes as _themes  # noqa: F401 - it adds its views to api
from web.api.blueprint import api
from web.api.builds import upkeep_api
from web.api.conversations import api_conversations
from web.api.feedback import api_feedback
from web.api.openapi import openapi
from web.api.saved_questions import api_saved
from web.guard import access, admission, oidc, rates, security, sessions
from web.guard.access import AccessGuard, ProxyTrust
from web.guard.identity import identity
from web.guard.oidc import Provider
from web.observability import health, logs, metrics, request_ids
from web.pages import labels
from web.pages.chat import pages
from web.pages.conversations import conversations
from web.pages.exports import exports
from web.pages.feedback import feedback
from web.pages.overviews.authorities import authorities
from web.pages.overviews.compare import comparisons
from web.pages.overviews.grades import grades
from web.pages.overviews.news import news
from web.pages.overviews.themes import themes
from web.pages.reports import reports
from web.pages.saved import saved
from web.pages.sign_in import sign_in
from web.pages.uploads import additions
from web.serving import answer_pool, conversation_store, highlighting, index_service, links, saved_questions
from web.serving.index_service import IndexService, current_service
from web.serving.report_lookup import ReportIdConverter

_LOG = logging.getLogger(__name__)
_BLUEPRINTS = (
    pages,
    conversations,
    saved,
    reports,
    authorities,
    grades,
    comparisons,
    news,
    themes,
    additions,
    exports,
    feedback,
    api,
    api_conversations,
    api_feedback,
    api_saved,
    upkeep_api,
    openapi,
    sign_in,
)


@dataclass(frozen=True, slots=True)
class Options:
    """Options for running an app.

    They do not include the data that the app uses. The defaults suit a person on their own machine.
    """

    mode: Mode = Mode.OPEN
    roles: Roles = field(default_factory=Roles)
    proxy: ProxyTrust | None = None
    provider: Provider | None = None
    url: str | None = None
    session_hours: float = 10
    keep_days: int = KEEP_DAYS
    keep_saved_days: int = KEEP_SAVED_DAYS
    rate: int = 120
    at_once: int = 2
    waiting: int = 40
    log_questions: bool = False

    @classmethod
    def from_settings(cls, settings: Settings) -> Options:
        """Read the options from the settings."""
        proxy = ProxyTrust.from_text(
            comma_separated(settings.proxies), settings.proxy_user_header, settings.proxy_groups_header
        )
        return cls(
            mode=settings.access,
            roles=settings.roles,
            proxy=proxy if settings.access is Mode.PROXY else None,
            provider=_provider(settings),
            url=settings.url,
            session_hours=settings.session_hours,
            keep_days=settings.keep_days,
            keep_saved_days=settings.keep_saved_days,
            rate=settings.rate,
            at_once=settings.at_once,
            waiting=settings.waiting,
            log_questions=settings.log_questions,
        )


def create_app(answerer: Answerer | None = None, options: Options | None = None) -> Flask:
    """Create the web application. If no answerer is given, the app uses the data folder named in the settings."""
    if answerer:
        return assemble(IndexService.fixed(answerer), options or Options())
    settings = Settings.read()
    logs.write_json()
    service = _open_service(Installation.from_environment(), settings.remember)
    return assemble(service, options or Options.from_settings(settings))


def assemble(service: IndexService, options: Options) -> Flask:
    """Put an app together. The checks on each request run in the order in which they are registered here."""
    app = Flask(__name__)
    app.url_map.converters["report_id"] = ReportIdConverter
    root = service.data.root
    index_service.register(app, service)
    request_ids.register(app)
    metrics.register(app, _current_answerer)
    health.register(app, current_service)
    logs.register(app, _name_of_requester, questions=options.log_questions)
    security.register(app, options.url)
    _register_access(app, root, options)
    admission.register(app, options.at_once, options.waiting)
    answer_pool.register(app, options.at_once, (metrics.count_answer, logs.note_answer))
    error_handlers.register(app)
    conversation_store.register(app, root, options.keep_days)
    saved_questions.register(app, root, options.keep_saved_days)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        words=labels, links=links, text_lines=highlighting.text_lines, max_question=MAX_QUESTION
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    return app


def _register_access(app: Flask, root: Path, options: Options) -> None:
    """Register the checks that admit only people and programs with permission."""
    access.register(app, AccessGuard(options.mode, TokenKeeper(Tokens(root)), options.roles, options.proxy))
    rates.register(app, options.rate)
    if options.mode in (Mode.TOKENS, Mode.OIDC):
        secure = (options.url or "").startswith("https://")
        sessions.register(app, sessions.load_or_create_key(root), options.session_hours, secure=secure)
    if options.provider:
        oidc.register(app, options.provider)


def _current_answerer() -> Answerer:
    return current_service().answerer()


def _name_of_requester() -> str:
    return identity().name


def _provider(settings: Settings) -> Provider | None:
    secret = settings.oidc_client_secret
    if settings.access is not Mode.OIDC or not (settings.oidc_issuer and settings.oidc_client_id and secret):
        return None
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        secret.get_secret_value(),
        settings.oidc_groups_claim,
        settings.url or "",
    )


def _open_service(installation: Installation, remembered: int) -> IndexService:
    """Open the service for an installation.

    It starts even without an index, and its replies then say that there is none.
    """
    data, encoder = DataFolder(installation.data_dir), _open_encoder(installation)
    service = IndexService.following(data, encoder, remembered)
    try:
        service.answerer()
    except SearchIndexError as error:
        _LOG.warning("%s", error)
    return service


def _open_encoder(installation: Installation) -> Encoder | None:
    """Open the encoder, or return None if it cannot be loaded. The search then uses only the words in each question."""
    try:
        return open_encoder(installation.encoder)
    except (EncoderUnavailable, ImportError, OSError) as error:
        _LOG.error("Cannot load the encoder, so questions are searched by their words alone: %s", error)
        return None
