"""Jobs and printer states of CUPS, read through libcups."""

import ctypes
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from app.ui.printing.spooler_types import JobState, PrinterState, SpooledJob

_ALL, _ACTIVE = -1, 0
_HELD, _STOPPED, _CANCELLED, _ABORTED, _COMPLETED = 4, 6, 7, 8, 9
_PRINTER_STOPPED = "5"
_NOT_READY_REASONS = (
    "offline",
    "connecting-to-device",
    "media-empty",
    "media-jam",
    "cover-open",
    "door-open",
    "paused",
)
knows_begun_jobs = False
"""CUPS gets a job once its last page is finished."""


class _Job(ctypes.Structure):
    _fields_ = (
        *(("id", ctypes.c_int), ("dest", ctypes.c_char_p), ("title", ctypes.c_char_p), ("user", ctypes.c_char_p)),
        *(("format", ctypes.c_char_p), ("state", ctypes.c_int), ("size", ctypes.c_int), ("priority", ctypes.c_int)),
        *(("completed", ctypes.c_long), ("created", ctypes.c_long), ("processed", ctypes.c_long)),
    )


class _Option(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("value", ctypes.c_char_p))


class _Printer(ctypes.Structure):
    _fields_ = (
        *(("name", ctypes.c_char_p), ("instance", ctypes.c_char_p), ("is_default", ctypes.c_int)),
        *(("number", ctypes.c_int), ("options", ctypes.POINTER(_Option))),
    )


@cache
def _library() -> Any:
    """Return libcups, or None without CUPS."""
    if sys.platform == "win32":
        return None
    try:
        library = ctypes.CDLL("libcups.so.2" if sys.platform.startswith("linux") else "libcups.dylib")
    except OSError:
        return None
    library.cupsGetNamedDest.restype = ctypes.POINTER(_Printer)
    return library


def is_available() -> bool:
    """Return whether the state of jobs can be queried on this machine."""
    return _library() is not None


def newest_job() -> int:
    """Return the number of the user's newest job; 0 without one."""
    return max((job.number for job in _jobs(_ALL) or ()), default=0)


def find_job(title: str, after: int) -> int:
    """Return the newest job number of a title above `after`.

    0 if there is none.
    """
    return max((job.number for job in _jobs(_ALL) or () if job.title == title and job.number > after), default=0)


def pending_jobs() -> tuple[SpooledJob, ...] | None:
    """Return the user's unfinished jobs; None while the service is stopped."""
    return _jobs(_ACTIVE)


def job_states(numbers: Collection[int]) -> Mapping[int, JobState]:
    """Return the state of each job number.

    All are held up while the service is stopped, which keeps its jobs.
    """
    jobs = _jobs(_ALL)
    if jobs is None:
        return dict.fromkeys(numbers, JobState.HELD_UP)
    known = {job.number: job for job in jobs if job.number in numbers}
    states = {name: printer_state(name) for name in {job.printer for job in known.values()}}
    return {number: _job_state(known[number], states) if number in known else JobState.UNKNOWN for number in numbers}


def cancel(numbers: Collection[int]) -> None:
    """Cancel jobs in the spooler."""
    library = _library()
    for job in pending_jobs() or ():
        if job.number in numbers and library is not None:
            library.cupsCancelJob(job.printer.encode(), job.number)


def printer_state(printer: str) -> PrinterState:
    """Return the state of a printer.

    A printer unknown to the spooler counts as ready.
    """
    with _options(printer) as options:
        if options.get("printer-state") == _PRINTER_STOPPED:
            return PrinterState.STOPPED
        reasons = options.get("printer-state-reasons", "")
    return PrinterState.NOT_READY if any(reason in reasons for reason in _NOT_READY_REASONS) else PrinterState.READY


def _job_state(job: SpooledJob, states: Mapping[str, PrinterState]) -> JobState:
    if job.state == _COMPLETED:
        return JobState.OUT
    if job.state in (_CANCELLED, _ABORTED):
        return JobState.GIVEN_UP
    held = job.state in (_HELD, _STOPPED) or states[job.printer] != PrinterState.READY
    return JobState.HELD_UP if held else JobState.UNDER_WAY


def _jobs(which: int) -> tuple[SpooledJob, ...] | None:
    """Return the user's jobs; None if CUPS does not answer."""
    library = _library()
    jobs = ctypes.POINTER(_Job)()
    count = library.cupsGetJobs2(None, ctypes.byref(jobs), None, 1, which) if library is not None else -1
    if count < 0:
        return None
    try:
        return tuple(SpooledJob(job.id, _text(job.dest), _text(job.title), job.state) for job in jobs[:count])
    finally:
        library.cupsFreeJobs(count, jobs)


@contextmanager
def _options(printer: str) -> Iterator[Mapping[str, str]]:
    library = _library()
    destination = library.cupsGetNamedDest(None, printer.encode(), None) if library is not None else None
    if not destination:
        yield {}
        return
    try:
        yield {
            _text(each.name): _text(each.value) for each in destination.contents.options[: destination.contents.number]
        }
    finally:
        library.cupsFreeDests(1, destination)


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace")
