"""Reconcile a table of figures from another office or program."""

from dataclasses import dataclass

from app.models.enums import Right
from app.services.context import Context
from app.services.foreign_tables.reconcile import Reconciled, reconcile_sheet
from app.services.permissions import requires
from app.sheets.reading import read_sheet
from app.storage.uow import Reading


@dataclass(frozen=True)
class ReconcileTable:
    """Query: the bytes of a CSV or XLSX file and its name."""

    content: bytes
    name: str


@requires(Right.READ_FIGURES)
def reconcile_table(query: ReconcileTable, context: Context, work: Reading) -> Reconciled:
    """Check every row and total of a table of Biểu II.06a.

    Raises Refusal like `read_sheet` and `reconcile_sheet`.
    """
    return reconcile_sheet(read_sheet(query.content, query.name), query.name)
