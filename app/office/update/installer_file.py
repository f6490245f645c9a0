"""Verify an installer file: signature, architecture, version.

The signature is Ed25519 over all bytes of the file, 64 bytes in a file beside it with `.sig` at the end of its name.
"""

import struct
from dataclasses import dataclass, field
from pathlib import Path

from app.machine.program_folder import InstalledProgram
from app.models.errors import Refusal
from app.sync.signing import verify

SIGNATURE_SUFFIX = ".sig"
KEY_FILE = "update-key.txt"
"""The public key of updates among the resources, 64 hexadecimal digits."""
_MAX_BYTES = 300_000_000
_AMD64 = 0x8664
_INSTALLER_MARK = b"NullsoftInst"
_VERSION_MARK = struct.pack("<I", 0xFEEF04BD)
"""Signature of VS_FIXEDFILEINFO."""
_FILE_VERSION = 8
"""Offset of dwFileVersionMS in VS_FIXEDFILEINFO."""


@dataclass(frozen=True)
class CheckedUpdate:
    """A verified installer that is newer than the program."""

    version: str
    content: bytes = field(repr=False)


def read_update_key(resources: Path) -> bytes:
    """Return the public key of updates; empty if the program has none."""
    try:
        key = bytes.fromhex((resources / KEY_FILE).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return b""
    return key if len(key) == 32 else b""


def check_update(file: Path, program: InstalledProgram | None, public_key: bytes) -> CheckedUpdate:
    """Return the update in a file; nothing is written.

    Raises Refusal `update_not_installed`, `update_without_key`, `update_unreadable`, `update_unsigned`,
    `update_forged`, `update_foreign`, `update_older`.
    """
    if program is None:
        raise Refusal("update_not_installed", "file")
    if not public_key:
        raise Refusal("update_without_key", "file")
    content = _read(file)
    signature_file = file.with_name(file.name + SIGNATURE_SUFFIX)
    if not signature_file.is_file():
        raise Refusal("update_unsigned", "file", file=file.name)
    if not verify(public_key, content, _read(signature_file)):
        raise Refusal("update_forged", "file", file=file.name)
    version = installer_version(content)
    if not version:
        raise Refusal("update_foreign", "file", file=file.name)
    if version <= _numbers(program.version):
        raise Refusal("update_older", "file", version=_text(version), installed=program.version)
    return CheckedUpdate(_text(version), content)


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size <= _MAX_BYTES:
            return file.read_bytes()
    except (OSError, ValueError):
        pass
    raise Refusal("update_unreadable", "file", file=file.name)


def installer_version(content: bytes) -> tuple[int, ...]:
    """Return the three numbers of an installer's version.

    The result is empty for a file that is no installer for 64-bit Windows.
    """
    try:
        (header,) = struct.unpack_from("<I", content, 0x3C)
        mark, machine = struct.unpack_from("<4sH", content, header)
        at = content.find(_VERSION_MARK)
        high, low = struct.unpack_from("<II", content, at + _FILE_VERSION)
    except struct.error:
        return ()
    is_installer = content[:2] == b"MZ" and mark == b"PE\0\0" and _INSTALLER_MARK in content
    if not is_installer or machine != _AMD64 or at < 0:
        return ()
    return (high >> 16, high & 0xFFFF, low >> 16)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _text(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
