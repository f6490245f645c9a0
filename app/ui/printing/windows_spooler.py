"""States of jobs in the print spooler of Windows.

Windows removes a job as soon as it is printed, and keeps no list of finished ones. A job that is gone was printed if
it was last seen on its way to a ready printer; otherwise its state is unknown and the user is asked. A job has its
number when its first page begins, so that even a fast printer's job is seen once. The stopped service keeps its jobs,
so they are held up.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

from app.ui.printing.spooler_types import JobState, PrinterState, SpooledJob

_JOB_ERROR, _JOB_DELETING, _JOB_OFFLINE, _JOB_PAPER_OUT = 0x2, 0x4, 0x20, 0x40
_JOB_PAUSED, _JOB_PRINTED, _JOB_DELETED, _JOB_BLOCKED = 0x1, 0x80, 0x100, 0x200
_JOB_USER_INTERVENTION, _JOB_COMPLETE = 0x400, 0x1000
_HELD_UP = _JOB_PAUSED | _JOB_ERROR | _JOB_OFFLINE | _JOB_PAPER_OUT | _JOB_BLOCKED | _JOB_USER_INTERVENTION
_GIVEN_UP = _JOB_DELETING | _JOB_DELETED
_OUT = _JOB_PRINTED | _JOB_COMPLETE
_PRINTER_PAUSED = 0x1
_PRINTER_NOT_READY = 0x2 | 0x8 | 0x10 | 0x20 | 0x40 | 0x80 | 0x1000 | 0x40000 | 0x100000 | 0x200000 | 0x400000
"""Error, jam, out of paper, manual feed, offline, not available, out of toner, needs the user, out of memory, open."""
_WORKS_OFFLINE = 0x400
"""PRINTER_ATTRIBUTE_WORK_OFFLINE: set for a printer that is switched off."""


@dataclass(frozen=True)
class WindowsJob:
    """One job as Windows lists it; `id` is unique for its printer only."""

    id: int
    printer: str
    title: str
    status: int


class JobList(Protocol):
    """The calls to Windows."""

    def printers(self) -> tuple[str, ...]:
        """Return the names of the user's printers."""

    def jobs(self, printer: str) -> tuple[WindowsJob, ...] | None:
        """Return the jobs of a printer; None if Windows lists none of it.

        Its service is stopped, or the printer is unknown or of a PC that is off.
        """

    def status(self, printer: str) -> tuple[int, int] | None:
        """Return attributes and status of a printer; None for an unknown one."""

    def delete(self, printer: str, job: int) -> None:
        """Delete a job."""


class WindowsSpooler:
    """The jobs of this program, followed from query to query."""

    knows_begun_jobs = True

    def __init__(self, windows: JobList) -> None:
        self._windows = windows
        self._seen: dict[int, tuple[WindowsJob, JobState]] = {}

    def newest_job(self) -> int:
        """Return 0, because titles are unique and numbers do not rise."""
        return 0

    def find_job(self, title: str, after: int) -> int:
        """Return the number of the newest job with a title; 0 for none."""
        jobs = [job for job in self._all() if job.title == title]
        return _number(max(jobs, key=lambda job: job.id)) if jobs else 0

    def pending_jobs(self) -> tuple[SpooledJob, ...] | None:
        """Return the jobs that are not printed yet; None without a printer.

        A stopped service names no printer.
        """
        if not self._windows.printers():
            return None
        return tuple(SpooledJob(_number(job), job.printer, job.title, job.status) for job in self._all())

    def job_states(self, numbers: Collection[int]) -> Mapping[int, JobState]:
        """Return the state of each job number.

        A job with a final state is forgotten.
        """
        printers = {self._seen[number][0].printer for number in numbers if number in self._seen}
        present = {_number(job) for printer in printers for job in self._see(printer)}
        states = {number: self._job_state(number, number in present) for number in numbers}
        for number, state in states.items():
            if state not in (JobState.UNDER_WAY, JobState.HELD_UP):
                self._seen.pop(number, None)
        return states

    def cancel(self, numbers: Collection[int]) -> None:
        """Delete jobs that are still in the spooler."""
        for number in numbers:
            if number in self._seen:
                job, _fate = self._seen.pop(number)
                self._windows.delete(job.printer, job.id)

    def printer_state(self, printer: str) -> PrinterState:
        """Return the state of a printer; an unknown one counts as ready."""
        known = self._windows.status(printer)
        if known is None:
            return PrinterState.READY
        attributes, status = known
        if status & _PRINTER_PAUSED:
            return PrinterState.STOPPED
        not_ready = attributes & _WORKS_OFFLINE or status & _PRINTER_NOT_READY
        return PrinterState.NOT_READY if not_ready else PrinterState.READY

    def _job_state(self, number: int, is_present: bool) -> JobState:
        if number not in self._seen:
            return JobState.UNKNOWN
        last = self._seen[number][1]
        if is_present:
            return last
        return {JobState.UNDER_WAY: JobState.OUT, JobState.HELD_UP: JobState.UNKNOWN}.get(last, last)

    def _all(self) -> Iterator[WindowsJob]:
        for printer in self._windows.printers():
            yield from self._see(printer)

    def _see(self, printer: str) -> tuple[WindowsJob, ...]:
        """Return the jobs of a printer and remember how each was last seen.

        Where Windows lists none, the jobs seen before are there, held up.
        """
        jobs = self._windows.jobs(printer)
        if jobs is None:
            jobs = tuple(job for job, _state in self._seen.values() if job.printer == printer)
            self._seen |= {_number(job): (job, JobState.HELD_UP) for job in jobs}
            return jobs
        ready = not jobs or self.printer_state(printer) == PrinterState.READY
        for job in jobs:
            self._seen[_number(job)] = (job, _state_of(job.status, ready))
        return jobs


def _state_of(status: int, is_printer_ready: bool) -> JobState:
    if status & _OUT:
        return JobState.OUT
    if status & _GIVEN_UP:
        return JobState.GIVEN_UP
    return JobState.HELD_UP if status & _HELD_UP or not is_printer_ready else JobState.UNDER_WAY


def _number(job: WindowsJob) -> int:
    """Return a number that is unique among all printers."""
    return crc32(job.printer.encode()) << 32 | job.id
