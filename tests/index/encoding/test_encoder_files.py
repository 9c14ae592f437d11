from __future__ import annotations

import shutil

import pytest

from index.digests import file_digest
from index.encoding.encoder_files import PUBLISHED, default_folder, encoder_folder, published_revision, revision_of
from index.errors import EncoderUnavailable

BIG = "model.safetensors"


@pytest.fixture
def copied(tmp_path):
    """A copy of the folder that contains the weights. The large file is a link until a test replaces it."""
    folder = tmp_path / "model"
    for name in PUBLISHED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name == BIG:
            (folder / name).symlink_to(default_folder() / name)
        else:
            shutil.copyfile(default_folder() / name, folder / name)
    return folder


def change_a_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    path.write_bytes(data)


def test_the_installed_weights_are_the_published_ones(copied):
    assert published_revision(copied) == revision_of(copied)


@pytest.mark.parametrize("name", PUBLISHED)
def test_one_changed_byte_in_any_file_is_detected(copied, name):
    change_a_byte(copied / name)
    with pytest.raises(EncoderUnavailable, match="not the published file") as raised:
        published_revision(copied)
    assert str(copied / name) in str(raised.value)


@pytest.mark.parametrize("name", ["tokenizer.json", "1_Pooling/config.json"])
def test_a_missing_file_is_named(copied, name):
    (copied / name).unlink()
    with pytest.raises(EncoderUnavailable, match=f"{name} is missing"):
        published_revision(copied)


def test_a_revision_depends_on_the_weights_only(copied):
    before = revision_of(copied)
    change_a_byte(copied / "config.json")
    assert revision_of(copied) == before == revision_of(default_folder())
    change_a_byte(copied / BIG)
    assert revision_of(copied) != before


def test_a_folder_without_weights_has_no_revision(tmp_path):
    with pytest.raises(EncoderUnavailable, match="no weights"):
        revision_of(tmp_path)


def test_an_encoder_folder_is_the_default_or_the_given_one(tmp_path):
    assert encoder_folder(None) == default_folder()
    assert encoder_folder(str(tmp_path)) == tmp_path


def test_a_digest_is_the_sha256_of_the_content(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert file_digest(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
