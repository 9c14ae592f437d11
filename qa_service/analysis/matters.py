"""The matters that items ask to improve, such as supervision or private fostering.

The matters and their words are in ``data/matters.toml``. They are finer than the themes of practice, which we count.
Nothing in the index depends on them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.sentences import sentence_spans
from corpus.themes import Theme, ThemeMatcher
from qa_service.wording import in_list

_FILE = "data/matters.toml"
_LEAST_HEAD = 25
"""The words that give a reason cannot start before this character. “Ensure that …” at the start of an item does not say
why.
"""
_PURPOSE = re.compile(
    r"(?<=\w)(?<! need)(?<! needs)(?<! action)(?<! continue)[,;:]? (?:so that|in order (?:to|that)|"
    r"to (?:ensure(?! a focus)|enable|inform|help|promote|drive|prevent|improve|reduce|minimise|allow|evidence|better|"
    r"support (?:and|the|them|their|decision|progress|children))|"
    r"ensuring|enabling|including|particularly|especially|which|whether|because|as this|"
    r"with a (?:clear |specific |sharper |greater )?focus on|informed by|explicitly|while|but|however|unless|until"
    r")\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""The end of a sentence that gives a reason why something must improve, or an example of how."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that reports ask to improve."""

    id: str
    name: str
    rank: int
    """0 for the work of a safeguarding board, 1 for a specific matter, 2 for work that every team does, 3 for something
    broad."""


class Matters:
    """Finds the matters that texts mention. The words of all matters are compiled only once."""

    def __init__(self, text: str) -> None:
        """Read the text of a matters file. Raises ValueError or KeyError if an entry is wrong."""
        entries = tomllib.loads(text).get("matter", [])
        self._matters = {each["id"]: Matter(each["id"], each["name"], each["rank"]) for each in entries}
        self._matcher = ThemeMatcher(
            [Theme(e["id"], e["name"], "", tuple(e["words"]), tuple(e.get("except", ()))) for e in entries]
        )
        if len(self._matters) != len(entries):
            raise ValueError("two matters have the same id. Give each matter its own.")

    def __getitem__(self, matter_id: str) -> Matter:
        return self._matters[matter_id]

    def name_of(self, matter_ids: Iterable[str]) -> str:
        """Return the names of some matters: "Management oversight and supervision". Empty if there are no matters."""
        first, *others = sorted(self[matter].name for matter in matter_ids) or [""]
        return in_list([first, *(name[:1].lower() + name[1:] for name in others)])

    def __contains__(self, matter_id: object) -> bool:
        return matter_id in self._matters

    def named(self, name: str) -> str:
        """Return the id of the matter with the given name.

        Capitals and hyphens do not matter. Empty if there is no such matter.
        """
        return next((matter.id for matter in self._matters.values() if _plain(matter.name) == _plain(name)), "")

    def of_sentence(self, sentence: str) -> frozenset[str]:
        """Return the ids of all matters whose words a sentence contains."""
        return frozenset(theme.id for theme in self._matcher.themes_of(sentence))

    def of_item(self, text: str) -> frozenset[str]:
        """Return the ids of the matters that an item asks to improve.

        We look in the first sentence, before it says why something must improve. If the first sentence mentions no
        matter there, we look in the whole sentence, and then in the whole item. If there are several matters, only
        those of the lowest rank count.
        """
        first = text[slice(*next(iter(sentence_spans(text)), (0, len(text))))]
        purpose = _PURPOSE.search(first, min(len(first), _LEAST_HEAD))
        head = first[: purpose.start()] if purpose else first
        found = self.of_sentence(head) or self.of_sentence(first) or self.of_sentence(text)
        lowest = min((self[each].rank for each in found), default=0)
        return frozenset(each for each in found if self[each].rank == lowest)


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("-", " ").replace("'", "’").split())


@cache
def known_matters() -> Matters:
    """Return the matters of ``data/matters.toml``."""
    return Matters(files("qa_service").joinpath(_FILE).read_text(encoding="utf-8"))
