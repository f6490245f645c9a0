"""Errors of the system as faults, with those that only Windows has."""

import errno
from pathlib import Path

import pytest

from app.models.errors import Fault
from app.resource_files import RESOURCES
from app.storage.error_mapping import map_errors_to_fault


def windows_error(winerror: int, *files: Path) -> OSError:
    """Return an error as Windows raises it: one errno for all three causes."""
    names = [str(file) for file in files]
    error = PermissionError(errno.EACCES, "refused", names[0], winerror, *names[1:])
    error.winerror = winerror
    return error


def fault_code(error: OSError) -> str:
    with pytest.raises(Fault) as fault, map_errors_to_fault():
        raise error
    return fault.value.code


@pytest.mark.parametrize("winerror", [32, 33])
def test_file_that_another_program_has_open_is_locked(tmp_path: Path, winerror: int) -> None:
    assert fault_code(windows_error(winerror, tmp_path / "keys.json")) == "file_locked"


@pytest.mark.parametrize(
    ("winerror", "code"),
    [
        (5, "folder_read_only"),
        (19, "folder_read_only"),
        (21, "folder_unreachable"),
        (39, "disk_full"),
        (64, "folder_unreachable"),
        (123, "folder_unreachable"),
    ],
    ids=["denied", "write-protected", "stick pulled", "full", "network gone", "impossible name"],
)
def test_error_of_windows_is_named_by_its_own_number(tmp_path: Path, winerror: int, code: str) -> None:
    assert fault_code(windows_error(winerror, tmp_path / "x")) == code


@pytest.mark.parametrize("number", [2, 3, 123])
def test_long_path_that_windows_does_not_find_is_too_long(number: int) -> None:
    assert fault_code(windows_error(number, Path("D:/", "n" * 256, "x"))) == "path_too_long"
    assert fault_code(windows_error(number, Path("D:/", *["Hồ sơ của xã"] * 20, "x"))) == "path_too_long"
    assert fault_code(windows_error(number, Path("D:/", "n" * 250))) != "path_too_long"


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EINVAL])
def test_long_name_that_open_of_windows_does_not_find_is_too_long(number: int) -> None:
    assert fault_code(OSError(number, "not found", f"D:\\{'n' * 256}\\x")) == "path_too_long"
    assert fault_code(OSError(number, "not found", "D:\\sổ?.xlsx")) == "folder_unreachable"


def test_denied_rename_is_locked(tmp_path: Path) -> None:
    assert fault_code(windows_error(5, tmp_path / "keys.json.part", tmp_path / "keys.json")) == "file_locked"


def test_denied_rename_over_a_read_only_file_is_read_only(tmp_path: Path) -> None:
    target = tmp_path / "keys.json"
    target.touch()
    target.chmod(0o444)
    assert fault_code(windows_error(5, tmp_path / "keys.json.part", target)) == "folder_read_only"
    target.chmod(0o644)


def test_denied_write_is_read_only(tmp_path: Path) -> None:
    assert fault_code(windows_error(5, tmp_path / "keys.json.part")) == "folder_read_only"


def test_missing_file_of_the_program_is_not_a_data_folder_out_of_reach(tmp_path: Path) -> None:
    missing = RESOURCES / "fonts" / "missing.ttf"
    assert fault_code(FileNotFoundError(errno.ENOENT, "missing", str(missing))) == "program_file_missing"
    assert fault_code(FileNotFoundError(errno.ENOENT, "missing", str(tmp_path / "x"))) == "folder_unreachable"
