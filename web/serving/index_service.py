"""The answerer that requests use: that of the current build, or of the last good one where the current is damaged."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from index.building.verification import find_build_damage, holds_removed
from index.errors import DamagedIndex, DamagedList, NoIndex, SearchIndexError
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Encoder
from qa_service.answering.degradation import open_cross_encoder
from qa_service.answering.pipeline import Answerer
from qa_service.types import REMEMBERED
from web.guard.identity import identity
from web.serving.audiences import Views

_LOG = logging.getLogger(__name__)
_SERVICE, _WHOLE, _ANSWERER, _RETRIED = "answering", "whole_answerer", "answerer", "retried"


class Service:
    """Holds one answerer at a time. A build that cannot be opened, or is damaged, changes nothing for those who ask."""

    def __init__(self, data: DataFolder, open_build: Callable[[str], Answerer], *, check: bool = True) -> None:
        self.data = data
        self._open = open_build
        self._check = check
        self._lock = threading.Lock()
        self._answerer: Answerer | None = None
        self._refused: dict[str, str] = {}
        """Builds that are damaged or do not open, with the reason."""
        self.views = Views(data)

    @classmethod
    def fixed(cls, answerer: Answerer, data: DataFolder | None = None) -> Service:
        """Use this answerer and no other; all else is kept in the data folder given, or in the answerer's own."""
        service = cls(data or answerer.index.data, lambda _: answerer, check=False)
        service._answerer = answerer
        return service

    @classmethod
    def following(cls, data: DataFolder, encoder: Encoder | None, remembered: int = REMEMBERED) -> Service:
        """Use whichever build of a data folder is current; without an encoder it is searched by words alone."""
        cross, lacking = open_cross_encoder(encoder)  # one for all builds

        def opened(build: str) -> Answerer:
            index = SearchIndex.open_build(data.builds / build, data, encoder)
            return Answerer(index, cross, missing=lacking, remembered=remembered)

        return cls(data, opened)

    def answerer(self) -> Answerer:
        """The answerer of the current build, else of the last good one. Raises SearchIndexError where there is none."""
        held = self._answerer
        if held is not None and not self._is_outdated(held):
            return held
        # While a newer build is opened, others go on with the one held, unless that may answer no more.
        wait = held is None or self._may_not_answer(held)
        if not self._lock.acquire(blocking=wait):
            return held if held is not None else self.answerer()
        try:
            now = self._answerer
            if now is None or self._is_outdated(now):
                self._answerer = self._opened()
        except SearchIndexError as error:
            if wait:
                self._answerer = None
                raise
            _LOG.error("Cannot use the new build: %s", error)
        finally:
            self._lock.release()
        held = self._answerer or held
        if held is None:
            raise NoIndex("No reports have been indexed yet.")
        return held

    def _may_not_answer(self, held: Answerer) -> bool:
        """Whether a build is damaged, or none is current any more because the last report was removed."""
        if held.index.manifest.build in self._refused:
            return True
        try:
            self.data.current()
        except NoIndex:
            return True
        except DamagedIndex:
            pass  # it names no build: the one held is whole
        return False

    def refuse(self, build: str, reason: str) -> None:
        """Have a build answer no more: it is damaged."""
        if build not in self._refused:
            _LOG.error("Build %s is no longer used: %s", build, reason)
            self._refused[build] = reason

    def damage(self) -> str:
        """Why the current build does not answer, in words; empty where it does."""
        try:
            return self._refused.get(self.data.current().name, "")
        except DamagedIndex as error:
            return str(error)
        except SearchIndexError:
            return ""

    def _is_outdated(self, held: Answerer) -> bool:
        if not self._check:
            return False
        try:
            current = self.data.current().name
        except NoIndex:
            return True  # the last report was removed
        except DamagedIndex:
            current = held.index.manifest.build
        if held.index.manifest.build in self._refused:
            return True
        return current != held.index.manifest.build and current not in self._refused

    def _opened(self) -> Answerer:
        """The current build, else the newest good one. Raises the current build's error where none opens."""
        wanted = list(self._wanted())
        first: SearchIndexError | None = None
        for build in wanted:
            if build in self._refused:
                first = first or DamagedIndex(self._refused[build])
                continue
            try:
                answerer = self._open(build)
            except DamagedIndex as error:
                self.refuse(build, str(error))
                first = first or error
            else:
                if self._check:
                    threading.Thread(target=self._verify, args=(build,), daemon=True).start()
                return answerer
        raise first or NoIndex("No reports have been indexed yet.")

    def _wanted(self) -> Iterator[str]:
        current: str | None
        try:
            current = self.data.current().name
        except DamagedIndex as error:
            _LOG.error("%s", error)
            current = None
        else:
            yield current
        for path in reversed(self.data.finished()):
            if (current is None or path.name < current) and not self._holds_removed(path):
                yield path.name

    def _holds_removed(self, build: Path) -> bool:
        try:
            return holds_removed(self.data, build)
        except DamagedList:
            return True  # what was removed is not known: none but the current build, which is not gone back to
        except DamagedIndex as error:
            self.refuse(build.name, str(error))
            return True

    def _verify(self, build: str) -> None:
        """Every byte of a build, beside those who ask."""
        try:
            damage = next(find_build_damage(self.data.builds / build), None)
        except OSError as error:  # removed meanwhile, after another came
            _LOG.info("Build %s was not checked: %s", build, error)
            return
        if damage is not None:
            self.refuse(build, f"{damage.path} {damage.what}. {damage.remedy}")


def register(app: Flask, service: Service) -> None:
    """Register the service that an app answers from."""
    app.extensions[_SERVICE] = service


def service() -> Service:
    """The app's service."""
    held: Service = current_app.extensions[_SERVICE]
    return held


def answerer() -> Answerer:
    """The answerer of this request: one build from its first line to its last, as whoever asks may see it."""
    if _ANSWERER not in g:
        setattr(g, _WHOLE, service().answerer())
        setattr(g, _ANSWERER, service().views.view(getattr(g, _WHOLE), identity()))
    held: Answerer = getattr(g, _ANSWERER)
    return held


def answer_from_another_build(error: DamagedIndex) -> ResponseReturnValue | None:
    """Serve the request once more from another build, after refusing the damaged one.

    Return None if another build cannot help: the request was retried before, used no build, or asks about health.
    """
    g.pop(_ANSWERER, None)
    damaged: Answerer | None = g.pop(_WHOLE, None)
    if damaged is None or isinstance(error, DamagedList) or _RETRIED in g or request.blueprint == "health":
        return None
    setattr(g, _RETRIED, True)
    service().refuse(damaged.index.manifest.build, str(error))
    try:
        return current_app.dispatch_request()
    except Exception as another:  # noqa: BLE001 - the app's own handlers take it
        return current_app.handle_user_exception(another)
