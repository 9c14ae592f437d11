"""What can go wrong with what is kept beside the index, and with files that are handed over.

QaServiceError
├── BackupError          a backup cannot be made, or an archive not be restored
├── EvaluationError      a file of questions cannot be used
├── TokenError           a token cannot be made or revoked, or the file of tokens not be read
├── UnusableSetting      a setting is none that can be used
├── UnusableAnswer       a file is no reply of the service
└── ConversationMoved    a conversation has other turns than whoever asks has seen
"""

from __future__ import annotations


class QaServiceError(Exception):
    """Base of all errors of this package. The message says what to do."""


class BackupError(QaServiceError):
    """A backup cannot be made, or an archive is none that may be restored. The message says what to do."""


class EvaluationError(QaServiceError):
    """A file of questions cannot be used; the message names the line and what is wrong."""


class TokenError(QaServiceError):
    """A token cannot be made or revoked as asked for, or the file of tokens cannot be read."""


class UnusableSetting(QaServiceError):
    """A setting cannot be used; the message names it, its value and what would be right."""


class UnusableAnswer(QaServiceError):
    """A file is no reply of the service to a question; the message says where it is wrong, and what to do."""


class ConversationMoved(QaServiceError):
    """The conversation has other turns than whoever asks has seen."""
