"""Weights in files that are mapped into memory: what is read of them is shared, and given back once it is not needed.

The safetensors library copies each tensor, of which the word pieces' table alone is half of a small encoder.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt

Tensor = npt.NDArray[np.floating]
Weights = Mapping[str, Tensor]
_NUMBERS: Mapping[str, str] = MappingProxyType({"F64": "<f8", "F32": "<f4", "F16": "<f2"})


class MappedWeights(Weights):
    """Tensors by their names, in a file. To write to one would not change the file; nobody does."""

    def __init__(self, content: mmap.mmap, tensors: Weights) -> None:
        """``content`` is the file as it is mapped."""
        self._content = content
        self._tensors = tensors

    @classmethod
    def open(cls, path: Path) -> Self:
        """The tensors of a safetensors file; those that hold no floating-point numbers are left out.

        The format: eight bytes of length, a JSON header of so many bytes, the numbers
        (https://github.com/huggingface/safetensors#format). Raises ValueError or KeyError where it is none.
        """
        with path.open("rb") as file:
            content, numbers = _mapped(file)
        if len(numbers) < _LENGTH:
            raise ValueError(f"{path} holds {len(numbers)} bytes")
        start = _LENGTH + int(numbers[:_LENGTH].view("<u8")[0])
        header = json.loads(numbers[_LENGTH:start].tobytes())
        if not isinstance(header, dict):
            raise ValueError(f"{path} begins with a list")  # noqa: TRY004 - whatever it holds is no weights
        tensors = {
            name: _tensor(numbers[start:], entry)
            for name, entry in header.items()
            if name != "__metadata__" and entry["dtype"] in _NUMBERS
        }
        return cls(content, tensors)

    def give_back(self) -> None:
        """Hold none of it in memory until it is read again, and then only what is read. Windows has no such call."""
        if hasattr(mmap, "MADV_DONTNEED"):
            with suppress(OSError):  # some systems lock what a process holds
                self._content.madvise(mmap.MADV_DONTNEED)
                self._content.madvise(mmap.MADV_RANDOM)

    def __getitem__(self, name: str) -> Tensor:
        return self._tensors[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)


_LENGTH = 8


def _mapped(file: BinaryIO) -> tuple[mmap.mmap, npt.NDArray[np.uint8]]:
    content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)  # OpenVINO shares no memory that is read-only
    return content, np.frombuffer(content, dtype=np.uint8)


def _tensor(data: npt.NDArray[np.uint8], entry: Mapping[str, object]) -> Tensor:
    first, end = map(int, entry["data_offsets"])  # type: ignore[call-overload]  # JSON: checked by what follows
    numbers: Tensor = data[first:end].view(_NUMBERS[str(entry["dtype"])])
    return numbers.reshape(entry["shape"])  # type: ignore[call-overload,no-any-return]  # the same
