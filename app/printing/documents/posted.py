"""Document models of procedure sheets and booklets for the shelf."""

from dataclasses import dataclass

from app.printing.documents.report import ReportIssuer


@dataclass(frozen=True)
class SheetPaper:
    """A required paper as printed: name, handling, counts."""

    name: str
    handling: str
    originals: str
    copies: str


@dataclass(frozen=True)
class ProcedureSheet:
    """One procedure on its sheet; texts are as printed."""

    code: str
    name: str
    field: str
    limit: str
    fee: str
    papers: tuple[SheetPaper, ...]
    law: str = ""
    reliefs: str = ""
    advice: str = ""


@dataclass(frozen=True)
class ProcedureBooklet:
    """Sheets of procedures, with a contents page in front if `contents`.

    `title` is empty for a single sheet. `where`, `hours` and `lookup` are facts of the counter.
    """

    issuer: ReportIssuer
    sheets: tuple[ProcedureSheet, ...]
    where: str
    hours: str
    lookup: str
    title: str = ""
    contents: bool = False
