"""Calls to the print spooler of Windows (winspool.drv)."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.ui.printing.windows_spooler import WindowsJob

_LOCAL_AND_CONNECTED = 0x2 | 0x4
"""PRINTER_ENUM_LOCAL and PRINTER_ENUM_CONNECTIONS."""
_DELETE_JOB = 5
_MAX_JOBS = 1000
_DWORD, _TEXT = ctypes.c_uint32, ctypes.c_wchar_p


class _PrinterName(ctypes.Structure):
    """PRINTER_INFO_4W, which Windows answers without asking the printers."""

    _fields_ = (("name", _TEXT), ("server", _TEXT), ("attributes", _DWORD))


class _PrinterInfo(ctypes.Structure):
    """PRINTER_INFO_2W."""

    _fields_ = (
        *((name, _TEXT) for name in ("server", "name", "share", "port", "driver", "comment", "location")),
        *((name, ctypes.c_void_p) for name in ("mode",)),
        *((name, _TEXT) for name in ("separator", "processor", "datatype", "parameters")),
        *((name, ctypes.c_void_p) for name in ("security",)),
        *((name, _DWORD) for name in ("attributes", "priority", "default_priority", "start", "until", "status")),
        *((name, _DWORD) for name in ("jobs", "average_ppm")),
    )


class _JobInfo(ctypes.Structure):
    """JOB_INFO_1W; `submitted` is a SYSTEMTIME."""

    _fields_ = (
        ("id", _DWORD),
        *((name, _TEXT) for name in ("printer", "machine", "user", "document", "datatype", "status_text")),
        *((name, _DWORD) for name in ("status", "priority", "position", "pages", "printed")),
        ("submitted", ctypes.c_uint16 * 8),
    )


class Winspool:
    """The spooler of this machine."""

    def __init__(self) -> None:
        self._library: Any = ctypes.WinDLL("winspool.drv")  # type: ignore[attr-defined,unused-ignore]

    def printers(self) -> tuple[str, ...]:
        """Return the names of the user's printers."""
        size, count = _DWORD(), _DWORD()
        place = (ctypes.byref(size), ctypes.byref(count))
        self._library.EnumPrintersW(_LOCAL_AND_CONNECTED, None, 4, None, 0, *place)
        buffer = ctypes.create_string_buffer(max(size.value, 1))
        if not self._library.EnumPrintersW(_LOCAL_AND_CONNECTED, None, 4, buffer, size, *place):
            return ()
        return tuple(str(each.name) for each in (_PrinterName * count.value).from_buffer(buffer) if each.name)

    def jobs(self, printer: str) -> tuple[WindowsJob, ...] | None:
        """Return the jobs of a printer; None if Windows lists none of it."""
        with self._open(printer) as handle:
            if handle is None:
                return None
            size, count = _DWORD(), _DWORD()
            place = (ctypes.byref(size), ctypes.byref(count))
            self._library.EnumJobsW(handle, 0, _MAX_JOBS, 1, None, 0, *place)
            buffer = ctypes.create_string_buffer(max(size.value, 1))
            if not self._library.EnumJobsW(handle, 0, _MAX_JOBS, 1, buffer, size, *place):
                return None
            lines = (_JobInfo * count.value).from_buffer(buffer)
            return tuple(WindowsJob(each.id, printer, each.document or "", each.status) for each in lines)

    def status(self, printer: str) -> tuple[int, int] | None:
        """Return attributes and status of a printer; None for an unknown one."""
        with self._open(printer) as handle:
            if handle is None:
                return None
            size = _DWORD()
            self._library.GetPrinterW(handle, 2, None, 0, ctypes.byref(size))
            buffer = ctypes.create_string_buffer(max(size.value, ctypes.sizeof(_PrinterInfo)))
            if not self._library.GetPrinterW(handle, 2, buffer, len(buffer), ctypes.byref(size)):
                return None
            info = _PrinterInfo.from_buffer(buffer)
            return info.attributes, info.status

    def delete(self, printer: str, job: int) -> None:
        """Delete a job."""
        with self._open(printer) as handle:
            if handle is not None:
                self._library.SetJobW(handle, job, 0, None, _DELETE_JOB)

    @contextmanager
    def _open(self, printer: str) -> Iterator[ctypes.c_void_p | None]:
        handle = ctypes.c_void_p()
        if not self._library.OpenPrinterW(_TEXT(printer), ctypes.byref(handle), None):
            yield None
            return
        try:
            yield handle
        finally:
            self._library.ClosePrinter(handle)
