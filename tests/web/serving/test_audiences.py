from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.encoding.encoders import PassageEncoder
from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from qa_service.access import Identity, Scope
from qa_service.answering.pipeline import Answerer
from tests.remembering import OpenScorer
from web.serving.audiences import AudienceViews

ANYBODY = Identity("one", "one", frozenset({Scope.ASK}))
ADMIN = Identity("two", "two", frozenset({Scope.ADMIN}))


@pytest.fixture
def data(tmp_path: Path, sample_index: DataFolder) -> DataFolder:
    """The samples' data folder, with one report limited to a group."""
    shutil.copytree(sample_index.root, tmp_path / "data", ignore=shutil.ignore_patterns("cache"))
    data = DataFolder(tmp_path / "data")
    hidden = Answerer.open(data, None).index.store.reports[0]
    Collections.change(
        data,
        lambda collections: collections.with_collection("board", ["board"]).with_contents("board", [hidden.sha256]),
    )
    return data


def test_a_view_is_made_once_and_lacks_the_hidden_reports(
    data: DataFolder, encoder: PassageEncoder, open_scorer: OpenScorer
) -> None:
    views, whole = AudienceViews(data), Answerer.open(data, encoder, open_scorer=open_scorer)
    view = views.view_for(ANYBODY, whole)
    assert views.view_for(ANYBODY, whole) is view
    assert len(view.index.store.reports) == len(whole.index.store.reports) - 1
    assert views.view_for(ADMIN, whole) is whole


def test_views_of_an_old_build_are_dropped_at_the_next_request(
    data: DataFolder, encoder: PassageEncoder, open_scorer: OpenScorer
) -> None:
    views = AudienceViews(data)
    views.view_for(ANYBODY, Answerer.open(data, encoder, open_scorer=open_scorer))
    assert len(views._views) == 1  # this is private, but views keep words from reports
    views.view_for(ADMIN, Answerer.open(data, encoder, open_scorer=open_scorer))
    assert not views._views


def test_a_person_sees_the_collections_of_their_groups_in_order(data: DataFolder) -> None:
    Collections.change(data, lambda collections: collections.with_collection("audit", ["auditors"]))
    views = AudienceViews(data)
    auditor = Identity("three", "three", frozenset({Scope.ASK}), groups=frozenset({"auditors"}))
    assert list(views.collections_of(ADMIN)) == ["audit", "board"]
    assert list(views.collections_of(auditor)) == ["audit"]
    assert not views.collections_of(ANYBODY)
