"""Request and result of a restore."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.keys.credentials import UnlockCredentials
from app.services.credentials import Credentials
from app.usecases.office.restore import DatabaseContent


@dataclass(frozen=True)
class RestoreRequest:
    """A backup and the folder to restore it into.

    `second` are the credentials of the second person, `fingerprint` that of the recovery page. `uptime` is in seconds
    of the machine's running time.
    """

    folder: Path
    backup: Path
    credentials: UnlockCredentials
    now: datetime
    second: Credentials | None = None
    uptime: int = 0
    fingerprint: str = ""


@dataclass(frozen=True)
class RestoreResult:
    """What was restored or checked.

    `fingerprint` is that of the backup's office, empty without one. `compared`: it agrees with the typed one. `proved`
    is False for a backup that two people, `accepted_by`, accept as it is. `replaced`: an older database is kept.
    """

    content: DatabaseContent
    fingerprint: str = ""
    compared: bool = False
    proved: bool = True
    accepted_by: tuple[str, ...] = ()
    replaced: bool = False

    @property
    def dossiers(self) -> int:
        """Number of dossiers in the backup."""
        return self.content.dossiers

    @property
    def last_event_at(self) -> datetime | None:
        """Instant of the last event in the backup."""
        return self.content.last_event_at
