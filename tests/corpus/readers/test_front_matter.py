from __future__ import annotations

from datetime import date

import pytest

from corpus.facts.metadata import describe
from corpus.readers.front_matter import FrontMatter, split_front_matter
from corpus.readers.markdown import read_markdown

BODY = "Inspectors visited Thornby.\n"
SHA = "ab" * 32


@pytest.mark.parametrize(
    ("head", "title", "published"),
    [
        ('+++\ntitle = "A visit"\ndate = 2024-05-15\ntags = ["x"]\n+++\n', "A visit", date(2024, 5, 15)),
        ("+++\ntitle = 'A visit'\ndate = 2024-05-15T09:30:00Z\n+++\n", "A visit", date(2024, 5, 15)),
        (
            "---\ntitle: 'A visit: homes'\ndate: 2024-05-15 09:30\ntags:\n  - x\n- y\n# note\n---\n",
            "A visit: homes",
            date(2024, 5, 15),
        ),
        ("---\nTitle: A visit\npublished: 15 May 2024\ndate: 2020-01-01\n---\n", "A visit", date(2024, 5, 15)),
        ("\ufeff---\nlayout: post\ndate: soon\n---\n", None, None),
        ("---\ndate: 2024-13-40\n---\n", None, None),
        (f"+++\ndate = 0x{'f' * 5000}\n+++\n", None, None),
    ],
)
def test_front_matter_gives_a_title_and_a_date_and_is_not_text(head, title, published):
    assert split_front_matter(head + BODY) == (FrontMatter(title, published), BODY)


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\n{BODY}\n---\nMore.\n",
        "---\nThornby: a visit to homes\nInspectors found this.\n---\nMore.\n",
        "---\nSummary: visits lapse.\n- Plans drift.\n---\nMore.\n",
        "---\nSummary: visits lapse.\n\n# Homes\n---\nMore.\n",
        "---\nFindings:\n- Plans drift.\n\n# Homes\n\n---\nMore.\n",
        "+++\nnot toml\n+++\nMore.\n",
        f"+++\ndate = {'9' * 5000}\n+++\nMore.\n",
        f"+++\ntags = {'[' * 4000}{']' * 4000}\n+++\nMore.\n",
        f"{BODY}---\ntitle: x\n---\n",
        f"---\ntitle: x\n{BODY}",
    ],
)
def test_lines_across_a_page_are_not_front_matter(text):
    assert split_front_matter(text) == (FrontMatter(), text)


def test_a_markdown_file_takes_its_title_and_date_from_its_front_matter(write):
    document = read_markdown(write(f"---\ntitle: A visit to Thornby\ndate: 2024-05-15\n---\n\n{BODY}", "a.md"))
    report = describe(document, file="a.md", sha256=SHA)
    assert document.text == BODY.strip()
    assert (report.title, report.published, report.published_source) == (
        "A visit to Thornby",
        date(2024, 5, 15),
        "text",
    )


def test_a_date_in_the_text_wins_over_the_front_matter(write):
    document = read_markdown(write(f"---\ndate: 2024-05-15\n---\n\nPublished: 3 May 2024\n\n{BODY}", "a.md"))
    assert describe(document, file="a.md", sha256=SHA).published == date(2024, 5, 3)
