"""Text of the catalogue: terms, unknown columns, version states."""

from collections.abc import Iterable
from decimal import Decimal

from app.models.enums import TermUnit
from app.wording.numbers import money
from app.wording.status import unit_text

_MISSING = {"limit": "thời hạn", "fee_vnd": "phí", "papers": "giấy tờ"}
_VERSION_STATES = {"past": "đã hết áp dụng", "current": "đang áp dụng", "coming": "sắp áp dụng", "replaced": "đã thay"}


def term_words(limit: Decimal | None, unit: TermUnit) -> str:
    """Return a term as papers write it.

    Examples: «5 ngày làm việc», «0,5 ngày», «ngay trong ngày», «chưa rõ».
    """
    return unit_text(None if limit is None else format(limit.normalize(), "f"), unit)


def replaced_term_note(typed: str, listed: str) -> str:
    """Return the note of an intake whose typed term replaces the catalogue's.

    Both are as from `term_words`.
    """
    return f"Thời hạn ghi tay: {typed} (danh mục: {listed})"


def replaced_fee_note(fee: int, listed: int) -> str:
    """Return the note of an intake whose typed fee replaces the catalogue's."""
    return f"Phí ghi tay: {money(fee)} (danh mục: {money(listed)})"


def missing_words(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the names of unknown columns: «thời hạn», «phí», «giấy tờ»."""
    return tuple(_MISSING[column] for column in columns)


def version_state_name(state: str) -> str:
    """Return the name of a version state, such as «đang áp dụng»."""
    return _VERSION_STATES[state]
