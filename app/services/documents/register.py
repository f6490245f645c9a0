"""The register of a period, as rows."""

from dataclasses import dataclass
from datetime import date

from app.printing.documents.dossier import RegisterBlock


@dataclass(frozen=True)
class RegisterTable:
    """The register of a period, with one block for each field and volume."""

    first: date
    last: date
    blocks: tuple[RegisterBlock, ...]

    @property
    def dossiers(self) -> int:
        """The number of dossiers."""
        return sum(len(block.rows) for block in self.blocks)
