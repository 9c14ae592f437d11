"""Break reports at random, from a seed: change, remove, repeat or cut off bytes, even inside the parts of a DOCX."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_MOST_CHANGES = 40
_LONGEST_CUT = 2000
_INSIDE_SHARE = 0.5
"""The share of broken DOCX files that are intact archives with broken parts."""
_ODD_BYTES = (b"\x00", b"\xff", b"<", b">", b"(", b"%", b"9999999999", b"-1", b"/", b"endobj", b"&#x110000;")


def mutated(originals: Sequence[Path], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield ``count`` broken copies of the originals in turn, each as a name (with the original's suffix) and bytes."""
    chance = random.Random(seed)  # noqa: S311 - makes the same broken files from the same seed
    for number in range(count):
        original = originals[number % len(originals)]
        data = original.read_bytes()
        if original.suffix == ".docx" and chance.random() < _INSIDE_SHARE:
            data = _broken_parts(data, chance)
        else:
            data = _broken(data, chance)
        yield f"{number:05}{original.suffix}", data


def _broken(data: bytes, chance: random.Random) -> bytes:
    """Change bytes in up to 40 places."""
    content = bytearray(data)
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        at = chance.randrange(len(content)) if content else 0
        length = chance.randint(1, _LONGEST_CUT)
        change = chance.randrange(6)
        if change == 0:
            content[at : at + 1] = bytes([chance.randrange(256)])
        elif change == 1:
            content[at : at + 1] = chance.choice(_ODD_BYTES)
        elif change == 2 and len(content) > _LONGEST_CUT:
            del content[at : at + length]
        elif change == 3:
            content[at:at] = content[at : at + length]
        elif change == 4 and chance.random() < 0.1:
            del content[at:]
        else:
            content[at : at + 4] = bytes(chance.randrange(256) for _ in range(4))
    return bytes(content)


def _broken_parts(data: bytes, chance: random.Random) -> bytes:
    """Break parts of an archive but not the archive itself, so that the code that reads the parts is tested too."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part.filename, _broken(content, chance) if chance.random() < 0.4 else content)
    return packed.getvalue()
