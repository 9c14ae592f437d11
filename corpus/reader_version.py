"""The version of the code that turns files into passages. It is computed, so nobody has to remember to change it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from opcode import opmap
from types import CodeType

LIBRARIES = (
    "charset-normalizer",
    "inscriptis",
    "lxml",
    "markdown-it-py",
    "numpy",
    "pillow",
    "pypdf",
    "pypdfium2",
    "sentencex",
)
"""The libraries that decode files, read them, read them a second time, or divide text into sentences."""
AFTER_READING = frozenset(
    {
        "facts/printed_facts.py", "facts/warnings.py", "names/edits.py", "names/initials.py",
        "names/ordinary_words.py", "names/places.py", "names/regions.py", "names/typed_names.py", "places.toml",
        "regions.toml", "reader_version.py", "theme_parts.py", "themes.py",
        "themes.toml",
    }
)  # fmt: skip
"""Modules and data that use the results of reading without changing them, or that only questions need."""
_DIGITS = 12
"""Number of hexadecimal digits in the digest, which has 48 bits."""
_NOTHING = opmap["NOP"]


@cache
def reader_version() -> str:
    """Return a digest of everything that decides which passages and facts a file yields.

    A build stores it. If it has changed by the next build, all files are read again. The digest covers:

    - the modules of this package, as compiled, so a new comment, docstring or blank line does not change it;
    - the files of ``corpus/data``, byte by byte;
    - the versions of ``LIBRARIES``.

    Each minor version of Python compiles differently, so a new one also changes the digest. Computing it takes about
    0.4 s of processor time, once in each process that needs it.
    """
    return digest_of(files("corpus"), [f"{library} {version(library)}" for library in LIBRARIES])


def digest_of(package: Traversable, libraries: list[str]) -> str:
    """Return the digest of a package's modules and data for reading files, and of library names and versions."""
    digest = hashlib.sha256("\n".join(libraries).encode())
    for name, module in sorted(_modules(package)):
        if name not in AFTER_READING:
            digest.update(name.encode())
            # This level of optimisation leaves out docstrings.
            code = compile(module.read_bytes(), name, "exec", dont_inherit=True, optimize=2)
            for part in _parts(code):
                digest.update(part.encode())
    for data in sorted((package / "data").iterdir(), key=lambda file: file.name):
        if data.name in AFTER_READING:
            continue
        digest.update(data.name.encode() + data.read_bytes())
    return digest.hexdigest()[:_DIGITS]


def _modules(package: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield the modules of a package and its rooms, each with its path in the package."""
    for file in package.iterdir():
        if file.name.endswith(".py"):
            yield file.name, file
        elif file.joinpath("__init__.py").is_file():
            yield from ((f"{file.name}/{name}", module) for name, module in _modules(file))


def _parts(code: CodeType) -> Iterator[str]:
    """Yield the parts of compiled code as text, without line numbers or the name of the file."""
    yield f"{code.co_name} {code.co_flags} {_steps(code.co_code).hex()} {code.co_exceptiontable.hex()}"
    yield f"{code.co_argcount} {code.co_posonlyargcount} {code.co_kwonlyargcount}"
    yield f"{code.co_names} {code.co_varnames} {code.co_cellvars} {code.co_freevars}"
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _parts(constant)
        elif isinstance(constant, frozenset):  # the order of its items differs between processes
            yield repr(sorted(map(repr, constant)))
        else:
            yield repr(constant)


def _steps(instructions: bytes) -> bytes:
    """Leave out instructions that do nothing.

    The string below a constant, like a docstring, compiles to such an instruction.
    """
    steps = instructions[::2]
    kept, start, place = [], 0, steps.find(_NOTHING)
    while place >= 0:
        kept.append(instructions[start : 2 * place])
        start = 2 * (place + 1)
        place = steps.find(_NOTHING, place + 1)
    return b"".join((*kept, instructions[start:]))
