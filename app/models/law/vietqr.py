"""Text of a VietQR code: an EMVCo merchant-presented QR of NAPAS.

The bank's app of the payer fills in account, amount and purpose. The text is built here, without a network.
"""

from app.models.text import fold_text

_NAPAS, _TO_ACCOUNT = "A000000727", "QRIBFTTA"
_DONG, _VIET_NAM = "704", "VN"
MAX_PURPOSE = 25
_CRC = "6304"


def vietqr_text(account: str, amount: int, purpose: str) -> str:
    """Return the text for a transfer to `BIN6-ACCOUNT` of an amount in đồng.

    The purpose is written in plain capitals and digits, at most 25.
    """
    bank, _, number = account.partition("-")
    receiver = _field("00", bank) + _field("01", number)
    provider = _field("00", _NAPAS) + _field("01", receiver) + _field("02", _TO_ACCOUNT)
    words = "".join(c for c in fold_text(purpose).upper() if c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
    text = (
        _field("00", "01")
        + _field("01", "12")
        + _field("38", provider)
        + _field("53", _DONG)
        + _field("54", str(amount))
        + _field("58", _VIET_NAM)
        + _field("62", _field("08", words[:MAX_PURPOSE]))
        + _CRC
    )
    return f"{text}{_crc16(text):04X}"


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _crc16(text: str) -> int:
    """Return CRC-16/CCITT-FALSE (polynomial 0x1021, initial value 0xFFFF)."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return crc
