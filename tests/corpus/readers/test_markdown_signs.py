from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lists.improvements import find_improvements
from corpus.readers.markdown import read_markdown
from corpus.readers.markdown_signs import plain_markdown

RULED = """## Areas for improvement

+---------------------------------+
| Areas for improvement           |
+=================================+
| Leaders should make sure that   |
| plans are short.                |
+---------------------------------+
| Leaders should visit children.  |
+---------------------------------+
"""
TWO_COLUMNS = """+---------+-----------------------+
| Body    | Action                |
+=========+=======================+
| ICB     | Shorten the wait for  |
|         | speech therapy.       |
+---------+-----------------------+
"""


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Plans are late.[^1] They are long.\n\n[^1]: In 12 files.", "Plans are late. They are long.\n\nIn 12 files."),
        ("It is [not]{.underline} easy.", "It is not easy."),
        ("# Leaders {#leaders .first}\n\nText", "# Leaders\n\nText"),
        ("See [the plan](http://x.y) and [a] {b}.", "See [the plan](http://x.y) and [a] {b}."),
        ("5 + 3 is 8.\n+ one\n+ two", "5 + 3 is 8.\n+ one\n+ two"),
    ],
)
def test_the_signs_of_other_programs_are_taken_out(text, plain):
    assert plain_markdown(text) == plain


def test_a_ruled_table_of_one_column_gives_paragraphs(write):
    document = read_markdown(write(f"# Inspection of Orle\n\nChildren are safe.\n\n{RULED}", "a.md"))
    asked = [item.text for item in find_improvements(document)]
    assert asked == ["Leaders should make sure that plans are short.", "Leaders should visit children."]


def test_a_ruled_table_of_two_columns_gives_rows(write):
    text = read_markdown(write(f"# Orle\n\nChildren are safe.\n\n{TWO_COLUMNS}", "a.md")).text
    assert text.endswith("Body Action\nICB Shorten the wait for speech therapy.")


@given(st.text("+-=|[]^{}.#a \n", max_size=80))
def test_no_letter_outside_marks_is_lost(text):
    if "[^" not in text and "{" not in text:
        assert plain_markdown(text).count("a") == text.count("a")


def test_many_signs_are_read_in_proportionate_time():
    start = time.process_time()
    plain_markdown("+--+\n" * 20_000 + "[" * 20_000 + "{." * 20_000)
    assert time.process_time() - start < 5
