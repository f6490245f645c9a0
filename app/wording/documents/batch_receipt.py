"""Text of the receipt for several dossiers."""

from collections.abc import Sequence
from datetime import datetime

from app.models.instants import local
from app.wording.numbers import instant_in_words, money, money_in_words

CODES = "Mã hồ sơ"
UNKNOWN = "chưa xác định"
_MOST_CODES = 8


def dossiers(count: int) -> str:
    """Return a count of dossiers: `03 hồ sơ`."""
    return f"{count:02d} hồ sơ"


def codes_line(codes: Sequence[str]) -> str:
    """Return the line of the QR code with the dossier codes.

    A long list is reduced to the first and the last code.
    """
    codes_text = "; ".join(codes) if len(codes) <= _MOST_CODES else f"{codes[0]} … {codes[-1]}"
    return f"{CODES}: {codes_text}"


def time_range(first: datetime, last: datetime) -> str:
    """Return the time range of one visit.

    Example: `09 giờ 30 phút – 09 giờ 41 phút, ngày 12 tháng 02 năm 2026`.
    """
    start = f"{local(first):%H} giờ {local(first):%M} phút"
    end = instant_in_words(last)
    return end if end.startswith(start) else f"{start} – {end}"


def total(fees: Sequence[int | None]) -> str:
    """Return the sum of the fees in figures and words.

    Reports how many fees are unknown; unknown fees are not counted as zero.
    """
    known = [fee for fee in fees if fee is not None]
    unknown = len(fees) - len(known)
    text = f"{money(sum(known))} ({money_in_words(sum(known))})" if known else UNKNOWN
    return f"{text}; còn {dossiers(unknown)} chưa xác định mức thu" if unknown and known else text
