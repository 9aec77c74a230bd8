"""Why an output could not be written, as a message id and its parameters."""

from __future__ import annotations

import errno
from pathlib import Path

TEMPORARY = ".holiday-classes-"
"""Beginning of the names of unfinished files and folders."""

_REASONS = {
    errno.ENOSPC: "export.error.disk_full",
    errno.EDQUOT: "export.error.disk_full",
    errno.EROFS: "export.error.read_only",
    errno.EACCES: "export.error.read_only",
    errno.EPERM: "export.error.read_only",
    errno.ENAMETOOLONG: "export.error.name_too_long",
    errno.ENOTDIR: "export.error.is_file",
    errno.EEXIST: "export.error.is_file",  # where a folder was to be made
    errno.ENOENT: "export.error.no_folder",
}


class OutputError(Exception):
    """An output that cannot be written; `message` names the sentence, `parameters` fill it."""

    def __init__(self, message: str, /, **parameters: object) -> None:
        """Keep the id and what fills it."""
        super().__init__(message, parameters)
        self.message = message
        self.parameters = parameters

    @classmethod
    def of(cls, error: OSError, path: Path) -> OutputError:
        """What an error of the operating system means for whoever reads the message."""
        named = str(error.filename or path)
        if TEMPORARY in named:  # a name of our own means nothing to anybody
            named = str(path)
        reason = error.strerror or type(error).__name__
        return cls(_REASONS.get(error.errno or 0, "export.error.failed"), path=named, reason=reason)
