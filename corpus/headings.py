"""The section that each block of a document stands in."""

from __future__ import annotations

from corpus.types import BlockKind, Document

PDF = "application/pdf"


def section_paths(document: Document) -> list[tuple[str, ...]]:
    """For each block, the headings above it from the outermost in; a heading's own path ends with itself.

    The title is part of no path: the document's first heading, and in a PDF every heading before any text, since a
    title page sets the body's name and the inspection's one above the other.
    """
    paths: list[tuple[str, ...]] = []
    above: list[tuple[int, str]] = []
    first_text = next((i for i, b in enumerate(document.blocks) if b.kind is not BlockKind.HEADING), 0)
    titles = max(1, first_text) if document.media_type == PDF else 1
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            title = index < titles
            above = [(level, text) for level, text in above if level < block.level]
            if not title:
                above.append((block.level, document.text[block.start : block.end]))
        paths.append(tuple(text for _, text in above))
    return paths
