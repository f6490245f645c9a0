"""Meaning of a scan: key, code, paper, citizen card, or unknown.

The input is what any device sends: barcodes with an AIM prefix, a line end or a tab, garbled characters. The register
decides whether the office has the code.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.codes import KeyFault, KeyParts, comparable, key_digits, key_fault, read_code, read_key
from app.models.errors import Message
from app.models.text import clean, fold_text
from app.scanning.card import CardScan, has_second_card, read_card
from app.scanning.text_repair import repair_encoding

MAX_SCAN_LENGTH = 4_000
"""Maximum number of characters; no QR code of a card or paper has more."""

_CONTROLS = "".join(map(chr, range(0x21))) + "\x7f\ufeff"
_AIM = re.compile(r"\A\][A-Za-z][0-9A-Za-z]")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9 ./_:#+-]{2,62}[A-Z0-9]")
_REPEATED = re.compile(r"(.{12,}?)(?:[\x00-\x20]*\1)+", re.DOTALL)
"""One text sent twice or more, as by a reader without an end key."""
_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{86}")


@dataclass(frozen=True)
class KeyScan:
    """Barcode of a paper of this office.

    `key` has sixteen digits; `parts` are its parts.
    """

    key: str
    parts: KeyParts


@dataclass(frozen=True)
class CodeScan:
    """Text in the shape of a code: a dossier code or an alias.

    `comparable` is the form to look up.
    """

    text: str
    comparable: str


@dataclass(frozen=True)
class PaperScan:
    """QR code of a paper of this office.

    `signed` has the lines covered by `signature` (base64url), joined by line feeds. An unsigned paper has no signature.
    `form` is the title of the paper.
    """

    key: str | None
    code: str | None
    form: str | None
    signed: str
    signature: str | None


@dataclass(frozen=True)
class UnknownScan:
    """Scan that is nothing of this office, with the reason."""

    text: str
    reason: Message


Scan = KeyScan | CodeScan | CardScan | PaperScan | UnknownScan


def _strip_device_marks(text: str) -> str:
    """Return the scan without control characters, line ends and AIM prefix."""
    return _AIM.sub("", text.strip(_CONTROLS)).strip(_CONTROLS)


def _key(digits: str, agency: str) -> KeyScan | UnknownScan:
    parts = read_key(digits, agency)
    fault = key_fault(digits, agency)
    return KeyScan(digits, parts) if parts else UnknownScan(digits, Message(fault.value if fault else KeyFault.LENGTH))


def _labelled(pairs: Sequence[tuple[str, str]], label: str) -> str | None:
    return next((value for name, value in pairs if name == label), None)


def _paper(text: str, agency: str) -> PaperScan | UnknownScan | None:
    """Return the paper of a QR text.

    It is recognised by the labels of its lines, or by the shape of the values if a reader lost characters.
    """
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
    pairs = [(fold_text(clean(label)), clean(value)) for label, _, value in (line.partition(":") for line in lines)]
    values = [value for _, value in pairs if value]
    code = _labelled(pairs, "ma ho so") or next(filter(read_code, values), None)
    key = next((value for value in values if re.fullmatch(r"[0-9]{16}", value)), None)
    if len(values) < 3 or not (code or key):
        return None
    if key and key_fault(key, agency) is KeyFault.OTHER_OFFICE:
        return UnknownScan(text, Message(KeyFault.OTHER_OFFICE, {"code": code}))
    signature_at = next((at for at, (_, value) in enumerate(pairs) if _SIGNATURE.fullmatch(value)), None)
    return PaperScan(
        key=key if key and read_key(key, agency) else None,
        code=code,
        form=_labelled(pairs, "giay"),
        signed="\n".join(lines[:signature_at]),
        signature=None if signature_at is None else pairs[signature_at][1],
    )


def _code(text: str) -> CodeScan | None:
    plain = clean(unicodedata.normalize("NFKC", text))
    plain = "".join("-" if unicodedata.category(c) == "Pd" or c == "\u2212" else c for c in plain)
    spelling = fold_text(plain).upper() if " " not in plain else plain.upper()
    if not _CODE.fullmatch(spelling) or not re.search(r"[0-9]", plain) or "://" in plain:
        return None
    return CodeScan(plain, comparable(plain))


_FOREIGN_CODES = (
    ("scan_test_card", re.compile(r"MVH[1-5]\W")),
    ("scan_vneid", re.compile(r".*(vneid|dancuquocgia|xacthuc\.gov)", re.IGNORECASE | re.DOTALL)),
    ("scan_health_card", re.compile(r"([A-Z]{2}[0-9]{13}|[0-9]{10})\|(?:[0-9a-f]{2})+\|", re.IGNORECASE)),
    ("scan_payment", re.compile(r"000201[0-9]{2}.{30,}", re.DOTALL)),
    ("scan_web_address", re.compile(r"(https?|ftp)://|www\.", re.IGNORECASE)),
    ("scan_passport", re.compile(r"[PIVAC][A-Z<][A-Z]{3}[A-Z<]+<<")),
    ("card_unreadable", re.compile(r"[^|]*(\|[^|]*){5,}", re.DOTALL)),
    ("scan_sealed", re.compile(r"[A-Za-z0-9+/=_.-]{64,}")),
)


def _foreign_code(text: str) -> UnknownScan | None:
    code = next((code for code, shape in _FOREIGN_CODES if shape.match(text)), None)
    return UnknownScan(text, Message(code)) if code else None


def read_scan(text: str, agency: str) -> Scan:
    """Return the meaning of a scan for the office with this agency code.

    Never raises.
    """
    bare = _strip_device_marks(text)
    if not bare:
        return UnknownScan("", Message("scan_empty"))
    if len(bare) > MAX_SCAN_LENGTH:
        return UnknownScan(
            bare[:MAX_SCAN_LENGTH], Message("scan_too_long", {"limit": MAX_SCAN_LENGTH, "length": len(bare)})
        )
    repeated = _REPEATED.fullmatch(bare)
    if repeated:
        once = read_scan(repeated[1], agency)
        if isinstance(once, KeyScan | CardScan | PaperScan) or read_code(repeated[1]):
            return once
    digits = key_digits(bare)
    if re.fullmatch(r"[0-9]{16}", digits):
        return _key(digits, agency)
    repaired = "|".join(map(repair_encoding, repair_encoding(bare).split("|")))
    if has_second_card(repaired):
        return UnknownScan(repaired, Message("card_two"))
    known = read_card(repaired) or _paper(repaired, agency) or _foreign_code(repaired) or _code(repaired)
    return known or UnknownScan(repaired, Message("scan_not_a_code"))
