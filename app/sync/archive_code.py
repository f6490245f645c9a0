"""The second QR of the office's kept copy: what the register needs to be rebuilt from paper, for the office alone.

Text `MC1:` and base32: capital letters and digits only, so a QR packs it densely, and neither Caps Lock, nor a
keyboard layout, nor a trimmed blank can hurt it on its way through a scanner.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.sync.canonical import canonical, parse_json
from app.sync.errors import BundleRefused

PREFIX = "MC1:"
KEY_BYTES = 32
NONCE_BYTES = 12
MAX_FIELDS_BYTES = 64 * 2**10
"""Bytes of the fields before compression: a QR never holds as much."""

_LEVEL = 9
_RAW_DEFLATE = -15  # no header and checksum: the seal already proves every byte
_DICTIONARY = (
    ',"note":"","workstation":1,"email":"@gmail.com","gender":"male","gender":"female","principal":{"authority":"'
    ',"birth_date":"19","channel":"online","channel":"post","status":"received","submitter":{"kind":"citizen"'
    "Đường Thôn Ấp Khu phố Tổ dân phố Phường Xã Thành phố Tỉnh phường xã tỉnh thành phố Trần Lê Phạm Huỳnh Hoàng "
    'Nguyễn Văn Thị ","procedure":"1.00","procedure":"2.00","received_at":"2026-","due_at":"2026-'
    ':00+07:00",{"address":"Tổ ","agency_code":"H","applicant":{"address":"thôn ","birth_date":"19'
    '","channel":"direct","code":"H29.12-26","due_at":"2026-","fee":0,"id_number":"0","key":"'
    '","kind":"citizen","name":"Nguyễn Thị ","phone":"09","procedure":"1.0'
).encode()
"""Text a dossier usually shares, lent to the compressor. Part of the format `MC1`: another text needs another name."""


def seal_code(fields: Mapping[str, Any], key: bytes, nonce: bytes) -> str:
    """The fields as text for a QR. `key` is the office's, 32 bytes; `nonce` 12 random bytes, never used twice.

    Raises BundleRefused: `kept_copy_key` for a key or nonce of another length, `kept_copy_fields` for what JSON
    cannot carry or far too much.
    """
    if len(key) != KEY_BYTES or len(nonce) != NONCE_BYTES:
        raise BundleRefused("kept_copy_key")
    try:
        plain = canonical(fields)
    except ValueError as unfit:
        raise BundleRefused("kept_copy_fields") from unfit
    if len(plain) > MAX_FIELDS_BYTES:
        raise BundleRefused("kept_copy_fields")
    squeezer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW_DEFLATE, zdict=_DICTIONARY)
    small = squeezer.compress(plain) + squeezer.flush()
    sealed = nonce + ChaCha20Poly1305(key).encrypt(nonce, small, PREFIX.encode())
    return PREFIX + base64.b32encode(sealed).decode().rstrip("=")


def unseal_code(text: str, key: bytes) -> dict[str, Any]:
    """The fields a scanned text holds; blanks around it and small letters do no harm.

    Raises BundleRefused: `kept_copy_format` for another kind of code, `kept_copy_damaged` when it was altered or
    sealed with another key, `kept_copy_key` for a key of another length.
    """
    if len(key) != KEY_BYTES:
        raise BundleRefused("kept_copy_key")
    scanned = text.strip().upper()
    if not scanned.startswith(PREFIX):
        raise BundleRefused("kept_copy_format")
    try:
        fields = parse_json(_decompress(_decrypt(scanned.removeprefix(PREFIX), key)))
    except (ValueError, InvalidTag, zlib.error) as broken:
        raise BundleRefused("kept_copy_damaged") from broken
    if not isinstance(fields, dict):
        raise BundleRefused("kept_copy_damaged")
    return fields


def _decrypt(letters: str, key: bytes) -> bytes:
    """Raises ValueError or InvalidTag unless these very letters were sealed with the key."""
    sealed = base64.b32decode(letters + "=" * (-len(letters) % 8))
    if base64.b32encode(sealed).decode().rstrip("=") != letters:
        raise binascii.Error("spare bits of the last letter are set")
    return ChaCha20Poly1305(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], PREFIX.encode())


def _decompress(small: bytes) -> bytes:
    opener = zlib.decompressobj(_RAW_DEFLATE, zdict=_DICTIONARY)
    plain = opener.decompress(small, MAX_FIELDS_BYTES)
    if not opener.eof:
        raise ValueError("cut short or too long")
    return plain
