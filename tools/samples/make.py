"""Makes all sample reports. Run it from the root of the repository: `python -m tools.samples.make`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # for `python tools/samples/make.py`
    sys.path.insert(0, str(ROOT))

from tools.samples.pdf import write_pdf  # noqa: E402
from tools.samples.source import read_source  # noqa: E402
from tools.samples.web import write_html, write_text  # noqa: E402
from tools.samples.word import write_docx  # noqa: E402

TEXTS = Path(__file__).parent / "texts"
SAMPLES = ROOT / "corpus" / "samples"
WRITERS = {".pdf": write_pdf, ".docx": write_docx, ".html": write_html, ".txt": write_text}


def main() -> int:
    """Write each report in the format of its file name, and print its size."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for text in sorted(TEXTS.glob("*.md")):
        source = read_source(text)
        path = SAMPLES / source.head["file"]
        WRITERS[path.suffix](source, path)
        print(f"{path.name}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
