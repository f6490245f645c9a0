"""What a spooler knows of jobs and printers, and how it is asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol


class JobState(StrEnum):
    """State of a job in the spooler.

    `HELD_UP`: its printer is off, stopped or without paper. `GIVEN_UP`: cancelled or aborted.
    """

    UNDER_WAY = "under_way"
    HELD_UP = "held_up"
    OUT = "out"
    GIVEN_UP = "given_up"
    UNKNOWN = "unknown"


class PrinterState(IntEnum):
    """State of a printer as the spooler knows it."""

    READY = 0
    NOT_READY = 1
    STOPPED = 2


@dataclass(frozen=True)
class SpooledJob:
    """One job of the spooler; `state` is the spooler's own number."""

    number: int
    printer: str
    title: str
    state: int


class Spooler(Protocol):
    """The print spooler of a system."""

    knows_begun_jobs: bool
    """Whether a job has its number when its first page begins."""

    def newest_job(self) -> int:
        """Return the number of the user's newest job; 0 without one."""

    def find_job(self, title: str, after: int) -> int:
        """Return the newest job number of a title above `after`; 0 for none."""

    def pending_jobs(self) -> tuple[SpooledJob, ...] | None:
        """Return the user's unfinished jobs."""

    def job_states(self, numbers: Collection[int]) -> Mapping[int, JobState]:
        """Return the state of each job number."""

    def cancel(self, numbers: Collection[int]) -> None:
        """Cancel jobs in the spooler."""

    def printer_state(self, printer: str) -> PrinterState:
        """Return the state of a printer; an unknown one counts as ready."""
