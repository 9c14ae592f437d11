"""Tests that we read each hostile file within the limits or refuse it with a reason, and that other files are safe."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.errors import UndrawablePage
from corpus.pdf import pdf_file
from corpus.readers.pdf import read_pdf
from index.building.read_pool import ReadReport, read_all
from index.building.sources import Source
from index.digests import file_digest
from index.encoding.encoder_files import default_folder
from index.encoding.word_pieces import max_tokens
from index.storage.manifest import Failure
from qa_service.samples import sample_folder
from tests.hostile.archives import OUTSIDE
from tests.hostile.cases_archives import archives
from tests.hostile.cases_pdfs import pdfs
from tests.hostile.pdfs import SAFE
from tests.hostile.texts import polyglots, texts, webs
from web.contract.problems import Undrawable
from web.serving import page_images
from web.serving.page_images import draw_page

TIME_LIMIT = 20.0
"""Time limit in seconds. It is far more than any file needs, even on a busy machine."""
Outcomes = dict[str, ReadReport | Failure]
GOOD = "good.txt"
FILES = (*archives(""), *pdfs(), *webs(), *texts(), *polyglots())
DRAWN = tuple(pdfs())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all the hostile files. None of them should be able to include the file outside the folder."""
    folder = tmp_path_factory.mktemp("files")
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text(OUTSIDE, encoding="utf-8")
    for name, content in {**archives(str(outside)), **pdfs(), **webs(), **texts(), **polyglots()}.items():
        (folder / name).write_bytes(content)
    (folder / GOOD).write_text(
        "Inspectors visit Carrowby\n\nInspectors found that children are safe.\n", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> Outcomes:
    """The outcome for each file when all of them are read as in one build."""
    encoder = default_folder()
    sources = [Source(folder / name, file_digest(folder / name)) for name in (*FILES, GOOD)]
    read = read_all(
        sources,
        encoder_folder=encoder,
        max_tokens=max_tokens(encoder),
        on_progress=lambda done, total: None,
        time_limit=TIME_LIMIT,
    )
    return {source.file: outcome for source, outcome in zip(sources, read, strict=True)}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_or_refused(outcomes: Outcomes, name: str) -> None:
    outcome = outcomes[name]
    if isinstance(outcome, Failure):
        assert outcome.reason
        assert outcome.remedy
        assert "crashed" not in outcome.reason
        return
    text = "\n".join(passage.text for passage in outcome.passages)
    assert outcome.passages
    assert OUTSIDE not in text
    assert "root:" not in text
    assert outcome.report.source_url is None or outcome.report.source_url.startswith(("http://", "https://"))
    assert len(outcome.report.title) <= 200


def test_no_hostile_file_runs_into_the_time_limit(outcomes: Outcomes) -> None:
    stopped = [name for name, one in outcomes.items() if isinstance(one, Failure) and "took over" in one.reason]
    assert stopped == []


def test_a_good_file_after_the_hostile_ones_is_read(outcomes: Outcomes) -> None:
    assert isinstance(outcomes[GOOD], ReadReport)


@pytest.mark.parametrize("name", DRAWN)
def test_a_hostile_page_is_drawn_in_time_or_reported_as_undrawable(outcomes: Outcomes, folder: Path, name: str) -> None:
    if isinstance(outcomes[name], Failure):
        return
    began = time.monotonic()
    try:
        drawn = draw_page(folder / name, 1, 800)
    except Undrawable:
        assert time.monotonic() - began < page_images.TIME_LIMIT + 20
        sample = next(sample_folder().glob("*.pdf"))
        assert draw_page(sample, 1, 800).startswith(b"\x89PNG")  # other pages are still drawn
        return
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) < 4 << 20


DRAW_SECONDS = 5.0
"""Drawing the page would take hours. Finding out that we must not draw it takes a few milliseconds."""


@pytest.mark.parametrize("name", [name for name in DRAWN if "tiny-tiles" in name])
def test_a_page_of_tiny_tiles_is_not_drawn_at_all(folder: Path, name: str) -> None:
    began = time.monotonic()
    with pytest.raises(Undrawable, match="tiny tiles"):
        draw_page(folder / name, 1, 800)
    with pytest.raises(UndrawablePage):
        pdf_file.picture(folder / name, 1, 100)
    assert time.monotonic() - began < DRAW_SECONDS + page_images.TIME_LIMIT / 2


def test_a_page_of_tiny_tiles_is_read_in_time_even_if_a_word_may_not_show(folder: Path) -> None:
    began = time.process_time()
    document = read_pdf(folder / "tiny-tiles-and-a-white-word.pdf")
    assert time.process_time() - began < DRAW_SECONDS
    assert document.text.split("\n\n") == [SAFE, "Seldom"]
    assert [warning for warning in document.warnings if warning.startswith("Page 1 could not be checked")]
