"""Files named on the command line, with limits and atomic writes."""

import codecs
import errno
import os
from pathlib import Path
from typing import BinaryIO

from app.disk import is_held, probe_file, write_file
from app.models.errors import Fault, Refusal

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAX_TABLE_BYTES = 64 * 1024 * 1024


def write_atomically(file: Path, content: bytes) -> None:
    """Write a file atomically; its owner alone may read it.

    Raises Refusal `out_unwritable`, Fault `disk_full`, `file_locked`.
    """
    _refuse_without_name(file)
    try:
        write_file(file, content)
    except OSError as error:
        raise _write_error(error, file) from None


def check_writable(file: Path) -> None:
    """Check that a file can be written, before a step that cannot be undone.

    Raises like `write_atomically`.
    """
    _refuse_without_name(file)
    try:
        if file.is_dir():
            raise IsADirectoryError
        probe_file(file)
    except OSError as error:
        raise _write_error(error, file) from None


def _write_error(error: OSError, file: Path) -> Refusal | Fault:
    """Return why a file could not be written: place, holder or disk."""
    if is_held(error):
        return Fault("file_locked", place=str(file))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Fault("disk_full", place=str(file))
    if error.errno == errno.EIO:
        return Fault("disk_error", place=str(file))
    if error.errno == errno.EROFS:
        return Fault("folder_read_only", place=str(file))
    return Refusal("out_unwritable", "out", file=str(file))


def _refuse_without_name(file: Path) -> None:
    """Refuse a folder or device in place of a file.

    A rename would replace a device by a file of the same name.
    """
    if not file.name or (os.path.exists(file) and not os.path.isfile(file)):
        raise Refusal("out_unwritable", "out", file=str(file))


def read_table(file: Path) -> str:
    """Return the text of a table.

    Raises Refusal `file_missing`, `file_too_big`, `file_not_text`, Fault `disk_error`.
    """
    try:
        with file.open("rb") as content:
            return table_text(content, str(file))
    except (OSError, ValueError):  # ValueError: a NUL character in the name
        raise Refusal("file_missing", "file", file=str(file)) from None


def read_content(file: Path, limit: int = _MAX_TABLE_BYTES) -> bytes:
    """Return the bytes of a file; an endless one is read up to the limit.

    Raises Refusal `file_missing`, `file_too_big`, Fault `disk_error`.
    """
    try:
        with file.open("rb") as stream:
            content = _read(stream, limit + 1, str(file))
    except (OSError, ValueError):  # ValueError: a NUL character in the name
        raise Refusal("file_missing", "file", file=str(file)) from None
    if len(content) > limit:
        raise Refusal("file_too_big", "file", file=str(file), limit=limit // 1024 // 1024)
    return content


def _read(stream: BinaryIO, limit: int, name: str) -> bytes:
    """Return the bytes of an open file.

    Raises Fault `disk_error` if its disk fails, for example a USB stick that was pulled out.
    """
    try:
        return stream.read(limit)
    except OSError as error:
        raise Fault("disk_error", place=name) from error


def read_rows(file: Path, separator: str) -> str:
    """Return a table of any program as UTF-8 text with one separator.

    Raises Refusal `file_missing`, `file_too_big`, or like `read_sheet`.
    """
    from app.sheets.reading import read_sheet
    from app.sheets.writing import delimited_text

    return delimited_text(read_sheet(read_content(file), file.name), separator)


def table_text(content: BinaryIO, name: str, errors: str = "strict") -> str:
    """Return the text of an open table.

    An endless one (a device, a pipe) is read up to the limit only.
    `errors` defines how bytes that are not UTF-8 are treated, as in `bytes.decode`.

    Raises Refusal `file_too_big`, `file_not_text`, Fault `disk_error`.
    """
    raw = _read(content, _MAX_TABLE_BYTES + 1, name)
    if len(raw) > _MAX_TABLE_BYTES:
        raise Refusal("file_too_big", "file", file=name, limit=_MAX_TABLE_BYTES // 1024 // 1024)
    try:
        return raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8-sig", errors)
    except UnicodeDecodeError:
        raise Refusal("file_not_text", "file", file=name) from None
