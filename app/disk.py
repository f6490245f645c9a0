"""Whole-file writes that survive a crash or a power cut.

A file is written beside its final name, brought to the disk, and renamed over the old one. Every package may import
this module. It imports the standard library alone. All errors are the operating system's own OSError.
"""

import errno
import os
import secrets
import shutil
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

_PARTIAL_SUFFIX = ".part"
_WINDOWS_IN_USE, _WINDOWS_DENIED = (32, 33), 5
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; ERROR_ACCESS_DENIED."""
_OWNER_FILE, _OWNER_FOLDER, _ANY_FILE = 0o600, 0o700, 0o666
_WINDOWS_ACCESS = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
"""Full access for the owner, the system and administrators, inherited by files and folders (SDDL)."""
_WINDOWS_PROTECTED_LIST = 0x80000004
"""DACL_SECURITY_INFORMATION and PROTECTED_DACL_SECURITY_INFORMATION."""
_TRIES, _PAUSE_S = 10, 0.2
_WINDOWS_WRITER = threading.Lock()
_NO_FOLDER_SYNC = (errno.EACCES, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
"""Errors of a file system that cannot sync a folder, or of a folder that may be written but not read."""


def write_file(file: Path, content: bytes, *, private: bool = True) -> None:
    """Write a file so that a reader finds the old content or the new.

    Its owner alone may read a `private` file, whatever the umask. After a failure the old file is unchanged, unless
    only the folder could not be synced: the new content is then in place. Threads and processes that write one file
    take turns.
    """
    with _one_writer(file.parent):
        staged = stage_file(file, content, private=private)
        try:
            replace_file(staged, file)
        except BaseException:
            _remove(staged)
            raise


@contextmanager
def _one_writer(folder: Path) -> Iterator[None]:
    """Wait for the other writers of a folder.

    Writers of one file have the same unfinished file. The lock ends with its process. A folder that cannot be locked is
    written at once. Windows locks no folder; there a thread waits for threads, and a file that another process writes
    cannot be removed or renamed.
    """
    if sys.platform == "win32":
        with _WINDOWS_WRITER:
            yield
        return
    import fcntl

    handle = -1
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def save_file(file: Path, content: bytes) -> None:
    """Write a file that the user chose, completely or not at all.

    A symbolic link is followed, and the mode of an existing file is kept. A new file is for its owner alone. The
    unfinished file has a short name of its own. If the folder accepts no new file, an existing file is overwritten in
    place.
    """
    target = Path(os.path.realpath(file))
    staged = target.with_name(f".motcua-{secrets.token_hex(6)}{_PARTIAL_SUFFIX}")
    try:
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _OWNER_FILE)
    except PermissionError:
        if not target.is_file():
            raise
        _overwrite(target, content)
        return
    try:
        with _naming(staged), os.fdopen(handle, "wb") as out:
            out.write(content)
            sync_content(out)
        if os.name != "nt" and target.is_file():
            staged.chmod(stat.S_IMODE(target.stat().st_mode))
        replace_file(staged, target)
    except BaseException:
        _remove(staged)
        raise


def _overwrite(file: Path, content: bytes) -> None:
    """Overwrite a file in place.

    After a failure it has its old content again, unless the disk accepts nothing more.
    """
    with file.open("rb+", buffering=0) as out:
        old = out.read()
        try:
            _write_from_start(out, content)
        except OSError:
            with suppress(OSError):
                _write_from_start(out, old)
            raise


def _write_from_start(file: RawIOBase, content: bytes) -> None:
    file.seek(0)
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) or 0 :]
    file.truncate()
    os.fsync(file.fileno())


def stage_file(file: Path, content: bytes, *, private: bool = True) -> Path:
    """Write and sync the content beside a file; return the staged path.

    `replace_file` puts the staged file in place. After a failure nothing is left beside the file.
    """
    staged = partial_path(file)
    try:
        with _naming(staged), create_file(staged, private=private) as out:
            out.write(content)
            sync_content(out)
    except BaseException:
        _remove(staged)
        raise
    return staged


def create_file(file: Path, *, private: bool = True) -> BinaryIO:
    """Open a new file for writing; its owner alone may read a `private` one.

    A file or link of this name is removed first, so that nothing is written through a link. The mode of a private file
    does not depend on the umask. On Windows the folder's access list applies.
    """
    try:
        handle = _open_new(file, private)
    except FileExistsError:
        discard_file(file)
        handle = _open_new(file, private)
    try:
        if private:
            restrict_file(handle)
        return os.fdopen(handle, "w+b")
    except BaseException:
        os.close(handle)
        raise


def _open_new(file: Path, private: bool) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    return os.open(file, flags, _OWNER_FILE if private else _ANY_FILE)


def read_start(file: Path, limit: int) -> bytes:
    """Return at most `limit` bytes from the beginning of a regular file.

    Raises OSError, also for a pipe or device, which could have no end.
    """
    with open_regular(file) as content:
        return content.read(limit)


def open_regular(file: Path) -> BinaryIO:
    """Open a regular file for reading.

    Raises OSError, also for a pipe, a device or a folder.
    """
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def is_own_file(file: Path) -> bool:
    """Return whether a regular file has no other name; remove anything else.

    Overwriting a link would destroy the file that it names. Reading a pipe or device would have no end.

    Raises OSError, also for a folder.
    """
    try:
        status = file.lstat()
    except FileNotFoundError:
        return False
    if stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
        return True
    discard_file(file)
    return False


def set_aside(path: Path) -> None:
    """Rename a file or folder to a free name beside it.

    Raises OSError.
    """
    name = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    _until_free(lambda: os.replace(path, name))


def restrict_file(file: Path | int) -> None:
    """Let the owner alone read a file, where the file system has modes."""
    if os.name != "nt":
        with suppress(PermissionError):  # FAT drives have no modes; a file of another owner stays as it is
            os.chmod(file, _OWNER_FILE)


def make_folder(folder: Path) -> None:
    """Create a folder and its missing parents for their owner alone.

    An existing folder keeps its mode or access list.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    with suppress(FileExistsError):  # another program may create it meanwhile
        folder.mkdir(_OWNER_FOLDER)
        if os.name == "nt":
            _restrict_folder_on_windows(folder)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _restrict_folder_on_windows(folder: Path) -> None:
    """Give a folder an access list of its own: owner, system, administrators.

    Everything created in it inherits the list. A drive without access lists is left as it is.
    """
    import ctypes

    security = ctypes.c_void_p()
    advapi, kernel = ctypes.windll.advapi32, ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    convert = advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW
    if not convert(ctypes.c_wchar_p(_WINDOWS_ACCESS), 1, ctypes.byref(security), None):
        return
    try:
        advapi.SetFileSecurityW(ctypes.c_wchar_p(str(folder)), _WINDOWS_PROTECTED_LIST, security)
    finally:
        kernel.LocalFree(security)


def probe_file(file: Path) -> None:
    """Check that a file could be written; leave nothing.

    Raises OSError.
    """
    discard_file(stage_file(file, b""))


def replace_file(complete: Path, target: Path) -> None:
    """Rename a complete file over `target` and sync the folder.

    The content of `complete` must be synced already. `complete` stays in place when the rename fails.
    """
    _until_free(lambda: os.replace(complete, target))
    _sync_folder(target.parent)


def remove_file(file: Path) -> None:
    """Remove a file and sync the folder; a missing file is accepted."""
    _until_free(lambda: file.unlink(missing_ok=True))
    _sync_folder(file.parent)


def discard_file(file: Path) -> None:
    """Remove a file whose removal need not survive a power cut.

    A missing file is accepted.
    """
    _until_free(lambda: file.unlink(missing_ok=True))


def discard_folder(folder: Path) -> None:
    """Remove a folder with its content; a missing folder is accepted."""
    with suppress(FileNotFoundError):
        _until_free(lambda: shutil.rmtree(folder))


def sync_content(file: BinaryIO) -> None:
    """Bring everything written to an open file to the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_file(file: Path) -> None:
    """Bring a closed file and its name to the disk."""
    with file.open("rb+") as content:
        sync_content(content)
    _sync_folder(file.parent)


def partial_path(file: Path) -> Path:
    """Return the path of the unfinished file beside `file`."""
    return file.with_name(file.name + _PARTIAL_SUFFIX)


def is_held(error: OSError) -> bool:
    """Return whether another program has the file open.

    Windows has one errno for a file without permission and for one that another program has open. A rename that is
    denied is the latter, because the new file was written into the same folder before.
    """
    winerror = getattr(error, "winerror", None)
    denied_rename = winerror == _WINDOWS_DENIED and error.filename2 is not None
    return winerror in _WINDOWS_IN_USE or (denied_rename and not _is_read_only(Path(os.fsdecode(error.filename2))))


def _is_read_only(file: Path) -> bool:
    try:
        return not file.stat().st_mode & stat.S_IWRITE
    except OSError:
        return False


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Name the file in an error of an open file, which has no name of its own."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(file)
        raise


def _until_free(act: Callable[[], object]) -> None:
    """Act on a file; on Windows retry while another program has it open.

    Virus scanners and indexers open new files for a moment.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            act()
            return
        except OSError as error:
            if not tries_left or getattr(error, "winerror", None) not in (*_WINDOWS_IN_USE, _WINDOWS_DENIED):
                raise
        time.sleep(_PAUSE_S)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # NTFS journals names by itself and opens no folder for syncing
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            with _naming(folder / "."):
                os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:  # the renamed file is complete; a file system without folder sync offers nothing more
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()
