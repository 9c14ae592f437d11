"""The initials of councils, which staff type instead of their names: LBWF, ESCC, RBKC.

The initials follow from the name and the type of council, so no list of them is needed. Councils may share them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.names.authorities import Authority, known_authorities
from corpus.names.places import known_places

_SMALL = frozenset({"and", "of", "on", "upon", "with"})
"""Words in names whose initials may be left out: RBKC, but also LBRuT."""
_RIVER = re.compile(r"[- ](?:up)?on[- ].*")
"""The river in a name, which may be left out: RBK for Kingston upon Thames."""
_BEFORE = {"London borough": "LB", "royal borough": "RB"}
_AFTER = {"county": "CC", "city": "CC", "metropolitan borough": "MBC", "borough": "BC"}
_ANY = "C"
"""What follows the initials of a council of another type: ERYC."""
_FEWEST = 3
"""Minimum number of letters. We chose this by judgement: two letters have too many meanings."""


def shared_initials() -> dict[str, tuple[str, ...]]:
    """Return the authorities that each set of initials stands for. We leave out initials with other meanings."""
    found: dict[str, list[str]] = {}
    for authority in known_authorities():
        if authority.abolished is None:
            for initials in dict.fromkeys(_initials(authority)):
                found.setdefault(initials, []).append(authority.name)
    types = {*_BEFORE.values(), *_AFTER.values()}
    taken = known_places().other_initials | types
    return {initials: tuple(names) for initials, names in found.items() if initials not in taken}


def _initials(authority: Authority) -> Iterator[str]:
    """Yield the initials of an authority's council, in capitals."""
    words = re.findall(r"[A-Za-z]+", authority.name)
    main = [word for word in words if word not in _SMALL]
    without_river = re.findall(r"[A-Za-z]+", _RIVER.sub("", authority.name))
    names = ("".join(word[0] for word in each) for each in (main, words, without_river))
    before = _BEFORE.get(authority.council, "")
    after = _AFTER.get(authority.council, "" if before else _ANY)
    for letters in names:
        initials = f"{before}{letters}{after}".upper()
        if len(initials) >= _FEWEST:
            yield initials
