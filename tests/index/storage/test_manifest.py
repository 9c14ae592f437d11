from __future__ import annotations

import json

import pytest

from index.errors import DamagedIndex
from index.storage.manifest import FORMAT, NAME, Failure, Manifest, file_digests, file_sizes, fingerprint


@pytest.fixture
def build(tmp_path):
    """A folder that contains two files and their manifest, and the manifest itself."""
    (tmp_path / "terms").mkdir()
    (tmp_path / "store.sqlite").write_bytes(b"x" * 100)
    (tmp_path / "terms" / "vocab.json").write_bytes(b"{}")
    manifest = Manifest(
        build="20260101-000000-abcdef01",
        created="2026-01-01T00:00:00+00:00",
        format=FORMAT,
        encoder="words",
        revision="words-1",
        dimension=64,
        precision="fp32",
        reader="1",
        remarks="1",
        fingerprint="f" * 64,
        reports=2,
        passages=5,
        sentences=9,
        embedded=14,
        failures=(Failure("a.pdf", "the PDF is “encrypted”", "Save a copy."),),
        duplicates=(("b.pdf", "c.pdf"),),
        removed=("d.pdf",),
        superseded=1,
        originals=("1" * 64, "2" * 64),
        folders=("/reports",),
        files_read=("a.pdf",),
        reread="you asked for it",
        sizes=file_sizes(tmp_path),
        digests=file_digests(tmp_path, file_sizes(tmp_path)),
    )
    manifest.write(tmp_path)
    return tmp_path, manifest


def test_a_manifest_is_read_as_it_was_written(build):
    folder, manifest = build
    assert Manifest.read(folder) == manifest
    assert manifest.sizes == {"store.sqlite": 100, "terms/vocab.json": 2}


@pytest.mark.parametrize("name", ["store.sqlite", "terms/vocab.json"])
@pytest.mark.parametrize(
    "damage",
    [lambda path: path.unlink(), lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"y" * 101)],
)
def test_a_file_that_is_missing_or_has_another_size_is_damage(build, name, damage):
    damage(build[0] / name)
    with pytest.raises(DamagedIndex, match=r"missing, or its size is not the original \d+ bytes.*qa-service build"):
        Manifest.read(build[0])


def test_another_format_is_damage(build):
    data = json.loads((build[0] / NAME).read_text())
    (build[0] / NAME).write_text(json.dumps({**data, "format": FORMAT + 1}))
    with pytest.raises(DamagedIndex, match=f"has format {FORMAT + 1}, but this version needs format {FORMAT}"):
        Manifest.read(build[0])


@pytest.mark.parametrize(
    "text", ["", "{", "{}", "[]", '{"failures": [], "duplicates": []}', '{"failures": [{}], "duplicates": []}']
)
def test_a_manifest_without_its_facts_is_damage(build, text):
    (build[0] / NAME).write_text(text)
    with pytest.raises(DamagedIndex, match="no readable manifest"):
        Manifest.read(build[0])


def test_a_build_without_a_manifest_is_damage(build):
    (build[0] / NAME).unlink()
    with pytest.raises(DamagedIndex, match="no readable manifest"):
        Manifest.read(build[0])


@pytest.mark.parametrize(
    "change", [{"reports": 3}, {"fingerprint": "0"}, {"folders": []}, {"seal": "0"}, {"digests": {}}, {"extra": 1}]
)
def test_an_altered_manifest_is_damage(build, change):
    data = json.loads((build[0] / NAME).read_text())
    (build[0] / NAME).write_text(json.dumps({**data, **change}))
    with pytest.raises(DamagedIndex, match="has changed since it was written"):
        Manifest.read(build[0])


@pytest.mark.parametrize("text", ["null", "5", '"x"'])
def test_a_manifest_that_is_not_a_json_object_is_damage(build, text):
    (build[0] / NAME).write_text(text)
    with pytest.raises(DamagedIndex, match="no readable manifest"):
        Manifest.read(build[0])


def test_a_fingerprint_depends_on_content_name_encoder_and_reader_but_not_on_order():
    sources = [("a.pdf", "1" * 64), ("b.pdf", "2" * 64)]
    mark = fingerprint(sources, revision="r", reader="1")
    assert fingerprint(sources[::-1], revision="r", reader="1") == mark
    others = [
        fingerprint(sources[:1], revision="r", reader="1"),
        fingerprint([("a.pdf", "3" * 64), sources[1]], revision="r", reader="1"),
        fingerprint([("c.pdf", "1" * 64), sources[1]], revision="r", reader="1"),
        fingerprint(sources, revision="s", reader="1"),
        fingerprint(sources, revision="r", reader="2"),
    ]
    assert len({mark, *others}) == 6
