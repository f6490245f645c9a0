"""Files on Windows: held by another program, and readable by whom."""

import os
import re
from pathlib import Path

import pytest

from app import disk
from app.disk import make_folder, remove_file, write_file
from app.models.errors import Fault
from app.storage.error_mapping import map_errors_to_fault

pytestmark = pytest.mark.skipif(os.name != "nt", reason="Windows is missing")


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Record the pauses between tries instead of waiting."""
    recorded: list[float] = []
    monkeypatch.setattr(disk.time, "sleep", recorded.append)
    return recorded


@pytest.mark.parametrize("act", [lambda file: write_file(file, b"new"), remove_file], ids=["write", "remove"])
def test_file_that_a_scanner_reads_is_tried_again_then_locked(tmp_path: Path, pauses: list[float], act: object) -> None:
    file = tmp_path / "keys.json"
    file.write_bytes(b"old")
    with file.open("rb"), pytest.raises(Fault) as fault, map_errors_to_fault():
        act(file)
    assert fault.value.code == "file_locked" and len(pauses) == 9
    assert file.read_bytes() == b"old" and list(tmp_path.iterdir()) == [file]
    act(file)
    assert not file.exists() or file.read_bytes() == b"new"


def access_list_of(path: Path) -> str:
    """Return the access list of a file or folder as SDDL."""
    import ctypes

    advapi = ctypes.WinDLL("advapi32")
    size, text = ctypes.c_uint32(), ctypes.c_wchar_p()
    advapi.GetFileSecurityW(ctypes.c_wchar_p(str(path)), 4, None, 0, ctypes.byref(size))
    security = ctypes.create_string_buffer(size.value)
    assert advapi.GetFileSecurityW(ctypes.c_wchar_p(str(path)), 4, security, size, ctypes.byref(size))
    assert advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW(security, 1, 4, ctypes.byref(text), None)
    return str(text.value)


def test_new_data_folder_is_for_its_owner_system_and_administrators(tmp_path: Path) -> None:
    folder = tmp_path / "dữ liệu Một Cửa" / "văn phòng số 1"
    make_folder(folder)
    (folder / "office.toml").write_bytes(b"x")
    access = access_list_of(folder)
    assert access.startswith("D:") and "(A;OICI;FA;;;SY)" in access
    assert not re.search(r";;;(WD|BU|AU|S-1-1-0)\)", access), access
