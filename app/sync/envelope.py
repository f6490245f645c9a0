"""The signed cover both kinds of file share: a manifest that names its members' digests, and its signature."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.sync.canonical import canonical, parsed
from app.sync.container import as_packed, pack, unpack
from app.sync.refused import BundleRefused, shown
from app.sync.shape import Shape, hexadecimal, misfit
from app.sync.signing import public_key, sign, verify

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
LARGEST_MANIFEST = 64 * 2**10

_KEY = hexadecimal(64)


@dataclass(frozen=True)
class Kind:
    """One kind of file: its `format` and newest known `version`, what its manifest holds, and its further members
    as the manifest field of each digest and the names the member may have."""

    format: str
    version: int
    shape: Shape
    members: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Opened:
    """A file whose signature and digests hold. `manifest_sha256` is the digest of the manifest's own bytes;
    `members` lie by name, manifest and signature left out."""

    manifest: dict[str, Any]
    manifest_sha256: str
    members: dict[str, bytes]


def sha256(data: bytes) -> str:
    """SHA-256 in small hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def close(kind: Kind, manifest: Mapping[str, Any], members: Mapping[str, bytes], signing_key: bytes) -> bytes:
    """The whole file: format, version, digests and public key are added to the manifest, which is then signed.

    `members` in the order of `kind.members`. Raises BundleRefused `bundle_manifest` with the field that does not fit.
    """
    digests = {field: sha256(content) for field, content in zip(kind.members, members.values(), strict=True)}
    own = {"format": kind.format, "version": kind.version, "public_key": public_key(signing_key).hex()}
    whole = {**manifest, **own, **digests}
    _fits(kind, whole)
    text = canonical(whole)
    return pack({MANIFEST: text, SIGNATURE: sign(signing_key, text), **members})


def open_signed(kind: Kind, data: bytes, known_key: bytes | None = None) -> Opened:
    """The file, once format, version, signature, shape, layout and digests hold; with `known_key` signed by nobody
    else. Compressed members stay closed.

    Raises BundleRefused with the reasons of `container` and: `bundle_members`, `bundle_json`, `bundle_format`,
    `bundle_newer`, `bundle_signature`, `bundle_unknown_key`, `bundle_manifest`, `bundle_damaged`.
    """
    members = unpack(data)
    names = _names(kind, members)
    text, signature = members[MANIFEST], members[SIGNATURE]
    manifest = _manifest(text)
    _known(kind, manifest)
    _signed(manifest, text, signature, known_key)
    _fits(kind, manifest)
    as_packed(data, {name: members[name] for name in (MANIFEST, SIGNATURE, *names)})
    for field, name in zip(kind.members, names, strict=True):
        if sha256(members[name]) != manifest[field]:
            raise BundleRefused("bundle_damaged", name=name)
    return Opened(manifest, sha256(text), {name: members[name] for name in names})


def _names(kind: Kind, members: Mapping[str, bytes]) -> list[str]:
    """The further members' names in the order of the kind; one that is missing or has no business here refuses."""
    names = [next((n for n in allowed if n in members), allowed[0]) for allowed in kind.members.values()]
    strangers = sorted({MANIFEST, SIGNATURE, *names} ^ members.keys())
    if strangers:
        raise BundleRefused("bundle_members", name=shown(strangers[0]))
    return names


def _manifest(text: bytes) -> dict[str, Any]:
    if len(text) > LARGEST_MANIFEST:
        raise BundleRefused("bundle_too_big", name=MANIFEST, limit=LARGEST_MANIFEST)
    try:
        manifest = parsed(text)
    except ValueError as broken:
        raise BundleRefused("bundle_json", name=MANIFEST, line=1) from broken
    if not isinstance(manifest, dict):
        raise BundleRefused("bundle_json", name=MANIFEST, line=1)
    return manifest


def _known(kind: Kind, manifest: Mapping[str, Any]) -> None:
    """Asked before the signature: how a newer file is signed may have changed, and its reader must hear «newer»."""
    if manifest.get("format") != kind.format:
        raise BundleRefused("bundle_format", found=shown(manifest.get("format")), expected=kind.format)
    version = manifest.get("version")
    if type(version) is int and version > kind.version:
        raise BundleRefused("bundle_newer", found=shown(version), known=kind.version)


def _signed(manifest: Mapping[str, Any], text: bytes, signature: bytes, known_key: bytes | None) -> None:
    named = manifest.get("public_key")
    key = bytes.fromhex(named) if isinstance(named, str) and _KEY(named) else b""
    if not verify(key, text, signature):
        raise BundleRefused("bundle_signature")
    if known_key is not None and key != known_key:
        raise BundleRefused("bundle_unknown_key", public_key=key.hex())


def _fits(kind: Kind, manifest: Mapping[str, Any]) -> None:
    field = misfit(manifest, kind.shape)
    if field is not None:
        raise BundleRefused("bundle_manifest", part=shown(field))
