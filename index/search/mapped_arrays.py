"""Maps arrays into memory, and refuses a file if a fault of the disk has changed how it starts."""

from __future__ import annotations

import tokenize
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def map_numbers(path: Path) -> npt.NDArray[Any]:
    """Map an array of whole numbers into memory. Raises OSError or ValueError if the file has no such array."""
    numbers = map_array(path)
    if numbers.dtype.kind not in "iu" or not numbers.dtype.isnative:  # "m", a time, also counts as whole numbers
        raise ValueError(f"{path.name} has no whole numbers, but {numbers.dtype}")
    return numbers


def map_array(path: Path) -> npt.NDArray[Any]:
    """Map an array into memory. A plain array over the mapped memory is quicker to slice than NumPy's own class.

    Raises OSError if the file cannot be read, and ValueError if it does not start as an array does.
    """
    try:
        return np.asarray(np.load(path, mmap_mode="r"))
    except (SyntaxError, tokenize.TokenError, EOFError, KeyError, TypeError, OverflowError, Warning) as error:
        raise ValueError(f"{path.name} does not start as an array does: {error}") from error
