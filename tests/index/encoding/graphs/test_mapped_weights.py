from __future__ import annotations

import errno
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from safetensors.numpy import load_file, save_file

from index.encoding.encoder_files import default_folder
from index.encoding.graphs.mapped_weights import MappedWeights

NUMBERS = st.floats(-1e3, 1e3, width=32)
TENSORS = st.dictionaries(
    st.text("abc.", min_size=1), hnp.arrays(np.float32, hnp.array_shapes(max_dims=3), elements=NUMBERS), min_size=1
)


def test_the_mapped_weights_equal_those_that_safetensors_reads():
    path = default_folder() / "model.safetensors"
    mapped, read = MappedWeights.open(path), load_file(path)
    floating = {name for name, tensor in read.items() if tensor.dtype.kind == "f"}
    assert set(mapped) == floating
    assert len(mapped) == len(floating) > 90
    assert all(np.array_equal(mapped[name], read[name]) for name in mapped)


def test_weights_stay_readable_if_the_system_cannot_free_the_pages():
    class Locked:
        def madvise(self, advice):
            raise OSError(errno.EINVAL, "Invalid argument")

    locked: Any = Locked()
    weights = MappedWeights(locked, {"one": np.ones(3)})
    weights.free_pages()
    assert np.array_equal(weights["one"], np.ones(3))


def test_writing_to_a_tensor_does_not_change_the_file(tmp_path):
    path = tmp_path / "weights.safetensors"
    save_file({"one": np.ones(3, dtype=np.float32), "whole": np.ones(3, dtype=np.int64)}, path)
    before = path.read_bytes()
    weights = MappedWeights.open(path)
    assert list(weights) == ["one"]
    weights["one"][:] = 7
    assert path.read_bytes() == before
    assert np.array_equal(MappedWeights.open(path)["one"], np.ones(3))


@pytest.mark.parametrize(
    "content", [b"1234567", (5).to_bytes(8, "little") + b"{no}}", (2).to_bytes(8, "little") + json.dumps([]).encode()]
)
def test_a_file_of_another_kind_is_refused(tmp_path, content):
    (tmp_path / "weights").write_bytes(content)
    with pytest.raises((ValueError, KeyError)):
        MappedWeights.open(tmp_path / "weights")
