"""Check a commit message: a title of at most 72 characters, an empty line, then a body that says why."""

from __future__ import annotations

import sys
from pathlib import Path

LONGEST_TITLE = 72
_SCISSORS = "# ------------------------ >8"
"""Git ignores this line and everything after it. “git commit --verbose” shows the change there."""
_WITHOUT_BODY = ("Merge ", "fixup! ", "squash! ")
"""Beginnings of the titles that git writes for commits explained in another commit."""


def faults(message: str) -> list[str]:
    """Return what is wrong with a commit message, one sentence for each fault."""
    text = message.split(_SCISSORS, maxsplit=1)[0]
    lines = [line.rstrip() for line in text.strip().splitlines() if not line.startswith("#")]
    title, rest = (lines[0], lines[1:]) if lines else ("", [])
    if not title:
        return ["The message has no title. Say in one line what the commit does."]
    wrong = []
    if len(title) > LONGEST_TITLE:
        wrong.append(f"The title has {len(title)} characters. Use at most {LONGEST_TITLE}.")
    if rest and rest[0]:
        wrong.append("The second line is not empty. Leave a line between the title and the body.")
    if not any(rest) and not title.startswith(_WITHOUT_BODY):
        wrong.append("The message has no body. Say below the title why the change is needed.")
    return wrong


def main() -> int:
    """Check the file that git passes to the hook. Return 1 if the message has a fault."""
    wrong = faults(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for fault in wrong:
        print(fault)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
