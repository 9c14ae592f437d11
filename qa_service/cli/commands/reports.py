"""qa-service reports."""

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
from index.storage.manifest import Manifest
from index.storage.store import Store
from qa_service.answer_json import report_json
from qa_service.cli import rendering
from qa_service.cli.commands.changing import LEFT_OUT, told_folders
from qa_service.cli.file_check import check_payload, check_text
from qa_service.cli.progress import Bars
from qa_service.installation import Installation


@click.command("reports")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--check", "checks", is_flag=True, help="Read the files anew and show all that was found in each.")
@click.option(
    "--reports",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="With --check: a folder with reports, or one report; can be given again.",
)
def reports_command(folders: tuple[Path, ...], *, as_json: bool, checks: bool) -> None:
    """List the reports in the index, and the files that were left out with the reason.

    With --check the files are read as a build would read them: pages, sections, passages, facts, grades, warnings, and
    the reason for each that cannot be read (then the exit status is 3). The index is not touched.
    """
    if checks:
        _check(folders, as_json=as_json)
        return
    if folders:
        raise click.ClickException("--reports goes with --check. The list is of what is in the index.")
    folder = DataFolder(Installation.from_environment().data_dir).current()
    manifest, store = Manifest.read(folder), Store(folder / "store.sqlite")
    counts = store.passage_counts()
    if as_json:
        rows = [{**report_json(report), "passages": counts.get(report.id, 0)} for report in store.reports]
        left_out = [{"file": f.file, "reason": f.reason, "remedy": f.remedy} for f in manifest.failures]
        click.echo(json.dumps({"reports": rows, "left_out": left_out}, ensure_ascii=False, indent=1))
    else:
        click.echo(rendering.report_table(store.reports, counts, manifest))


def _check(folders: tuple[Path, ...], *, as_json: bool) -> None:
    installation = Installation.from_environment()
    files = find_sources(list(folders) or told_folders(DataFolder.prepare(installation.data_dir)))
    weights = encoder_folder(installation.encoder)
    with Bars(quiet=as_json) as bars:
        read = read_sources(files, encoder_folder=weights, max_tokens=max_tokens(weights), on_progress=bars.update)
    if as_json:
        click.echo(json.dumps(check_payload(read), ensure_ascii=False, indent=1))
    else:
        click.echo(check_text(read))
    if read.failures:
        sys.exit(LEFT_OUT)
