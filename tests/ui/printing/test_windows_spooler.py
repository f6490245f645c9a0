"""States of jobs as Windows reports them, and the calls to Windows."""

import os
from dataclasses import replace

import pytest

from app.ui.printing.spooler_types import JobState, PrinterState
from app.ui.printing.windows_spooler import WindowsJob, WindowsSpooler

TITLE = "H29.12-260311-0007 receipt 12-13"
WORK_OFFLINE = 0x400
PAUSED, PRINTING, PRINTED, DELETING, PAPER_OUT = 0x1, 0x10, 0x80, 0x4, 0x40


class Shop:
    """Printers and their queues, in place of the spooler of Windows."""

    def __init__(self) -> None:
        self.states: dict[str, tuple[int, int]] = {"Canon LBP 2900": (0, 0), "Máy in kim": (0, 0)}
        self.queues: dict[str, list[WindowsJob]] = {name: [] for name in self.states}
        self.is_stopped = False

    def printers(self) -> tuple[str, ...]:
        return () if self.is_stopped else tuple(self.states)

    def jobs(self, printer: str) -> tuple[WindowsJob, ...] | None:
        return None if self.is_stopped or printer not in self.queues else tuple(self.queues[printer])

    def status(self, printer: str) -> tuple[int, int] | None:
        return None if self.is_stopped else self.states.get(printer)

    def delete(self, printer: str, job: int) -> None:
        self.queues[printer] = [each for each in self.queues.get(printer, ()) if each.id != job]

    def put(self, printer: str, title: str = TITLE, status: int = 0, number: int = 7) -> None:
        self.queues[printer].append(WindowsJob(number, printer, title, status))

    def set_status(self, status: int) -> None:
        self.queues = {name: [replace(job, status=status) for job in jobs] for name, jobs in self.queues.items()}

    def take_all(self) -> None:
        self.queues = {name: [] for name in self.queues}


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def spooler(shop: Shop) -> WindowsSpooler:
    return WindowsSpooler(shop)


def state(spooler: WindowsSpooler, number: int) -> JobState:
    return spooler.job_states([number])[number]


def test_job_that_leaves_a_ready_printer_is_printed(shop: Shop, spooler: WindowsSpooler) -> None:
    shop.put("Canon LBP 2900")
    number = spooler.find_job(TITLE, spooler.newest_job())
    shop.set_status(PRINTING)
    assert state(spooler, number) == JobState.UNDER_WAY
    shop.take_all()
    assert state(spooler, number) == JobState.OUT


def test_job_is_not_printed_while_the_printer_is_off(shop: Shop, spooler: WindowsSpooler) -> None:
    shop.states["Canon LBP 2900"] = (WORK_OFFLINE, 0)
    shop.put("Canon LBP 2900")
    number = spooler.find_job(TITLE, 0)
    assert state(spooler, number) == JobState.HELD_UP
    shop.take_all()
    assert state(spooler, number) == JobState.UNKNOWN, "nothing shows whether it was deleted or printed in between"


def test_printer_that_is_switched_on_again_prints(shop: Shop, spooler: WindowsSpooler) -> None:
    shop.states["Canon LBP 2900"] = (WORK_OFFLINE, 0)
    shop.put("Canon LBP 2900")
    number = spooler.find_job(TITLE, 0)
    shop.states["Canon LBP 2900"] = (0, 0)
    shop.set_status(PRINTING)
    assert state(spooler, number) == JobState.UNDER_WAY
    shop.set_status(PRINTED)
    assert state(spooler, number) == JobState.OUT


def test_job_is_held_up_while_the_service_is_stopped(shop: Shop, spooler: WindowsSpooler) -> None:
    """Windows keeps its jobs and prints them when the service starts."""
    shop.put("Canon LBP 2900", status=PRINTING)
    number = spooler.find_job(TITLE, 0)
    shop.is_stopped = True
    assert [state(spooler, number) for _ in range(3)] == [JobState.HELD_UP] * 3
    assert spooler.find_job(TITLE, 0) == 0 and spooler.pending_jobs() is None
    shop.is_stopped = False
    assert state(spooler, number) == JobState.UNDER_WAY
    shop.take_all()
    assert state(spooler, number) == JobState.OUT


def test_job_that_left_while_the_service_was_stopped_is_asked_about(shop: Shop, spooler: WindowsSpooler) -> None:
    shop.put("Canon LBP 2900", status=PRINTING)
    number = spooler.find_job(TITLE, 0)
    shop.is_stopped = True
    assert state(spooler, number) == JobState.HELD_UP
    shop.is_stopped = False
    shop.take_all()
    assert state(spooler, number) == JobState.UNKNOWN


def test_job_of_a_removed_printer_is_held_up(shop: Shop, spooler: WindowsSpooler) -> None:
    """A printer of another PC that is off is unknown like a removed one."""
    shop.put("Canon LBP 2900")
    number = spooler.find_job(TITLE, 0)
    del shop.states["Canon LBP 2900"], shop.queues["Canon LBP 2900"]
    assert state(spooler, number) == JobState.HELD_UP
    spooler.cancel([number])
    assert state(spooler, number) == JobState.UNKNOWN


@pytest.mark.parametrize("status", [PAUSED, PAPER_OUT, 0x2, 0x20, 0x200, 0x400])
def test_job_that_waits_for_a_person_is_held_up(shop: Shop, spooler: WindowsSpooler, status: int) -> None:
    shop.put("Canon LBP 2900", status=status)
    assert state(spooler, spooler.find_job(TITLE, 0)) == JobState.HELD_UP


def test_deleted_job_is_given_up(shop: Shop, spooler: WindowsSpooler) -> None:
    shop.put("Canon LBP 2900", status=DELETING)
    number = spooler.find_job(TITLE, 0)
    shop.take_all()
    assert state(spooler, number) == JobState.GIVEN_UP


def test_jobs_of_two_printers_have_different_numbers(shop: Shop, spooler: WindowsSpooler) -> None:
    shop.put("Canon LBP 2900", "first")
    shop.put("Máy in kim", "second")
    first, second = spooler.find_job("first", 0), spooler.find_job("second", 0)
    assert first != second and {job.number for job in spooler.pending_jobs()} == {first, second}
    spooler.cancel([second])
    assert [job.title for job in shop.jobs("Canon LBP 2900")] == ["first"] and shop.jobs("Máy in kim") == ()


def test_newest_job_of_a_title_is_followed(shop: Shop, spooler: WindowsSpooler) -> None:
    shop.put("Canon LBP 2900", number=7, status=PAUSED)
    shop.put("Canon LBP 2900", number=9)
    assert state(spooler, spooler.find_job(TITLE, 0)) == JobState.UNDER_WAY


def test_unknown_job_is_asked_about(spooler: WindowsSpooler) -> None:
    assert spooler.find_job(TITLE, 0) == 0 and state(spooler, 12) == JobState.UNKNOWN


@pytest.mark.parametrize(
    ("attributes", "status", "state"),
    [
        (0, 0, PrinterState.READY),
        (0, 0x400, PrinterState.READY),
        (0, 1, PrinterState.STOPPED),
        (WORK_OFFLINE, 0, PrinterState.NOT_READY),
        (0, 0x80, PrinterState.NOT_READY),
        (0, 0x10, PrinterState.NOT_READY),
        (0, 0x400000, PrinterState.NOT_READY),
    ],
)
def test_state_of_a_printer(
    shop: Shop, spooler: WindowsSpooler, attributes: int, status: int, state: PrinterState
) -> None:
    shop.states["Canon LBP 2900"] = (attributes, status)
    assert spooler.printer_state("Canon LBP 2900") == state
    assert spooler.printer_state("unknown") == PrinterState.READY


@pytest.mark.skipif(os.name != "nt", reason="Windows is missing")
def test_windows_answers_the_calls() -> None:
    from app.ui.printing import spooler
    from app.ui.printing.winspool import Winspool

    windows = Winspool()
    assert spooler.is_available() and spooler.knows_begun_jobs()
    for name in windows.printers():
        attributes_and_status = windows.status(name)
        assert attributes_and_status is not None and windows.jobs(name) is not None
    assert windows.jobs("no such printer") is None and windows.status("no such printer") is None
    assert spooler.job_states([12]) == {12: JobState.UNKNOWN}
