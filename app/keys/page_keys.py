"""The keys of an office's papers, sealed for its recovery key: a QR code on the recovery page. With the page and the
kept copies a register can be rebuilt though disk, key file and backups are gone."""

import base64
import binascii
from collections.abc import Sequence

from app.keys.recovery import recovery_bytes
from app.keys.sealing import KEY_BYTES, SealBroken, public_key_of, seal, secret_from_recovery, unseal
from app.models.errors import Refusal

PREFIX = "MCK1:"
PAIR_BYTES = 2 * KEY_BYTES
"""A signing key and the key of the kept copies' second code."""


def seal_page_keys(pairs: Sequence[tuple[bytes, bytes]], recovery: str) -> str:
    """The pairs of keys as the text of a QR code, capital letters and digits; the office's own pair stands first."""
    plain = b"".join(signing + kept for signing, kept in pairs)
    sealed = seal(plain, public_key_of(secret_from_recovery(recovery_bytes(recovery))), PREFIX.encode())
    return PREFIX + base64.b32encode(sealed).decode().rstrip("=")


def open_page_keys(text: str, recovery: str) -> tuple[tuple[bytes, bytes], ...]:
    """The pairs a page holds. Raises Refusal `recovery_key_shape`, `recovery_key_group`, `rebuild_page_keys`."""
    secret, letters = secret_from_recovery(recovery_bytes(recovery)), text.strip().upper().removeprefix(PREFIX)
    try:
        plain = unseal(base64.b32decode(letters + "=" * (-len(letters) % 8)), secret, PREFIX.encode())
    except (binascii.Error, ValueError, SealBroken):
        raise Refusal("rebuild_page_keys", "recovery_key") from None
    if not plain or len(plain) % PAIR_BYTES:
        raise Refusal("rebuild_page_keys", "recovery_key")
    starts = range(0, len(plain), PAIR_BYTES)
    return tuple((plain[n : n + KEY_BYTES], plain[n + KEY_BYTES : n + PAIR_BYTES]) for n in starts)
