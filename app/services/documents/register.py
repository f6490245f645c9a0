"""The register of a period, as rows."""

from dataclasses import dataclass
from datetime import date

from app.printing.documents.dossier import RegisterBlock


@dataclass(frozen=True)
class RegisterTable:
    """The register as a table: one block for each field and volume."""

    first: date
    last: date
    blocks: tuple[RegisterBlock, ...]

    @property
    def dossiers(self) -> int:
        """How many dossiers it has."""
        return sum(len(block.rows) for block in self.blocks)
