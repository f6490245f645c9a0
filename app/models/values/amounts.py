"""Amounts of money as people type them."""

import re

from app.models.text import clean

_AMOUNT = re.compile(r"([0-9]{1,13}|[0-9]{1,3}(?:[., ][0-9]{3}){1,4}) ?(?:đ|đồng|vnđ|vnd)?")


def parse_amount(text: str) -> int | None:
    """Return a typed amount in đồng, None for other text.

    Accepted are `8000`, `8.000`, `8,000`, `8 000`, each also with «đ». Digits are ASCII.
    """
    match = _AMOUNT.fullmatch(clean(text).lower())
    return int(re.sub(r"[., ]", "", match[1])) if match else None
