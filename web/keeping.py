"""The conversations of the app's data folder."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, current_app

from qa_service.conversations import KEEP_DAYS, Conversations

_KEPT = "conversations"


def register(app: Flask, root: Path, days: int = KEEP_DAYS) -> None:
    """Have an app keep conversations in a data folder for so many days."""
    app.extensions[_KEPT] = Conversations.open(root, days)


def kept() -> Conversations:
    """The app's conversations."""
    held: Conversations = current_app.extensions[_KEPT]
    return held
