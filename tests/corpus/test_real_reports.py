"""Checks quotes from a few real reports, if they are available.

“make prove-main” and the other proofs check all reports.
"""

from __future__ import annotations

import random

import pytest

from corpus.chunking import chunk
from corpus.facts.metadata import describe
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf
from index.digests import file_digest
from index.encoding.encoder_files import default_folder
from index.encoding.word_pieces import WordPieces

pytestmark = pytest.mark.reports


@pytest.mark.thorough
def test_sentences_of_real_reports_are_word_for_word_on_their_pages(real_reports):
    chance = random.Random(2026)  # noqa: S311 - a sample, not a secret
    count = WordPieces.open(default_folder()).count
    for path in chance.sample(sorted(real_reports.glob("*.pdf")), 6):
        document = read_pdf(path)
        report = describe(document, file=path.name, sha256=file_digest(path))
        assert report.authority
        assert report.kind
        assert report.inspected_from
        passages = chunk(document, report_id=report.id, title=report.title, count=count, max_tokens=256)
        # The opening has no section. It contains the grade table, whose cells are in two columns.
        prose = [passage for passage in passages if passage.section]
        for passage in chance.sample(prose, min(8, len(prose))):
            for start, end in passage.sentences:
                places = locate(passage.text[start:end], path, document.media_type, passage.pages)
                assert places, f"{path.name}, page {passage.pages}: {passage.text[start:end]}"
                assert all(place.boxes for place in places)
