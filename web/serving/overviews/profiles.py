"""The summary of an authority, as its page and the JSON interface show it."""

from __future__ import annotations

from index.search.search_index import SearchIndex
from qa_service.answering.overviews.profile import Profile, find_profile
from web.contract.problems import UnknownAuthority


def profile_named(index: SearchIndex, name: str) -> Profile:
    """Return the profile of an authority. Raises UnknownAuthority if we have no reports about it."""
    profile = find_profile(index, name)
    if profile is None:
        raise UnknownAuthority(f"We have no reports about “{name[:100]}”.", field="authority")
    return profile
