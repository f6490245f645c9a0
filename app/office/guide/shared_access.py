"""Access of all accounts of a PC to the shared data folder (Windows)."""

import ctypes
import os
from pathlib import Path

_SHARED_ACCESS = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;BU)"
"""Full access for the system and administrators, read, write and delete for users (SDDL)."""
_PROTECTED_LIST = 0x80000004
"""DACL_SECURITY_INFORMATION and PROTECTED_DACL_SECURITY_INFORMATION."""


def allow_all_accounts(folder: Path) -> None:
    """Give a folder an access list for all accounts of the PC.

    Raises OSError where the list cannot be set.
    """
    if os.name != "nt":
        return
    security = ctypes.c_void_p()
    advapi, kernel = ctypes.windll.advapi32, ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    convert = advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW
    if not convert(ctypes.c_wchar_p(_SHARED_ACCESS), 1, ctypes.byref(security), None):
        raise ctypes.WinError()  # type: ignore[attr-defined,unused-ignore]
    try:
        if not advapi.SetFileSecurityW(ctypes.c_wchar_p(str(folder)), _PROTECTED_LIST, security):
            raise ctypes.WinError()  # type: ignore[attr-defined,unused-ignore]
    finally:
        kernel.LocalFree(security)
