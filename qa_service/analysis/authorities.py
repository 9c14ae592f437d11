"""The authorities that reports are about, and the authority that a name refers to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from corpus.types import Report
from qa_service.errors import UnknownAuthority
from qa_service.wording import in_list

_SHOWN = 100
"""Maximum number of characters of a name to repeat in a message."""
_MOST_NEAREST = 3
_LIKE = 0.6
"""Names are similar if ``difflib`` gives them at least this ratio. It is the default of that module."""


def authorities_of(reports: Iterable[Report]) -> list[str]:
    """Return the authorities that reports are about, sorted by name."""
    return sorted({report.authority for report in reports if report.authority}, key=str.casefold)


def find_authority(reports: Iterable[Report], name: str) -> str | None:
    """Return the authority with this name, as its reports name it.

    Capitals do not matter. None if no report is about it.
    """
    wanted = _folded_name(name)
    return next((known for report in reports if (known := report.authority) and _folded_name(known) == wanted), None)


def authority_named(reports: Sequence[Report], name: str, collection: str | None = None) -> str:
    """Return the authority with this name, as its reports name it. Capitals do not matter.

    Raises UnknownAuthority if no report is about it. ``collection`` is the collection that all the reports are in.
    """
    found = find_authority(reports, name)
    if found is None:
        raise UnknownAuthority(say_unknown(name, authorities_of(reports), collection))
    return found


def say_unknown(name: str, known: Sequence[str], collection: str | None = None) -> str:
    """Say that we have no reports about an authority, and give the most similar names that we know."""
    where = f" in the collection “{collection[:_SHOWN]}”" if collection else ""
    nearest = [f"“{each}”" for each in nearest_names(name, known)]
    question = f" Did you mean {in_list(nearest, last='or')}?" if nearest else ""
    return f"We have no reports about “{name[:_SHOWN]}”{where}.{question}"


def nearest_names(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the known names most like a name: first those that contain it, then those with the nearest spelling."""
    wanted, by_folded = _folded_name(name), {_folded_name(each): each for each in known}
    containing = [each for each in by_folded if wanted and wanted in each]
    similar = get_close_matches(wanted, by_folded, n=_MOST_NEAREST, cutoff=_LIKE)
    return tuple(by_folded[each] for each in dict.fromkeys([*containing, *similar]))[:_MOST_NEAREST]


def _folded_name(name: str) -> str:
    return " ".join(name.split()).casefold()
