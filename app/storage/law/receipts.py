"""Statements on numbers of electronic fee receipts."""

from sqlalchemy import bindparam, insert, select

from app.models.dossier import Dossier
from app.models.journal import FeeReceiptNumber
from app.storage.uow import Reading, Writing

_N = FeeReceiptNumber.c
_OWNER = (
    select(Dossier.c.code)
    .join(FeeReceiptNumber, _N.dossier_id == Dossier.c.id)
    .where(_N.year == bindparam("year"), _N.symbol == bindparam("symbol"), _N.number == bindparam("number"))
)


def receipt_owner(work: Reading, year: int, symbol: str, number: int) -> str | None:
    """Return the code of the dossier that has a receipt number, or None."""
    code: str | None = work.value(_OWNER, {"year": year, "symbol": symbol, "number": number})
    return code


def save_receipt_number(work: Writing, year: int, symbol: str, number: int, dossier_id: int) -> None:
    """Insert the number of a receipt."""
    row = {"year": year, "symbol": symbol, "number": number, "dossier_id": dossier_id}
    work.write(insert(FeeReceiptNumber), row)
