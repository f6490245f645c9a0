"""The signing and archive keys of an office, sealed for its recovery key.

They are printed as a QR code on the recovery page. With that page and the archived copies a register can be rebuilt
after disk, key file and backups are lost.
"""

import base64
import binascii
from collections.abc import Sequence

from app.keys.identity import PAGE_CODE_SEPARATOR
from app.keys.recovery import recovery_bytes
from app.keys.sealing import KEY_BYTES, SealBroken, public_key_of, seal, secret_from_recovery, unseal
from app.models.errors import Refusal

PAGE_PREFIX = "MCK1:"
PAIR_BYTES = 2 * KEY_BYTES
"""A signing key and the key of the archive code."""


def seal_page_keys(pairs: Sequence[tuple[bytes, bytes]], recovery: str, fingerprint: str = "") -> str:
    """Return key pairs as the text of a QR code; the office's own pair first.

    The text has characters of the QR code's alphanumeric mode only. The office's fingerprint follows in the clear.
    """
    plain = b"".join(signing + archive for signing, archive in pairs)
    sealed = seal(plain, public_key_of(secret_from_recovery(recovery_bytes(recovery))), PAGE_PREFIX.encode())
    encoded = base64.b32encode(sealed).decode().rstrip("=")
    return PAGE_PREFIX + encoded + (PAGE_CODE_SEPARATOR + fingerprint if fingerprint else "")


def open_page_keys(text: str, recovery: str) -> tuple[tuple[bytes, bytes], ...]:
    """Return the key pairs of a page.

    Raises Refusal `recovery_key_shape`, `recovery_key_group`, `rebuild_page_keys`.
    """
    secret = secret_from_recovery(recovery_bytes(recovery))
    encoded = text.strip().upper().removeprefix(PAGE_PREFIX).partition(PAGE_CODE_SEPARATOR)[0]
    try:
        plain = unseal(base64.b32decode(encoded + "=" * (-len(encoded) % 8)), secret, PAGE_PREFIX.encode())
    except (binascii.Error, ValueError, SealBroken):
        raise Refusal("rebuild_page_keys", "recovery_key") from None
    if not plain or len(plain) % PAIR_BYTES:
        raise Refusal("rebuild_page_keys", "recovery_key")
    starts = range(0, len(plain), PAIR_BYTES)
    return tuple((plain[n : n + KEY_BYTES], plain[n + KEY_BYTES : n + PAIR_BYTES]) for n in starts)
