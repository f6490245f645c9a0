"""What the pages work with, and what they answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from hub.ingest.intake import Intake
from hub.keys import HubKeys
from hub.storage.database import Connection, Database
from hub.storage.receiver import Receiver

VIET_NAM = timezone(timedelta(hours=7))
READER, REGISTRAR, ADMINISTRATOR = "reader", "registrar", "administrator"
RANK = {READER: 0, REGISTRAR: 1, ADMINISTRATOR: 2}
"""A role includes the roles below it."""


@dataclass(frozen=True)
class PageSite:
    """The receiver behind the pages."""

    database: Database
    intake: Intake
    keys: HubKeys
    receiver: Receiver
    clock: Callable[[], datetime]


@dataclass(frozen=True)
class Upload:
    """A file of a form."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Visit:
    """One request of a person who signed in.

    `query` and `form` have one value per name. `path` has the parts of the address.
    """

    site: PageSite
    now: datetime
    account: str
    role: str
    csrf: str
    address: str
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    held: Connection | None = None

    @property
    def connection(self) -> Connection:
        """The transaction of the request; a detached act has none."""
        assert self.held is not None  # detached acts open their own
        return self.held

    def may(self, role: str) -> bool:
        """Return whether the account has a role or one above it."""
        return RANK[self.role] >= RANK[role]

    def number(self, name: str) -> int:
        """Return a number of the query, 0 for anything else."""
        text = self.query.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@dataclass(frozen=True)
class Html:
    """A page: its template and values."""

    template: str
    values: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True)
class Redirect:
    """Another address, after a change."""

    address: str


@dataclass(frozen=True)
class Download:
    """A file to save."""

    content: bytes = field(repr=False)
    name: str
    media_type: str


Reply = Html | Redirect | Download
Handler = Callable[[Visit], Reply]
