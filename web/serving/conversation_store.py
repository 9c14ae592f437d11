"""The store of conversations in the app's data folder."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

from flask import Flask, current_app

from qa_service.records.conversations import NAME, Conversations
from qa_service.types import KEEP_DAYS

_LOG = logging.getLogger(__name__)
_STORE = "conversations"


def register(app: Flask, root: Path, days: int = KEEP_DAYS) -> None:
    """Register an app's store of conversations, in a data folder. Conversations are kept for ``days`` days."""
    try:
        store = Conversations.open(root, days)
    except (sqlite3.Error, OSError) as error:  # the service can still answer questions without the store
        _LOG.error("Cannot save conversations: %s", type(error).__name__)
        store = Conversations(root / NAME, days)
    app.extensions[_STORE] = store


def conversation_store() -> Conversations:
    """Return the app's store of conversations."""
    store: Conversations = current_app.extensions[_STORE]
    return store
