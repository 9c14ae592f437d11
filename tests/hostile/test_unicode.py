"""Tests of letters of every kind in questions and filters.

None of them may lead to an error, or to an answer about another authority.
"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.hostile.pages import asked, assert_guarded, assert_ours

_NAME = "Westmarsh"
NAMES: dict[str, str] = {
    "cyrillic-letters": "W\u0435stm\u0430rsh",
    "greek-letters": "W\u03b5stmarsh",
    "full-width": "\uff37\uff45\uff53\uff54\uff4d\uff41\uff52\uff53\uff48",
    "mathematical": "\U0001d416\U0001d41e\U0001d42c\U0001d42d\U0001d426\U0001d41a\U0001d42b\U0001d42c\U0001d421",
    "circled": "\u24cc\u24d4\u24e2\u24e3\u24dc\u24d0\u24e1\u24e2\u24d7",
    "small-capitals": "\u1d21\u1d07s\u1d1b\u1d0d\u1d00\u0280s\u029c",
    "no-width-between": "\u200b".join(_NAME),
    "joiners-between": "\u200d".join(_NAME),
    "soft-hyphens-between": "\u00ad".join(_NAME),
    "word-joiners-between": "\u2060".join(_NAME),
    "marks-of-order-between": "\ufeff".join(_NAME),
    "variation-selectors": "\ufe0f".join(_NAME),
    "combining-on-each": "\u0301".join(_NAME),
    "combining-flood": "W" + "\u0300\u0323\u0489" * 500 + "estmarsh",
    "turned-round": "\u202ehsramtseW\u202c",
    "isolated": "\u2067Westmarsh\u2069",
    "dotless": "Westmarsh\u0131",
    "long-s": "We\u017ftmar\u017fh",
    "turkish-capital": "WESTMARSH\u0130",
    "sharp-s": "We\u00dftmarsh",
    "ligature": "We\ufb06marsh",
    "kelvin": "Westmar\u017fh \u212a",
    "tags": _NAME + "".join(chr(0xE0000 + ord(letter)) for letter in "Northwold"),
    "non-breaking-blank": "West\u00a0marsh",
    "ideographic-blank": "West\u3000marsh",
    "braille-blank": "West\u2800marsh",
    "filler": "West\u3164marsh",
    "line-separator": "West\u2028marsh",
    "nul": "West\x00marsh",
    "bell": "West\x07marsh",
    "escape": "\x1b[31mWestmarsh\x1b[0m",
    "replacement": "West\ufffdmarsh",
    "no-character": "West\uffff\ufffemarsh",
    "private": "\ue000Westmarsh\uf8ff",
    "apostrophes": "West\u2019\u02bc\u2032marsh",
    "hyphens": "West\u2010\u2011\u2012\u2212marsh",
    "arabic": "\u0648\u064a\u0633\u062a\u0645\u0627\u0631\u0634",
    "hebrew": "\u05d5\u05e1\u05d8\u05de\u05e8\u05e9",
    "chinese": "\u97e6\u65af\u7279\u9a6c\u4ec0",
    "devanagari": "\u0935\u0947\u0938\u094d\u091f\u092e\u093e\u0930\u094d\u0936",
    "one-sign-of-eighteen-letters": "\ufdfa" * 50,
    "digits-of-others": "Westmarsh \u0662\u0660\u0662\u0663",
    "superscripts": "Westmarsh\u00b2\u2070\u00b2\u00b3",
    "fractions": "\u00bd Westmarsh \u2154",
    "zalgo": "".join(letter + "\u0315\u031b\u0340\u0341\u0358\u0321\u0489" * 20 for letter in _NAME),
}
"""The name of an authority in the samples, lookalikes of it, and the same name in other scripts."""
SIGNS: dict[str, str] = {
    "emoji-family": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "emoji-flag": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "emoji-skin": "\U0001f44b\U0001f3ff" * 30,
    "plane-sixteen": "\U0010fffd" * 200,
    "hangul-fillers": "\u115f\u1160" * 200,
    "blanks-of-every-sort": "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f",
}
"""Texts that name no authority."""
EVERY = NAMES | SIGNS


def authorities(reply: object) -> set[str]:
    """Return the authorities that an answer quotes."""
    cited = {number for one in reply["answer"] for number in one["citations"]}  # type: ignore[index]
    return {reply["passages"][number - 1]["report"]["authority"] for number in cited}  # type: ignore[index]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("asking", ["How was {} rated overall?", "What must {} improve for care leavers?"])
def test_a_name_in_odd_letters_means_that_authority_or_none(client: FlaskClient, name: str, asking: str) -> None:
    reply = client.post("/api/v1/query", json={"question": asking.format(NAMES[name])})
    assert_guarded(reply)
    assert reply.status_code == 200
    assert authorities(reply.json) <= {_NAME}


@pytest.mark.parametrize("name", EVERY)
def test_a_filter_in_odd_letters_lets_no_other_authority_through(client: FlaskClient, name: str) -> None:
    wanted = {"question": "What must leaders improve?", "filters": {"authority": [EVERY[name][:200]]}}
    reply = client.post("/api/v1/query", json=wanted)
    assert_guarded(reply)
    assert reply.status_code == 200
    assert {passage["report"]["authority"] for passage in reply.json["passages"]} <= {_NAME}
    listed = client.get("/api/v1/reports", query_string={"authority": EVERY[name][:200]})
    assert_guarded(listed)
    assert {row["authority"] for row in listed.json["reports"]} <= {_NAME}


@pytest.mark.parametrize("name", EVERY)
def test_a_page_with_odd_letters_is_still_a_page(client: FlaskClient, name: str) -> None:
    chat = asked(client, f"How was {EVERY[name]} rated?", authority=EVERY[name][:100])
    for address in (chat.url, f"{chat.url}/export.csv"):
        reply = client.get(address)
        assert_guarded(reply)
        assert reply.status_code == 200
        if reply.mimetype == "text/html":
            assert_ours(reply.text)
