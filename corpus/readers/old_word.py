"""Reads .doc, .rtf and .odt files: LibreOffice turns them into Word documents, and our own reader reads the documents.

LibreOffice works out some fields anew while it loads a file: a date that was printed in 2019 becomes today's. So the
results of such fields are taken from antiword, which shows what was stored, or are left out. Macros are never run.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from lxml import etree

from corpus.dates import DATE
from corpus.errors import MissingProgram, NeedsTime, UnreadableReport
from corpus.formats import MAX_BYTES, check
from corpus.programs import ProgramFailed, find_program, run_program
from corpus.readers.word import read_docx
from corpus.types import Document
from corpus.word.package import W, word_parser

SECONDS = 120.0
"""Time limit for a file. Most take 2 seconds, or 10 on a busy machine."""
_WITNESS_SECONDS = 20.0
_SUFFIXES = {"old Word document": ".doc", "RTF document": ".rtf", "OpenDocument text": ".odt"}
_FILTERS = {".doc": "MS Word 97", ".rtf": "Rich Text Format", ".odt": "writer8"}
"""The names by which LibreOffice knows the formats. Without them, it reads a damaged file as text."""
_MEDIA_TYPES = {
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
}
_WORKED_OUT = frozenset(
    {
        "ASK", "AUTHOR", "COMMENTS", "CREATEDATE", "DATE", "DOCPROPERTY", "DOCVARIABLE", "EDITTIME", "FILENAME",
        "FILESIZE", "FILLIN", "IF", "INFO", "KEYWORDS", "LASTSAVEDBY", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PRINTDATE",
        "REVNUM", "SAVEDATE", "SECTIONPAGES", "SUBJECT", "TEMPLATE", "TIME", "TITLE", "USERADDRESS", "USERINITIALS",
        "USERNAME",
    }
)  # fmt: skip
"""The fields that LibreOffice works out anew, or may. Fields for page numbers have no place in text without pages."""
_NOT_FOUND = "Error: Reference source not found"
"""What LibreOffice writes for a reference to something that is not in the file."""
_CONVERTED = (
    "The file was converted to a Word document by LibreOffice, and quotes are found in that. "
    "Compare them with the file."
)
_LEFT_OUT = (
    "A date or another field that Word works out was left out, because its printed value could not be found. "
    "Compare the report's text with the file."
)
_OTHER_WORDS = "Another program, antiword, does not find these words of the report in the file: {}. Compare them."
_MOST_NAMED = 5
"""Maximum number of words that a warning names."""
_FIELD_LENGTH = 80
"""Maximum length of what a field prints, in characters. Chosen by eye."""
_GAP = "\0"
_OMITTED = "[…]"
"""The mark in the text for something that was left out, so that nobody takes the words around it for a sentence."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
"""Settings of LibreOffice: run no macros, load nothing that the file links to, and use a proxy that does not exist."""
_WORD = re.compile(r"[^\W_]{3,}")
_FOLDED = {ord(sign): plain for sign, plain in zip("’‘“”–—\u00a0\u2011", "''\"\"-- -", strict=True)}
_PLAIN_FIELD = (f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}fldSimple")


def read_old_word(path: Path, *, patient: bool = True) -> Document:
    """Read an old Word, RTF or OpenDocument file. Raises UnreadableReport.

    Raises MissingProgram if LibreOffice is not installed, or NeedsTime if we are not ``patient``.
    """
    format_ = check(path, path.name)
    office = find_office(path, path.name)
    if not patient:
        raise NeedsTime(path, SECONDS + _WITNESS_SECONDS)
    suffix = _SUFFIXES[format_]
    with tempfile.TemporaryDirectory(prefix="qa-service-convert-") as name:
        folder = Path(name)
        stored = _stored_text(path, suffix)
        converted, fixed = _converted(path, suffix, office, folder), folder / "fixed.docx"
        try:
            data, notices = with_stored_fields(converted, stored)
            fixed.write_bytes(data)
            document = read_docx(fixed)
        except (etree.LxmlError, zipfile.BadZipFile) as error:
            reason = f"after conversion, it is damaged ({error})"
            raise UnreadableReport(path, reason, "Save it as DOCX or PDF.") from error
        except UnreadableReport as error:
            raise UnreadableReport(path, f"after conversion, {error.reason}", "Save it as DOCX or PDF.") from error
    return replace(
        document,
        media_type=_MEDIA_TYPES[suffix],
        warnings=(_CONVERTED, *notices, *document.warnings),
        converted=data,
    )


def find_office(path: Path, name: str) -> Path:
    """Return the path of LibreOffice, to read the file known by ``name``. Raises MissingProgram."""
    office = find_program("soffice")
    if office is None:
        reason = f"{PurePath(name).suffix} files can be read only with LibreOffice, which is not installed"
        remedy = "Install LibreOffice (the guide says how), then try again. Or save the file as DOCX or PDF."
        raise MissingProgram(path, reason, remedy)
    return office


def _converted(path: Path, suffix: str, office: Path, folder: Path) -> bytes:
    """Return the Word document that LibreOffice makes of a file, using a profile and a folder that are then deleted.

    LibreOffice also ends without an error if it could not load a file, so only the new file shows that it did.
    """
    source, made = folder / f"report{suffix}", folder / "made" / "report.docx"
    source.write_bytes(path.read_bytes())
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    options = ("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault", "--nofirststartwizard")
    command = (
        office, f"-env:UserInstallation={profile.as_uri()}", *options,
        f"--infilter={_FILTERS[suffix]}", "--convert-to", "docx:Office Open XML Text",
        "--outdir", made.parent, source,
    )  # fmt: skip
    try:
        run_program(command, seconds=SECONDS, variables={"HOME": str(folder), "TMPDIR": str(folder)}, folder=folder)
    except ProgramFailed as error:
        reason = f"LibreOffice could not convert it ({error})"
        raise UnreadableReport(path, reason, "Save it as DOCX or PDF, and add that file.") from error
    if not made.is_file():
        raise UnreadableReport(path, "LibreOffice could not open it", "Save it as DOCX or PDF, and add that file.")
    if made.stat().st_size > MAX_BYTES:
        raise UnreadableReport(path, f"its text takes over {MAX_BYTES >> 20} MB after conversion", "Split it.")
    return made.read_bytes()


def _stored_text(path: Path, suffix: str) -> str | None:
    """Return the text of a .doc file as antiword reads it. None if antiword is not installed or cannot read it."""
    antiword = find_program("antiword") if suffix == ".doc" else None
    if antiword is None:
        return None
    try:
        text = run_program([antiword, "-w", "0", "-m", "UTF-8.txt", path.resolve()], seconds=_WITNESS_SECONDS)
    except ProgramFailed:
        return None
    return text.decode("utf-8", errors="replace")


def with_stored_fields(data: bytes, stored: str | None) -> tuple[bytes, tuple[str, ...]]:
    """Return a converted Word document in which fields have their stored results, and what to tell people about it.

    ``stored`` is the text as antiword reads it. A result that is not found in it is left out. So is any other date in
    the text that is not found there.
    """
    packed, notices = io.BytesIO(), dict[str, None]()
    text = _Stored.of(stored) if stored is not None else None
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if re.fullmatch(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml", part.filename):
                content, told = _fixed(content, text if part.filename == "word/document.xml" else None)
                notices |= dict.fromkeys(told)
            target.writestr(part, content)
    return packed.getvalue(), tuple(notices)


@dataclass(frozen=True, slots=True)
class _Stored:
    """The text of a file as antiword reads it."""

    lines: tuple[str, ...]
    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Stored:
        lines = tuple(filter(None, map(_plain, re.split(r"[\n|]", text))))
        return cls(lines, "\n".join(lines), frozenset(word.lower() for word in _WORD.findall(text.translate(_FOLDED))))

    def results(self, template: str, before: str) -> list[str] | None:
        """Return what the fields of a paragraph print. ``template`` is its text, with a gap for each field.

        ``before`` is the text of the paragraph before it, which finds a paragraph that consists of a field.
        """
        if not template.replace(_GAP, "").strip(" .,:;-"):
            at = [index + 1 for index, line in enumerate(self.lines[:-1]) if before and line == before]
            return [self.lines[at[0]]] if len(at) == 1 and template.count(_GAP) == 1 else None
        pattern = re.escape(template).replace(re.escape(_GAP), f"(.{{1,{_FIELD_LENGTH}}}?)").replace(r"\ ", r"\s+")
        found = {match.groups() for line in self.lines if (match := re.fullmatch(pattern, line))}
        return list(found.pop()) if len(found) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.translate(_FOLDED).split())


def _fixed(content: bytes, stored: _Stored | None) -> tuple[bytes, tuple[str, ...]]:
    root = etree.fromstring(content, word_parser())
    before, left_out, fixed = "", False, False
    for paragraph in root.iter(f"{W}p"):
        results = _results_of_fields(paragraph)
        if results:
            values = stored.results(_template(paragraph, results), before) if stored else None
            left_out |= values is None
            fixed = True
            _put(results, values or [_OMITTED] * len(results))
        if stored:
            lost = _without_other_dates(paragraph, stored)
            left_out, fixed = left_out or lost, fixed or lost
        before = _plain(_text(paragraph)) or before
    told = [_LEFT_OUT] if left_out else []
    if stored and (other := _other_words(root, stored)):
        told.append(_OTHER_WORDS.format(", ".join(f"“{word}”" for word in other[:_MOST_NAMED])))
    changed = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if fixed else content
    return changed, tuple(told)


def _results_of_fields(paragraph: etree._Element) -> list[list[etree._Element]]:
    """Return, for each field that LibreOffice works out, the elements with its result."""
    found: list[list[etree._Element]] = []
    open_fields: list[tuple[str, list[etree._Element]]] = []
    in_result = False
    for element in paragraph.iter(*_PLAIN_FIELD):
        kind = element.get(f"{W}fldCharType")
        if element.tag == f"{W}fldSimple" and _is_worked_out(element.get(f"{W}instr") or "", _text(element)):
            found.append(list(element.iter(f"{W}t")))
        elif kind == "begin":
            open_fields.append(("", []))
            in_result = False
        elif kind == "separate":
            in_result = True
        elif kind == "end" and open_fields:
            command, result = open_fields.pop()
            if result and _is_worked_out(command, "".join(one.text or "" for one in result)):
                found.append(result)
            in_result = bool(open_fields)
        elif open_fields and element.tag == f"{W}instrText":
            open_fields[-1] = (open_fields[-1][0] + (element.text or ""), open_fields[-1][1])
        elif open_fields and element.tag == f"{W}t" and in_result:
            open_fields[-1][1].append(element)
    return found


def _is_worked_out(command: str, result: str) -> bool:
    name = command.split()[:1]
    return result == _NOT_FOUND or (bool(name) and name[0].upper() in _WORKED_OUT)


def _template(paragraph: etree._Element, results: Sequence[Sequence[etree._Element]]) -> str:
    """Return a paragraph's text with a gap in place of each result."""
    shown = {element: _GAP if index == 0 else "" for result in results for index, element in enumerate(result)}
    elements = paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
    return _plain("".join(shown[element] if element in shown else _shown(element) for element in elements))


def _put(results: Sequence[Sequence[etree._Element]], values: Sequence[str]) -> None:
    for result, value in zip(results, values, strict=True):
        for element in result:
            element.text = ""
        if result:
            result[0].text = value


def _without_other_dates(paragraph: etree._Element, stored: _Stored) -> bool:
    """Remove the dates from a paragraph that are not in the stored text. Return whether there were any."""
    elements = list(paragraph.iter(f"{W}t"))
    text = "".join(element.text or "" for element in elements)
    lost = [match.span() for match in DATE.finditer(text) if _plain(match.group()) not in stored.text]
    if not lost:
        return False
    at = 0
    for element in elements:
        own = element.text or ""
        element.text = "".join(_kept(character, index, lost) for index, character in enumerate(own, at))
        at += len(own)
    return True


def _kept(character: str, index: int, lost: Sequence[tuple[int, int]]) -> str:
    """Return a character or, at the start of a part that was left out, the mark that replaces it."""
    part = next(((start, end) for start, end in lost if start <= index < end), None)
    return character if part is None else _OMITTED if index == part[0] else ""


def _other_words(root: etree._Element, stored: _Stored) -> list[str]:
    """Return the words of the converted text that antiword does not find, in order and without repeats."""
    text = "\n".join(_text(paragraph) for paragraph in root.iter(f"{W}p"))
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text.translate(_FOLDED)))
    return [word for word in words if word not in stored.words]


def _text(element: etree._Element) -> str:
    return "".join(_shown(one) for one in element.iter(f"{W}t", f"{W}tab", f"{W}br"))


def _shown(element: etree._Element) -> str:
    return (element.text or "") if element.tag == f"{W}t" else " "
