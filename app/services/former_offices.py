"""Former names and codes of the office."""

from typing import Any, NamedTuple

from app.storage import office_settings
from app.storage.uow import Reading

FORMER_OFFICES = "former_offices"
"""The setting that lists the former offices."""
PENDING_OFFICE_FILE = "pending_office_file"
"""The setting with the text of an office file that is being replaced."""


class FormerOffice(NamedTuple):
    """A former name and code of the office.

    It was valid until a day; `decision` ended it.
    """

    name: str
    agency_code: str
    workstation: int
    until: str
    decision: str


def former_offices(work: Reading) -> tuple[FormerOffice, ...]:
    """Return the former offices, the oldest first."""
    stored: list[dict[str, Any]] = office_settings.setting(work, FORMER_OFFICES) or []
    return tuple(FormerOffice(**fields) for fields in stored)
