"""Reports designed to harm the program that indexes and shows them, each with a harmless twin."""

from __future__ import annotations

import html
import io
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import docx
from flask import Flask
from reportlab.pdfgen.canvas import Canvas

from corpus.types import Report
from index.storage.manifest import Manifest
from qa_service.answering.pipeline import Answerer
from tests.hostile.cases_instructions import INSTRUCTIONS
from tests.hostile.cases_markup import MARKUP, harmless

FORMATS = ("txt", "md", "html", "docx", "pdf")
_TITLE = "Inspectors look at the cases of Pellbrook"
TITLED = tuple(list(MARKUP)[::4])
"""Names of the pieces of markup that are also used in titles, file names and sidecars."""
_NEWS = "Inspectors say that children are safe. Staff in the town of {} know every child well and visit each week."
OUTSIDE = "A sentence that stands outside of the reports folder."


@dataclass(frozen=True, slots=True)
class Planted:
    """An application with the hostile reports, and the build that indexed them."""

    app: Flask
    answerer: Answerer
    manifest: Manifest
    files: dict[str, str]
    """The file name of each report, by the name under which it was planted."""

    def report(self, name: str) -> Report:
        """Return the indexed report that was planted under a name."""
        file = self.files[name]
        return next(report for report in self.answerer.index.store.reports if report.file == file)


def plant(folder: Path) -> dict[str, str]:
    """Write all the reports into a folder. Return the file name of each, by the name under which it is planted."""
    files = _in_formats(folder) | _titled(folder) | _instructed(folder)
    _aside(folder)
    return files


def sentence(number: int, text: str) -> str:
    """Return a paragraph with a number by which it can be found."""
    return f"Case {number:02} says {text} and so it stands."


def _in_formats(folder: Path) -> dict[str, str]:
    files = {}
    for suffix in FORMATS:
        for name, texts in (
            (f"hostile.{suffix}", list(MARKUP.values())),
            (f"twin.{suffix}", list(map(harmless, MARKUP.values()))),
        ):
            paragraphs = [sentence(number, text) for number, text in enumerate(texts)]
            (folder / name).write_bytes(_written(suffix, [*paragraphs, f"This file is a {suffix} and a {name}."]))
            files[name] = name
    return files


def _written(suffix: str, paragraphs: list[str]) -> bytes:
    if suffix == "html":
        inner = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
        return f"<!doctype html><html><body><article><h1>{_TITLE}</h1>{inner}</article></body></html>".encode()
    if suffix == "docx":
        return _word(paragraphs)
    if suffix == "pdf":
        return _pdf(paragraphs)
    head = "# " if suffix == "md" else ""
    return "\n\n".join([f"{head}{_TITLE}", *paragraphs, ""]).encode()


def _word(paragraphs: list[str]) -> bytes:
    written, buffer = docx.Document(), io.BytesIO()
    written.add_heading(_TITLE, 1)
    for text in paragraphs:
        written.add_paragraph(text)
    written.save(buffer)
    return buffer.getvalue()


def _pdf(paragraphs: list[str]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for at, text in enumerate([_TITLE, *paragraphs]):
        canvas.setFont("Helvetica", 14 if at == 0 else 5)
        canvas.drawString(40, 800 - 15 * at, text)
    canvas.save()
    return buffer.getvalue()


def _titled(folder: Path) -> dict[str, str]:
    files = {}
    for name in TITLED:
        text = MARKUP[name]
        file = f"{text.replace('/', '∕')[:100]}.txt"
        _with_facts(folder / file, text, f"Titled {name}")
        files[f"titled {name}"] = file
    _with_facts(folder / "titled-twin.txt", harmless(MARKUP["script"]), "Titled twin")
    return files | {"titled twin": "titled-twin.txt"}


def _with_facts(path: Path, text: str, place: str) -> None:
    """Write a report with a sidecar that repeats the text in every fact that can contain it."""
    path.write_text(
        f"{place}\n\n{_NEWS.format(place)}\n\nA heading for {place}\n\n{sentence(0, text)}\n", encoding="utf-8"
    )
    facts = {name: f"{text} {name}" for name in ("title", "authority", "framework", "lead_inspector")}
    facts["source_url"] = f"javascript:alert(1)//{place}"
    lines = [f"{name} = {json.dumps(value)}" for name, value in facts.items()]
    lines.append(f"judgements = [{{area = {json.dumps(text)}, grade = {json.dumps(text)}, page = 1}}]")
    path.with_name(path.name + ".toml").write_text("\n".join(lines), encoding="utf-8")


def _instructed(folder: Path) -> dict[str, str]:
    files = {}
    for name, text in INSTRUCTIONS.items():
        for kind, said in (("letter", text), ("plain", harmless(text))):
            body = f"Inspectors visit Dunmere Council\n\n{kind} of {name}\n\n{_NEWS.format('Dunmere')}\n\n"
            body += f"{said}\n\nHere ends the letter.\n"
            (folder / f"{kind}-{name}.txt").write_text(body, encoding="utf-8", newline="")
            files[f"{kind} {name}"] = f"{kind}-{name}.txt"
    return files


def _aside(folder: Path) -> None:
    """Write files that are not reports, and links that point outside the folder."""
    outside = folder.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "passwd").write_text(OUTSIDE, encoding="utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "page.pdf").write_bytes(b"<!doctype html><html><body>404</body></html>")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "archive.docx").write_bytes(b"PK\x03\x04" + bytes(200))
    (folder / "folder.pdf").mkdir()
    if sys.platform == "win32":
        return
    os.mkfifo(folder / "pipe.txt")
    for name, target in (
        ("device.txt", "/dev/zero"),
        ("itself.txt", "itself.txt"),
        ("nowhere.pdf", "/nowhere/at/all.pdf"),
        ("parent", ".."),
        ("folder-link.txt", str(outside)),
    ):
        (folder / name).symlink_to(target)
