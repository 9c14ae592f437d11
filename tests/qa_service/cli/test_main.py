from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from index.storage.data_folder import DataFolder
from index.storage.manifest import Manifest
from qa_service.answering.ablation import Mechanism
from qa_service.calibration import CLOSE_CONFIDENCE
from qa_service.cli.main import main

pytestmark = pytest.mark.thorough

WESTMARSH = """Inspection of Westmarsh local authority children’s services

Inspection dates: 4 to 8 March 2024

Housing

Care leavers in Westmarsh wait seven weeks for a flat. Personal advisers visit them every month.
"""
ALDERMERE = """Focused visit to Aldermere children’s services

Aldermere was visited on 5 and 6 June 2024.

Caseloads

Caseloads of social workers are manageable, at 16 children on average. Managers check them weekly.
"""


def run(data: Path, *arguments: object, **environment: str) -> Result:
    """Run a command in this process, with a data folder."""
    variables: dict[str, str | None] = {
        "QA_DATA_DIR": str(data),
        "QA_HOST": None,
        "QA_PORT": None,
        "QA_ENCODER": None,
        **environment,
    }
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=variables)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Two small reports that the command has indexed, with its output."""
    folder, data = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("data")
    (folder / "westmarsh.txt").write_text(WESTMARSH, encoding="utf-8")
    (folder / "aldermere.txt").write_text(ALDERMERE, encoding="utf-8")
    return SimpleNamespace(folder=folder, data=data, result=run(data, "build", "--reports", folder))


def test_a_build_reports_what_it_indexed(built: SimpleNamespace) -> None:
    assert built.result.exit_code == 0, built.result.output
    assert "2 reports" in built.result.stdout
    assert built.result.stderr == ""


def test_a_second_build_has_nothing_to_do(built: SimpleNamespace) -> None:
    before = (built.data / "index" / "current").read_text()
    again = run(built.data, "build", "--reports", built.folder)
    assert again.exit_code == 0
    assert again.stdout.startswith("Up to date")
    assert (built.data / "index" / "current").read_text() == before


def test_reports_are_listed_as_text_and_as_json(built: SimpleNamespace) -> None:
    listed = run(built.data, "reports")
    assert listed.exit_code == 0
    assert "westmarsh.txt" in listed.stdout
    assert "2 reports in build" in listed.stdout
    rows = json.loads(run(built.data, "reports", "--json").stdout)
    assert {row["file"] for row in rows["reports"]} == {"westmarsh.txt", "aldermere.txt"}
    assert all(row["passages"] > 0 for row in rows["reports"])
    assert rows["left_out"] == []


def test_an_answer_as_json_has_the_fields_of_the_contract_and_nothing_else_is_printed(built: SimpleNamespace) -> None:
    asked = run(built.data, "ask", "--json", "--top-k", "1", "How long do care leavers wait for a flat in Westmarsh?")
    assert asked.exit_code == 0, asked.output
    answer = json.loads(asked.stdout)
    assert answer["status"] == "answered"
    assert answer["answer"][0]["quotes"][0]["text"] == "Care leavers in Westmarsh wait seven weeks for a flat."
    assert {"confidence", "reason", "passages", "filters_applied", "clarify", "build", "took_ms"} <= set(answer)
    assert len(answer["passages"]) == 1


def test_an_answer_as_text_has_its_sources(sample_index: DataFolder) -> None:
    asked = run(sample_index.root, "ask", "and in 2019?", "--after", "How was Westmarsh rated?")
    asked_whole = run(sample_index.root, "ask", "How was Westmarsh rated in 2019?")
    assert asked.exit_code == asked_whole.exit_code == 0
    assert "Overall effectiveness: Requires improvement to be good [1]" in " ".join(asked_whole.stdout.split())
    assert "Sources:" in asked_whole.stdout
    assert "Westmarsh" in asked.stdout


def test_each_build_names_a_file_that_it_cannot_read_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text(WESTMARSH, encoding="utf-8")
    (folder / "page.pdf").write_text("<!DOCTYPE html><html><body>Not found</body></html>", encoding="utf-8")
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    result = run(tmp_path / "data", "build", "--reports", folder)
    assert result.exit_code == 3
    assert "1 report," in result.stdout
    assert "2 files could not be read" in result.stderr
    assert "page.pdf: its name says PDF, but its content is a web page." in result.stderr
    assert "cut.pdf: " in result.stderr
    left_out = json.loads(run(tmp_path / "data", "reports", "--json").stdout)["left_out"]
    assert {row["file"] for row in left_out} == {"page.pdf", "cut.pdf"}
    assert all(row["reason"] and row["remedy"] for row in left_out)
    again = run(tmp_path / "data", "build", "--reports", folder)
    assert (again.exit_code, "2 files could not be read" in again.stderr) == (3, True)


def test_a_check_reads_the_files_again_and_reports_what_it_found(built: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    (tmp_path / "good.txt").write_text(WESTMARSH, encoding="utf-8")
    check = ("reports", "--check", "--reports", tmp_path, "--reports", built.folder / "aldermere.txt")
    as_text, as_json = run(built.data, *check), run(built.data, *check, "--json")
    assert (as_text.exit_code, as_json.exit_code) == (3, 3)
    for words in ("ilacs; report; inspected 4 to 8 March 2024", "2 reports read", "cut.pdf: the PDF is damaged"):
        assert words in as_text.stdout
    results = json.loads(as_json.stdout)
    read, left_out = ([row["file"] for row in results[name]] for name in ("reports", "left_out"))
    assert (read, left_out) == (["aldermere.txt", "good.txt"], ["cut.pdf"])
    assert run(tmp_path / "data", "reports", "--check", "--reports", built.folder).exit_code == 0
    assert not (tmp_path / "data" / "index" / "current").exists()


def test_folders_can_be_named_only_for_a_check(built: SimpleNamespace) -> None:
    result = run(built.data, "reports", "--reports", built.folder)
    assert (result.exit_code, "--reports needs --check" in result.stderr) == (1, True)


def test_an_error_about_a_folder_without_reports_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "notes.xyz").write_text("x", encoding="utf-8")
    result = run(tmp_path / "data", "build", "--reports", tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: There are no reports in")
    assert ".pdf" in result.stderr
    assert "or name another folder" in result.stderr


def test_an_error_names_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    result = run(tmp_path / "data", "build", "--reports", tmp_path / "absent")
    assert result.exit_code == 1
    assert f"{tmp_path / 'absent'} does not exist" in result.stderr


def test_a_build_that_can_read_no_file_keeps_the_old_index(built: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    before = (built.data / "index" / "current").read_text()
    result = run(built.data, "build", "--reports", tmp_path)
    assert result.exit_code == 1
    assert "cut.pdf" in result.stderr
    assert (built.data / "index" / "current").read_text() == before


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "the question is empty"),
        (" \t", "the question is empty"),
        ("x" * 3000, "3000 characters; it can have up to"),
    ],
)
def test_an_invalid_question_is_refused_before_anything_is_opened(tmp_path: Path, question: str, message: str) -> None:
    result = run(tmp_path / "none", "ask", question)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr


@pytest.mark.parametrize("command", [("ask", "Are caseloads manageable?"), ("reports",)])
def test_without_an_index_a_command_says_how_to_build_one(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run(tmp_path / "none", *command)
    assert result.exit_code == 1
    assert "There is no index" in result.stderr
    assert "qa-service build" in result.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", "127.0.0.1.example.org"])  # noqa: S104 - the command refuses it
def test_without_access_control_only_loopback_addresses_are_served_on(built: SimpleNamespace, host: str) -> None:
    for result in (run(built.data, "serve", "--host", host), run(built.data, "serve", QA_HOST=host)):
        assert result.exit_code == 1
        assert f"{host} is not a loopback address" in result.stderr
        assert "127.0.0.1" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("ask", "--top-k", "0", "q"), ("ask", "--top-k", "51", "q"), ("serve", "--port", "0"), ("ask",), ("unknown",)],
)
def test_wrong_arguments_have_exit_status_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run(tmp_path, *arguments)
    assert result.exit_code == 2
    assert "Error:" in result.stderr


def test_an_error_about_another_encoder_says_what_to_do(own_data: DataFolder) -> None:
    manifest = Manifest.read(own_data.current())
    replace(manifest, revision="0000000000000000").write(own_data.current())
    result = run(own_data.root, "ask", "Are caseloads manageable?")
    assert result.exit_code == 1
    assert "0000000000000000" in result.stderr
    assert manifest.revision in result.stderr
    assert "qa-service build" in result.stderr
    assert "QA_ENCODER" in result.stderr


def test_an_error_names_an_encoder_that_does_not_exist(built: SimpleNamespace, tmp_path: Path) -> None:
    result = run(tmp_path / "data", "build", "--reports", built.folder, QA_ENCODER=str(tmp_path / "absent"))
    assert result.exit_code == 1
    assert f"QA_ENCODER={tmp_path / 'absent'} is not a folder, and a model of this name" in result.stderr


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Two questions: one that the report on Westmarsh answers, and one about an authority without reports."""
    quote = "Care leavers in Westmarsh wait seven weeks for a flat."
    lines = [
        {
            "id": "1",
            "kind": "fact",
            "question": "How long do care leavers wait for a flat?",
            "gold": [{"file": "westmarsh.txt", "page": 1, "quote": quote}],
        },
        {"id": "2", "kind": "none", "question": "Are caseloads manageable in Dudley?", "gold": []},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_questions_are_evaluated_in_a_table_and_as_json(built: SimpleNamespace, questions: Path) -> None:
    result = run(built.data, "evaluate", questions)
    assert result.exit_code == 0, result.output
    *table, figures = result.stdout.splitlines()
    rows = [row.split()[0] for row in table if row]
    assert rows[:7] == ["kind", "fact", "none", "ALL", "95%", "milliseconds:", "confidence"]
    (confidence,) = rows[7:]
    assert float(confidence) > CLOSE_CONFIDENCE  # the only answer is called close
    values = json.loads(figures)
    assert (values["questions"], values["recall@1"], values["answer"], values["refused"]) == (2, 1.0, 1.0, 1.0)
    assert result.stderr == ""


def test_results_can_be_saved_compared_and_read(built: SimpleNamespace, questions: Path, tmp_path: Path) -> None:
    out, detail = tmp_path / "run.jsonl", tmp_path / "run.md"
    first = run(built.data, "evaluate", questions, "--out", out, "--detail", detail)
    assert first.exit_code == 0, first.output
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["1", "2"]
    text = detail.read_text(encoding="utf-8")
    assert text.count("## ") == 2
    assert "**How long do care leavers wait for a flat?**" in text
    assert "- evidence, rank 1: westmarsh.txt, page 1" in text
    assert "Change since" not in first.stdout
    again = run(built.data, "evaluate", questions, "--against", out)
    assert again.exit_code == 0, again.output
    gained = again.stdout.split(f"Change since {out}:\n")[1].splitlines()[:-1]
    assert {line.split()[1] for line in gained} == {"+0.000"}
    assert {"recall@1", "answer", "kept", "refused", "auroc"} <= {line.split()[0] for line in gained}
    assert json.loads(again.stdout.splitlines()[-1]) == json.loads(first.stdout.splitlines()[-1])


def test_leaving_out_parts_changes_the_results(built: SimpleNamespace, questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    assert run(built.data, "evaluate", questions, "--out", out).exit_code == 0
    less = run(built.data, "evaluate", questions, "--without", "screen", "--without", "authorities", "--against", out)
    assert less.exit_code == 0, less.output
    assert json.loads(less.stdout.splitlines()[-1])["refused"] == 0.0
    assert "refused -1.000 [-1.000, -1.000] *" in " ".join(less.stdout.split())


def test_an_ablation_shows_what_is_lost_without_each_part(
    built: SimpleNamespace, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run.jsonl"
    result = run(built.data, "evaluate", questions, "--ablation", "--out", out)
    assert result.exit_code == 0, result.output
    *_, table = result.stdout.split("\n\n")
    head, *rows, figures = table.splitlines()
    assert head.split()[0] == "without"
    assert [row.split()[0] for row in rows] == [mechanism.value for mechanism in Mechanism]
    assert json.loads(figures)["questions"] == 2
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_an_error_gives_the_line_of_a_file_that_is_not_a_saved_run(
    built: SimpleNamespace, questions: Path, tmp_path: Path
) -> None:
    result = run(built.data, "evaluate", questions, "--against", questions, "--out", tmp_path / "run.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{questions}, line 1" in result.stderr
    assert not (tmp_path / "run.jsonl").exists()


@pytest.mark.parametrize(
    "option", [("--without", "words,times"), ("--without", ""), ("--against", "absent"), ("--out", ".")]
)
def test_an_invalid_option_of_an_evaluation_is_named(tmp_path: Path, questions: Path, option: tuple[str, ...]) -> None:
    result = run(tmp_path, "evaluate", questions, *option)
    assert result.exit_code == 2
    assert f"Invalid value for '{option[0]}'" in result.stderr


def test_an_error_gives_the_line_of_an_invalid_question(built: SimpleNamespace, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text("[1]\n", encoding="utf-8")
    result = run(built.data, "evaluate", file)
    assert result.exit_code == 1
    assert f"{file}, line 1" in result.stderr


@pytest.mark.parametrize("command", [(), ("build",), ("ask",), ("serve",), ("reports",), ("evaluate",)])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_each_command_has_a_help_text(tmp_path: Path, command: tuple[str, ...], flag: str) -> None:
    result = run(tmp_path, *command, flag)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    assert len(result.stdout.splitlines()) > 4
    assert list(tmp_path.iterdir()) == []


def test_an_invalid_setting_is_named_in_one_line(tmp_path: Path) -> None:
    result = run(tmp_path, "serve", QA_PORT="http")
    assert isinstance(result.exception, SystemExit)
    assert "QA_PORT=http" in result.stderr


def test_a_data_folder_that_is_a_file_is_named_in_one_line(tmp_path: Path, built: SimpleNamespace) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = run(tmp_path / "file", "build", "--reports", built.folder)
    assert isinstance(result.exception, SystemExit)
    assert str(tmp_path / "file") in result.stderr


def program(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a separate process."""
    return subprocess.run(
        [Path(sys.executable).with_name("qa-service"), *arguments],
        env={"QA_DATA_DIR": str(data), "HF_HUB_OFFLINE": "1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_installed_program_answers_and_writes_nothing_to_standard_error(built: SimpleNamespace) -> None:
    done = program(built.data, "ask", "--json", "How long do care leavers wait for a flat?")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["answered"]


def test_the_installed_program_fails_in_one_line(tmp_path: Path) -> None:
    done = program(tmp_path / "none", "ask", "Are caseloads manageable?")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "qa-service build" in done.stderr


def test_improvements_are_shown_and_written_to_a_file(sample_index: DataFolder, tmp_path: Path) -> None:
    shown = run(sample_index.root, "improvements", "westmarsh")
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("Westmarsh: ")
    written = run(sample_index.root, "improvements", "Westmarsh", "--csv", tmp_path / "items.csv")
    assert written.exit_code == 0, written.output
    with (tmp_path / "items.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert f"Wrote {len(rows)} items" in written.output
    assert all(row["item"] and row["page"].isdigit() and row["outcome"] for row in rows)


def test_improvements_of_an_unknown_authority_say_where_to_look(sample_index: DataFolder) -> None:
    result = run(sample_index.root, "improvements", "Nowhere")
    assert result.exit_code == 1
    assert "qa-service reports" in result.output
