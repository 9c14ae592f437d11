from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from qa_service.answer_json import answer_json
from qa_service.cli.main import main

pytestmark = pytest.mark.thorough

QUOTED = "What do care leavers in Westmarsh get to furnish their first home, in the latest report?"


@pytest.fixture
def given(ask):
    return json.loads(json.dumps(answer_json(ask(QUOTED), 1.0)))


@pytest.fixture
def verify(samples, tmp_path):
    """The command on a reply, with the samples; it gets a data folder that is not there."""

    def run(reply, *options, folders=(samples,)):
        file = tmp_path / "answer.json"
        file.write_bytes(reply if isinstance(reply, bytes) else json.dumps(reply).encode())
        named = [part for folder in folders for part in ("--reports", str(folder))]
        environment = {"QA_DATA_DIR": str(tmp_path / "no-data")}
        result = CliRunner().invoke(main, ["verify-citations", str(file), *named, *options], env=environment)
        assert not (tmp_path / "no-data").exists(), "it needs no data of the service"
        assert result.exception is None or isinstance(result.exception, SystemExit), "no traceback"
        return result

    return run


def test_a_reply_that_holds_is_proved_quote_by_quote(verify, given):
    result = verify(given)
    quotes = sum(len(statement["quotes"]) for statement in given["answer"])
    assert result.exit_code == 0
    assert result.stdout.count(": proved.") == quotes
    assert result.stdout.splitlines()[-1] == f"{quotes} quotes proved: all that is stated."
    assert json.loads(verify(given, "--json").stdout) == {"proved": quotes, "failed": []}


def test_what_is_not_proved_is_named_by_statement_report_and_page_with_what_to_do(verify, given):
    quote = given["answer"][0]["quotes"][0]
    quote["text"] = quote["text"].replace("£3,000", "£9,000")
    file = given["passages"][quote["citation"] - 1]["report"]["file"]
    result = verify(given)
    said = " ".join(result.stdout.split())
    assert result.exit_code == 4
    assert f"answer 1, statement 1, quote 1: NOT PROVED. {file}, page {quote['page']}:" in said
    assert (
        f"not word for word on page {quote['page']} of {file}. The words stand on no page of it. Ask the service"
        in said
    )
    reply = json.loads(verify(given, "--json").stdout)
    assert [row["kind"] for row in reply["failed"]] == ["not-in-passage", "not-on-page"]
    row = reply["failed"][1]
    assert (row["answer"], row["statement"], row["quote"], row["page"]) == (1, 1, 1, quote["page"])
    assert (row["report"], row["words"]) == (file, quote["text"])
    assert row["why"]
    assert row["remedy"]


def test_a_report_that_is_not_there_is_named_with_what_to_do(verify, given, tmp_path, samples):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("Another report altogether.", encoding="utf-8")
    result = verify(given, folders=[tmp_path / "other"])
    assert result.exit_code == 4
    assert "file missing: none has the sha256" in " ".join(result.stdout.split())
    assert verify(given, folders=[tmp_path / "other", samples]).exit_code == 0


@pytest.mark.parametrize("reply", ["none", "problem"])
def test_where_nothing_is_stated_there_is_nothing_to_prove(verify, ask, reply):
    unanswered = answer_json(ask("What did inspectors think of Thornwick's youth justice service?"), 1.0)
    batch = {"answers": [{"status": 422, "problem": {"title": "The question is empty."}}]}
    result = verify(unanswered if reply == "none" else batch)
    assert (result.exit_code, result.stdout) == (0, "Nothing to prove: no answer here states anything.\n")


@pytest.mark.parametrize(
    "reply", [b"", b"no JSON", b"[" * 100_000, b'{"answer": NaN}', b'{"answer": 1, "passages": 2}']
)
def test_a_file_that_is_no_reply_is_refused_in_a_line(verify, reply):
    result = verify(reply)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert "answer.json: " in result.stderr
    assert "Save the service's whole reply" in result.stderr


@pytest.mark.parametrize("name", ["gone.json", "."])
def test_a_file_that_cannot_be_opened_is_refused_in_a_line(tmp_path, samples, name):
    result = CliRunner().invoke(main, ["verify-citations", str(tmp_path / name), "--reports", str(samples)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(tmp_path) in result.stderr


def test_a_folder_that_is_not_there_is_refused_in_a_line(verify, given, tmp_path):
    result = verify(given, folders=[tmp_path / "gone"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "gone does not exist" in result.stderr


def test_what_a_terminal_would_obey_is_not_printed(verify, given):
    given["answer"][0]["quotes"][0]["text"] = "\x1b[2J\x9b31m\u202eGood"
    given["passages"][0]["report"] |= {"file": "\x1b]0;x\x07.pdf", "sha256": "\x1b[31m"}
    for options in ((), ("--json",)):
        shown = verify(given, *options).stdout
        assert not set(shown) & {"\x1b", "\x9b", "\x07", "\u202e"}


def test_it_reads_standard_input_and_needs_neither_network_nor_encoder(given, samples, tmp_path):
    (tmp_path / "offline.py").write_text(
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('the network was asked for')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from qa_service.cli.main import main\n"
        "try:\n    main()\n"
        "finally:\n    assert 'sentence_transformers' not in sys.modules and 'torch' not in sys.modules\n",
        encoding="utf-8",
    )
    ran = subprocess.run(
        [sys.executable, tmp_path / "offline.py", "verify-citations", "-", "--reports", samples, "--json"],
        input=json.dumps(given).encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "QA_DATA_DIR": str(tmp_path / "none")},
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["failed"] == []
