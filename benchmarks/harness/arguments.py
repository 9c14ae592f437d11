"""Reads the command lines of proofs, so that each of them has “--help” and refuses unknown arguments."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path


def no_arguments(doc: str | None) -> None:
    """Allow only ``--help``, which prints the first line of a module's docstring."""
    _parser(doc).parse_args()


def parts_named(doc: str | None, parts: Sequence[str]) -> list[str]:
    """Return the parts of a proof to run: those named or, if none are, all of them."""
    parser = _parser(doc)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"run only these parts: {', '.join(parts)}")
    named: list[str] = parser.parse_args().parts
    _check(parser, named, parts)
    return named or list(parts)


def data_and_parts(doc: str | None, parts: Sequence[str] = ()) -> tuple[Path | None, list[str]]:
    """Return a data folder with an index of the real reports, if one is named, and the parts of a proof to run."""
    parser = _parser(doc)
    parser.add_argument("data", nargs="?", help="a data folder with an index of the real reports, which saves time")
    if parts:
        parser.add_argument("parts", nargs="*", metavar="PART", help=f"run only these parts: {', '.join(parts)}")
    arguments = parser.parse_args()
    named = list(getattr(arguments, "parts", ()))
    data = arguments.data
    if data in parts:
        data, named = None, [data, *named]
    _check(parser, named, parts)
    return Path(data) if data else None, named or list(parts)


def _parser(doc: str | None) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(description=(doc or "").split("\n", maxsplit=1)[0])


def _check(parser: argparse.ArgumentParser, named: Sequence[str], parts: Sequence[str]) -> None:
    if unknown := sorted(set(named) - set(parts)):
        parser.error(f"this proof has no part named {', '.join(unknown)}. Its parts are {', '.join(parts)}.")
