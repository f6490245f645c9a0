"""What bootstrap passes to the command line: how to open, create and restore an office, the clock, the environment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # types only: a command imports no more than it runs
    from app.office.session import OpenOffice
    from app.settings import Office
    from app.usecases.office.create import Founded
    from app.usecases.office.restore import Content


class Opens(Protocol):
    """Opens the office of a folder for a user, by the vault, a password or the recovery key."""

    def __call__(
        self, folder: Path, user: str, pretend: datetime | None, password: str, recovery: str = ""
    ) -> "OpenOffice":
        """Return the session; the caller closes it."""


@dataclass(frozen=True)
class Surroundings:
    """Everything outside the terminal's own business."""

    open_office: "Opens"
    found: "Callable[[Path, str, bool, datetime | None, str], tuple[Office, Founded]]"
    show_window: Callable[[Path, str, datetime | None, str], int]
    today: Callable[[], date]
    clock: Callable[[], datetime]
    default_folder: Callable[[], Path]
    restore: "Callable[[Path, Path, bool, tuple[str, ...], tuple[str, ...]], Content]"
    environment: Mapping[str, str]


def password_of(surroundings: Surroundings) -> str:
    """The password given with the call; empty without."""
    return surroundings.environment.get("MOTCUA_PASSWORD", "")
