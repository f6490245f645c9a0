"""Numbers of fee receipts, and when they are electronic.

Source: NĐ 254/2026/NĐ-CP Điều 23.2 (number of at most 8 digits within the year) and Điều 44.2 (paper books end on
31/12/2026).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models.errors import Refusal

PAPER, ELECTRONIC = "paper", "electronic"
_MAX_SYMBOL = 40


@dataclass(frozen=True)
class ReceiptNumber:
    """Symbol and number of an electronic receipt."""

    symbol: str
    number: int


def parse_receipt_number(text: str) -> ReceiptNumber:
    """Return symbol and number; the number follows the last «/».

    Raises Refusal `receipt_number_shape`.
    """
    symbol, slash, number = text.rpartition("/")
    symbol = " ".join(symbol.split())
    if not slash or not symbol or len(symbol) > _MAX_SYMBOL or not re.fullmatch(r"[0-9]{1,8}", number.strip()):
        raise Refusal("receipt_number_shape", "receipt", text=text[:60])
    if int(number) == 0:
        raise Refusal("receipt_number_shape", "receipt", text=text[:60])
    return ReceiptNumber(symbol, int(number))


def check_receipt_rule(key: str, value: Mapping[str, Any]) -> None:
    """Check the value of a rule about receipts.

    Raises Refusal `rule_shape`.
    """
    if value.get("form") not in (PAPER, ELECTRONIC):
        raise Refusal("rule_shape", "form")
