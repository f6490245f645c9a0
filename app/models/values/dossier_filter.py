"""Filter of a list of dossiers."""

from dataclasses import dataclass, fields
from datetime import date

from app.models.enums import Channel, Status


@dataclass(frozen=True)
class DossierFilter:
    """What the dossiers of a list have in common.

    `procedure` is a code, `first` and `last` are days of receipt, both inclusive. None or an empty text means any.
    """

    status: Status | None = None
    procedure: str = ""
    holder: str = ""
    channel: Channel | None = None
    first: date | None = None
    last: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether every dossier matches."""
        return not any(getattr(self, each.name) for each in fields(self))


ANY_DOSSIER = DossierFilter()
