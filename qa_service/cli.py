"""The command line: build, ask, serve, reports, evaluate. One of the two places that read settings."""

from __future__ import annotations

import ipaddress
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import ValidationError

from corpus.errors import CorpusError
from index.build import BuildOutcome, build, find_sources, read_sources, unchanged
from index.errors import SearchIndexError
from index.folders import DataFolder
from index.manifest import Manifest
from index.store import Store
from index.weights import encoder_folder, revision_of
from index.word_pieces import max_tokens
from qa_service import evaluation_text, printing
from qa_service.answering import Answerer
from qa_service.checking import check_payload, check_text
from qa_service.evaluation import EvaluationError, GoldenQuestion, Result, evaluate, load_questions
from qa_service.measures import differences, figures
from qa_service.mechanisms import Mechanism
from qa_service.payload import answer_payload, report_payload
from qa_service.progress import Bars
from qa_service.runs import read_run, write_run
from qa_service.samples import sample_folder
from qa_service.settings import Settings
from qa_service.types import Question

if TYPE_CHECKING:
    from index.embedding import SentenceEncoder

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it: 128 + SIGINT."""
LEFT_OUT = 3
"""Exit status of a build that left out files that cannot be read."""


class _Command(click.Group):
    """Turns the errors that the packages raise into one line on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (SearchIndexError, CorpusError, EvaluationError) as error:
            raise click.ClickException(str(error)) from error
        except ValidationError as error:
            wrong = "; ".join(f"QA_{str(e['loc'][0]).upper()}={e['input']}: {e['msg']}" for e in error.errors())
            raise click.ClickException(f"A setting cannot be used: {wrong}. See docs/operations.md.") from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror or error}.") from error
        except KeyboardInterrupt:
            click.echo("\nStopped. The index that answered before still does.", err=True)
            sys.exit(STOPPED)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Ask inspection reports a question; get an answer in their own words, each sentence cited to its page.

    The data live in ./var, or where QA_DATA_DIR says.
    """


@main.command("build")
@click.option(
    "--reports",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with reports, or one report; can be given again. Default: the reports folder of the data.",
)
@click.option("--quiet", is_flag=True, help="No progress bars.")
def build_command(folders: tuple[Path, ...], *, quiet: bool) -> None:
    """Read the reports and build the index. Only what is new is embedded.

    Without --reports, and with no reports in the data's own folder, the shipped samples are indexed. Exit status: 0
    all indexed, 3 some files could not be read (they are named), 1 nothing could be built.
    """
    settings = Settings()
    data = DataFolder.prepare(settings.data_dir)
    chosen = list(folders) or _default_folders(data)
    files = find_sources(chosen)
    began = time.perf_counter()
    folder = encoder_folder(settings.encoder)
    if same := unchanged(files, data=data, revision=revision_of(folder)):
        click.echo(printing.build_summary(BuildOutcome(same, changed=False), 0))
        _report_failures(same)
        return
    encoder = _open_encoder(settings)
    with Bars(quiet=quiet) as bars:
        outcome = build(
            files,
            data=data,
            encoder=encoder,
            encoder_folder=folder,
            precision=encoder.precision,
            on_progress=bars.update,
        )
    click.echo(printing.build_summary(outcome, time.perf_counter() - began))
    _report_failures(outcome.manifest)


@main.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON, as the service gives it.")
@click.option("--after", multiple=True, help="An earlier question that this one follows; can be given again.")
@click.option("--top-k", default=8, show_default=True, type=click.IntRange(1, 50), help="Passages shown.")
def ask(question: str, *, as_json: bool, after: tuple[str, ...], top_k: int) -> None:
    """Answer one QUESTION from the reports."""
    try:
        asked = Question(question, history=after, top_k=top_k)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    answerer = _open_answerer(Settings())
    began = time.perf_counter()
    answer = answerer.answer(asked)
    took = (time.perf_counter() - began) * 1000
    if as_json:
        click.echo(json.dumps(answer_payload(answer, took), ensure_ascii=False, indent=1))
    else:
        click.echo(printing.answer_text(answer))


@main.command()
@click.option("--host", help="Address to serve on. Only loopback addresses, until there is access control.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on.  [default: 8000]")
def serve(host: str | None, port: int | None) -> None:
    """Serve the chat page and the JSON service."""
    settings = Settings()
    host, port = host or settings.host, port or settings.port
    _refuse_unless_loopback(host)
    Manifest.read(DataFolder(settings.data_dir).current())  # a clear error now rather than from the server's worker
    click.echo(f"Starting: http://{_in_url(host)}:{port}/ answers in a few seconds. Stop with Ctrl-C.", err=True)
    # The web package is above this one, so it is named to the server, never imported.
    if sys.platform == "win32":
        arguments = ["-m", "waitress", f"--host={host}", f"--port={port}", f"--threads={settings.threads}"]
        arguments += ["--call", "web.app:create_app"]
    else:
        arguments = ["-m", "gunicorn", f"--bind={_in_url(host)}:{port}", f"--threads={settings.threads}"]
        arguments += ["--worker-class=gthread", "--timeout=60", "--graceful-timeout=10", "--log-level=warning"]
        arguments += ["web.app:create_app()"]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - our own interpreter and fixed modules


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--check", "checks", is_flag=True, help="Read the files anew and show all that was found in each.")
@click.option(
    "--reports",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="With --check: a folder with reports, or one report; can be given again.",
)
def reports(folders: tuple[Path, ...], *, as_json: bool, checks: bool) -> None:
    """List the reports in the index, and the files that were left out with the reason.

    With --check the files are read as a build would read them: pages, sections, passages, facts, grades, warnings, and
    the reason for each that cannot be read (then the exit status is 3). The index is not touched.
    """
    if checks:
        _check(folders, as_json=as_json)
        return
    if folders:
        raise click.ClickException("--reports goes with --check. The list is of what is in the index.")
    folder = DataFolder(Settings().data_dir).current()
    manifest, store = Manifest.read(folder), Store(folder / "store.sqlite")
    counts = store.passage_counts()
    if as_json:
        rows = [{**report_payload(report), "passages": counts.get(report.id, 0)} for report in store.reports]
        left_out = [{"file": f.file, "reason": f.reason, "remedy": f.remedy} for f in manifest.failures]
        click.echo(json.dumps({"reports": rows, "left_out": left_out}, ensure_ascii=False, indent=1))
    else:
        click.echo(printing.report_table(store.reports, counts, manifest))


@main.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Keep the results, one line a question.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare with results that --out kept earlier.",
)
@click.option(
    "--detail", type=click.Path(dir_okay=False, path_type=Path), help="Write each question and answer to read."
)
@click.option("--ablation", is_flag=True, help="Also leave out each part in turn, and show what is lost.")
@click.option(
    "--without",
    multiple=True,
    type=click.Choice([mechanism.value for mechanism in Mechanism]),
    help="Leave out a part. May be given more than once.",
)
def evaluate_command(
    file: Path, out: Path | None, against: Path | None, detail: Path | None, *, ablation: bool, without: tuple[str, ...]
) -> None:
    """Ask the questions of FILE (one JSON object a line) and compare the answers with their evidence.

    What the columns mean, and the form of a line, are told in docs/evaluation.md.
    """
    for written in (out, detail):
        if written and (not written.parent.is_dir() or written.resolve() == file.resolve()):
            raise click.BadParameter(f"{written} cannot be written: its folder must be there, and it is not FILE.")
    questions = load_questions(file)
    before = read_run(against) if against else None
    answerer = _open_answerer(Settings()).leaving_out(*map(Mechanism, without))
    with Bars(quiet=False) as bars:
        results = _asked(answerer, questions, "Asking", bars)
        lost = {}
        for mechanism in Mechanism if ablation else ():
            partial = _asked(answerer.leaving_out(mechanism), questions, f"Without {mechanism}", bars)
            lost[mechanism.value] = differences(results, partial)
    if out:
        write_run(out, results)
    if detail:
        detail.write_text(evaluation_text.detail(results), encoding="utf-8")
    click.echo(evaluation_text.figures_table(results))
    if before is not None:
        click.echo(f"\nGained since {against}:\n{evaluation_text.difference_table(differences(before, results))}")
    if lost:
        click.echo(f"\n{evaluation_text.ablation_table(lost)}")
    click.echo(json.dumps(figures(results)))


def _asked(answerer: Answerer, questions: list[GoldenQuestion], stage: str, bars: Bars) -> list[Result]:
    results = []
    for done, result in enumerate(evaluate(answerer, questions), 1):
        results.append(result)
        bars.update(stage, done, len(questions))
    return results


def _check(folders: tuple[Path, ...], *, as_json: bool) -> None:
    settings = Settings()
    files = find_sources(list(folders) or _default_folders(DataFolder.prepare(settings.data_dir)))
    weights = encoder_folder(settings.encoder)
    with Bars(quiet=as_json) as bars:
        read = read_sources(files, encoder_folder=weights, max_tokens=max_tokens(weights), on_progress=bars.update)
    if as_json:
        click.echo(json.dumps(check_payload(read), ensure_ascii=False, indent=1))
    else:
        click.echo(check_text(read))
    if read.failures:
        sys.exit(LEFT_OUT)


def _default_folders(data: DataFolder) -> list[Path]:
    """The data's own reports folder, or the samples while it is empty."""
    try:
        find_sources([data.reports])
    except SearchIndexError:
        click.echo(f"No reports in {data.reports} yet: taking the shipped samples.", err=True)
        return [sample_folder()]
    return [data.reports]


def _open_encoder(settings: Settings) -> SentenceEncoder:
    from index.embedding import SentenceEncoder  # takes seconds to import: only where it is used

    return SentenceEncoder.open(settings.encoder)


def _open_answerer(settings: Settings) -> Answerer:
    data = DataFolder(settings.data_dir)
    Manifest.read(data.current())  # before the encoder's seconds of loading: a missing index is told at once
    return Answerer.open(data, _open_encoder(settings))


def _report_failures(manifest: Manifest) -> None:
    if manifest.failures:
        click.echo(printing.failure_list(manifest.failures), err=True)
        sys.exit(LEFT_OUT)


def _refuse_unless_loopback(host: str) -> None:
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise click.ClickException(
            f"{host} is not a loopback address. There is no access control yet, so the service answers this machine "
            "only: use 127.0.0.1, and a tunnel (ssh -L) to reach it from elsewhere."
        )


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


if __name__ == "__main__":
    main()
