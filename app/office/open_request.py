"""Request to open the office of a folder."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.keys.credentials import UnlockCredentials
from app.services.credentials import Credentials
from app.storage import database as databases


class OpenRequest(NamedTuple):
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
