"""The command ``qa-service reports``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from index.building.reuse import read_sources
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.encoding.word_pieces import max_tokens
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE, Manifest
from index.storage.store import Store
from qa_service.answer_json.passages import report_json
from qa_service.cli import rendering
from qa_service.cli.commands.upkeep.updating import LEFT_OUT, default_folders
from qa_service.cli.file_check import check_payload, check_text
from qa_service.cli.progress import ProgressBars
from qa_service.installation import Installation


@click.command("reports")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--check", "checks", is_flag=True, help="Read the files again, and show what was found in each.")
@click.option(
    "--reports",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="With --check, read this folder or this report. You can repeat this.",
)
def reports_command(folders: tuple[Path, ...], *, as_json: bool, checks: bool) -> None:
    """List the reports in the index, and the files left out.

    Each file that was left out is listed with the reason.

    --check reads the files as a build would, but does not change the index. For each file it shows the pages, sections,
    passages, facts, grades and warnings, or why the file could not be read. Exit status 3 means that a file could not
    be read.
    """
    if checks:
        _check(folders, as_json=as_json)
        return
    if folders:
        raise click.ClickException("--reports needs --check. Without --check, this lists the reports in the index.")
    folder = DataFolder(Installation.from_environment().data_dir).current()
    manifest, store = Manifest.read(folder), Store(folder / STORE)
    counts = store.passage_counts()
    if as_json:
        rows = [{**report_json(report), "passages": counts.get(report.id, 0)} for report in store.reports]
        left_out = [{"file": f.file, "reason": f.reason, "remedy": f.remedy} for f in manifest.failures]
        click.echo(json.dumps({"reports": rows, "left_out": left_out}, ensure_ascii=False, indent=1))
    else:
        click.echo(rendering.report_table(store.reports, counts, manifest))


def _check(folders: tuple[Path, ...], *, as_json: bool) -> None:
    installation = Installation.from_environment()
    files = find_sources(list(folders) or default_folders(DataFolder.prepare(installation.data_dir)))
    weights = encoder_folder(installation.encoder)
    with ProgressBars(quiet=as_json) as bars:
        reading = read_sources(files, encoder_folder=weights, max_tokens=max_tokens(weights), on_progress=bars.update)
    if as_json:
        click.echo(json.dumps(check_payload(reading), ensure_ascii=False, indent=1))
    else:
        click.echo(check_text(reading))
    if reading.failures:
        sys.exit(LEFT_OUT)
