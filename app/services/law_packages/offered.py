"""Law packages shipped with the program, under resources/law/."""

import hashlib
from dataclasses import dataclass, field
from functools import cache

from app.models.errors import Refusal
from app.resource_files import RESOURCES
from app.sync.errors import BundleRefused
from app.sync.law_package import SUFFIX, LawHeader, read_law_package

_FOLDER = RESOURCES / "law"


@dataclass(frozen=True)
class ShippedLaw:
    """A law package of the program, with its bytes."""

    header: LawHeader
    data: bytes = field(repr=False)


@cache
def shipped_laws() -> tuple[ShippedLaw, ...]:
    """Return the readable packages of the program, by first day and id.

    A file that cannot be read is left out, so that it stops no office.
    """
    files = sorted(_FOLDER.glob(f"*{SUFFIX}")) if _FOLDER.is_dir() else []
    laws = (_read(file.read_bytes()) for file in files)
    return tuple(sorted((law for law in laws if law), key=lambda law: (law.header.valid_from, law.header.id)))


def shipped_law(law_id: str) -> bytes:
    """Return the bytes of a shipped package.

    Raises Refusal `law_unknown`.
    """
    for law in shipped_laws():
        if law.header.id == law_id:
            return law.data
    raise Refusal("law_unknown", "id", id=law_id[:80])


def is_shipped(data: bytes) -> bool:
    """Return whether these bytes are a package of the program."""
    return hashlib.sha256(data).digest() in _digests()


@cache
def _digests() -> frozenset[bytes]:
    return frozenset(hashlib.sha256(law.data).digest() for law in shipped_laws())


def _read(data: bytes) -> ShippedLaw | None:
    try:
        return ShippedLaw(read_law_package(data).header, data)
    except BundleRefused:
        return None
