"""The conversations of the app's data folder."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

from flask import Flask, current_app

from qa_service.records.conversations import KEEP_DAYS, NAME, Conversations

_LOG = logging.getLogger(__name__)
_KEPT = "conversations"


def register(app: Flask, root: Path, days: int = KEEP_DAYS) -> None:
    """Have an app keep conversations in a data folder for so many days."""
    try:
        opened = Conversations.open(root, days)
    except (sqlite3.Error, OSError) as error:  # reports are answered from all the same
        _LOG.error("Cannot save conversations: %s", type(error).__name__)
        opened = Conversations(root / NAME, days)
    app.extensions[_KEPT] = opened


def kept() -> Conversations:
    """The app's conversations."""
    held: Conversations = current_app.extensions[_KEPT]
    return held
