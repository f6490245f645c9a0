"""Jobs and printer states of the system's spooler: CUPS or Windows.

Qt reports only that the spooler received a page. Without a spooler nothing can be asked. Called in lanes, never on the
GUI thread.
"""

import sys
from collections.abc import Collection, Mapping
from functools import cache

from app.ui.printing.spooler_types import JobState, PrinterState, SpooledJob, Spooler

__all__ = ["JobState", "PrinterState", "SpooledJob"]


@cache
def _spooler() -> Spooler | None:
    """Return the spooler of this system, or None without one."""
    if sys.platform == "win32":
        from app.ui.printing.windows_spooler import WindowsSpooler
        from app.ui.printing.winspool import Winspool

        return WindowsSpooler(Winspool())
    from app.ui.printing import cups_spooler

    return cups_spooler if cups_spooler.is_available() else None


def is_available() -> bool:
    """Return whether the state of jobs can be queried on this machine."""
    return _spooler() is not None


def knows_begun_jobs() -> bool:
    """Return whether a job has its number when its first page begins."""
    spooler = _spooler()
    return spooler is not None and spooler.knows_begun_jobs


def newest_job() -> int:
    """Return the number of the user's newest job; 0 without one."""
    spooler = _spooler()
    return 0 if spooler is None else spooler.newest_job()


def find_job(title: str, after: int) -> int:
    """Return the newest job number of a title above `after`; 0 for none."""
    spooler = _spooler()
    return 0 if spooler is None else spooler.find_job(title, after)


def pending_jobs() -> tuple[SpooledJob, ...] | None:
    """Return the user's unfinished jobs; None while the service is stopped."""
    spooler = _spooler()
    return () if spooler is None else spooler.pending_jobs()


def job_states(numbers: Collection[int]) -> Mapping[int, JobState]:
    """Return the state of each job number."""
    spooler = _spooler()
    return dict.fromkeys(numbers, JobState.UNKNOWN) if spooler is None else spooler.job_states(numbers)


def cancel(numbers: Collection[int]) -> None:
    """Cancel jobs in the spooler."""
    spooler = _spooler()
    if spooler is not None:
        spooler.cancel(numbers)


def printer_state(printer: str) -> PrinterState:
    """Return the state of a printer.

    A printer unknown to the spooler counts as ready.
    """
    spooler = _spooler()
    return PrinterState.READY if spooler is None else spooler.printer_state(printer)
