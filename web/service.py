"""The answerer that requests use: opened once there is an index, and opened anew when a newer build is published."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from flask import current_app, g

from index.errors import SearchIndexError
from index.folders import DataFolder
from index.types import Encoder
from qa_service.answering import Answerer

_LOG = logging.getLogger(__name__)
_KEY = "answering"


class Service:
    """Holds one answerer at a time. A build that cannot be opened changes nothing for those who ask."""

    def __init__(self, open_current: Callable[[], Answerer], current_build: Callable[[], str]) -> None:
        self._open = open_current
        self._current_build = current_build
        self._lock = threading.Lock()
        self._answerer: Answerer | None = None
        self._refused: str | None = None

    @classmethod
    def fixed(cls, answerer: Answerer) -> Service:
        """Use this answerer and no other."""
        return cls(lambda: answerer, lambda: answerer.index.manifest.build)

    @classmethod
    def following(cls, data: DataFolder, encoder: Encoder) -> Service:
        """Use whichever build of a data folder is current."""
        return cls(lambda: Answerer.open(data, encoder), lambda: data.current().name)

    def answerer(self) -> Answerer:
        """The answerer of the current build. Raises SearchIndexError where there is none to fall back on."""
        held = self._answerer
        if held is None:
            with self._lock:
                if self._answerer is None:
                    self._answerer = self._open()
                return self._answerer
        if self._is_newer(held) and self._lock.acquire(blocking=False):  # others go on with the one held
            try:
                self._reopen()
            finally:
                self._lock.release()
        return self._answerer or held

    def _is_newer(self, held: Answerer) -> bool:
        try:
            build = self._current_build()
        except SearchIndexError:
            return False
        return build not in (held.index.manifest.build, self._refused)

    def _reopen(self) -> None:
        try:
            self._answerer = self._open()
        except SearchIndexError as error:
            self._refused = self._current_build()
            _LOG.error("The new build was not taken up: %s", error)


def attach(service: Service) -> dict[str, Service]:
    """The entry of a service in an app's extensions."""
    return {_KEY: service}


def answerer() -> Answerer:
    """The answerer of this request: one build from its first line to its last."""
    if _KEY not in g:
        service: Service = current_app.extensions[_KEY]
        setattr(g, _KEY, service.answerer())
    held: Answerer = getattr(g, _KEY)
    return held
