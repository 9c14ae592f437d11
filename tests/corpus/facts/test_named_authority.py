from __future__ import annotations

from tests.corpus.facts.printed import article


def test_an_article_about_several_authorities_has_no_authority():
    assert (
        article("Leeds, Bradford and Kent share staff.", "Kent leads, Bradford follows, Leeds watches.").authority
        is None
    )


def test_an_article_about_an_unlisted_council_has_that_authority():
    assert (
        article("Westmarsh Council is improving.", "Westmarsh children’s services are safer.").authority == "Westmarsh"
    )
