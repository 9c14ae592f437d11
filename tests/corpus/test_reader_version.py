from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import time
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import corpus
from corpus.reader_version import AFTER_READING, LIBRARIES, digest_of, reader_version

PACKAGE = Path(corpus.__file__).parent
ROOTS = (
    "reading.py", "readers/pdf.py", "readers/word.py", "readers/old_word.py", "readers/html.py", "readers/markdown.py",
    "readers/text.py", "facts/metadata.py", "facts/sidecar.py", "chunking.py", "witness/second_reading.py",
    "witness/pdf.py", "witness/word.py", "witness/html.py", "witness/text.py",
)  # fmt: skip
"""The modules that a build calls, and the readers and witnesses that are loaded by name."""


@pytest.fixture
def whole_package(tmp_path) -> Path:
    """A copy of the package that a test may change."""
    return shutil.copytree(PACKAGE, tmp_path / "corpus", ignore=shutil.ignore_patterns("samples", "__pycache__"))


@pytest.fixture
def package(tmp_path) -> Path:
    """A copy of some of the package's modules, and all of its data. Tests may change the copy.

    The whole package takes half a second to compile.
    """
    kept = {"__init__.py", "chunking.py", "cleaning.py", "sentences.py", *(Path(name).name for name in AFTER_READING)}

    def left_out(folder, names):
        unread = {"samples", "__pycache__"}
        return {name for name in names if name in unread or (name.endswith(".py") and name not in kept)}

    return shutil.copytree(PACKAGE, tmp_path / "corpus", ignore=left_out)


def change(package, name, before, after):
    file = package / name
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("chunking.py", "TARGET = 160", "TARGET = 161"),
        ("sentences.py", "|cf|vs?)", "|cf|vs?|viz)"),
        ("pdf/cleaning.py", "needed = min(3, ", "needed = min(4, "),
        ("data/authorities.toml", 'name = "Leeds"', 'name = "Leedes"'),
    ],
)
def test_a_change_to_reading_or_chunking_changes_the_version(package, name, before, after):
    version = digest_of(package, [])
    change(package, name, before, after)
    assert digest_of(package, []) != version


def test_a_new_module_or_another_version_of_a_library_changes_the_version(package):
    version = digest_of(package, ["lxml 5.0"])
    assert digest_of(package, ["lxml 5.1"]) != version
    (package / "rtf.py").write_text("")
    assert digest_of(package, ["lxml 5.0"]) != version
    (package / "rtf.py").rename(package / "odt.py")
    renamed = digest_of(package, ["lxml 5.0"])
    (package / "odt.py").unlink()
    assert digest_of(package, ["lxml 5.0"]) == version != renamed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("TARGET = 160\n", "TARGET = 160  # word pieces\n"),
        ("TARGET = 160\n", "\n\n# A comment.\nTARGET = 160\n"),
        ("SMALL = 40\n", 'SMALL = 40\n"""Another docstring of a constant."""\n'),
    ],
)
def test_comments_blank_lines_and_docstrings_of_constants_do_not_change_the_version(package, before, after):
    version = digest_of(package, [])
    change(package, "chunking.py", before, after)
    assert digest_of(package, []) == version


def test_no_docstring_changes_the_version(whole_package):
    package = whole_package
    version = digest_of(package, [])
    for file in package.rglob("*.py"):
        lines = file.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                at, end = node.lineno - 1, node.end_lineno
                lines[at:end] = [f'{" " * node.col_offset}"Other words."', *[""] * (end - at - 1)]
        file.write_text("\n".join(lines), encoding="utf-8")
    assert "Other words." in (package / "chunking.py").read_text(encoding="utf-8")
    assert digest_of(package, []) == version


def test_modules_that_only_use_reports_do_not_change_the_version(package):
    version = digest_of(package, [])
    for name in AFTER_READING:
        (package / name).write_text("SOMETHING = 'else'")
    assert digest_of(package, []) == version


def test_the_version_is_the_same_in_every_process():
    program = "from corpus.reader_version import reader_version; print(reader_version())"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PACKAGE.parent)}
        ran = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        assert ran.stdout.strip() == reader_version()


def imports(module):
    """Yield what a module imports: the paths of modules of this package, and the names of other packages."""
    for node in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package, *inner = node.module.split(".")
            if package != "corpus":
                yield package
                continue
            room = Path(*inner)
            whole = [room / alias.name for alias in node.names] if (PACKAGE / room).is_dir() else [room]
            yield from (path.with_suffix(".py").as_posix() for path in whole)


@pytest.mark.thorough
def test_every_module_and_library_that_reading_uses_is_covered():
    reached, waiting, others = set(), list(ROOTS), set()
    while waiting:
        module = waiting.pop()
        reached.add(module)
        for name in imports(module):
            if not name.endswith(".py"):
                others.add(name.partition(".")[0])
            elif name not in reached:
                waiting.append(name)
    modules = {file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py") if file.name != "__init__.py"}
    assert reached == modules - AFTER_READING
    libraries = {packages_distributions()[name][0].lower() for name in others - sys.stdlib_module_names}
    assert libraries == set(LIBRARIES)


def test_the_version_takes_little_time():
    """We measure processor time, because other programs may be running."""
    reader_version.cache_clear()
    started = time.process_time()
    reader_version()
    assert time.process_time() - started < 0.5
