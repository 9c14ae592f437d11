"""Errors that this package raises. Errors about reports and the index are in ``corpus`` and ``index``.

QaServiceError
├── BackupError          a backup cannot be made or restored
├── EvaluationError      a file of questions or results cannot be used
├── TokenError           a token cannot be made or revoked, or the file of tokens cannot be read
├── UnusableSetting      a setting has a value that cannot be used
├── UnusableAnswer       a file is not a reply from the service
├── UnknownAuthority     no report is about an authority with this name
├── TooManySaved         a person has saved as many questions as they can
└── ConversationMoved    a conversation has changed since the person last saw it
"""

from __future__ import annotations


class QaServiceError(Exception):
    """Base class of all errors that this package raises. The message says what to do."""


class BackupError(QaServiceError):
    """A backup cannot be made or restored. The message says what to do."""


class EvaluationError(QaServiceError):
    """A file of questions or results cannot be used. The message gives the line and says what is wrong."""


class TokenError(QaServiceError):
    """A token cannot be made or revoked, or the file of tokens cannot be read."""


class UnusableSetting(QaServiceError):
    """A setting has a value that cannot be used. The message gives the setting, its value and what is needed."""


class UnusableAnswer(QaServiceError):
    """A file is not a reply from the service. The message says where it is wrong and what to do."""


class UnknownAuthority(QaServiceError):
    """No report is about an authority with this name.

    The message gives the most similar names that we have reports about.
    """


class TooManySaved(QaServiceError):
    """A person has already saved as many questions as they can."""


class ConversationMoved(QaServiceError):
    """A conversation has changed since the person last saw it."""
