"""Public-key encryption of short secrets: X25519, HKDF, ChaCha20-Poly1305.

A new database key can be sealed for every password and for the recovery key without knowing any of them.
"""

import secrets
import unicodedata
from hashlib import sha256
from hmac import new as hmac

from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_decrypt as decrypt
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt as encrypt
from nacl.bindings import crypto_scalarmult
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

KEY_BYTES = 32
_NONCE = bytes(12)
"""A constant nonce is safe because every seal has a key of its own."""


class SealBroken(Exception):
    """The secret does not fit, or the sealed bytes were changed."""


def new_secret() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def public_key_of(secret: bytes) -> bytes:
    """Return the public key of a 32-byte secret."""
    return bytes(PrivateKey(secret).public_key)


def seal(plain: bytes, public: bytes, context: bytes) -> bytes:
    """Encrypt for the secret of `public`; `unseal` needs the same `context`."""
    ephemeral = new_secret()
    own = public_key_of(ephemeral)
    return own + encrypt(plain, context, _NONCE, _derive_key(_exchange(ephemeral, public), own + public))


def unseal(sealed: bytes, secret: bytes, context: bytes) -> bytes:
    """Decrypt sealed bytes.

    Raises SealBroken.
    """
    own = sealed[:KEY_BYTES]
    try:
        key = _derive_key(_exchange(secret, own), own + public_key_of(secret))
        return decrypt(sealed[KEY_BYTES:], context, _NONCE, key)
    except (ValueError, CryptoError) as error:
        raise SealBroken from error


def secret_from_password(password: str, salt: bytes, memory_kib: int, passes: int) -> bytes:
    """Derive a secret from a password with argon2id."""
    typed = unicodedata.normalize("NFC", password).encode(errors="surrogatepass")
    return hash_secret_raw(typed, salt, passes, memory_kib, 1, KEY_BYTES, Type.ID)


def secret_from_recovery(key: bytes) -> bytes:
    """Derive a secret from the bytes of a recovery key.

    No slow hash is needed because the bytes are random.
    """
    return _expand(key, bytes(KEY_BYTES), b"motcua recovery key")


def prove(secret: bytes, statement: bytes) -> bytes:
    """Return the HMAC of a statement that only a holder of `secret` can make."""
    return hmac(_expand(secret, bytes(KEY_BYTES), b"motcua slot proof"), statement, sha256).digest()


def _derive_key(shared: bytes, parties: bytes) -> bytes:
    return _expand(shared, parties, b"motcua key slot")


def _exchange(secret: bytes, public: bytes) -> bytes:
    """Return the shared secret of X25519.

    Raises ValueError unless both keys have 32 bytes, CryptoError for a public key of low order.
    """
    if len(secret) != KEY_BYTES or len(public) != KEY_BYTES:  # the binding itself does not check
        raise ValueError("a key has 32 bytes")
    return crypto_scalarmult(secret, public)


def _expand(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """Return the first 32 bytes of HKDF-SHA256 (RFC 5869)."""
    extracted = hmac(salt, secret, sha256).digest()
    return hmac(extracted, purpose + b"\x01", sha256).digest()
