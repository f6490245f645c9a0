"""Request to open the office of a folder."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.keys.credentials import UnlockCredentials
from app.services.credentials import Credentials
from app.storage import database as databases


@dataclass(frozen=True)
class OpenRequest:
    """A folder and the credentials that open it.

    `second` accepts an office that cannot prove itself. `uptime` is in seconds of the machine's running time.
    """

    folder: Path
    credentials: UnlockCredentials
    now: datetime
    uptime: int
    place: str
    second: Credentials | None = None

    @property
    def file(self) -> Path:
        """The database file."""
        return self.folder / databases.FILE_NAME
