"""What one scan means: a key, a dossier code or another office's code, a paper, a citizen card, or a stranger.

Takes what any device sends: bars with an AIM prefix, a line end or a tab behind, letters garbled. Whether the office
knows the code is for the register to say.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.codes import KeyFault, KeyParts, comparable, key_fault, read_code, read_key
from app.models.errors import Message
from app.models.text import clean, fold_text
from app.scanning.card import CardScan, read_card
from app.scanning.text_repair import repair_encoding

MAX_SCAN_LENGTH = 4_000
"""No square code of a card or paper holds more characters."""

_CONTROLS = "".join(map(chr, range(0x21))) + "\x7f\ufeff"
_AIM = re.compile(r"\A\][A-Za-z][0-9A-Za-z]")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9 ./_:#+-]{2,62}[A-Z0-9]")
_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{86}")


@dataclass(frozen=True)
class KeyScan:
    """The bars of a paper of this office: `key` in sixteen digits, and what they tell."""

    key: str
    parts: KeyParts


@dataclass(frozen=True)
class CodeScan:
    """Something in the shape of a code: a dossier's in any spelling, or an alias. `comparable` is what to look up."""

    text: str
    comparable: str


@dataclass(frozen=True)
class PaperScan:
    """The square code of a paper of this office. `signed` holds the lines that `signature` (base64url) is over,
    parted by line feeds; a paper without a signature has None. `form` is the title the paper bears."""

    key: str | None
    code: str | None
    form: str | None
    signed: str
    signature: str | None


@dataclass(frozen=True)
class UnknownScan:
    """A scan that is nothing of the office's, and why."""

    text: str
    reason: Message


Scan = KeyScan | CodeScan | CardScan | PaperScan | UnknownScan


def _strip_device_marks(text: str) -> str:
    """The scan without what devices put around it: control characters, line ends, the symbology's AIM prefix."""
    return _AIM.sub("", text.strip(_CONTROLS)).strip(_CONTROLS)


def _key(digits: str, agency: str) -> KeyScan | UnknownScan:
    parts = read_key(digits, agency)
    fault = key_fault(digits, agency)
    return KeyScan(digits, parts) if parts else UnknownScan(digits, Message(fault.value if fault else KeyFault.LENGTH))


def _labelled(pairs: Sequence[tuple[str, str]], label: str) -> str | None:
    return next((value for name, value in pairs if name == label), None)


def _paper(text: str, agency: str) -> PaperScan | UnknownScan | None:
    """A paper by the labels of its lines, or by the shape of their values where a reader lost the letters."""
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
    pairs = [(fold_text(clean(label)), clean(value)) for label, _, value in (line.partition(":") for line in lines)]
    values = [value for _, value in pairs if value]
    code = _labelled(pairs, "ma ho so") or next(filter(read_code, values), None)
    key = next((value for value in values if re.fullmatch(r"[0-9]{16}", value)), None)
    if len(values) < 3 or not (code or key):
        return None
    if key and key_fault(key, agency) is KeyFault.OTHER_OFFICE:
        return UnknownScan(text, Message(KeyFault.OTHER_OFFICE, {"code": code}))
    sealed_at = next((at for at, (_, value) in enumerate(pairs) if _SIGNATURE.fullmatch(value)), None)
    return PaperScan(
        key=key if key and read_key(key, agency) else None,
        code=code,
        form=_labelled(pairs, "giay"),
        signed="\n".join(lines[:sealed_at]),
        signature=None if sealed_at is None else pairs[sealed_at][1],
    )


def _code(text: str) -> CodeScan | None:
    plain = clean(unicodedata.normalize("NFKC", text))
    plain = "".join("-" if unicodedata.category(c) == "Pd" or c == "\u2212" else c for c in plain)
    spelled = fold_text(plain).upper() if " " not in plain else plain.upper()
    if not _CODE.fullmatch(spelled) or not re.search(r"[0-9]", plain) or "://" in plain:
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
    """What a scan means to the office with this agency code. Never raises, whatever the text."""
    bare = _strip_device_marks(text)
    if not bare:
        return UnknownScan("", Message("scan_empty"))
    if len(bare) > MAX_SCAN_LENGTH:
        return UnknownScan(
            bare[:MAX_SCAN_LENGTH], Message("scan_too_long", {"limit": MAX_SCAN_LENGTH, "length": len(bare)})
        )
    digits = "".join(unicodedata.normalize("NFKC", bare).split())
    if re.fullmatch(r"[0-9]{16}", digits):
        return _key(digits, agency)
    mended = repair_encoding(bare)
    known = read_card(mended) or _paper(mended, agency) or _foreign_code(mended) or _code(mended)
    return known or UnknownScan(mended, Message("scan_not_a_code"))
