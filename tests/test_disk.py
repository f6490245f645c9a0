"""Whole-file writes: sync order, failures, busy files on Windows."""

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app import disk
from app.disk import read_start, replace_file, save_file, stage_file, write_file
from tests.faults.disks import MountDisk, fill, remount

OLD, NEW = b"old content", b"new content"
posix = pytest.mark.posix


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the syncs and renames in order."""
    recorded: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(handle: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        recorded.append(f"sync folder {path.name}" if path.is_dir() else f"sync {path.name} of {path.stat().st_size}")
        real_fsync(handle)

    def replace(source: Path, target: Path) -> None:
        recorded.append(f"rename {source.name} to {target.name}")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    return recorded


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    file = folder / "office.toml"
    file.write_bytes(OLD)
    return file


def fail_with(error: BaseException) -> Callable[..., None]:
    def fail(*_arguments: object) -> None:
        raise error

    return fail


def assert_unchanged(file: Path) -> None:
    assert file.read_bytes() == OLD
    assert list(file.parent.iterdir()) == [file]


@posix
def test_write_syncs_content_before_rename_and_folder_after(old_file: Path, calls: list[str]) -> None:
    write_file(old_file, NEW)
    size = len(NEW)
    assert calls == [
        f"sync office.toml.part of {size}",
        "rename office.toml.part to office.toml",
        "sync folder office",
    ]
    assert old_file.read_bytes() == NEW and list(old_file.parent.iterdir()) == [old_file]


@posix
def test_replace_syncs_folder_of_target(old_file: Path, calls: list[str], tmp_path: Path) -> None:
    complete = tmp_path / "complete"
    complete.write_bytes(NEW)
    replace_file(complete, old_file)
    assert calls == ["rename complete to office.toml", "sync folder office"]
    assert old_file.read_bytes() == NEW and not complete.exists()


@posix
def test_staged_content_is_synced_and_not_yet_in_place(old_file: Path, calls: list[str]) -> None:
    staged = stage_file(old_file, NEW)
    assert calls == [f"sync office.toml.part of {len(NEW)}"]
    assert staged == old_file.with_name("office.toml.part") and staged.read_bytes() == NEW
    assert old_file.read_bytes() == OLD


@posix
def test_private_file_is_readable_by_owner_alone(tmp_path: Path) -> None:
    write_file(tmp_path / "keys.json", NEW, private=True)
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(errno.EIO, "I/O error"), KeyboardInterrupt()], ids=["disk", "interrupt"])
def test_failure_before_rename_keeps_old_file(
    monkeypatch: pytest.MonkeyPatch, old_file: Path, step: str, error: BaseException
) -> None:
    monkeypatch.setattr(os, step, fail_with(error))
    with pytest.raises(type(error)) as raised:
        write_file(old_file, NEW)
    assert raised.value is error
    assert_unchanged(old_file)


def test_failed_replace_keeps_both_files(monkeypatch: pytest.MonkeyPatch, old_file: Path, tmp_path: Path) -> None:
    complete = tmp_path / "complete"
    complete.write_bytes(NEW)
    monkeypatch.setattr(os, "replace", fail_with(OSError(errno.EIO, "I/O error")))
    with pytest.raises(OSError, match="I/O error"):
        replace_file(complete, old_file)
    assert (complete.read_bytes(), old_file.read_bytes()) == (NEW, OLD)


def folder_sync_fails(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    real_fsync = os.fsync

    def fsync(handle: int) -> None:
        if Path(os.readlink(f"/proc/self/fd/{handle}")).is_dir():
            raise OSError(code, os.strerror(code))
        real_fsync(handle)

    monkeypatch.setattr(os, "fsync", fsync)


@posix
def test_file_system_without_folder_sync_is_written(monkeypatch: pytest.MonkeyPatch, old_file: Path) -> None:
    folder_sync_fails(monkeypatch, errno.EINVAL)
    write_file(old_file, NEW)
    assert old_file.read_bytes() == NEW


@posix
def test_failing_folder_sync_is_reported(monkeypatch: pytest.MonkeyPatch, old_file: Path) -> None:
    folder_sync_fails(monkeypatch, errno.EIO)
    with pytest.raises(OSError) as raised:
        write_file(old_file, NEW)
    assert raised.value.errno == errno.EIO
    assert old_file.read_bytes() == NEW and list(old_file.parent.iterdir()) == [old_file]


def test_missing_folder_passes_through(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_file(tmp_path / "missing" / "office.toml", NEW)
    assert list(tmp_path.iterdir()) == []


@posix
def test_read_only_folder_passes_through(mount_disk: MountDisk) -> None:
    place = mount_disk("1m")
    file = place / "office.toml"
    file.write_bytes(OLD)
    remount(place, "ro")
    with pytest.raises(OSError) as raised:
        write_file(file, NEW)
    assert raised.value.errno == errno.EROFS
    assert_unchanged(file)


@posix
def test_full_disk_keeps_old_file(mount_disk: MountDisk) -> None:
    place = mount_disk("1m")
    file = place / "office.toml"
    file.write_bytes(OLD)
    ballast = fill(place, leave=8192)
    with pytest.raises(OSError) as raised:
        write_file(file, bytes(100_000))
    assert raised.value.errno == errno.ENOSPC
    ballast.unlink()
    assert_unchanged(file)


class BusyRename:
    """A rename that fails a number of times, and the pauses between the tries."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, winerror: int, refusals: int) -> None:
        self._real, self._winerror, self._refusals = os.replace, winerror, refusals
        self.tries, self.pauses = 0, list[float]()
        monkeypatch.setattr(os, "replace", self._replace)
        monkeypatch.setattr(disk.time, "sleep", self.pauses.append)

    def _replace(self, source: Path, target: Path) -> None:
        self.tries += 1
        if self.tries <= self._refusals:
            error = PermissionError(errno.EACCES, "busy", str(source))
            error.winerror = self._winerror
            raise error
        self._real(source, target)


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_busy_file_on_windows_is_retried(monkeypatch: pytest.MonkeyPatch, old_file: Path, winerror: int) -> None:
    rename = BusyRename(monkeypatch, winerror, refusals=9)
    write_file(old_file, NEW)
    assert old_file.read_bytes() == NEW
    assert (rename.tries, len(rename.pauses)) == (10, 9) and sum(rename.pauses) <= 2


def test_file_busy_for_two_seconds_passes_through(monkeypatch: pytest.MonkeyPatch, old_file: Path) -> None:
    rename = BusyRename(monkeypatch, 32, refusals=10)
    with pytest.raises(PermissionError):
        write_file(old_file, NEW)
    assert rename.tries == 10
    assert_unchanged(old_file)


def test_other_windows_errors_are_not_retried(monkeypatch: pytest.MonkeyPatch, old_file: Path) -> None:
    rename = BusyRename(monkeypatch, 17, refusals=1)
    with pytest.raises(PermissionError):
        write_file(old_file, NEW)
    assert (rename.tries, rename.pauses) == (1, [])
    assert_unchanged(old_file)


def test_errors_without_winerror_are_not_retried(monkeypatch: pytest.MonkeyPatch, old_file: Path) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(disk.time, "sleep", pauses.append)
    monkeypatch.setattr(os, "replace", fail_with(PermissionError(errno.EACCES, "denied")))
    with pytest.raises(PermissionError):
        write_file(old_file, NEW)
    assert pauses == []
    assert_unchanged(old_file)


@posix
def test_saved_file_follows_a_link_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "bieu.pdf"
    target.write_bytes(b"old")
    target.chmod(0o664)
    link = tmp_path / "link.pdf"
    link.symlink_to(target)
    save_file(link, b"new")
    assert link.is_symlink() and target.read_bytes() == b"new" and target.stat().st_mode & 0o777 == 0o664


def test_saved_file_leaves_its_neighbours_alone(tmp_path: Path) -> None:
    neighbour = tmp_path / "bieu.pdf.part"
    neighbour.write_bytes(b"mine")
    save_file(tmp_path / "bieu.pdf", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bieu.pdf", "bieu.pdf.part"]
    assert neighbour.read_bytes() == b"mine"


def test_saved_file_may_have_the_longest_name(tmp_path: Path) -> None:
    file = tmp_path / ("b" * 251 + ".pdf")
    save_file(file, b"new")
    assert file.read_bytes() == b"new"


def test_failed_save_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "bieu.pdf"
    file.write_bytes(b"old")

    def fail(source: Path, target: Path) -> None:
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="I/O error"):
        save_file(file, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["bieu.pdf"] and file.read_bytes() == b"old"


def test_existing_file_is_saved_in_a_folder_that_accepts_no_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is simulated, because root may create files anywhere."""
    file = tmp_path / "bieu.pdf"
    file.write_bytes(b"a long old content")
    monkeypatch.setattr(os, "open", lambda *_: (_ for _ in ()).throw(PermissionError(errno.EACCES, "denied")))
    save_file(file, b"new")
    assert file.read_bytes() == b"new"


@posix
@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_nothing_is_written_through_a_link_at_the_unfinished_name(
    old_file: Path, tmp_path: Path, link: Callable[[Path, Path], None]
) -> None:
    """A writer of the folder could have any file of the user overwritten."""
    other = tmp_path / "other"
    other.write_bytes(OLD)
    link(other, old_file.with_name("office.toml.part"))
    write_file(old_file, NEW)
    assert (other.read_bytes(), old_file.read_bytes()) == (OLD, NEW) and not old_file.is_symlink()


@posix
def test_pipe_device_and_folder_are_not_read(tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    for file in (pipe, Path("/dev/zero"), folder, tmp_path / "missing"):
        with pytest.raises(OSError):
            read_start(file, 100)
    (tmp_path / "file").write_bytes(bytes(1000))
    assert read_start(tmp_path / "file", 100) == bytes(100)


_WRITER = """
import sys
from pathlib import Path
from app.disk import write_file

for _ in range(40):
    write_file(Path(sys.argv[1]), sys.argv[2].encode() * 20_000)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows locks no folder")
def test_processes_that_write_one_file_take_turns(tmp_path: Path) -> None:
    file = tmp_path / "may.toml"
    file.write_bytes(b"z" * 20_000)
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, file, letter]) for letter in "abc"]
    contents = set()
    while any(writer.poll() is None for writer in writers):
        contents.add(file.read_bytes())
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert contents <= {letter * 20_000 for letter in (b"a", b"b", b"c", b"z")}
    assert os.listdir(tmp_path) == ["may.toml"]


def test_threads_that_write_one_file_take_turns(tmp_path: Path) -> None:
    file, failures = tmp_path / "may.toml", list[OSError]()

    def write(letter: bytes) -> None:
        try:
            for _ in range(40):
                write_file(file, letter * 20_000)
        except OSError as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(letter,)) for letter in (b"a", b"b", b"c")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert os.listdir(tmp_path) == ["may.toml"]
