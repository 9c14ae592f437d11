"""Errors that the index raises.

SearchIndexError
├── NoReports            there are no files that could be reports
├── FolderGone           a folder that the last build read is missing, or no longer contains any reports
├── NothingReadable      there are files, but none can be read
├── NoIndex              nothing has been built yet
├── DamagedIndex         a file in a build is missing, or does not match the manifest
│   └── DamagedList      a list next to the builds cannot be read, though the builds may be undamaged
├── EncoderMismatch      another encoder built the index
├── EncoderUnavailable   the encoder's weights are missing or altered, or cannot be loaded
│   └── UnknownArchitecture  only sentence-transformers can run this kind of encoder
├── BuildRunning         another build holds the lock
├── BuildCancelled       somebody cancelled the build
├── DiskFull             the disk has no room for a build
├── CollectionError      a collection cannot be changed as requested
└── UnknownReport        no report has this id or name
"""

from __future__ import annotations


class SearchIndexError(Exception):
    """Base class of all the errors in this package. The message says what to do."""


class NoReports(SearchIndexError):
    """There are no files that could be reports."""


class NothingReadable(SearchIndexError):
    """There are files, but none of them can be read."""


class NoIndex(SearchIndexError):
    """Nothing has been built yet."""


class DamagedIndex(SearchIndexError):
    """A file in a build is missing, or does not match the manifest."""


class DamagedList(DamagedIndex):
    """A list next to the builds cannot be read, although the builds may be undamaged."""


class EncoderMismatch(SearchIndexError):
    """An encoder other than the one in use built the index."""


class EncoderUnavailable(SearchIndexError):
    """The encoder's weights are missing or altered, or cannot be loaded."""


class UnknownArchitecture(EncoderUnavailable):
    """Only sentence-transformers can run this kind of encoder."""


class BuildRunning(SearchIndexError):
    """Another build holds the lock."""


class DiskFull(SearchIndexError):
    """The disk has no room for a build."""


class UnknownReport(SearchIndexError):
    """No report has this id or name."""


class BuildCancelled(SearchIndexError):
    """Somebody cancelled the build."""


class FolderGone(SearchIndexError):
    """A folder that the last build read is missing, or no longer contains any reports."""


class CollectionError(SearchIndexError):
    """A collection or a group cannot be changed as requested."""
