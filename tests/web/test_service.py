from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build, find_sources
from index.embedding import SentenceEncoder, encoder_folder
from index.folders import DataFolder
from qa_service.answering import Answerer
from web.app import create_app
from web.service import Service, attach


def build_of(files: list[Path], data: DataFolder, encoder: SentenceEncoder) -> None:
    build(
        find_sources(files),
        data=data,
        encoder=encoder,
        encoder_folder=encoder_folder(None),
        precision=encoder.precision,
        on_progress=lambda stage, done, total: None,
    )


def test_alive_and_ready(answerer: Answerer) -> None:
    client = create_app(answerer).test_client()
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json["build"] == answerer.index.manifest.build


def test_from_no_index_to_a_first_and_to_a_second_build(
    tmp_path: Path, answerer: Answerer, encoder: SentenceEncoder, samples: Path
) -> None:
    app = create_app(answerer)
    data = DataFolder.prepare(tmp_path)
    app.extensions.update(attach(Service.following(data, encoder)))
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


def test_a_build_that_does_not_open_changes_nothing(
    tmp_path: Path, answerer: Answerer, encoder: SentenceEncoder, samples: Path
) -> None:
    app = create_app(answerer)
    data = DataFolder.prepare(tmp_path)
    app.extensions.update(attach(Service.following(data, encoder)))
    client = app.test_client()
    build_of([samples / "carrowby-monitoring-visit-news-22-march-2023.txt"], data, encoder)
    before = client.get("/readyz").json["build"]

    (data.builds / "99999999-000000-damaged").mkdir()
    (data.builds / "current").write_text("99999999-000000-damaged\n", encoding="utf-8")
    assert client.get("/readyz").json["build"] == before
    assert client.get("/readyz").json["build"] == before


def test_the_factory_reads_the_settings(
    monkeypatch: pytest.MonkeyPatch, sample_index: DataFolder, answerer: Answerer
) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(sample_index.root))
    monkeypatch.delenv("QA_ENCODER", raising=False)
    client = create_app().test_client()
    assert client.get("/readyz").json["build"] == answerer.index.manifest.build
