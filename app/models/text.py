"""Text: NFC on entry, folded for search, masked for screens."""

import unicodedata


def clean(text: str) -> str:
    """The text as the office keeps it: NFC, runs of white space as one blank, trimmed, nothing that cannot be seen
    (control characters, zero-width marks, halves of a character)."""
    seen = "".join(c for c in text if c.isprintable() or c.isspace())
    return " ".join(unicodedata.normalize("NFC", seen).split())


_LOOKALIKES = str.maketrans(
    {"đ": "d", "ð": "d", "ƀ": "b", "ø": "o", "ł": "l", "\u2019": "'", "\u2018": "'", "\u02bc": "'"}
)


def fold_text(text: str) -> str:
    """The text without marks and in small letters, so that «Đào Thị Ẫm» is found by «dao thi am»."""
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(_LOOKALIKES)


def mask_number(number: str) -> str:
    """A person's number as lists show it: `048*****4217` for twelve digits, the middle hidden for any other length."""
    if len(number) <= 4:
        return "*" * len(number)
    head, tail = (3, 4) if len(number) >= 9 else (1, 2)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]


def mask_name(name: str) -> str:
    """A person's name as the kiosk shows it: «Huỳnh Thị Ẫm Ỷ» is «H… T… Ẫ… Ỷ»."""
    return " ".join(word if len(word) == 1 else f"{word[0]}…" for word in name.split())
