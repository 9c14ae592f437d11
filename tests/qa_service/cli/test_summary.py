"""Tests of ``qa-service summary``."""

from __future__ import annotations

from click.testing import CliRunner

from index.storage.data_folder import DataFolder
from qa_service.cli.main import main


def test_a_summary_has_all_its_parts(sample_index: DataFolder) -> None:
    result = CliRunner().invoke(main, ["summary", "westmarsh"], env={"QA_DATA_DIR": str(sample_index.root)})
    assert result.exit_code == 0, result.output
    words = " ".join(result.output.split())
    assert words.startswith("Westmarsh: the last full inspection ended ")
    for part in ("Overall", "Good (page 1)", "Visits since then", "What must improve (", "by theme", "Caseloads: "):
        assert part in words


def test_an_unknown_authority_is_an_error(sample_index: DataFolder) -> None:
    result = CliRunner().invoke(main, ["summary", "Nowhere"], env={"QA_DATA_DIR": str(sample_index.root)})
    assert result.exit_code == 1
    assert "We have no reports about “Nowhere”" in result.output
