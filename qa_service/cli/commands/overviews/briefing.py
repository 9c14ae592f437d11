"""The command ``qa-service briefing``."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from index.encoding.encoders import open_encoder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.answer_json.answer import answer_json
from qa_service.answering.overviews.briefing import brief
from qa_service.answering.overviews.briefing_word import as_word
from qa_service.answering.overviews.profile import profile_named
from qa_service.installation import Installation


@click.command("briefing")
@click.argument("authority")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Write the briefing to this .docx file.",
)
def briefing_command(authority: str, out: Path) -> None:
    """Write a briefing on an authority as a Word document, with a footnote for each statement.

    It has the authority's grades, what must improve and quotes by theme. Next to it, the command writes a manifest (a
    .json file). “qa-service verify-citations” proves every statement in the manifest from the files of the reports.
    """
    if out.suffix.lower() != ".docx":
        raise click.UsageError(f"--out {out} must end in .docx.")
    installation = Installation.from_environment()
    index = SearchIndex.open(DataFolder(installation.data_dir), open_encoder(installation.encoder))
    profile = profile_named(index, authority)
    briefing = brief(index, profile, datetime.now(UTC).date())
    out.write_bytes(as_word(briefing, ""))
    manifest = out.with_suffix(".json")
    manifest.write_text(json.dumps(answer_json(briefing.answer, 0), ensure_ascii=False), encoding="utf-8")
    click.echo(f"Wrote {len(briefing.answer.statements)} statements to {out}, and their manifest to {manifest}.")
