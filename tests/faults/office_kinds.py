"""The two sorts of office the harness works on: one for training, at a pretended hour, and a real one, encrypted, at
the hour of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.models.instants import local
from tests.support.offices import ADMIN, MORNING, PASSWORD, Desk, desk_session, machine_now

ENVIRONMENT = {"MOTCUA_PASSWORD": PASSWORD}
"""What every process of the program is told besides its words."""


@dataclass(frozen=True)
class OfficeKind:
    """Training or real."""

    training: bool

    @property
    def now(self) -> datetime:
        """When everything happens."""
        return MORNING if self.training else machine_now()

    def words(self, folder: Path) -> tuple[object, ...]:
        """How a call on an office of this sort begins."""
        who = ("--now", "2026-02-09T08:00") if self.training else ("--user", ADMIN)
        return ("--data", folder, "--json", *who)

    def code(self, number: int) -> str:
        """The code of the day's dossier of that number."""
        return f"H29.12-{local(self.now):%y%m%d}-{number:04d}"

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Desk]:
        """The office, opened in this process."""
        with desk_session(folder, "" if self.training else ADMIN) as desk:
            yield desk


TRAINING, REAL = OfficeKind(True), OfficeKind(False)
