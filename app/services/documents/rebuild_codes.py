"""Parse the QR codes of archived copies.

There are two codes: the public code and the archive code.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.enums import Channel, PersonKind, ReturnBy
from app.models.errors import Refusal
from app.services.documents.archive_code import ArchivedPapers, parse_archived_papers
from app.sync.signing import verify

_FIRST, _LAST = re.compile(r"\s*Mã hồ sơ\s*:"), re.compile(r"\s*Chữ ký\s*:")
_MAX_LINES = 20
MAX_TEXT_LENGTH = 4000
_KEY = re.compile(r"[0-9]{16}")
_MAX_FEE = 10**15


def split_qr_texts(lines: Iterable[str]) -> Iterator[str]:
    """Split a stream of scanned lines into QR texts.

    The lines of a public code from «Mã hồ sơ» to «Chữ ký» are one text, every other line is a text of its own. Blank
    lines are skipped.
    """
    pending: list[str] = []
    for line in (text.rstrip("\r\n") for text in lines):
        if not line.strip():
            continue
        opens = bool(_FIRST.match(line))
        if pending and (opens or line[:3].upper() == "MC1" or len(pending) >= _MAX_LINES):
            yield "\n".join(pending)
            pending = []
        if not (pending or opens):
            yield line
            continue
        pending.append(line)
        if _LAST.match(line):
            yield "\n".join(pending)
            pending = []
    if pending:
        yield "\n".join(pending)


@dataclass(frozen=True)
class PublicCode:
    """Code and key of a dossier, from a public code."""

    code: str
    key: str


def parse_public_code(text: str, public_keys: Iterable[bytes]) -> PublicCode:
    """Parse a public code and verify the office's signature.

    Raises Refusal `rebuild_stranger` for any other text, `rebuild_signature` for a changed line or another office.
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    facts = dict(line.partition(":")[::2] for line in lines)
    code, key, signed = (facts.get(name, "").strip() for name in ("Mã hồ sơ", "Khóa", "Chữ ký"))
    if not (code and key and signed):
        raise Refusal("rebuild_stranger", "text")
    try:
        signature = urlsafe_b64decode(signed + "=" * (-len(signed) % 4))
    except ValueError:
        signature = b""
    printed = (f"{line} " if line.endswith(":") else line for line in lines[:-1])  # scanners strip trailing blanks
    message = "\n".join(printed).encode("utf-8", "replace")
    if not any(verify(public, message, signature) for public in public_keys):
        raise Refusal("rebuild_signature", "text", code=code[:40])
    return PublicCode(code, key)


@dataclass(frozen=True)
class ArchivedDossier:
    """A dossier as its archive code describes it.

    `number` is that of the register.
    """

    code: str
    key: str
    procedure: str
    name: str
    id_number: str | None
    phone: str | None
    received_at: datetime
    due_at: datetime | None
    number: int
    fee: int | None
    kind: PersonKind
    channel: Channel
    return_by: ReturnBy
    quantity: int
    address: str | None
    papers: ArchivedPapers


def parse_archive_code(fields: Mapping[str, Any]) -> ArchivedDossier:
    """Return the dossier of the fields of an archive code.

    Raises Refusal `rebuild_content` for invalid fields.
    """
    try:
        dossier = ArchivedDossier(
            code=_text(fields["c"]),
            key=_text(fields["k"]),
            procedure=_text(fields["t"]),
            name=_text(fields["n"]),
            id_number=_text_or_none(fields.get("i")),
            phone=_text_or_none(fields.get("p")),
            received_at=_instant(fields["r"]),
            due_at=None if fields.get("d") is None else _instant(fields["d"]),
            number=_whole_number(fields["g"], 1, 10**9),
            fee=None if fields.get("f") is None else _whole_number(fields["f"], 0, _MAX_FEE),
            kind=PersonKind(fields.get("y") or PersonKind.CITIZEN),
            channel=Channel(fields.get("h", Channel.DIRECT)),
            return_by=ReturnBy(fields.get("b", ReturnBy.COUNTER)),
            quantity=_whole_number(fields.get("q", 1), 1, 999),
            address=_text_or_none(fields.get("a")),
            papers=parse_archived_papers(fields),
        )
    except (KeyError, ValueError, TypeError):
        raise Refusal("rebuild_content", "text") from None
    if not _KEY.fullmatch(dossier.key):
        raise Refusal("rebuild_content", "text")
    return dossier


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT_LENGTH:
        raise ValueError(value)
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _instant(value: object) -> datetime:
    instant = datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError(value)
    return instant


def _whole_number(value: object, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(value)
    return value
