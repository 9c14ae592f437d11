"""The blueprint that questions and reports share, because its name is part of their OpenAPI operation ids."""

from __future__ import annotations

from flask import Blueprint

from web.contract.parsing import refuse_unknown_parameters

api = Blueprint("api", __name__, url_prefix="/api/v1")
api.before_request(refuse_unknown_parameters)
