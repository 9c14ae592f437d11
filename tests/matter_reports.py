"""Reports of one invented authority that raise matters, and later praise or criticise them."""

from __future__ import annotations

from pathlib import Path

AUTHORITY = "Pellbrook"
ASKED = "The frequency of supervision of social workers."
CRITICISED = "Supervision of social workers is too infrequent, and its quality is poor."
INTERVIEWS_ASKED = "The quality of return home interviews."
STRENGTHENED = "Return home interviews have been strengthened, and their quality is good."
FOSTERING_ASKED = "The identification of children in private fostering arrangements."
FOSTERING_MENTIONED = "There are three children in private fostering arrangements."
LIFE_STORIES_PRAISED = "Life-story work is strong, and children value it."
_VISITS = (
    ("4 to 8 April 2016", "20 May 2016", (ASKED, INTERVIEWS_ASKED), "Partners share what they know in good time."),
    ("3 to 7 June 2019", "9 July 2019", ("The range of homes for children in care.", FOSTERING_ASKED), CRITICISED),
    (
        "6 to 10 October 2025",
        "18 November 2025",
        (ASKED,),
        f"{STRENGTHENED} {FOSTERING_MENTIONED} {LIFE_STORIES_PRAISED}",
    ),
)


def write_reports(folder: Path) -> list[Path]:
    """Write three inspection reports as web pages, and return their paths."""
    return [_write(folder / f"pellbrook-{number}.html", *visit) for number, visit in enumerate(_VISITS)]


def _write(path: Path, days: str, published: str, asked: tuple[str, ...], said: str) -> Path:
    title = f"Inspection of {AUTHORITY} local authority children’s services"
    items = "".join(f"<li>{item}</li>" for item in asked)
    path.write_text(
        f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>Inspection dates: {days}</p>"
        f"<p>Published: {published}</p><h2>What needs to improve</h2><ul>{items}</ul>"
        f"<h2>The impact of leaders</h2><p>{said} Staff are proud of the families whom they help. They saw a number of "
        "cases where families had moved.</p></main></body></html>",
        encoding="utf-8",
    )
    return path
