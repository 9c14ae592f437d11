"""A safetensors file mapped into memory: what is read of it is shared by all processes that map it, and nothing copied.

The safetensors library copies each tensor, of which the word pieces' table alone is half of a small encoder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

Weights = Mapping[str, npt.NDArray[np.floating]]
_NUMBERS: Mapping[str, str] = MappingProxyType({"F64": "<f8", "F32": "<f4", "F16": "<f2"})


def map_weights(path: Path) -> Weights:
    """The tensors of a file by their names, read-only; those that hold no floating-point numbers are left out.

    The format: eight bytes of length, a JSON header of so many bytes, the numbers
    (https://github.com/huggingface/safetensors#format). Raises ValueError or KeyError where it is none.
    """
    content = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
    if len(content) < _LENGTH:
        raise ValueError(f"{path} holds {len(content)} bytes")
    start = _LENGTH + int(content[:_LENGTH].view("<u8")[0])
    header = json.loads(content[_LENGTH:start].tobytes())
    return {
        name: _tensor(content[start:], entry)
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] in _NUMBERS
    }


_LENGTH = 8


def _tensor(data: npt.NDArray[np.uint8], entry: Mapping[str, object]) -> npt.NDArray[np.floating]:
    first, end = map(int, entry["data_offsets"])  # type: ignore[call-overload]  # JSON: checked by what follows
    numbers: npt.NDArray[np.floating] = data[first:end].view(_NUMBERS[str(entry["dtype"])])
    return numbers.reshape(entry["shape"])  # type: ignore[call-overload,no-any-return]  # the same
