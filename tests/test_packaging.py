from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("corpus", "index", "qa_service", "web")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PINS = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)$", CONSTRAINTS, re.MULTILINE))


def direct_dependencies():
    groups = PROJECT["project"]["optional-dependencies"].values()
    lines = [*PROJECT["project"]["dependencies"], *(line for group in groups for line in group)]
    return [Requirement(line) for line in [*lines, *PROJECT["build-system"]["requires"]]]


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_is_imported_from_this_checkout(package):
    assert Path(find_spec(package).origin) == ROOT / package / "__init__.py"


def test_the_wheel_contains_the_four_packages():
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == list(PACKAGES)


@pytest.fixture
def copy(tmp_path):
    """A copy of the packages and their import contracts. A test may break it."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("samples", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder):
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_code_keeps_the_contracts_and_an_upward_import_breaks_them(copy):
    kept = lint_imports(copy)
    assert kept.returncode == 0, kept.stdout
    assert "0 broken" in kept.stdout
    with (copy / "corpus" / "types.py").open("a", encoding="utf-8") as file:
        file.write("\nimport web\n")
    broken = lint_imports(copy)
    assert broken.returncode == 1
    assert "corpus.types -> web" in broken.stdout


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("module", "line", "reported"),
    [
        ("index/search/fusion.py", "import qa_service.types", "index.search.fusion -> qa_service.types"),
        ("index/search/fusion.py", "import index.building.build", "index.search.fusion -> index.building.build"),
        ("index/search/fusion.py", "import index.encoding.pooling", "index.search.fusion -> index.encoding.pooling"),
        ("index/encoding/pooling.py", "import index.search.fusion", "index.encoding.pooling -> index.search.fusion"),
        ("index/encoding/pooling.py", "import index.storage.rows", "index.encoding.pooling -> index.storage.rows"),
        ("index/storage/rows.py", "import index.search.fusion", "index.storage.rows -> index.search.fusion"),
        ("index/storage/rows.py", "import index.encoding.pooling", "index.storage.rows -> index.encoding.pooling"),
        ("index/types.py", "import index.storage.rows", "index.types -> index.storage.rows"),
        ("index/digests.py", "import index.types", "index.digests -> index.types"),
        ("qa_service/types.py", "import flask", "qa_service.types -> flask"),
        ("web/serving/links.py", "import faiss", "web.serving.links -> faiss"),
        ("web/serving/links.py", "import qa_service.settings", "web.serving.links -> qa_service.settings"),
        (
            "qa_service/answering/kinds/grades/grade.py",
            "import qa_service.settings",
            "qa_service.answering.kinds.grades.grade -> qa_service.settings",
        ),
        (
            "qa_service/records/tokens.py",
            "import qa_service.answering.pipeline",
            "qa_service.records.tokens -> qa_service.answering.pipeline",
        ),
        (
            "qa_service/answering/kinds/grades/grade.py",
            "import qa_service.answering.composition",
            "qa_service.answering.kinds.grades.grade -> qa_service.answering.composition",
        ),
        (
            "qa_service/understanding/times/period.py",
            "import index.storage.store",
            "qa_service.understanding.times.period -> index.storage.store",
        ),
        (
            "qa_service/records/feedback.py",
            "import qa_service.answering.pipeline",
            "qa_service.records.feedback -> qa_service.answering.pipeline",
        ),
        (
            "qa_service/maintenance/updates.py",
            "import qa_service.understanding.words.vocabulary",
            "qa_service.maintenance.updates -> qa_service.understanding.words.vocabulary",
        ),
        (
            "qa_service/export/formats.py",
            "import qa_service.cli.rendering",
            "qa_service.export.formats -> qa_service.cli.rendering",
        ),
        ("web/pages/labels.py", "import qa_service.cli.rendering", "web.pages.labels -> qa_service.cli.rendering"),
        ("web/api/routes.py", "import web.pages.labels", "web.api.routes -> web.pages.labels"),
        ("web/pages/labels.py", "import web.api.routes", "web.pages.labels -> web.api.routes"),
        ("web/pages/labels.py", "import web.error_handlers", "web.pages.labels -> web.error_handlers"),
        ("web/serving/links.py", "import web.pages.labels", "web.serving.links -> web.pages.labels"),
        ("web/guard/rates.py", "import web.observability.logs", "web.guard.rates -> web.observability.logs"),
        ("web/observability/logs.py", "import web.guard.rates", "web.observability.logs -> web.guard.rates"),
        ("web/contract/fields.py", "import web.guard.rates", "web.contract.fields -> web.guard.rates"),
        ("web/client.py", "import web.app", "web.client -> web.app"),
    ],
)
def test_each_contract_catches_a_forbidden_import(copy, module, line, reported):
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    broken = lint_imports(copy)
    assert broken.returncode == 1
    assert reported in broken.stdout


@pytest.mark.parametrize(
    "needed", [r for r in direct_dependencies() if "Windows" not in str(r.marker) or "!=" in str(r.marker)], ids=str
)
def test_each_direct_dependency_is_pinned_to_an_allowed_version(needed):
    pins = {canonicalize_name(name): version for name, version in PINS.items()}
    assert needed.specifier.contains(pins[canonicalize_name(needed.name)])


def test_a_dependency_for_windows_only_is_pinned_too():
    assert "waitress" in PINS


def test_constraints_are_unique_exact_pins_without_addresses():
    lines = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==\d[A-Za-z0-9.]*(?:\s*;.+)?", line) for line in lines)
    assert len({canonicalize_name(name) for name in PINS}) == len(PINS) == len(lines)
    assert not re.search(r"://|www\.|@|--(?:extra-)?index-url|--find-links|\.(?:com|org|net|io)\b", CONSTRAINTS)


def test_torch_has_the_same_pin_in_both_places():
    [torch] = [needed for needed in direct_dependencies() if needed.name == "torch"]
    assert str(torch.specifier) == f"=={PINS['torch']}"
