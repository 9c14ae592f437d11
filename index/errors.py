"""What can go wrong with an index.

SearchIndexError
├── NoReports            no file that could be a report was found
├── FolderGone           a folder of the last build is not there, or holds no report any more
├── NothingReadable      files were found, and none of them could be read
├── NoIndex              nothing has been built yet
├── DamagedIndex         a build lacks a file, or one is not what the manifest says
│   └── DamagedList      a list beside the builds cannot be read: no build is to blame
├── EncoderMismatch      the index was built by another encoder
├── EncoderUnavailable   the encoder's weights are missing, altered or do not load
│   └── UnknownArchitecture  they are of a kind that sentence-transformers alone computes
├── BuildRunning         another build holds the lock
├── BuildCancelled       whoever asked for the build took that back
├── DiskFull             there is no room to write a build
├── CollectionError      a collection cannot be as asked for
└── UnknownReport        no report has the id or the name given
"""

from __future__ import annotations


class SearchIndexError(Exception):
    """Base of all errors of this package. The message says what to do."""


class NoReports(SearchIndexError):
    """No file that could be a report was found."""


class NothingReadable(SearchIndexError):
    """Files were found, and none of them could be read."""


class NoIndex(SearchIndexError):
    """Nothing has been built yet."""


class DamagedIndex(SearchIndexError):
    """A build lacks a file, or one is not what the manifest says."""


class DamagedList(DamagedIndex):
    """A list beside the builds cannot be read: no build is to blame."""


class EncoderMismatch(SearchIndexError):
    """The index was built by another encoder than the one in use."""


class EncoderUnavailable(SearchIndexError):
    """The encoder's weights are missing, altered or do not load."""


class UnknownArchitecture(EncoderUnavailable):
    """The encoder is of a kind that sentence-transformers alone computes."""


class BuildRunning(SearchIndexError):
    """Another build holds the lock."""


class DiskFull(SearchIndexError):
    """There is no room to write a build."""


class UnknownReport(SearchIndexError):
    """No report has the id or the name given."""


class BuildCancelled(SearchIndexError):
    """Whoever asked for the build took that back."""


class FolderGone(SearchIndexError):
    """A folder of the last build is not there, or holds no report any more."""


class CollectionError(SearchIndexError):
    """A collection, or a group, cannot be as asked for."""
