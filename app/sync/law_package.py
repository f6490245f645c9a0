"""A law package (`.mclaw`), signed by its issuer.

It carries dated rules, versions of procedures and calendar decisions (docs/law-packages.md).
"""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.sync.envelope import FileKind, open_signed, pack_signed
from app.sync.field_checks import hexadecimal, integer_between, is_instant, one_of, single_line

FORMAT = "motcua-law"
VERSION = 1
SUFFIX = ".mclaw"
CONTENT = "content.json"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def is_law_id(value: object) -> bool:
    """Accept at most 80 of A–Z, a–z, digits, «.», «_» and «-»."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_day(value: object) -> bool:
    """Accept a day `YYYY-MM-DD` of the years 2000 to 2090."""
    if not isinstance(value, str):
        return False
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return day.isoformat() == value and 2000 <= day.year <= 2090


_KIND = FileKind(
    format=FORMAT,
    version=VERSION,
    shape={
        "format": one_of(FORMAT),
        "version": integer_between(1, VERSION),
        "id": is_law_id,
        "title": single_line(300),
        "issuer": single_line(300),
        "decision": single_line(500),
        "valid_from": is_day,
        "made_at": is_instant,
        "content_sha256": hexadecimal(64),
        "public_key": hexadecimal(64),
    },
    members={"content_sha256": (CONTENT,)},
)


@dataclass(frozen=True)
class LawHeader:
    """What a law package is, who issued it, and the day it begins.

    `id` names it for ever. `made_at` is an instant, `valid_from` a day.
    """

    id: str
    title: str
    issuer: str
    decision: str
    valid_from: str
    made_at: str


@dataclass(frozen=True)
class LawPackage:
    """A law package with verified signature and digest."""

    header: LawHeader
    content: bytes
    public_key: bytes
    manifest_sha256: str


def write_law_package(header: LawHeader, content: bytes, signing_key: bytes) -> bytes:
    """Return the bytes of a package; the same arguments give the same bytes.

    Raises BundleRefused `bundle_manifest` with the field that does not fit, `bundle_too_big`.
    """
    return pack_signed(_KIND, asdict(header), {CONTENT: content}, signing_key)


def read_law_package(data: bytes) -> LawPackage:
    """Read and verify a package; its signer may be anyone.

    Raises only BundleRefused, for any bytes, with the codes of `open_signed`.
    """
    opened = open_signed(_KIND, data)
    fields: dict[str, Any] = {name: opened.manifest[name] for name in LawHeader.__dataclass_fields__}
    key = bytes.fromhex(opened.manifest["public_key"])
    return LawPackage(LawHeader(**fields), opened.members[CONTENT], key, opened.manifest_sha256)
