"""The answerer that requests use. It uses the current build or, if that build is damaged, the last good one."""

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
from web.serving.audiences import AudienceViews

_LOG = logging.getLogger(__name__)
_SERVICE, _WHOLE, _ANSWERER, _RETRIED = "answering", "whole_answerer", "answerer", "retried"


class IndexService:
    """Provides the answerer of one build at a time. A damaged or unreadable build never replaces the one in use."""

    def __init__(self, data: DataFolder, open_build: Callable[[str], Answerer], *, check: bool = True) -> None:
        self.data = data
        self._open_build = open_build
        self._check = check
        self._lock = threading.Lock()
        self._answerer: Answerer | None = None
        self._refused: dict[str, str] = {}
        """Builds that are damaged or cannot be opened, each with the reason."""
        self.views = AudienceViews(data)

    @classmethod
    def fixed(cls, answerer: Answerer, data: DataFolder | None = None) -> IndexService:
        """Return a service that always uses the given answerer.

        Records are kept in ``data`` or, if it is not given, in the answerer's own folder.
        """
        service = cls(data or answerer.index.data, lambda _: answerer, check=False)
        service._answerer = answerer
        return service

    @classmethod
    def following(cls, data: DataFolder, encoder: Encoder | None, remembered: int = REMEMBERED) -> IndexService:
        """Return a service that always uses the current build of a data folder.

        Without an encoder, it searches by words alone. It remembers the answers to up to ``remembered`` questions.
        """
        cross_encoder, lacking = open_cross_encoder(encoder)  # all builds share these

        def open_build(build: str) -> Answerer:
            index = SearchIndex.open_build(data.builds / build, data, encoder)
            return Answerer(index, cross_encoder, missing=lacking, remembered=remembered)

        return cls(data, open_build)

    def answerer(self) -> Answerer:
        """Return the answerer for the current build, or else for the last good one. Raises SearchIndexError."""
        in_use = self._answerer
        if in_use is not None and not self._is_outdated(in_use):
            return in_use
        # While a newer build opens, other requests use the old answerer, unless we must stop using it.
        wait = in_use is None or self._must_stop(in_use)
        if not self._lock.acquire(blocking=wait):
            return in_use if in_use is not None else self.answerer()
        try:
            latest = self._answerer
            if latest is None or self._is_outdated(latest):
                self._answerer = self._open_best_build()
        except SearchIndexError as error:
            if wait:
                self._answerer = None
                raise
            _LOG.error("Cannot use the new build: %s", error)
        finally:
            self._lock.release()
        in_use = self._answerer or in_use
        if in_use is None:
            raise NoIndex("No reports have been indexed yet.")
        return in_use

    def refuse(self, build: str, reason: str) -> None:
        """Stop using a build because it is damaged."""
        if build not in self._refused:
            _LOG.error("Build %s is no longer used: %s", build, reason)
            self._refused[build] = reason

    def damage(self) -> str:
        """Return the reason why the current build cannot be used, or an empty string if it can."""
        try:
            return self._refused.get(self.data.current().name, "")
        except DamagedIndex as error:
            return str(error)
        except SearchIndexError:
            return ""

    def _must_stop(self, answerer: Answerer) -> bool:
        """Return whether an answerer's build is damaged, or was removed together with the last report."""
        if answerer.index.manifest.build in self._refused:
            return True
        try:
            self.data.current()
        except NoIndex:
            return True
        except DamagedIndex:
            pass  # the name of the current build cannot be read, but the build in use is intact
        return False

    def _is_outdated(self, answerer: Answerer) -> bool:
        if not self._check:
            return False
        try:
            current = self.data.current().name
        except NoIndex:
            return True  # the last report was removed
        except DamagedIndex:
            current = answerer.index.manifest.build
        if answerer.index.manifest.build in self._refused:
            return True
        return current != answerer.index.manifest.build and current not in self._refused

    def _open_best_build(self) -> Answerer:
        """Open the current build, or else the newest good one. Raises the first error if none can be opened."""
        first_error: SearchIndexError | None = None
        for build in list(self._candidates()):
            if build in self._refused:
                first_error = first_error or DamagedIndex(self._refused[build])
                continue
            try:
                answerer = self._open_build(build)
            except DamagedIndex as error:
                self.refuse(build, str(error))
                first_error = first_error or error
            else:
                if self._check:
                    threading.Thread(target=self._verify, args=(build,), daemon=True).start()
                return answerer
        raise first_error or NoIndex("No reports have been indexed yet.")

    def _candidates(self) -> Iterator[str]:
        """Yield the current build, then older builds that contain no removed report, newest first."""
        current: str | None
        try:
            current = self.data.current().name
        except DamagedIndex as error:
            _LOG.error("%s", error)
            current = None
        else:
            yield current
        for path in reversed(self.data.finished()):
            if (current is None or path.name < current) and not self._has_removed_reports(path):
                yield path.name

    def _has_removed_reports(self, build: Path) -> bool:
        try:
            return holds_removed(self.data, build)
        except DamagedList:
            return True  # we cannot know what was removed, so we do not use an older build
        except DamagedIndex as error:
            self.refuse(build.name, str(error))
            return True

    def _verify(self, build: str) -> None:
        """Check every byte of a build that is already in use."""
        try:
            damage = next(find_build_damage(self.data.builds / build), None)
        except OSError as error:  # the build was removed because a newer one replaced it
            _LOG.info("Build %s was not checked: %s", build, error)
            return
        if damage is not None:
            self.refuse(build, f"{damage.path} {damage.what}. {damage.remedy}")


def register(app: Flask, service: IndexService) -> None:
    """Register the service that an app uses to answer questions."""
    app.extensions[_SERVICE] = service


def current_service() -> IndexService:
    """Return the app's service."""
    service: IndexService = current_app.extensions[_SERVICE]
    return service


def answerer() -> Answerer:
    """Return the answerer for this request.

    It uses one build throughout, and only the reports that the sender of the request may see.
    """
    if _ANSWERER not in g:
        setattr(g, _WHOLE, current_service().answerer())
        setattr(g, _ANSWERER, current_service().views.view_for(identity(), getattr(g, _WHOLE)))
    visible: Answerer = getattr(g, _ANSWERER)
    return visible


def answer_from_another_build(error: DamagedIndex) -> ResponseReturnValue | None:
    """Serve the request again from another build, and stop using the damaged one.

    Return None if that cannot help, because the request has already been retried, used no build, or is a health
    check.
    """
    g.pop(_ANSWERER, None)
    damaged: Answerer | None = g.pop(_WHOLE, None)
    if damaged is None or isinstance(error, DamagedList) or _RETRIED in g or request.blueprint == "health":
        return None
    setattr(g, _RETRIED, True)
    current_service().refuse(damaged.index.manifest.build, str(error))
    try:
        return current_app.dispatch_request()
    except Exception as another:  # noqa: BLE001 - the app's own handlers answer it
        return current_app.handle_user_exception(another)
