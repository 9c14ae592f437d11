#!/usr/bin/env bash
# docxcompose 2.2.0 with python-docx 1.2.0: two Word files with comments, joined into one.
#
# It touches officers who join the notes on several councils into one committee paper, with the remarks of each author.
# Expected: the remark on each council stays with it, as docxcompose does for numbered lists, pictures and footnotes. If it
# does not know comments, it leaves out both the remark and its mark.
# Seen: the second file's remark is lost, but its mark stays, with its old number. Both files count their remarks from 0, so
# the mark on Pellbrook now belongs to Ann's remark on Aldermere. Nothing warns of it, and python-docx reads the paper.
#
# Exits with 0 while this is so, and with 1 once it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    docxcompose==2.2.0 python-docx==1.2.0 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import docx
from docx.oxml.ns import qn
from docxcompose.composer import Composer


def again(document):
    file = io.BytesIO()
    document.save(file)
    return docx.Document(io.BytesIO(file.getvalue()))


def note(text, author, remark):
    document = docx.Document()
    document.add_comment(document.add_paragraph().add_run(text), text=remark, author=author)
    return again(document)


def remarks(document):
    """Return each paragraph that has the mark of a remark, with the author and the words of the remark."""
    found = []
    for paragraph in document.paragraphs:
        for mark in paragraph._p.iter(qn("w:commentReference")):
            remark = document.comments.get(int(mark.get(qn("w:id"))))
            found.append((paragraph.text, remark and (remark.author, remark.text)))
    return found


first = note("Aldermere is inadequate.", "Ann", "The grade is from the last inspection.")
second = note("Pellbrook is good.", "Ben", "The grade is out of date.")
print("docxcompose", version("docxcompose"), "python-docx", version("python-docx"))
print("apart:", remarks(first), remarks(second))
assert remarks(second) == [("Pellbrook is good.", ("Ben", "The grade is out of date."))]
paper = Composer(first)
paper.append(second)
joined = again(paper.doc)
print("joined:", remarks(joined), "comments:", [(remark.author, remark.text) for remark in joined.comments])
ann = ("Ann", "The grade is from the last inspection.")
sys.exit(0 if remarks(joined) == [("Aldermere is inadequate.", ann), ("Pellbrook is good.", ann)] else 1)
PYTHON
