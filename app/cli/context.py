"""Functions and values that bootstrap passes to the command line."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:  # types only: a command imports no more than it runs
    from app.keys.credentials import UnlockCredentials
    from app.office.restore_request import RestoreResult
    from app.office.self_check import CheckedPart
    from app.office.session import OfficeSession
    from app.services.credentials import Credentials
    from app.settings import Office
    from app.usecases.office.create import CreatedOffice


class OpenOfficeCallable(Protocol):
    """Open the office of a folder for a user.

    It is unlocked by the vault, a password or the recovery key.
    """

    def __call__(
        self,
        folder: Path,
        user: str,
        pretend: datetime | None,
        password: str,
        recovery: str = "",
        second: "Credentials | None" = None,
    ) -> "OfficeSession":
        """Return the session; the caller closes it."""


class CliContext(NamedTuple):
    """Functions and values of the running program that commands use."""

    open_office: "OpenOfficeCallable"
    create_office: "Callable[[Path, str, bool, datetime | None, str], tuple[Office, CreatedOffice]]"
    show_window: Callable[[Path, str, datetime | None, str, bool, Path | None], int]
    show_error: Callable[[str], None]
    today: Callable[[], date]
    clock: Callable[[], datetime]
    default_folder: Callable[[], Path]
    restore: "Callable[[Path, Path, bool, UnlockCredentials, Credentials | None, str], RestoreResult]"
    environment: Mapping[str, str]
    self_check: "Callable[[], tuple[CheckedPart, ...]]"


def password_of(context: CliContext) -> str:
    """Return the password of the environment; empty without one."""
    return context.environment.get("MOTCUA_PASSWORD", "")
