from __future__ import annotations

import numpy as np
import pytest

from index.encoding.embedding_cache import EmbeddingCache

TEXTS = ["Children are safe.", "Leaders know their services.", "Visits lapse.", "Children are safe."]


@pytest.fixture
def cache(tmp_path):
    opened = EmbeddingCache.open(tmp_path / "cache.sqlite")
    yield opened
    opened.close()


def embed(cache, texts, encoder):
    return cache.embed(texts, encoder, lambda done, total: None)


def test_vectors_are_in_the_order_of_the_texts_and_a_repeated_text_is_embedded_once(cache, word_encoder, make_encoder):
    vectors, embedded = embed(cache, TEXTS, word_encoder)
    assert embedded == len(word_encoder.embedded) == 3
    assert vectors == pytest.approx(make_encoder().encode_document(TEXTS), abs=1e-3)
    assert vectors.dtype == np.float32


def test_the_second_time_nothing_is_embedded_and_the_vectors_are_the_same(cache, word_encoder):
    first, _ = embed(cache, TEXTS, word_encoder)
    word_encoder.embedded.clear()
    second, embedded = embed(cache, TEXTS, word_encoder)
    assert (embedded, word_encoder.embedded) == (0, [])
    assert (first == second).all()


def test_only_a_changed_text_is_embedded(cache, word_encoder):
    embed(cache, TEXTS, word_encoder)
    word_encoder.embedded.clear()
    _, embedded = embed(cache, [*TEXTS[:2], "Visits never lapse."], word_encoder)
    assert (embedded, word_encoder.embedded) == (1, ["Visits never lapse."])


def test_vectors_are_kept_after_the_cache_is_closed(tmp_path, word_encoder):
    for expected in (3, 0):
        cache = EmbeddingCache.open(tmp_path / "again.sqlite")
        assert embed(cache, TEXTS, word_encoder)[1] == expected
        cache.close()


def test_encoders_of_different_revisions_share_no_vectors(cache, word_encoder, make_encoder):
    embed(cache, TEXTS, word_encoder)
    other = make_encoder(revision="words-2")
    assert embed(cache, TEXTS, other)[1] == 3


def test_vectors_from_before_a_failure_are_kept(cache, word_encoder):
    many = [f"Finding {n}." for n in range(1500)]  # these are more texts than the cache embeds between commits

    class Failing(type(word_encoder)):  # type: ignore[misc]  # the fixture hides the class
        def encode_document(self, texts):
            if self.embedded:
                raise RuntimeError("no power")
            return super().encode_document(texts)

    with pytest.raises(RuntimeError, match="no power"):
        embed(cache, many, Failing())
    _, embedded = embed(cache, many, word_encoder)
    assert 0 < embedded < 1500


def test_more_texts_can_be_looked_up_than_fit_in_one_statement(cache, word_encoder):
    many = [f"Finding {n}." for n in range(1300)]
    embed(cache, many, word_encoder)
    assert embed(cache, many, word_encoder)[1] == 0


def test_progress_reaches_the_total(cache, word_encoder):
    seen = []
    cache.embed([f"Finding {n}." for n in range(1300)], word_encoder, lambda done, total: seen.append((done, total)))
    assert seen == [*((done, 1300) for done in range(256, 1300, 256)), (1300, 1300)]


def test_without_texts_there_are_no_vectors(cache, word_encoder):
    vectors, embedded = embed(cache, [], word_encoder)
    assert (vectors.shape, embedded) == ((0, word_encoder.dimension), 0)


def test_a_vector_that_has_changed_on_the_disk_is_computed_again(cache, word_encoder, tmp_path):
    vectors, _ = embed(cache, ["Children are safe.", "Plans drift."], word_encoder)
    keys = [key for (key,) in cache._connection.execute("SELECT key FROM vectors")]
    cache._connection.execute("UPDATE vectors SET vector = zeroblob(length(vector)) WHERE key = ?", (keys[0],))
    again, embedded = embed(cache, ["Children are safe.", "Plans drift."], word_encoder)
    assert embedded == 1
    assert (again == vectors).all()


def test_only_vectors_of_the_texts_in_use_are_kept(cache, word_encoder):
    embed(cache, ["Children are safe.", "Plans drift."], word_encoder)
    assert cache.keep_only(["Plans drift."], word_encoder.revision) == 1
    assert embed(cache, ["Plans drift."], word_encoder)[1] == 0
    assert embed(cache, ["Children are safe."], word_encoder)[1] == 1
