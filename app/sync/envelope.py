"""The signed envelope of sync files and answers.

It is a manifest with the digests of the other members, and its signature.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.sync.canonical import canonical_json, parse_json
from app.sync.container import check_layout, pack, unpack
from app.sync.errors import BundleRefused, shorten
from app.sync.field_checks import Shape, first_mismatch, hexadecimal
from app.sync.signing import public_key, sign, verify

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
MAX_MANIFEST_BYTES = 64 * 2**10

_KEY = hexadecimal(64)


@dataclass(frozen=True)
class FileKind:
    """A kind of file.

    `version` is the newest known one. `shape` describes the manifest. `members` maps each digest field of the
    manifest to the names its member may have.
    """

    format: str
    version: int
    shape: Shape
    members: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class OpenedFile:
    """A file whose signature was verified, by `open_signed` also the digests.

    `manifest_sha256` is the digest of the manifest's bytes. `members` holds the other members by name.
    """

    manifest: dict[str, Any]
    manifest_sha256: str
    members: dict[str, bytes]


def sha256(data: bytes) -> str:
    """Return the SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def pack_signed(kind: FileKind, manifest: Mapping[str, Any], members: Mapping[str, bytes], signing_key: bytes) -> bytes:
    """Return the bytes of a signed file.

    Format, version, digests and public key are added to the manifest. `members` are in the order of `kind.members`.

    Raises BundleRefused `bundle_manifest` with the field that does not fit.
    """
    digests = {field: sha256(content) for field, content in zip(kind.members, members.values(), strict=True)}
    added = {"format": kind.format, "version": kind.version, "public_key": public_key(signing_key).hex()}
    complete = {**manifest, **added, **digests}
    _check_shape(kind, complete)
    text = canonical_json(complete)
    return pack({MANIFEST: text, SIGNATURE: sign(signing_key, text), **members})


def open_signed(kind: FileKind, data: bytes, known_key: bytes | None = None) -> OpenedFile:
    """Verify a file: format, version, signature, shape, layout and digests.

    With `known_key` a file signed by another key is refused. Compressed members stay compressed.

    Raises BundleRefused with the codes of `container` and `bundle_members`, `bundle_json`, `bundle_format`,
    `bundle_newer`, `bundle_signature`, `bundle_unknown_key`, `bundle_manifest`, `bundle_damaged`.
    """
    envelope = open_envelope(kind, data, known_key)
    check_digests(kind, envelope)
    return envelope


def open_envelope(kind: FileKind, data: bytes, known_key: bytes | None = None) -> OpenedFile:
    """Verify a file except the digests of its members.

    The members can be damaged; `check_digests` verifies them.

    Raises BundleRefused like `open_signed`, except `bundle_damaged` for a digest.
    """
    members = unpack(data)
    names = _names(kind, members)
    text, signature = members[MANIFEST], members[SIGNATURE]
    manifest = _manifest(text)
    _check_format(kind, manifest)
    _check_signature(manifest, text, signature, known_key)
    _check_shape(kind, manifest)
    check_layout(data, {name: members[name] for name in (MANIFEST, SIGNATURE, *names)})
    return OpenedFile(manifest, sha256(text), {name: members[name] for name in names})


def check_digests(kind: FileKind, opened: OpenedFile) -> None:
    """Verify the digests of the members.

    Raises BundleRefused `bundle_damaged` with the name of the member.
    """
    for field, (name, content) in zip(kind.members, opened.members.items(), strict=True):
        if sha256(content) != opened.manifest[field]:
            raise BundleRefused("bundle_damaged", name=name)


def _names(kind: FileKind, members: Mapping[str, bytes]) -> list[str]:
    """Return the names of the other members in the order of the kind.

    Raises BundleRefused `bundle_members` for a missing or an unexpected member.
    """
    names = [next((n for n in allowed if n in members), allowed[0]) for allowed in kind.members.values()]
    mismatches = sorted({MANIFEST, SIGNATURE, *names} ^ members.keys())
    if mismatches:
        raise BundleRefused("bundle_members", name=shorten(mismatches[0]))
    return names


def _manifest(text: bytes) -> dict[str, Any]:
    if len(text) > MAX_MANIFEST_BYTES:
        raise BundleRefused("bundle_too_big", name=MANIFEST, limit=MAX_MANIFEST_BYTES)
    try:
        manifest = parse_json(text)
    except ValueError as error:
        raise BundleRefused("bundle_json", name=MANIFEST, line=1) from error
    if not isinstance(manifest, dict):
        raise BundleRefused("bundle_json", name=MANIFEST, line=1)
    return manifest


def _check_format(kind: FileKind, manifest: Mapping[str, Any]) -> None:
    """Check format and version before the signature.

    A newer version may be signed differently, and the reader must still see `bundle_newer`.
    """
    if manifest.get("format") != kind.format:
        raise BundleRefused("bundle_format", found=shorten(manifest.get("format")), expected=kind.format)
    version = manifest.get("version")
    if type(version) is int and version > kind.version:
        raise BundleRefused("bundle_newer", found=shorten(version), known=kind.version)


def _check_signature(manifest: Mapping[str, Any], text: bytes, signature: bytes, known_key: bytes | None) -> None:
    named = manifest.get("public_key")
    key = bytes.fromhex(named) if isinstance(named, str) and _KEY(named) else b""
    if not verify(key, text, signature):
        raise BundleRefused("bundle_signature")
    if known_key is not None and key != known_key:
        raise BundleRefused("bundle_unknown_key", public_key=key.hex())


def _check_shape(kind: FileKind, manifest: Mapping[str, Any]) -> None:
    field = first_mismatch(manifest, kind.shape)
    if field is not None:
        raise BundleRefused("bundle_manifest", part=shorten(field))
