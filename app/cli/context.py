"""What the terminal is handed by bootstrap: how to open an office, what day it is, what the environment says."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
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
    def actor(self) -> str:
        """Who signed in."""

    @property
    def training(self) -> bool:
        """Whether it is for training."""

    @property
    def office(self) -> Office:
        """The office file."""


class KeyStatus(Protocol):
    """How an office is locked."""

    @property
    def vault(self) -> bool:
        """Whether some machine's vault may open it."""

    @property
    def vault_opens(self) -> bool:
        """Whether this machine's does."""

    @property
    def people(self) -> tuple[str, ...]:
        """Whose password opens it."""

    @property
    def genuine(self) -> bool:
        """Whether the key file is as the office wrote it."""


class OfficeKeys(Protocol):
    """The keys of an open office."""

    def status(self, names: Sequence[str]) -> KeyStatus:
        """How it is locked, by whom of the names."""

    def new_recovery(self, written_down: Callable[[str], None]) -> None:
        """Another recovery key."""

    def use_vault(self) -> bool:
        """Let this machine's vault open it."""

    def password_changing(self, name: str, password: str) -> AbstractContextManager[None]:
        """Round a change of somebody's password."""


class OpenOffice(Protocol):
    """An open office: performs use cases, each in its own unit of work."""

    @property
    def facts(self) -> Facts:
        """What is known without asking."""

    @property
    def keys(self) -> OfficeKeys | None:
        """What opens it; None for a training office."""

    def now(self) -> datetime:
        """The hour, or the pretended one."""

    def read(self, use_case: Callable[..., _Result], query: Any, at: datetime | None = None) -> _Result:
        """Ask a question."""

    def write(self, use_case: Callable[..., _Result], command: Any, at: datetime | None = None) -> _Result:
        """Carry out an act."""

    def write_password(self, use_case: Callable[..., _Result], command: Any, name: str, secret: str) -> _Result:
        """Carry out an act that gives somebody a password, or takes it."""

    def back_up(self, folder: Path | None) -> tuple[Path, str]:
        """A proved copy of everything; its path and SHA-256."""

    @property
    def backups(self) -> "Backups":
        """How it is backed up."""

    def restore_page(self) -> bytes:
        """How to go on on another machine, as a page to be printed."""

    def change_key(self) -> None:
        """Another key for the database; nothing is read or written after it."""

    def succeed(self, office_text: str, decision: str, day: date) -> tuple[Office, tuple[Any, ...]]:
        """Go on as another office; the offices it was before."""

    def recovery_page(self, key: str, code: str) -> bytes:
        """The recovery key and the papers' keys as a page to be printed."""

    def close(self) -> None:
        """Give the database back."""


class Place(Protocol):
    """A place a backup was to go to."""

    @property
    def folder(self) -> Path:
        """Where."""

    @property
    def trouble(self) -> str:
        """Why it did not; empty where it did."""


class BackedUp(Protocol):
    """A round of backups."""

    @property
    def file(self) -> Path | None:
        """The file in the office's folder; None where there was no need."""

    @property
    def sha256(self) -> str:
        """Its SHA-256."""

    @property
    def at(self) -> datetime | None:
        """When the newest was made."""

    @property
    def places(self) -> Sequence[Place]:
        """The other places."""

    @property
    def removed(self) -> int:
        """How many old ones went."""


class Backups(Protocol):
    """How an office is backed up."""

    def by_itself(self, at_end: bool = False) -> BackedUp:
        """A round if one is due."""

    def second(self) -> str:
        """The second place."""

    def choose_second(self, folder: Path | None) -> None:
        """Another second place."""


class Opens(Protocol):
    """How an office is opened."""

    def __call__(
        self, folder: Path, user: str, pretend: datetime | None, password: str, recovery: str = ""
    ) -> OpenOffice:
        """The office of a folder, for a person, by the vault, a password or the recovery key."""


class Founded(Protocol):
    """A new office's beginning."""

    @property
    def procedures(self) -> int:
        """How many procedures it starts with."""

    @property
    def recovery_key(self) -> str:
        """A real office's recovery key, told this once; empty for training."""


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

    open_office: "Opens"
    found: Callable[[Path, str, bool, datetime | None, str], tuple[Office, Founded]]
    show_window: Callable[[Path, str, datetime | None, str], int]
    today: Callable[[], date]
    clock: Callable[[], datetime]
    default_folder: Callable[[], Path]
    restore: Callable[[Path, Path, bool, tuple[str, ...], tuple[str, ...]], "Content"]
    environment: Mapping[str, str]


def password_of(surroundings: Surroundings) -> str:
    """The password given with the call; empty without."""
    return surroundings.environment.get("MOTCUA_PASSWORD", "")
