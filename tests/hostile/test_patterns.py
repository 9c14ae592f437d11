"""Tests that no regular expression in the product, and no code that uses one, is slow on any text."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import corpus
import index
import qa_service
import web
from corpus.facts.metadata import describe
from corpus.facts.warnings import warnings_of
from corpus.names.authorities import known_authorities
from corpus.reading import read
from tests.hostile.bombs import bombs, module_names, patterns
from tests.hostile.pages import assert_guarded

BOUND = 2.0
"""Limit on processor time, in seconds."""
SMALL, LARGE = 200, 2_000
"""Sizes in characters. We try all bombs at the small size, then only the worst ones at the large size."""
REPORT = 50_000


class TooSlow(Exception):
    """The work that was being measured did not end by itself."""


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that some work takes. Stop the work if it takes far too long."""

    def stop(*_: object) -> None:
        raise TooSlow

    started = time.process_time()
    if sys.platform != "win32":
        signal.signal(signal.SIGPROF, stop)
        signal.setitimer(signal.ITIMER_PROF, 1.5 * BOUND)
    try:
        work()
    except TooSlow:
        return 1.5 * BOUND
    finally:
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - started


@pytest.mark.parametrize("module", module_names(corpus, index, qa_service, web))
def test_each_expression_of_a_module_is_fast_on_its_worst_text(module: str) -> None:
    for name, pattern in patterns(module).items():
        timed = [(seconds(partial(tried, pattern, text)), at) for at, text in enumerate(bombs(pattern, SMALL))]
        if not timed:
            continue  # no text can slow this expression down
        slowest, place = max(timed)
        assert slowest < BOUND, (name, next(text for at, text in enumerate(bombs(pattern, SMALL)) if at == place))
        worst = next(text for at, text in enumerate(bombs(pattern, LARGE)) if at == place)
        assert seconds(partial(tried, pattern, worst)) < BOUND, (name, worst)


def test_the_expressions_of_the_product_are_found() -> None:
    found = [pattern for module in module_names(corpus, index, qa_service, web) for pattern in patterns(module)]
    assert len(found) > 300


def tried(pattern: re.Pattern[Any], text: str) -> list[re.Match[Any] | None]:
    subject = text.encode() if isinstance(pattern.pattern, bytes) else text
    return [pattern.match(subject), *pattern.finditer(subject)]


REPEATED: dict[str, str] = {
    "letter": "a", "capital": "A", "capitals-and-small": "aA", "word": "a ", "name": "Ab ", "hyphens": "a-", "compounds": "a-b ",
    "digits": "1", "numbers": "1 ", "numbered": "1.", "points": ".", "points-apart": ". ", "bullets": "•", "dashes": "- ",
    "abbreviations": "No. ", "asides": "(a) ", "brackets": "(", "quotes": "“", "good": "Good. ", "links": "www. ",
    "addresses": "https://a", "sites": "a.gov.uk", "sites-apart": "www.a.gov.uk ", "telephones": "Tel: 1 ", "dates": "1 May 2023 ",
    "days": "1, 2 and ", "inspectors": "Ada Bee, Ofsted HMI, ", "published": "published on ", "dated": "inspection dates ",
    "visits": "first monitoring visit will be ", "from": "visit from 1 to ", "councils": "Westmarsh Council ", "titles": "Inspection of a ",
    "letters": "Dear a\nYours sincerely\n", "headings": "Recommendations\n", "items": "• a\n", "labels": "1. a\n", "marks": "a\u0301",
    "postcodes": "A1 1AA ", "grades": "Requires improvement to be ", "not": "not ", "entities": "&amp;", "references": "[a][b] ",
}  # fmt: skip
"""Texts that the tests repeat to fill a question or a report."""


@pytest.mark.parametrize("name", list(REPEATED)[::2])
def test_a_repetitive_question_is_answered_in_time(client: FlaskClient, name: str) -> None:
    question = f"What of {REPEATED[name] * 2_000}"[:1_990] + " x?"
    reply = []
    assert seconds(lambda: reply.append(client.post("/api/v1/query", json={"question": question}))) < BOUND
    assert_guarded(reply[0])
    assert reply[0].status_code == 200


MANY = {
    "days": " ".join(f"{day} {month} 2023," for month in ("May", "June", "July", "March") for day in range(1, 29)),
    "years": " ".join(f"in {year}," for year in range(2000, 2030)) * 4,
    "authorities-held": "Westmarsh, Northwold, Aldermere, Carrowby and " * 40,
    "authorities": ", ".join(authority.name for authority in known_authorities()),
    "parts": "and how many social workers, and what of care leavers, " * 35,
}
"""Long lists of names, to put in a question. Each item in a list needs its own look-up."""


@pytest.mark.parametrize("name", MANY)
def test_a_question_about_very_many_things_is_answered_in_time(client: FlaskClient, name: str) -> None:
    question = f"How has {MANY[name]}"[:1_990] + " changed?"
    replies = []
    assert seconds(lambda: replies.append(client.post("/api/v1/query", json={"question": question}))) < BOUND
    assert {reply.status_code for reply in replies} == {200}


@pytest.mark.parametrize("name", REPEATED)
def test_a_repetitive_report_is_read_in_time(tmp_path: Path, name: str) -> None:
    path = tmp_path / "report.txt"
    text = (REPEATED[name] * REPORT)[:REPORT]
    path.write_text(f"Inspectors visit Carrowby\n\nChildren are safe.\n\n{text} x\n", encoding="utf-8")

    def read_whole() -> None:
        document = read(path)
        warnings_of(document, describe(document, file=path.name, sha256="0" * 64))

    assert seconds(read_whole) < BOUND


def test_the_measurement_detects_a_slow_expression() -> None:
    slow = re.compile(r"(?:a+)+$")
    assert any(seconds(lambda text=text: slow.search(text)) >= BOUND for text in bombs(slow, 40))  # type: ignore[misc]
