"""Kinds of office under test: training and real.

A training office runs at a fixed time. A real office is encrypted and runs at the time of the machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.models.instants import local
from tests.support.offices import ADMIN, MORNING, PASSWORD, Desk, desk_session, machine_now

ENVIRONMENT = {"MOTCUA_PASSWORD": PASSWORD}
"""Environment variables of every process under test."""


@dataclass(frozen=True)
class OfficeKind:
    """Training office or real office."""

    training: bool

    @property
    def now(self) -> datetime:
        """Return the time of all actions."""
        return MORNING if self.training else machine_now()

    def options(self, folder: Path) -> tuple[object, ...]:
        """Return the options of a command on an office in `folder`."""
        user_or_time = ("--now", "2026-02-09T08:00") if self.training else ("--user", ADMIN)
        return ("--data", folder, "--json", *user_or_time)

    def dossier_code(self, number: int) -> str:
        """Return the code of the dossier with that number of the day."""
        return f"H29.12-{local(self.now):%y%m%d}-{number:04d}"

    @contextmanager
    def open_desk(self, folder: Path) -> Iterator[Desk]:
        """Open the office in this process."""
        with desk_session(folder, "" if self.training else ADMIN) as desk:
            yield desk


TRAINING, REAL = OfficeKind(True), OfficeKind(False)
