"""Decides which reports in a build each person may see. To that person, the other reports do not seem to exist."""

from __future__ import annotations

import threading
from collections import OrderedDict

from index.storage.collections import Collection, Collections, stamp
from index.storage.data_folder import DataFolder
from qa_service.access import Identity
from qa_service.answering.pipeline import Answerer

_MAX_VIEWS = 8
"""Maximum number of views that a process keeps ready. Each view has word statistics for its own passages."""


class AudienceViews:
    """Views of the builds in a data folder, one for each set of hidden reports.

    A change to the collections takes effect with the next request.
    """

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._lock = threading.Lock()
        self._read: tuple[object, Collections] = ((), Collections())
        """The collections, and the stamp of the file they were read from. The two are replaced together."""
        self._views: OrderedDict[tuple[int, frozenset[str]], tuple[Answerer, Answerer]] = OrderedDict()
        """The whole build's answerer and the view of it, keyed by the id of that answerer and the hidden reports.

        We keep the whole build's answerer because its id could be reused once it is deleted.
        """

    @property
    def collections(self) -> Collections:
        """The collections as they are now. Raises DamagedIndex."""
        current, (read_at, collections) = stamp(self._data), self._read
        if current != read_at:
            collections = Collections.read(self._data)
            self._read = current, collections
        return collections

    def may_see(self, report_id: str, person: Identity) -> bool:
        """Return whether a person may see a report, even if it was removed or could not be read."""
        return person.sees_all or self.collections.may_see(report_id, person.groups)

    def collections_of(self, person: Identity) -> dict[str, Collection]:
        """Return the collections that a person may see, by name and in the order of their names."""
        named = sorted(self.collections.named.items())
        return {name: each for name, each in named if person.sees_all or each.groups & person.groups}

    def sees_all(self, person: Identity) -> bool:
        """Return whether nothing is hidden from a person. If nothing is, they may know about all files."""
        return person.sees_all or all(groups & person.groups for groups in self.collections.audiences.values())

    def view_for(self, person: Identity, whole: Answerer) -> Answerer:
        """Return an answerer for the reports that a person may see. Raises DamagedIndex."""
        self._drop_views_of_other_builds(whole)
        if person.sees_all:
            return whole
        hidden = self.collections.hidden(whole.index.store.all_reports(), person.groups)
        if not hidden:
            return whole
        key = id(whole), hidden
        with self._lock:
            if key not in self._views:
                self._views[key] = whole, whole.without_reports(hidden)
            self._views.move_to_end(key)
            while len(self._views) > _MAX_VIEWS:
                self._views.popitem(last=False)
            return self._views[key][1]

    def _drop_views_of_other_builds(self, whole: Answerer) -> None:
        """Drop the views of builds that are no longer used, together with their remembered questions."""
        if any(of_build is not whole for of_build, _ in list(self._views.values())):
            with self._lock:
                for key in [key for key, (of_build, _) in self._views.items() if of_build is not whole]:
                    del self._views[key]
