from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from qa_service.answer_json.answer import answer_json
from qa_service.cli.main import main
from qa_service.cli.rendering import counted
from tests.corpus.word_files import word_file

pytestmark = pytest.mark.thorough

QUOTED = "What do care leavers in Westmarsh get to furnish their first home, in the latest report?"


@pytest.fixture
def given(ask):
    return json.loads(json.dumps(answer_json(ask(QUOTED), 1.0)))


@pytest.fixture
def verify(samples, tmp_path):
    """Run the command on a reply, using the samples. The data folder does not exist."""

    def run(reply, *options, folders=(samples,)):
        file = tmp_path / "answer.json"
        file.write_bytes(reply if isinstance(reply, bytes) else json.dumps(reply).encode())
        named = [part for folder in folders for part in ("--reports", str(folder))]
        environment = {"QA_DATA_DIR": str(tmp_path / "no-data")}
        result = CliRunner().invoke(main, ["verify-citations", str(file), *named, *options], env=environment)
        assert not (tmp_path / "no-data").exists(), "the command must not create a data folder"
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            "the command must not show a traceback"
        )
        return result

    return run


def test_each_quote_of_a_reply_is_proved(verify, given):
    result = verify(given)
    quotes = sum(len(statement["quotes"]) for statement in given["answer"])
    assert result.exit_code == 0
    assert result.stdout.count(": proved.") == quotes
    assert result.stdout.splitlines()[-1] == f"{counted(quotes, 'quote')} proved. Everything in the answer is proved."
    assert json.loads(verify(given, "--json").stdout) == {"proved": quotes, "not_confirmed": 0, "failed": []}


def test_facts_are_counted_apart_from_quotes(verify, ask):
    mixed = json.loads(json.dumps(answer_json(ask("Which reports do you hold?"), 1.0)))
    quotes, facts = sum(len(s["quotes"]) for s in mixed["answer"]), len(mixed["answer"])
    result = verify(mixed)
    assert result.stdout.splitlines()[-1] == (
        f"{counted(quotes, 'quote')} and {counted(facts, 'fact')} proved. Everything in the answer is proved."
    )
    only = json.loads(json.dumps(answer_json(ask("When was the 2023 inspection of Westmarsh published?"), 1.0)))
    lines = " ".join(verify(only).stdout.split())
    assert lines.endswith("1 fact proved. Everything in the answer is proved.")
    assert "answer 1, statement 1: proved. westmarsh-childrens-services-inspection-03-november-2023.pdf: “Pub" in lines
    assert json.loads(verify(only, "--json").stdout) == {"proved": 1, "not_confirmed": 0, "failed": []}


def test_a_fact_or_a_summary_that_is_not_proved_is_named_with_what_to_do(verify, ask):
    given = json.loads(json.dumps(answer_json(ask("Which reports do you hold?"), 1.0)))
    given["answer"][0]["fact"]["value"] = "2024-01-01"
    del given["answer"][-1]
    result = verify(given)
    text = " ".join(result.stdout.split())
    assert result.exit_code == 4
    assert "answer 1, statement 1: NOT PROVED." in text
    assert "answer 1, summary: NOT PROVED. “We have 10 reports.”" in text
    assert text.endswith("2 not proved (not-counted 1, not-given 1).")
    rows = json.loads(verify(given, "--json").stdout)["failed"]
    assert [(row["statement"], row["fact"], row["kind"]) for row in rows] == [
        (1, "inspected", "not-given"),
        (None, None, "not-counted"),
    ]
    assert all(row["why"] and row["remedy"] for row in rows)


def test_a_quote_that_is_not_proved_is_named_with_its_place_and_what_to_do(verify, given):
    number, statement = next((n, each) for n, each in enumerate(given["answer"], 1) if "£3,000" in each["text"])
    quote = statement["quotes"][0]
    quote["text"] = quote["text"].replace("£3,000", "£9,000")
    file = given["passages"][quote["citation"] - 1]["report"]["file"]
    result = verify(given)
    text = " ".join(result.stdout.split())
    assert result.exit_code == 4
    assert f"answer 1, statement {number}, quote 1: NOT PROVED. {file}, page {quote['page']}:" in text
    assert (
        f"The words are not on page {quote['page']} of {file}. The words are not on any page of this file. Ask again"
        in text
    )
    reply = json.loads(verify(given, "--json").stdout)
    assert [row["kind"] for row in reply["failed"]] == ["not-in-passage", "not-on-page"]
    row = reply["failed"][1]
    assert (row["answer"], row["statement"], row["quote"], row["page"]) == (1, number, 1, quote["page"])
    assert (row["report"], row["words"]) == (file, quote["text"])
    assert row["why"]
    assert row["remedy"]


def test_a_missing_report_is_named_with_what_to_do(verify, given, tmp_path, samples):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("Another report altogether.", encoding="utf-8")
    result = verify(given, folders=[tmp_path / "other"])
    assert result.exit_code == 4
    assert "No file has the sha256" in " ".join(result.stdout.split())
    assert verify(given, folders=[tmp_path / "other", samples]).exit_code == 0


@pytest.mark.parametrize("reply", ["none", "problem"])
def test_a_reply_without_statements_has_nothing_to_prove(verify, ask, reply):
    unanswered = answer_json(ask("What did inspectors think of Thornwick's youth justice service?"), 1.0)
    batch = {"answers": [{"status": 422, "problem": {"title": "The question is empty."}}]}
    result = verify(unanswered if reply == "none" else batch)
    assert (result.exit_code, result.stdout) == (0, "There is nothing to prove, because no answer states anything.\n")


@pytest.mark.parametrize(
    "reply", [b"", b"no JSON", b"[" * 100_000, b'{"answer": NaN}', b'{"answer": 1, "passages": 2}']
)
def test_a_file_that_is_not_a_reply_is_refused_in_one_line(verify, reply):
    result = verify(reply)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert "answer.json: " in result.stderr
    assert "Save the whole reply" in result.stderr


@pytest.mark.parametrize("name", ["gone.json", "."])
def test_a_file_that_cannot_be_opened_is_refused_in_one_line(tmp_path, samples, name):
    result = CliRunner().invoke(main, ["verify-citations", str(tmp_path / name), "--reports", str(samples)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(tmp_path) in result.stderr


def test_a_folder_that_does_not_exist_is_refused_in_one_line(verify, given, tmp_path):
    result = verify(given, folders=[tmp_path / "gone"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "gone does not exist" in result.stderr


def test_characters_that_control_a_terminal_are_not_printed(verify, given):
    given["answer"][0]["quotes"][0]["text"] = "\x1b[2J\x9b31m\u202eGood"
    given["passages"][0]["report"] |= {"file": "\x1b]0;x\x07.pdf", "sha256": "\x1b[31m"}
    for options in ((), ("--json",)):
        shown = verify(given, *options).stdout
        assert not set(shown) & {"\x1b", "\x9b", "\x07", "\u202e"}


def test_it_reads_standard_input_and_needs_neither_network_nor_encoder(given, samples, tmp_path):
    (tmp_path / "offline.py").write_text(
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('the command used the network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from qa_service.cli.main import main\n"
        "try:\n    main()\n"
        "finally:\n    assert 'sentence_transformers' not in sys.modules and 'torch' not in sys.modules\n",
        encoding="utf-8",
    )
    completed = subprocess.run(
        [sys.executable, tmp_path / "offline.py", "verify-citations", "-", "--reports", samples, "--json"],
        input=json.dumps(given).encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "QA_DATA_DIR": str(tmp_path / "none")},
    )
    assert (completed.returncode, completed.stderr) == (0, b"")
    assert json.loads(completed.stdout)["failed"] == []


SYMBOL = (
    "<w:p><w:r><w:t>Inspection of Westmarsh local authority children’s services</w:t></w:r></w:p>"
    "<w:p><w:r><w:t xml:space='preserve'>Care leavers aged 18 </w:t></w:r>"
    "<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r><w:r><w:t xml:space='preserve'> 16 wait for a flat.</w:t></w:r></w:p>"
)
"""A sign that only the first program can read."""


def test_words_that_a_second_program_does_not_find_are_counted_apart(verify, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    path = folder / "westmarsh.docx"
    path.write_bytes(word_file(SYMBOL))
    text = "Care leavers aged 18 ≥ 16 wait for a flat."
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    quote = {
        "citation": 1, "text": text, "start": 0, "end": len(text), "page": 1, "page_label": None, "boxes": [],
        "reading": "not confirmed", "url": f"/reports/{sha256[:16]}/pages/1",
    }  # fmt: skip
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    reply = {
        "question": "Who waits?",
        "answer": [
            {"kind": "quote", "text": text, "citations": [1], "quotes": [quote], "judgement": None, "fact": None}
        ],
        "passages": [
            {
                "rank": 1, "passage_id": f"{sha256[:16]}-0-{digest}", "text": text, "page": 1,
                "report": {"id": sha256[:16], "file": path.name, "sha256": sha256},
            }
        ],
    }  # fmt: skip
    result = verify(reply, folders=(folder,))
    assert result.exit_code == 4
    assert "answer 1, statement 1, quote 1: NOT CONFIRMED. westmarsh.docx, page 1:" in " ".join(result.stdout.split())
    assert result.stdout.splitlines()[-1] == "0 quotes proved, 1 not confirmed by a second program."
    as_json = json.loads(verify(reply, "--json", folders=(folder,)).stdout)
    assert (as_json["proved"], as_json["not_confirmed"]) == (0, 1)
    assert [failed["kind"] for failed in as_json["failed"]] == ["not-confirmed"]
