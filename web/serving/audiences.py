"""What each person sees of a build: for whoever may not see some reports, those are not there at all."""

from __future__ import annotations

import threading
from collections import OrderedDict

from index.storage.collections import Collections, stamp
from index.storage.data_folder import DataFolder
from qa_service.access import Identity
from qa_service.answering.pipeline import Answerer

_KEPT = 8
"""Views held ready in a process, each with the word statistics of its own passages."""


class Views:
    """The views of the builds of one data folder. A change of the collections counts from the next request on."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._lock = threading.Lock()
        self._held: tuple[object, Collections] = ((), Collections())
        """What was read, under the stamp of what it was read from: both put in place in one step."""
        self._kept: OrderedDict[tuple[int, frozenset[str]], tuple[Answerer, Answerer]] = OrderedDict()
        """By the answerer that each is a view of, which is kept with it so that its id stays its own."""

    @property
    def collections(self) -> Collections:
        """The collections as they are now. Raises DamagedIndex."""
        now, (stamped, held) = stamp(self._data), self._held
        if now != stamped:
            held = Collections.read(self._data)
            self._held = now, held
        return held

    def may_see(self, report_id: str, person: Identity) -> bool:
        """Whether somebody may see the report with an id, be it held, removed or unread."""
        return person.sees_all or self.collections.may_see(report_id, person.groups)

    def sees_all(self, person: Identity) -> bool:
        """Whether nothing is hidden from somebody, so that they may hear of all files together."""
        return person.sees_all or all(groups & person.groups for groups in self.collections.audiences.values())

    def view(self, whole: Answerer, person: Identity) -> Answerer:
        """An answerer over what somebody sees. Raises DamagedIndex."""
        self._let_go_of_others(whole)
        if person.sees_all:
            return whole
        hidden = self.collections.hidden(whole.index.store.all_reports(), person.groups)
        if not hidden:
            return whole
        key = id(whole), hidden
        with self._lock:
            if key not in self._kept:
                self._kept[key] = whole, whole.without_reports(hidden)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key][1]

    def _let_go_of_others(self, whole: Answerer) -> None:
        """Keep no view of a build that answers no more, nor what was asked of it: whoever uses it holds it still."""
        if any(of is not whole for of, _ in list(self._kept.values())):
            with self._lock:
                for key in [key for key, (of, _) in self._kept.items() if of is not whole]:
                    del self._kept[key]
