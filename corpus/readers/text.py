"""Reads plain text as one page, with the paragraphs that the writer made."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.dates import in_words
from corpus.drafts import Draft, Piece, assemble
from corpus.errors import UnreadableReport
from corpus.glyphs import clean, is_bullet
from corpus.grade_tables.judgements import NO_GRADES, GradeRows
from corpus.grade_tables.lines import with_grade_lines
from corpus.measures import CLOSING, OPENING
from corpus.readers.body import body_of
from corpus.readers.list_titles import with_list_titles
from corpus.readers.running_heads import without_running_heads
from corpus.readers.text_quotes import without_quote_marks
from corpus.readers.text_tables import figures_in, find_table
from corpus.types import BlockKind, Document, Page

_LONG_LINE = 100
"""If nearly all lines have fewer characters than this, the text is wrapped. If not, each line is a paragraph. Chosen by
eye."""
_HEADING_LENGTH = 90
"""Maximum length of a heading, in characters. Chosen by eye."""
_SOURCE_LINE = re.compile(r"^(?:(?:source|url|link|from)\s*:\s*)?<?(https?://\S+?)>?\s*$", re.IGNORECASE | re.MULTILINE)
"""A line with the address of the page from which the text was saved."""
_SOURCE_WITHIN = 1500
"""Number of characters that we search for the source line, from the start of a text. Chosen by eye."""
_RULE = re.compile(r"^\s*(?P<mark>[=_~*#+-])(?: ?(?P=mark)){2,}\s*$")
"""A line of one repeated character, which plain text has below titles and between parts."""
_ASTERISK = re.compile(r"^(?P<indent>\s*)\*\s+(?=[^\s*])")
_FEWEST_BULLETS = 2
"""Fewest lines that start with an asterisk in a text whose asterisks are bullets. A single one may mark a note."""
_NUMBERED = re.compile(r"^(\d{1,3})\.\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;,][’”'\")]?$")
_DIGITS = re.compile(r"^[\d\s.,]+$")


def decode(path: Path) -> str:
    """Return the text of a file in any encoding. Raises UnreadableReport if the file is not text."""
    data = path.read_bytes()
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):  # cp1252 is "ANSI" on British Windows
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes  # loaded here because few files need it

    best = from_bytes(data).best()
    if best is None:
        raise UnreadableReport(path, "the file is not text", "Save it as UTF-8 text, PDF or DOCX.")
    return str(best)


def read_text(path: Path) -> Document:
    """Read a text file. Raises UnreadableReport if it contains no text."""
    text = decode(path)
    lines = without_quote_marks(_with_bullets(without_running_heads(without_source(text)).splitlines()))
    table = find_table(lines)
    before, after = lines[: table.start], lines[table.end :]
    wrapped = _is_wrapped([*before, *after])
    drafts = [*_plain_drafts(before, wrapped=wrapped), *table.drafts]
    drafts += _plain_drafts(after, wrapped=wrapped, first=not drafts)
    return make_document(path, drafts, text, "text/plain", tables=table.grades)


def without_source(text: str) -> str:
    """Return a text without the line that says where it was saved from. That line ends the paragraph before it."""
    return _SOURCE_LINE.sub("\n", text[:_SOURCE_WITHIN]) + text[_SOURCE_WITHIN:]


def make_document(
    path: Path,
    drafts: list[Draft],
    text: str,
    media_type: str,
    *,
    tables: GradeRows = NO_GRADES,
    title: str | None = None,
    published: date | None = None,
) -> Document:
    """Return a document of one page from drafts and the file's ``text``. Raises UnreadableReport if it has no body.

    ``tables`` has the grades in its tables. ``title`` and ``published`` are facts that the file states outside its
    text.
    """
    marked = body_of(drafts)
    if not marked:
        raise UnreadableReport(path, "the file contains no text", "Check that it is a complete report.")
    first_heading = next((d.text for d in marked if d.kind is BlockKind.HEADING), None)  # never the title of a list
    body = with_list_titles(marked)
    source = _SOURCE_LINE.search(text[:_SOURCE_WITHIN])
    grades = with_grade_lines(tables, body)
    return assemble(
        body,
        pages=(Page(1),),
        media_type=media_type,
        opening=text[:OPENING] + (f"\nPublished: {in_words(published)}" if published else ""),
        closing=text[-CLOSING:],
        judgements=grades.judgements,
        unread_grades=grades.unread,
        unread_areas=grades.unread_areas,
        not_judged=grades.not_judged,
        title=title or first_heading,
        source_url=source.group(1) if source else None,
    )


def _with_bullets(lines: Sequence[str]) -> list[str]:
    """Return lines with bullets instead of asterisks, if two or more lines start with one."""
    if sum(bool(_ASTERISK.match(line)) for line in lines) < _FEWEST_BULLETS:
        return list(lines)
    return [_ASTERISK.sub(r"\g<indent>• ", line) for line in lines]


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Return whether the lines of a text are parts of paragraphs, and not whole paragraphs."""
    lengths = [len(clean(line)) for line in lines if line.strip() and not _RULE.match(line)]
    return bool(lengths) and statistics.quantiles([*lengths, 0], n=10)[-1] < _LONG_LINE


def _plain_drafts(raw: Sequence[str], *, wrapped: bool, first: bool = True) -> Iterator[Draft]:
    """Yield the blocks of lines of a text, and the rows of its tables of figures.

    ``first`` says whether the lines start the text.
    """
    done = 0
    for start, end in figures_in(raw):
        yield from _text_drafts(raw[done:start], wrapped=wrapped, first=first and not done)
        yield from _rows([clean(line) for line in raw[start:end]])
        done = end
    yield from _text_drafts(raw[done:], wrapped=wrapped, first=first and not done)


def _text_drafts(raw: Sequence[str], *, wrapped: bool, first: bool) -> Iterator[Draft]:
    lines = ["" if _RULE.match(line) else clean(line) for line in raw]
    paragraphs = _unwrapped(lines) if wrapped else [[line] for line in lines if line]
    for index, paragraph in enumerate(paragraphs):
        draft = _draft(paragraph, first=first and index == 0)
        is_last = index == len(paragraphs) - 1
        # Nothing is below the last line, so it is not a heading, even without a full stop.
        yield (
            replace(draft, kind=BlockKind.PARAGRAPH, level=0) if is_last and draft.kind is BlockKind.HEADING else draft
        )


def _rows(lines: Sequence[str]) -> Iterator[Draft]:
    """Yield the rows of a table of figures. The first names the columns if it has no figure of its own."""
    for number, line in enumerate(lines):
        names = number == 0 and not any(character.isdigit() for character in line)
        yield Draft(BlockKind.TABLE, (Piece(line, 1),), names_columns=names)


def _unwrapped(lines: list[str]) -> list[list[str]]:
    """Return the lines of each paragraph. A blank line, a bullet or a number ends a paragraph."""
    paragraphs: list[list[str]] = []
    starts_paragraph = True
    for line in lines:
        if not line:
            starts_paragraph = True
        elif starts_paragraph or is_bullet(line) or _NUMBERED.match(line):
            paragraphs.append([line])
            starts_paragraph = False
        else:
            paragraphs[-1].append(line)
    return paragraphs


def _draft(lines: Sequence[str], *, first: bool) -> Draft:
    """Return the block of a paragraph. Its lines stay apart, because a hyphen at the end of one may be of a word."""
    piece = tuple(Piece(line, 1) for line in lines)
    text = " ".join(lines)
    if is_bullet(text):
        return Draft(BlockKind.LIST_ITEM, piece)
    if number := _NUMBERED.match(text):
        return Draft(BlockKind.PARAGRAPH, piece, label=number.group(1))
    ended = bool(_SENTENCE_END.search(text)) and not (first and text.endswith("?"))
    heading = len(text) <= _HEADING_LENGTH and not ended and not _DIGITS.match(text)
    if heading and text[:1].isupper():
        return Draft(BlockKind.HEADING, piece, level=1 if first else 2)
    return Draft(BlockKind.PARAGRAPH, piece)
