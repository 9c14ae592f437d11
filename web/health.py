"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from index.errors import DamagedIndex
from index.types import Query
from web.service import answerer, service

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """The process lives."""
    return jsonify(status="alive")


@health.get("/readyz")
def ready() -> Response:
    """The index answers a query; where it does not, the error's own status (503) says so."""
    if damage := service().damage():
        raise DamagedIndex(f"The current build is damaged: {damage}")
    index = answerer().index
    if not index.retrieve(Query("help and protection for children"), 1):
        raise DamagedIndex("The index is open and finds nothing.")
    return jsonify(status="ready", build=index.manifest.build, reports=index.manifest.reports)
