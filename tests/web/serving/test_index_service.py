from __future__ import annotations

import json
import sqlite3
import time
import zlib
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from index.building.build import Builder
from index.building.sources import find_sources
from index.digests import file_digest
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from index.storage.removal import Removals
from qa_service.answering.pipeline import Answerer
from web.app import create_app
from web.serving.index_service import IndexService

pytestmark = pytest.mark.thorough


def build_of(files: list[Path], data: DataFolder, encoder: PassageEncoder) -> None:
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources(files))


def app_over(data: DataFolder, answerer: Answerer, encoder: PassageEncoder) -> Flask:
    """Make an app that serves a data folder whose builds change."""
    app = create_app(answerer)
    app.extensions["answering"] = IndexService.following(data, encoder)
    return app


def test_alive_and_ready(answerer: Answerer) -> None:
    client = create_app(answerer).test_client()
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json["build"] == answerer.index.manifest.build


def test_a_first_and_a_second_build_are_used_as_they_appear(
    tmp_path: Path, answerer: Answerer, encoder: PassageEncoder, samples: Path
) -> None:
    data = DataFolder.prepare(tmp_path)
    app = app_over(data, answerer, encoder)
    client = app.test_client()

    assert client.get("/healthz").status_code == 200
    not_ready = client.get("/readyz")
    assert (not_ready.status_code, not_ready.json["type"]) == (503, "/problems/no-index")
    assert client.get("/").status_code == 503
    assert "qa-service build" in client.get("/").text
    assert client.post("/api/v1/query", json={"question": "Why?"}).json["type"] == "/problems/no-index"

    first, second = samples / "carrowby-monitoring-visit-news-22-march-2023.txt", next(samples.glob("kinship*"))
    build_of([first], data, encoder)
    assert client.get("/readyz").status_code == 200
    assert [row["file"] for row in client.get("/api/v1/reports").json["reports"]] == [first.name]

    build_of([second], data, encoder)
    assert [row["file"] for row in client.get("/api/v1/reports").json["reports"]] == [second.name]


def test_a_build_that_cannot_be_opened_changes_nothing(
    tmp_path: Path, answerer: Answerer, encoder: PassageEncoder, samples: Path
) -> None:
    data = DataFolder.prepare(tmp_path)
    app = app_over(data, answerer, encoder)
    client = app.test_client()
    build_of([samples / "carrowby-monitoring-visit-news-22-march-2023.txt"], data, encoder)
    before = client.get("/readyz").json["build"]

    (data.builds / "99999999-000000-damaged").mkdir()
    (data.builds / "current").write_text("99999999-000000-damaged\n", encoding="utf-8")
    for _ in range(2):
        reply = client.post("/api/v1/query", json={"question": "How is supervision in Carrowby?"})
        assert (reply.status_code, reply.json["build"]) == (200, before)
        not_ready = client.get("/readyz")
        assert (not_ready.status_code, not_ready.json["type"]) == (503, "/problems/index-unavailable")


def test_the_factory_reads_the_settings(
    monkeypatch: pytest.MonkeyPatch, sample_index: DataFolder, answerer: Answerer
) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(sample_index.root))
    monkeypatch.delenv("QA_ENCODER", raising=False)
    client = create_app().test_client()
    assert client.get("/readyz").json["build"] == answerer.index.manifest.build


@pytest.fixture
def two_builds(tmp_path: Path, encoder: PassageEncoder, samples: Path) -> DataFolder:
    """A data folder with two builds. The second has one more report."""
    data = DataFolder.prepare(tmp_path / "data")
    carrowby = samples / "carrowby-monitoring-visit-news-22-march-2023.txt"
    build_of([carrowby], data, encoder)
    build_of([carrowby, next(samples.glob("kinship*"))], data, encoder)
    return data


QUESTION = {"question": "How is supervision in Carrowby?"}


def altered(packed: bytes) -> bytes:
    """Return the stored content of a passage, with some of its words changed."""
    return zlib.compress(zlib.decompress(packed).replace(b"upervision", b"uperstition"))


def test_an_altered_passage_is_never_shown_and_the_previous_build_answers(
    two_builds: DataFolder, answerer: Answerer, encoder: PassageEncoder
) -> None:
    client = app_over(two_builds, answerer, encoder).test_client()
    whole = client.post("/api/v1/query", json=QUESTION).json
    older, current = two_builds.finished()
    assert (whole["build"], whole["status"]) == (current.name, "answered")
    with sqlite3.connect(current / "store.sqlite") as connection:
        connection.create_function("altered", 1, altered)
        connection.execute("UPDATE passages SET packed = altered(packed)")
    connection.close()
    reply = app_over(two_builds, answerer, encoder).test_client().post("/api/v1/query", json=QUESTION).json
    assert reply["build"] == older.name
    assert "uperstition" not in json.dumps(reply)
    assert reply["answer"]


def test_damage_is_found_even_if_no_question_touches_it(
    two_builds: DataFolder, answerer: Answerer, encoder: PassageEncoder
) -> None:
    older, current = two_builds.finished()
    vectors = current / "sentences.faiss"
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(bytes(content))
    client = app_over(two_builds, answerer, encoder).test_client()
    assert client.post("/api/v1/query", json=QUESTION).status_code == 200
    for _ in range(100):
        if client.get("/readyz").status_code == 503:
            break
        time.sleep(0.05)
    not_ready = client.get("/readyz")
    assert not_ready.status_code == 503
    assert client.post("/api/v1/query", json=QUESTION).json["build"] == older.name


def test_a_build_with_a_removed_report_is_never_used_again(
    two_builds: DataFolder, answerer: Answerer, encoder: PassageEncoder, samples: Path
) -> None:
    _, current = two_builds.finished()
    carrowby = samples / "carrowby-monitoring-visit-news-22-march-2023.txt"
    Removals.change(two_builds, lambda removals: removals.with_contents([file_digest(carrowby)], date(2026, 1, 1)))
    (current / "passages.faiss").write_bytes(b"")
    client = app_over(two_builds, answerer, encoder).test_client()
    assert client.post("/api/v1/query", json=QUESTION).status_code == 503


def test_a_damaged_pointer_leaves_the_last_good_build_in_use(
    two_builds: DataFolder, answerer: Answerer, encoder: PassageEncoder
) -> None:
    running = app_over(two_builds, answerer, encoder).test_client()
    assert running.post("/api/v1/query", json=QUESTION).status_code == 200
    newest = two_builds.finished()[-1].name
    (two_builds.builds / "current").write_text("2026-half-a-na", encoding="utf-8")
    for client in (running, app_over(two_builds, answerer, encoder).test_client()):
        assert client.post("/api/v1/query", json=QUESTION).json["build"] == newest
        assert client.get("/readyz").status_code == 503


def test_nothing_answers_after_the_last_report_is_removed(
    two_builds: DataFolder, answerer: Answerer, encoder: PassageEncoder
) -> None:
    client = app_over(two_builds, answerer, encoder).test_client()
    assert client.post("/api/v1/query", json=QUESTION).status_code == 200
    two_builds.clear_current()
    for _ in range(2):
        reply = client.post("/api/v1/query", json=QUESTION)
        assert (reply.status_code, reply.json["type"]) == (503, "/problems/no-index")
