"""Access list of new folders on Windows, read back from the system."""

import os
import re
from pathlib import Path

import pytest

from app.disk import create_file, make_folder


def has_access_lists() -> bool:
    """Return whether the system stores them; Wine derives them from modes."""
    if os.name != "nt":
        return False
    import ctypes

    return not hasattr(ctypes.windll.ntdll, "wine_get_version")


pytestmark = pytest.mark.skipif(not has_access_lists(), reason="the access lists of Windows are missing")
_LIST_ONLY = 4
"""DACL_SECURITY_INFORMATION."""
OWNER_SYSTEM_ADMINISTRATORS = {"OW", "SY", "BA"}


def access_list(path: Path) -> str:
    """Return the access list of a file or folder as SDDL."""
    import ctypes

    security, length = ctypes.create_string_buffer(4096), ctypes.c_ulong()
    advapi = ctypes.windll.advapi32
    assert advapi.GetFileSecurityW(str(path), _LIST_ONLY, security, len(security), ctypes.byref(length))
    text = ctypes.c_wchar_p()
    convert = advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW
    assert convert(security, 1, _LIST_ONLY, ctypes.byref(text), None)
    return text.value or ""


def trustees(path: Path) -> set[str]:
    return set(re.findall(r"\(A;[^()]*;([^;()]+)\)", access_list(path)))


def test_new_folders_are_for_owner_system_and_administrators(tmp_path: Path) -> None:
    make_folder(tmp_path / "một" / "hai")
    for folder in (tmp_path / "một", tmp_path / "một" / "hai"):
        assert access_list(folder).startswith("D:P") and trustees(folder) == OWNER_SYSTEM_ADMINISTRATORS


def test_existing_folder_keeps_its_access_list(tmp_path: Path) -> None:
    before = access_list(tmp_path)
    make_folder(tmp_path)
    assert access_list(tmp_path) == before


def test_new_file_inherits_the_list_of_its_folder(tmp_path: Path) -> None:
    make_folder(tmp_path / "dữ liệu")
    with create_file(tmp_path / "dữ liệu" / "keys.json") as file:
        file.write(b"{}")
    assert trustees(tmp_path / "dữ liệu" / "keys.json") <= OWNER_SYSTEM_ADMINISTRATORS
