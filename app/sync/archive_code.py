"""The archive code: a sealed QR code on the office's copy of a receipt.

It holds what is needed to rebuild the register from paper. Only the office can open it.

The text is `MC1:` and base32, capital letters and digits only. A QR code packs these densely. Neither Caps Lock, a
keyboard layout nor trimmed blanks change them on their way through a scanner.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from typing import Any

from nacl.bindings import crypto_aead_chacha20poly1305_ietf_decrypt as decrypt
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt as encrypt
from nacl.exceptions import CryptoError

from app.sync.canonical import canonical_json, parse_json
from app.sync.errors import BundleRefused

CODE_PREFIX = "MC1:"
KEY_BYTES = 32
NONCE_BYTES = 12
MAX_FIELDS_BYTES = 64 * 2**10
"""Bytes of the fields before compression. A QR code holds far less."""

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
"""Preset dictionary of the compressor. It is part of the format `MC1`, so a changed text needs another prefix."""


def seal_code(fields: Mapping[str, Any], key: bytes, nonce: bytes) -> str:
    """Return the fields as the text of a QR code.

    `key` is the office's, 32 bytes. `nonce` is 12 random bytes, never used twice.

    Raises BundleRefused `kept_copy_key` for a key or nonce of another length, `kept_copy_fields` for fields that
    JSON cannot represent or that are too large.
    """
    if len(key) != KEY_BYTES or len(nonce) != NONCE_BYTES:
        raise BundleRefused("kept_copy_key")
    try:
        plain = canonical_json(fields)
    except ValueError as error:
        raise BundleRefused("kept_copy_fields") from error
    if len(plain) > MAX_FIELDS_BYTES:
        raise BundleRefused("kept_copy_fields")
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW_DEFLATE, zdict=_DICTIONARY)
    compressed = compressor.compress(plain) + compressor.flush()
    sealed = nonce + encrypt(compressed, CODE_PREFIX.encode(), nonce, key)
    return CODE_PREFIX + base64.b32encode(sealed).decode().rstrip("=")


def unseal_code(text: str, key: bytes) -> dict[str, Any]:
    """Return the fields of a scanned text.

    Surrounding blanks and lower case are accepted.

    Raises BundleRefused `kept_copy_format` for another kind of code, `kept_copy_damaged` if it was changed or
    sealed with another key, `kept_copy_key` for a key of another length.
    """
    if len(key) != KEY_BYTES:
        raise BundleRefused("kept_copy_key")
    scanned = text.strip().upper()
    if not scanned.startswith(CODE_PREFIX):
        raise BundleRefused("kept_copy_format")
    try:
        fields = parse_json(_decompress(_decrypt(scanned.removeprefix(CODE_PREFIX), key)))
    except (ValueError, CryptoError, zlib.error) as error:
        raise BundleRefused("kept_copy_damaged") from error
    if not isinstance(fields, dict):
        raise BundleRefused("kept_copy_damaged")
    return fields


def _decrypt(encoded: str, key: bytes) -> bytes:
    """Decrypt the base32 text.

    Raises ValueError or CryptoError unless exactly this text was sealed with the key.
    """
    sealed = base64.b32decode(encoded + "=" * (-len(encoded) % 8))
    if base64.b32encode(sealed).decode().rstrip("=") != encoded:
        raise binascii.Error("unused bits of the last character are set")
    return decrypt(sealed[NONCE_BYTES:], CODE_PREFIX.encode(), sealed[:NONCE_BYTES], key)


def _decompress(compressed: bytes) -> bytes:
    decompressor = zlib.decompressobj(_RAW_DEFLATE, zdict=_DICTIONARY)
    plain = decompressor.decompress(compressed, MAX_FIELDS_BYTES)
    if not decompressor.eof:
        raise ValueError("cut short or too long")
    return plain
