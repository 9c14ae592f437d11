"""Writes a sample report as a web page with menus and a footer, or an article as plain text."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from tools.samples.wording import LICENCE, NOTICE

if TYPE_CHECKING:
    from pathlib import Path

    from tools.samples.source import Block, Source

TAGS = {"heading": "h2", "subheading": "h3", "paragraph": "p", "bullet": "li", "small": "p"}

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{summary}">
<title>{title} - Sample publications</title>
<style>body {{ font-family: sans-serif; max-width: 60em; margin: auto; }} nav li {{ display: inline; }}</style>
<script>window.dataLayer = window.dataLayer || [];</script>
</head>
<body>
<div class="cookie-banner" role="region" aria-label="Cookies">
<p>We would like to set extra cookies to see how this site is used.</p>
<button>Accept extra cookies</button> <button>Reject extra cookies</button>
</div>
<a class="skip-link" href="#content">Skip to main content</a>
<header>
<p><a href="/">Sample publications</a></p>
<nav aria-label="Menu"><ul>
<li><a href="/topics">Topics</a></li>
<li><a href="/departments">Departments</a></li>
<li><a href="/news">News and communications</a></li>
<li><a href="/search">Search</a></li>
</ul></nav>
<nav aria-label="Breadcrumb"><ol>
<li><a href="/">Home</a></li>
<li><a href="/care">Children’s social care</a></li>
</ol></nav>
</header>
<main id="content">
<p class="type">{kicker}</p>
<h1>{title}</h1>
<p class="published">Published {date}</p>
{contents}
{body}
</main>
<aside>
<h2>Related content</h2>
<ul><li><a href="/a">Annual summary of visits</a></li><li><a href="/b">How we choose areas to visit</a></li></ul>
</aside>
<footer>
<h2>Is this page useful?</h2>
<p><button>Yes</button> <button>No</button> <a href="/report">Report a problem with this page</a></p>
<ul><li><a href="/help">Help</a></li><li><a href="/privacy">Privacy</a></li><li><a href="/cookies">Cookies</a></li></ul>
<p>{notice}</p>
<p>{licence}</p>
</footer>
</body>
</html>
"""


def write_html(source: Source, path: Path) -> None:
    """Write the report to `path` as one web page."""
    pieces = []
    for is_bullet, group in groupby(source.blocks, key=lambda block: block.kind == "bullet"):
        lines = "\n".join(_element(block) for block in group)
        pieces.append(f"<ul>\n{lines}\n</ul>" if is_bullet else lines)
    headings = [block.text for block in source.blocks if block.kind == "heading"]
    links = "".join(f'<li><a href="#{_anchor(text)}">{escape(text)}</a></li>\n' for text in headings)
    page = PAGE.format(
        title=escape(source.get("title")),
        kicker=escape(source.get("kicker")),
        summary=escape(source.get("summary")),
        date=source.get("date"),
        contents=f'<nav aria-label="Contents"><h2>Contents</h2><ol>\n{links}</ol></nav>',
        body="\n".join(pieces),
        notice=escape(NOTICE),
        licence=escape(LICENCE[0]),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def write_text(source: Source, path: Path) -> None:
    """Write an article to `path` as plain text: its headline, its byline and its paragraphs."""
    parts = [source.get("title"), source.get("byline"), *(block.text for block in source.blocks)]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")


def _element(block: Block) -> str:
    """Return one block as an HTML element. A table becomes rows of cells."""
    if block.kind == "table":
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"
    tag = TAGS[block.kind]
    mark = f' id="{_anchor(block.text)}"' if block.kind == "heading" else ""
    return f"<{tag}{mark}>{escape(block.text)}</{tag}>"


def _anchor(text: str) -> str:
    """Return the anchor of a heading: its letters and digits in lower case, joined by hyphens."""
    kept = "".join(letter if letter.isalnum() else " " for letter in text.lower().replace("\u2019", ""))
    return "-".join(kept.split())
