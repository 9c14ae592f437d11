"""Check that nothing about a report reaches a person who is not allowed to see it.

Two groups have a collection each, and everyone may see the other reports. A person in one group, both or neither
sends random requests to random addresses. Each request goes to the service with all the reports, and to a service that
was built without the reports hidden from that person. The two replies must be byte for byte the same, except for the
names of the build and the request.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from benchmarks.harness.builders import ignore_progress
from benchmarks.harness.figures import Proof
from corpus.types import REPORT_ID_LENGTH, Report
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from index.types import Encoder
from qa_service.access import Mode, Scope
from qa_service.answering.pipeline import Answerer
from qa_service.records.tokens import Tokens
from web.app import Options, assemble
from web.serving.index_service import IndexService

SEED = 7
WHO: Mapping[str, tuple[str, ...]] = {
    "neither": (),
    "north": ("north",),
    "south": ("south",),
    "both": ("north", "south"),
}
_KEPT = 0.03
"""The share of requests that ask a question and keep it in a conversation."""
_CONVERSATION = re.compile(r"(?<=/conversations/)[\w-]{20,}")
_MOMENT = re.compile(r"\d{1,2} \w+ 20\d\d,? (?:at )?\d\d:\d\d|20\d\d-\d\d-\d\dT[\d:.+Z-]+")
"""The time at which a question was asked or a report was deleted."""
_NAMES_BUILD = re.compile(r"\d{8}-\d{6}-\d{6}-[0-9a-f]{8}")
_DIFFER = {"took_ms", "build", "instance", "conversation_id", "id", "begun", "touched", "asked", "given"}
"""Fields that differ between any two services or requests."""
_QUESTIONS = (
    "What do inspectors say about supervision in {authority}?",
    "What was the overall grade of {authority}?",
    "What needs to improve in {authority}?",
    "How do care leavers fare in {authority}?",
    "Which authorities are good for care leavers?",
    "Which reports mention neglect?",
    "Has {authority} got better since its last inspection?",
    "Compare {authority} and {other} on leadership.",
    "What do reports say about {word}?",
)


@dataclass(frozen=True, slots=True)
class Party:
    """A person who uses two services: one with all the reports, and one without those that they may not see."""

    whole: FlaskClient
    without: FlaskClient
    headers: tuple[dict[str, str], dict[str, str]]
    """The person's token at each service."""


@dataclass(slots=True)
class Ground:
    """The services, the people who send requests, and the reports that are hidden from each person."""

    reports: tuple[Report, ...]
    hidden: Mapping[str, frozenset[str]]
    """The ids of the reports that are hidden from each person."""
    parties: Mapping[str, Party]
    words: tuple[str, ...]
    """Long words from the titles of reports."""
    secrets: Mapping[str, tuple[str, ...]]
    """The id, file name, title and digest of each report. People without access must not be able to read these."""
    leaks: list[str] = field(default_factory=list)
    answered: int = 0
    """How many requests were answered with 200. Without this check, a service that refuses everything would pass."""


def prepare(folder: Path, samples: Path, encoder: Encoder, precision: str) -> Ground:
    """Build a service with all reports, and one for each person with only the reports that they are allowed to see."""
    whole = _built(folder / "whole", find_sources([samples]), encoder, precision)
    reports = whole.index.store.reports
    limited = {"north": reports[0:3], "south": reports[3:6]}
    for name, some in limited.items():
        contents = [report.sha256 for report in some]
        Collections.change(whole.index.data, _limiting(name, contents))
    hidden = {
        who: frozenset(r.id for name, some in limited.items() if name not in groups for r in some)
        for who, groups in WHO.items()
    }
    app = assemble(IndexService.fixed(whole), Options(mode=Mode.TOKENS, rate=1_000_000))
    parties = {}
    for who, groups in WHO.items():
        files = [samples / report.file for report in reports if report.id not in hidden[who]]
        own = _built(folder / who, files, encoder, precision)
        for name in WHO[who]:
            contents = [r.sha256 for r in limited[name]]
            Collections.change(own.index.data, _limiting(name, contents))
        alone = assemble(IndexService.fixed(own), Options(mode=Mode.TOKENS, rate=1_000_000))
        headers = tuple(_token(data.root, who, groups) for data in (whole.index.data, own.index.data))
        parties[who] = Party(app.test_client(), alone.test_client(), (headers[0], headers[1]))
    words = tuple(sorted({w for r in reports for w in re.findall(r"[A-Za-z]{7,}", r.title)}))
    secrets = {r.id: (r.id, r.file, r.title, r.sha256) for r in reports}
    return Ground(reports, hidden, parties, words, secrets)


def check(ground: Ground, count: int, seed: int = SEED) -> int:
    """Send random requests, and return how many replies reveal a hidden report. ``ground.leaks`` lists them."""
    chance = random.Random(seed)  # noqa: S311 - chooses requests
    for _ in range(count):
        who = chance.choice(list(WHO))
        request = _request(chance, ground)
        party = ground.parties[who]
        seen = request(party.whole, party.headers[0])
        expected = request(party.without, party.headers[1])
        ground.answered += seen[0] == 200
        if not _same(seen, expected) or _names_hidden(ground, who, seen[1], expected[1]):
            ground.leaks.append(f"{who}: {request.__doc__}: {seen[0]} for {expected[0]}")
    return len(ground.leaks)


def prove(proof: Proof, folder: Path, samples: Path, encoder: Encoder, precision: str, count: int = 2000) -> None:
    """Check the replies to random requests about the samples."""
    ground = prepare(folder, samples, encoder, precision)
    leaks = check(ground, count)
    for leak in ground.leaks[:10]:
        print(f"   {leak}")
    proof.add("access: random requests by members of two groups", count, "≥", 2000)
    proof.add("access: requests answered with 200", ground.answered, "≥", count // 2)
    proof.add("access: replies that leak", leaks, "=", 0)


Reply = tuple[int, Any]
Request = Callable[[FlaskClient, dict[str, str]], Reply]


def _request(chance: random.Random, ground: Ground) -> Request:
    """Return a random request that can be sent more than once."""
    report = chance.choice(ground.reports)
    other = chance.choice(ground.reports)
    if chance.random() < _KEPT:
        question = chance.choice(_QUESTIONS)
        return _kept_question(question.format(**_words(report, other), word=chance.choice(ground.words)))
    address, body, form, method = chance.choice(list(_addresses(chance, ground, report, other)))

    def send(client: FlaskClient, headers: dict[str, str]) -> Reply:
        reply = client.open(address, method=method, json=body, data=form, headers=headers)
        kind = reply.mimetype
        text: Any = reply.get_data()
        reply.close()
        content = json.loads(text) if (kind or "").endswith("json") else text
        links = reply.headers.get("Link")  # the header shows how many pages of results there are
        return reply.status_code, ([content, links] if links else content)

    send.__doc__ = f"{method} {address} {json.dumps(body or form) if body or form else ''}"
    return send


def _kept_question(question: str) -> Request:
    """Return a request that keeps a question and reads it again in its conversation, as a page and as a download."""

    def send(client: FlaskClient, headers: dict[str, str]) -> Reply:
        begun = client.post("/api/v1/query", json={"question": question, "remember": True}, headers=headers)
        name = begun.get_json()["conversation_id"]
        replies: list[Any] = [begun.get_json()]
        statuses = {begun.status_code}
        for address in (
            f"/api/v1/conversations/{name}", f"/api/v1/conversations/{name}/turns/1", f"/conversations/{name}",
            f"/conversations/{name}/turns/1", f"/conversations/{name}/export.md", f"/conversations/{name}/export.csv",
        ):  # fmt: skip
            reply = client.get(address, headers=headers)
            text = _MOMENT.sub("", reply.get_data(as_text=True).replace(name, ""))
            statuses.add(reply.status_code)
            replies.append(json.loads(text) if (reply.mimetype or "").endswith("json") else text)
        return max(statuses), replies

    send.__doc__ = f"kept: {question}"
    return send


def _words(report: Report, other: Report) -> dict[str, str]:
    return {"authority": report.authority or "Westmarsh", "other": other.authority or "Carrowby"}


def _addresses(
    chance: random.Random, ground: Ground, report: Report, other: Report
) -> Iterator[tuple[str, Any, dict[str, str] | None, str]]:
    """Yield the address, JSON body, form and method of every request whose reply shows information about reports."""
    page = chance.randint(1, report.page_count + 1)
    words = _words(report, other)
    question = chance.choice(_QUESTIONS).format(word=chance.choice(ground.words), **words)
    filters = chance.choice(
        [{}, {"authority": [words["authority"]]}, {"report_id": [report.id, other.id]}, {"latest_only": True},
         {"kind": [report.kind.value]} if report.kind else {}]
    )  # fmt: skip
    query = {"question": question, "filters": filters, "top_k": chance.randint(1, 20)}
    for _ in range(8):  # most requests are questions, because these are the main use
        yield "/api/v1/query", query, None, "POST"
    yield "/api/v1/query", {**query, "history": [chance.choice(_QUESTIONS).format(word="x", **words)]}, None, "POST"
    yield "/api/v1/queries", {"queries": [query, {"question": "Which authorities are inadequate?"}]}, None, "POST"
    yield "/api/v1/feedback", {"verdict": "right", "note": "", "question": question}, None, "POST"
    for root in ("/api/v1/reports", "/reports"):
        yield root, None, None, "GET"
        yield f"{root}?authority={words['authority']}&sort=published", None, None, "GET"
        yield f"{root}?year={chance.choice([2015, 2019, 2023, 2024])}&grade=good", None, None, "GET"
        yield f"{root}/{report.id}", None, None, "GET"
        yield f"{root}/{report.id}/pages/{page}", None, None, "GET"
    yield f"/reports/{report.id}/pages/{page}?quote={chance.choice(ground.words)}", None, None, "GET"
    yield f"/reports/{report.id}/pages/{page}.png?width=600", None, None, "GET"
    yield f"/reports/{report.id}/passages/{chance.randint(0, 30)}/around", None, None, "GET"
    yield f"/reports/{report.id}/file", None, None, "GET"
    yield f"/reports/{report.id}/remove", None, None, "GET"
    for address in (f"/authorities/{words['authority']}", f"/authorities/{words['authority']}/improvements"):
        yield address, None, None, "GET"
    yield f"/api/v1/authorities/{words['authority']}/improvements", None, None, "GET"
    for root in ("/api/v1/themes", "/themes"):
        yield root, None, None, "GET"
        yield f"{root}?authority={words['authority']}", None, None, "GET"
        yield f"{root}/{chance.choice(['supervision', 'caseloads', 'plans'])}", None, None, "GET"
    yield "/themes/assessments.csv", None, None, "GET"
    yield "/", None, None, "GET"
    yield "/filters", None, {"authority": words["authority"], "report_id": report.id, "question": "x"}, "POST"
    yield "/reports/add", None, None, "GET"
    yield f"/reports/add?replaces={report.id}", None, None, "GET"
    yield f"/api/v1/reports/{report.id}", None, None, "DELETE"
    yield "/api/v1/builds", None, None, "GET"
    yield "/conversations", None, None, "GET"
    yield "/api/v1/conversations", None, None, "GET"
    yield "/readyz", None, None, "GET"
    yield "/metrics", None, None, "GET"


def _same(seen: Reply, expected: Reply) -> bool:
    return seen[0] == expected[0] and _plain(seen[1]) == _plain(expected[1])


def _plain(content: Any) -> Any:
    """Return the content of a reply without the parts that differ between any two replies."""
    if isinstance(content, dict):
        return {
            name: _plain(value) for name, value in content.items() if name not in _DIFFER or _is_report(name, value)
        }
    if isinstance(content, list):
        return [_plain(value) for value in content]
    if isinstance(content, bytes | str):
        text = content.decode("utf-8", errors="replace") if isinstance(content, bytes) else content
        text = _CONVERSATION.sub("", text)
        return _NAMES_BUILD.sub("", re.sub(r"/[^\s<]*/(whole|neither|north|south|both)/reports", "FOLDER", text))
    return content


def _is_report(name: str, value: Any) -> bool:
    """Whether an id belongs to a report. The ids of reports are the same in every service."""
    return name == "id" and len(str(value)) == REPORT_ID_LENGTH


def _names_hidden(ground: Ground, who: str, seen: Any, expected: Any) -> bool:
    """Whether a reply names a hidden report that is not named in the reply from the service without that report."""
    reply = json.dumps(seen, ensure_ascii=False) if not isinstance(seen, bytes) else seen.decode(errors="replace")
    allowed = json.dumps(expected, ensure_ascii=False) if not isinstance(expected, bytes) else str(expected)
    return any(s in reply and s not in allowed for report_id in ground.hidden[who] for s in ground.secrets[report_id])


def _limiting(name: str, contents: list[str]) -> Callable[[Collections], Collections]:
    return lambda collections: collections.with_collection(name, [name]).with_contents(name, contents)


def _token(root: Path, who: str, groups: tuple[str, ...]) -> dict[str, str]:
    _, text = Tokens(root).make(who, (Scope.ASK, Scope.ADD), groups)
    return {"Authorization": f"Bearer {text}"}


def _built(root: Path, files: list[Path], encoder: Encoder, precision: str) -> Answerer:
    data = DataFolder.prepare(root)
    before = root.parent / "whole" / "cache"
    if before.is_dir() and before != data.cache:  # share the cache, so that no text is embedded twice
        shutil.copytree(before, data.cache, dirs_exist_ok=True)
    Builder(data, encoder, encoder_folder(None), precision, ignore_progress).build(files)
    return Answerer.open(data, encoder)
