"""Tests of ``qa-service summary``."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from index.storage.data_folder import DataFolder
from qa_service.cli.main import main
from qa_service.samples import sample_folder


def test_a_summary_has_all_its_parts(sample_index: DataFolder) -> None:
    result = CliRunner().invoke(main, ["summary", "westmarsh"], env={"QA_DATA_DIR": str(sample_index.root)})
    assert result.exit_code == 0, result.output
    words = " ".join(result.output.split())
    assert words.startswith("Westmarsh: the last full inspection ended ")
    for part in ("Overall", "Good (page 1)", "Visits since then", "What must improve (", "by theme", "Supervision: "):
        assert part in words


def test_an_unknown_authority_is_an_error(sample_index: DataFolder) -> None:
    result = CliRunner().invoke(main, ["summary", "Nowhere"], env={"QA_DATA_DIR": str(sample_index.root)})
    assert result.exit_code == 1
    assert "We have no reports about “Nowhere”" in result.output


def test_a_briefing_is_written_with_its_manifest(sample_index: DataFolder, tmp_path: Path) -> None:
    environment = {"QA_DATA_DIR": str(sample_index.root)}
    out = tmp_path / "briefing.docx"
    result = CliRunner().invoke(main, ["briefing", "westmarsh", "--out", str(out)], env=environment)
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"PK")
    manifest = str(tmp_path / "briefing.json")
    proved = CliRunner().invoke(main, ["verify-citations", manifest, "--reports", str(sample_folder())])
    assert proved.exit_code == 0, proved.output
    assert "Everything in the answer is proved." in " ".join(proved.output.split())
    wrong = CliRunner().invoke(main, ["briefing", "westmarsh", "--out", "briefing.pdf"], env=environment)
    assert (wrong.exit_code, "must end in .docx" in wrong.output) == (2, True)
