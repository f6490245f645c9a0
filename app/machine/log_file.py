"""The program's log: places of errors, without personal data.

There are five files of at most 1 MB. The newest is written until it is full; then the oldest is emptied and written.
No file is renamed, because Windows renames none that another process has open. A record is one line with its message;
exceptions are logged by class and place only, because their messages may have personal data. A crash of the
interpreter leaves the places of all threads.
"""

import faulthandler
import logging
import os
import sys
import threading
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from app.disk import is_own_file, make_folder

_LIMIT, _COUNT = 1_000_000, 5
_NAME = "nhat-ky-{}.log"
_ROOT = "app"
logging.getLogger(_ROOT).addHandler(logging.NullHandler())  # without a log file, nothing goes to stderr
"""Name above the loggers of the program; those of libraries are not written."""


class LogFile(logging.Handler):
    """Handler that appends one line a record to the newest file.

    A folder or disk that cannot be written is no reason to stop: the record is lost.
    """

    def __init__(self, folder: Path, limit: int = _LIMIT, count: int = _COUNT) -> None:
        super().__init__(logging.INFO)
        self._folder, self._limit, self._count = folder, limit, count
        self._crash_file: BinaryIO | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Append a record as one line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        message = " ".join(record.getMessage().split())
        line = f"{at} {os.getpid()} {record.levelname.lower()} {message}\n".encode()[: self._limit]
        with suppress(OSError):
            file = self._file_for(len(line))
            with file.open("ab") as out:
                out.write(line)

    def catch_crashes(self) -> None:
        """Let the interpreter write the places of all threads if it crashes."""
        with suppress(OSError):
            self._crash_file = self._file_for(0).open("ab")
            faulthandler.enable(self._crash_file)

    def close(self) -> None:
        """Close the file for crashes."""
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
        super().close()

    def _file_for(self, size: int) -> Path:
        """Return the file with room for more bytes; empty the oldest if needed.

        Raises OSError.
        """
        make_folder(self._folder)
        files = [self._folder / _NAME.format(number) for number in range(1, self._count + 1)]
        written = {file: file.stat() for file in files if is_own_file(file)}
        if not written:
            return files[0]
        newest = max(written, key=lambda file: written[file].st_mtime_ns)
        if written[newest].st_size + size <= self._limit:
            return newest
        following = files[(files.index(newest) + 1) % self._count]
        following.open("wb").close()
        return following


def start_log(folder: Path) -> LogFile:
    """Write the program's log into a folder from now on."""
    log = LogFile(folder)
    logger = logging.getLogger(_ROOT)
    logger.setLevel(logging.INFO)
    logger.addHandler(log)
    log.catch_crashes()
    sys.unraisablehook = lambda unraisable: log_bug(unraisable.exc_value)
    threading.excepthook = lambda failure: log_bug(failure.exc_value)
    return log


def log_bug(error: BaseException | None) -> None:
    """Log the class of an exception and its places in files."""
    if error is not None:
        logging.getLogger(_ROOT).error("bug %s at %s", type(error).__name__, places_of(error))


def log_fault(code: str, error: BaseException) -> None:
    """Log the code and places of a fault of the machine, and its causes.

    Causes are logged by class and by their number at the system or the database.
    """
    causes = []
    cause = error.__cause__
    while cause is not None:
        causes.append(f" from {type(cause).__name__} {_number_of(cause)}".rstrip())
        cause = cause.__cause__
    logging.getLogger(_ROOT).error("fault %s at %s%s", code, places_of(error), "".join(causes))


def _number_of(error: BaseException) -> str:
    """Return what the system or the database calls an error."""
    names = ("errno", "winerror", "sqlite_errorname")
    numbers = {name: getattr(getattr(error, "orig", error), name, None) for name in names}
    return " ".join(f"{name}={number}" for name, number in numbers.items() if number is not None)


def places_of(error: BaseException) -> str:
    """Return files, lines and functions of an exception, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
