"""What the terminal is handed by bootstrap: how to open an office, what day it is, what the environment says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from app.settings import Office

_Command = TypeVar("_Command")
_Result = TypeVar("_Result")


class Facts(Protocol):
    """What a verb may know of the office without asking its database."""

    @property
    def office_name(self) -> str:
        """The office's name."""

    @property
    def training(self) -> bool:
        """Whether it is for training."""

    @property
    def office(self) -> Office:
        """The office file."""


class OpenOffice(Protocol):
    """An open office: performs use cases, each in its own unit of work."""

    @property
    def facts(self) -> Facts:
        """What is known without asking."""

    def now(self) -> datetime:
        """The hour, or the pretended one."""

    def read(self, use_case: Callable[..., _Result], query: Any, at: datetime | None = None) -> _Result:
        """Ask a question."""

    def write(self, use_case: Callable[..., _Result], command: Any, at: datetime | None = None) -> _Result:
        """Carry out an act."""

    def back_up(self, folder: Path | None) -> tuple[Path, str]:
        """A proved copy of everything; its path and SHA-256."""

    def close(self) -> None:
        """Give the database back."""


class Founded(Protocol):
    """A new office's beginning."""

    @property
    def procedures(self) -> int:
        """How many procedures it starts with."""


class Content(Protocol):
    """What a database holds."""

    @property
    def dossiers(self) -> int:
        """How many dossiers."""

    @property
    def last_event_at(self) -> datetime | None:
        """The hour of the last event."""


@dataclass(frozen=True)
class Surroundings:
    """Everything outside the terminal's own business."""

    open_office: Callable[[Path, str, datetime | None], OpenOffice]
    found: Callable[[Path, str, bool, datetime | None], tuple[Office, Founded]]
    show_window: Callable[[Path, str, datetime | None], int]
    today: Callable[[], date]
    clock: Callable[[], datetime]
    default_folder: Callable[[], Path]
    restore: Callable[[Path, Path, bool], "Content"]
    environment: Mapping[str, str]
