"""What is printed on one receipt for several dossiers."""

from collections.abc import Sequence
from datetime import datetime

from app.models.instants import local
from app.wording.numbers import instant_in_words, money, money_in_words

COUNT = "Số hồ sơ đã nhận"
CODES = "Mã hồ sơ"
DUE = "Hẹn trả"
RETURN_BY = "Nhận kết quả tại"
TOTAL = "Tổng phí, lệ phí"
UNKNOWN = "chưa xác định"
_MOST_CODES = 8


def dossiers(count: int) -> str:
    """`03 hồ sơ`."""
    return f"{count:02d} hồ sơ"


def codes_line(codes: Sequence[str]) -> str:
    """The line of the QR code that names the dossiers; the first and the last where they are many."""
    told = "; ".join(codes) if len(codes) <= _MOST_CODES else f"{codes[0]} … {codes[-1]}"
    return f"{CODES}: {told}"


def time_range(first: datetime, last: datetime) -> str:
    """The hours of one visit: `09 giờ 30 phút – 09 giờ 41 phút, ngày 12 tháng 02 năm 2026`."""
    began = f"{local(first):%H} giờ {local(first):%M} phút"
    said = instant_in_words(last)
    return said if said.startswith(began) else f"{began} – {said}"


def due(due_at: datetime) -> str:
    """The appointment of one dossier of several: `17 giờ 00 phút, ngày 13/02/2026`."""
    return f"{local(due_at):%H} giờ {local(due_at):%M} phút, ngày {local(due_at):%d/%m/%Y}"


def register_entry(volume: str, serial: str) -> str:
    """Where a dossier stands in the register."""
    return f"Sổ theo dõi quyển {volume}, số {serial}"


def total(fees: Sequence[int | None]) -> str:
    """What all of them cost, in figures and in words; how many fees nobody knows yet is told, never taken for nought."""
    known = [fee for fee in fees if fee is not None]
    unknown = len(fees) - len(known)
    said = f"{money(sum(known))} ({money_in_words(sum(known))})" if known else UNKNOWN
    return f"{said}; còn {dossiers(unknown)} chưa xác định mức thu" if unknown and known else said
