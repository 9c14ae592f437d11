"""Maps weights from their files into memory. All processes share the memory pages, and each can free them after use.

The safetensors library would copy each tensor. The table of word pieces alone makes up half of a small encoder.
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
    """The tensors of a file, by name. Writing to a tensor does not change the file."""

    def __init__(self, content: mmap.mmap, tensors: Weights) -> None:
        """Make the tensors from a file. ``content`` is the mapped file."""
        self._content = content
        self._tensors = tensors

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a safetensors file. We leave out tensors that do not contain floating-point numbers.

        The file consists of the length of the header in eight bytes, the header in JSON, and the numbers
        (https://github.com/huggingface/safetensors#format). Raises ValueError or KeyError for any other file.
        """
        with path.open("rb") as file:
            content, numbers = _map_bytes(file)
        if len(numbers) < _LENGTH:
            raise ValueError(f"{path} has only {len(numbers)} bytes")
        start = _LENGTH + int(numbers[:_LENGTH].view("<u8")[0])
        header = json.loads(numbers[_LENGTH:start].tobytes())
        if not isinstance(header, dict):
            raise ValueError(f"{path} has a header that is not a JSON object")  # noqa: TRY004 - the file is wrong, not a type
        tensors = {
            name: _tensor(numbers[start:], entry)
            for name, entry in header.items()
            if name != "__metadata__" and entry["dtype"] in _NUMBERS
        }
        return cls(content, tensors)

    def free_pages(self) -> None:
        """Free the memory pages of the file.

        Later reads load only the pages that they need. On Windows, nothing is freed.
        """
        if hasattr(mmap, "MADV_DONTNEED"):
            with suppress(OSError):  # this fails if the system locks the memory of a process
                self._content.madvise(mmap.MADV_DONTNEED)
                self._content.madvise(mmap.MADV_RANDOM)

    def __getitem__(self, name: str) -> Tensor:
        return self._tensors[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)


_LENGTH = 8


def _map_bytes(file: BinaryIO) -> tuple[mmap.mmap, npt.NDArray[np.uint8]]:
    content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)  # OpenVINO cannot share read-only memory
    return content, np.frombuffer(content, dtype=np.uint8)


def _tensor(data: npt.NDArray[np.uint8], entry: Mapping[str, object]) -> Tensor:
    first, end = map(int, entry["data_offsets"])  # type: ignore[call-overload]  # from JSON; a wrong value raises an error here
    numbers: Tensor = data[first:end].view(_NUMBERS[str(entry["dtype"])])
    return numbers.reshape(entry["shape"])  # type: ignore[call-overload,no-any-return]  # from JSON, as above
