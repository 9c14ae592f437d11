"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from index.errors import DamagedIndex
from index.types import Query
from web.service import service

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """The process lives."""
    return jsonify(status="alive")


@health.get("/readyz")
def ready() -> Response:
    """The index answers a query; where it does not, the error's own status (503) says so.

    “degraded” names what is not at work: without the encoder the words alone are searched, and it still answers.
    """
    if damage := service().damage():
        raise DamagedIndex(f"The current build is damaged: {damage}")
    held = service().answerer()
    index = held.index
    if not index.retrieve(Query("help and protection for children"), 1):
        raise DamagedIndex("The index is open and finds nothing.")
    status = "degraded" if held.degraded else "ready"
    return jsonify(status=status, build=index.manifest.build, degraded=list(held.degraded))
