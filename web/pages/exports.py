"""Downloads of one answer or of a whole conversation."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from flask import Blueprint, Response, request

from corpus.dates import in_words
from qa_service.export.formats import ExportedAnswer, as_csv, as_markdown, as_word, export_answer
from qa_service.types import MAX_ITEMS, Conversation
from web.contract.problems import UnknownTurn
from web.guard.security import public_url
from web.pages import labels
from web.pages.chat import find_conversation
from web.pages.turns import ShownTurn, show_turn
from web.serving.answered_turns import ListPart

exports = Blueprint("exports", __name__)
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


@exports.get("/conversations/<name>/export.<any(docx, md, csv):suffix>")
def download(name: str, suffix: str) -> Response:
    """Download a conversation, or only the turn numbered ``turn``, in one of the formats. Lists are complete."""
    conversation = find_conversation(name)
    number = request.args.get("turn", type=int)
    if not conversation.turns or (number is not None and not 1 <= number <= len(conversation.turns)):
        raise UnknownTurn("The question whose answer you want to download does not exist.")
    numbers = [number] if number else range(1, len(conversation.turns) + 1)
    turns = [_export(show_turn(conversation, each, ListPart(items=MAX_ITEMS))) for each in numbers]
    title = turns[0].question if number else conversation.title
    response = Response(_write(suffix, title, turns), content_type=_TYPES[suffix])
    file = re.sub(r"[^A-Za-z0-9]+", "-", _title(conversation, number)).strip("-")[:60] or "answer"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}.{suffix}"'
    return response


def _export(turn: ShownTurn) -> ExportedAnswer:
    today = in_words(datetime.now(UTC).date())
    limits = [chip.label for chip in turn.filtered]
    limits += ["words as typed"] if turn.turn.verbatim else []
    limits += [f"without “{part}”" for part in turn.turn.set_aside]
    return export_answer(turn.answer, labels.outcome, today, f"{public_url()}/", labels.grade, limits)


def _write(suffix: str, title: str, turns: list[ExportedAnswer]) -> str | bytes:
    if suffix == "docx":
        return as_word(title, turns)
    return as_markdown(title, turns) if suffix == "md" else as_csv(turns)


def _title(conversation: Conversation, number: int | None) -> str:
    return conversation.turns[number - 1].question if number else conversation.title
