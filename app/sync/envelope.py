"""The signed cover both kinds of file share: a manifest that names its members' digests, and its signature."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.sync.canonical import canonical, parse_json
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
    """One kind of file: its `format` and newest known `version`, what its manifest holds, and its further members
    as the manifest field of each digest and the names the member may have."""

    format: str
    version: int
    shape: Shape
    members: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class OpenedFile:
    """A file whose signature and digests hold. `manifest_sha256` is the digest of the manifest's own bytes;
    `members` lie by name, manifest and signature left out."""

    manifest: dict[str, Any]
    manifest_sha256: str
    members: dict[str, bytes]


def sha256(data: bytes) -> str:
    """SHA-256 in small hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def pack_signed(kind: FileKind, manifest: Mapping[str, Any], members: Mapping[str, bytes], signing_key: bytes) -> bytes:
    """The whole file: format, version, digests and public key are added to the manifest, which is then signed.

    `members` in the order of `kind.members`. Raises BundleRefused `bundle_manifest` with the field that does not fit.
    """
    digests = {field: sha256(content) for field, content in zip(kind.members, members.values(), strict=True)}
    own = {"format": kind.format, "version": kind.version, "public_key": public_key(signing_key).hex()}
    whole = {**manifest, **own, **digests}
    _check_shape(kind, whole)
    text = canonical(whole)
    return pack({MANIFEST: text, SIGNATURE: sign(signing_key, text), **members})


def open_signed(kind: FileKind, data: bytes, known_key: bytes | None = None) -> OpenedFile:
    """The file, once format, version, signature, shape, layout and digests hold; with `known_key` signed by nobody
    else. Compressed members stay closed.

    Raises BundleRefused with the reasons of `container` and: `bundle_members`, `bundle_json`, `bundle_format`,
    `bundle_newer`, `bundle_signature`, `bundle_unknown_key`, `bundle_manifest`, `bundle_damaged`.
    """
    members = unpack(data)
    names = _names(kind, members)
    text, signature = members[MANIFEST], members[SIGNATURE]
    manifest = _manifest(text)
    _check_format(kind, manifest)
    _check_signature(manifest, text, signature, known_key)
    _check_shape(kind, manifest)
    check_layout(data, {name: members[name] for name in (MANIFEST, SIGNATURE, *names)})
    for field, name in zip(kind.members, names, strict=True):
        if sha256(members[name]) != manifest[field]:
            raise BundleRefused("bundle_damaged", name=name)
    return OpenedFile(manifest, sha256(text), {name: members[name] for name in names})


def _names(kind: FileKind, members: Mapping[str, bytes]) -> list[str]:
    """The further members' names in the order of the kind; one that is missing or has no business here refuses."""
    names = [next((n for n in allowed if n in members), allowed[0]) for allowed in kind.members.values()]
    strangers = sorted({MANIFEST, SIGNATURE, *names} ^ members.keys())
    if strangers:
        raise BundleRefused("bundle_members", name=shorten(strangers[0]))
    return names


def _manifest(text: bytes) -> dict[str, Any]:
    if len(text) > MAX_MANIFEST_BYTES:
        raise BundleRefused("bundle_too_big", name=MANIFEST, limit=MAX_MANIFEST_BYTES)
    try:
        manifest = parse_json(text)
    except ValueError as broken:
        raise BundleRefused("bundle_json", name=MANIFEST, line=1) from broken
    if not isinstance(manifest, dict):
        raise BundleRefused("bundle_json", name=MANIFEST, line=1)
    return manifest


def _check_format(kind: FileKind, manifest: Mapping[str, Any]) -> None:
    """Asked before the signature: how a newer file is signed may have changed, and its reader must hear «newer»."""
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
