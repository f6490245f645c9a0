"""What comes off the kept copies: texts of QR codes from a stream of lines, and what each of them says."""

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
    """The texts a stream of lines holds: an open code's lines from «Mã hồ sơ» to «Chữ ký» are one text, every other
    line is one; blank lines between are nothing."""
    waiting: list[str] = []
    for line in (each.rstrip("\r\n") for each in lines):
        if not line.strip():
            continue
        opens = bool(_FIRST.match(line))
        if waiting and (opens or line[:3].upper() == "MC1" or len(waiting) >= _MAX_LINES):
            yield "\n".join(waiting)
            waiting = []
        if not (waiting or opens):
            yield line
            continue
        waiting.append(line)
        if _LAST.match(line):
            yield "\n".join(waiting)
            waiting = []
    if waiting:
        yield "\n".join(waiting)


@dataclass(frozen=True)
class PublicCode:
    """What an open code says that the register goes by."""

    code: str
    key: str


def parse_public_code(text: str, public_keys: Iterable[bytes]) -> PublicCode:
    """An open code that the office signed.

    Raises Refusal `rebuild_stranger`, `rebuild_signature` where a line was altered, or another office signed.
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
    printed = (f"{line} " if line.endswith(":") else line for line in lines[:-1])  # scanners trim the end of a line
    message = "\n".join(printed).encode("utf-8", "replace")
    if not any(verify(public, message, signature) for public in public_keys):
        raise Refusal("rebuild_signature", "text", code=code[:40])
    return PublicCode(code, key)


@dataclass(frozen=True)
class ArchivedDossier:
    """What the second code of a kept copy tells of a dossier. `number` is its line in the register's book."""

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
    """The fields of an opened second code. Raises Refusal `rebuild_content` where they are not of our making."""
    try:
        kept = ArchivedDossier(
            _text(fields["c"]),
            _text(fields["k"]),
            _text(fields["t"]),
            _text(fields["n"]),
            _text_or_none(fields.get("i")),
            _text_or_none(fields.get("p")),
            _instant(fields["r"]),
            None if fields.get("d") is None else _instant(fields["d"]),
            _whole_number(fields["g"], 1, 10**9),
            None if fields.get("f") is None else _whole_number(fields["f"], 0, _MAX_FEE),
            PersonKind(fields.get("y") or PersonKind.CITIZEN),
            Channel(fields.get("h", Channel.DIRECT)),
            ReturnBy(fields.get("b", ReturnBy.COUNTER)),
            _whole_number(fields.get("q", 1), 1, 999),
            _text_or_none(fields.get("a")),
            parse_archived_papers(fields),
        )
    except (KeyError, ValueError, TypeError):
        raise Refusal("rebuild_content", "text") from None
    if not _KEY.fullmatch(kept.key):
        raise Refusal("rebuild_content", "text")
    return kept


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
