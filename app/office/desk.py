"""What pages use of an open office, and what they show of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.models.enums import Right, Role
from app.models.errors import Message
from app.services.credentials import Credentials, SignInResult
from app.settings import MachineSettings, Office

if TYPE_CHECKING:  # imported on use, because they would slow every start
    from app.office.backup import BackupRound, Backups
    from app.office.recovery import RecoveryPage
    from app.office.update.installer_file import CheckedUpdate
    from app.services.office_file import OfficeValue
    from app.usecases.office.clock import ClockState, ConfirmDay


@dataclass(frozen=True)
class SessionFacts:
    """Office, desk and signed-in user, as the window's frame shows them."""

    office_name: str
    parent: str
    workstation: int
    actor: str
    rights: frozenset[Right]
    roles: tuple[Role, ...]
    training: bool
    folder: Path
    resources: Path
    office: Office


class Desk(Protocol):
    """The part of `OfficeSession` that pages use.

    Page tests replace it. Lanes call `read` and `write`.
    """

    @property
    def facts(self) -> SessionFacts:
        """Office, desk and signed-in user."""

    @property
    def backups(self) -> "Backups":
        """Backups of the office."""

    def read(self, use_case: Callable[..., Any], query: Any, at: datetime | None = None) -> Any:
        """Run a query in its own reading unit of work."""

    def write(self, use_case: Callable[..., Any], command: Any, at: datetime | None = None) -> Any:
        """Run a command in its own writing unit of work; the use case commits."""

    def write_both(
        self, first: Callable[..., Any], command: Any, second: Callable[..., Any], next_command: Callable[[Any], Any]
    ) -> tuple[Any, Any]:
        """Run two commands in one writing unit of work."""

    def write_password(self, use_case: Callable[..., Any], command: Any, name: str, secret: str) -> Any:
        """Run a command that sets or removes a user's password or PIN."""

    def now(self) -> datetime:
        """Return the office's clock; pretended time in training."""

    def confirm_day(self, command: "ConfirmDay") -> "ClockState":
        """Confirm the machine's date."""

    def entry_day(self) -> date:
        """Return the day that typed dates are checked against."""

    def restore_page(self) -> bytes:
        """Return the restore instructions as a PDF page."""

    @property
    def notes(self) -> tuple[Message, ...]:
        """Findings of the opening that the user is to know."""

    def begin_recovery_page(self) -> "RecoveryPage":
        """Add a new recovery key and return its page."""

    def edit_office(self, changes: "Mapping[str, OfficeValue]") -> Office:
        """Change lines of the office file; the office applies at once."""

    def edited_office(self, changes: "Mapping[str, OfficeValue]") -> Office:
        """Return the office after changes, of which nothing is written."""

    @property
    def machine(self) -> MachineSettings:
        """Settings of this machine."""

    def change_machine(self, machine: MachineSettings) -> None:
        """Write the settings of this machine."""

    def confirm_opening(self) -> None:
        """Keep an updated program, now that its window is usable."""

    def plan_update(self, update: "CheckedUpdate") -> "BackupRound":
        """Back up and stage an update, which starts after the window."""

    def sign_in(self, credentials: Credentials) -> SignInResult:
        """Sign a user in."""

    def sign_out(self) -> None:
        """Sign the user out."""
