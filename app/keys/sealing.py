"""A few bytes sealed so that one secret alone opens them, while anybody may seal: X25519, HKDF, ChaCha20-Poly1305.

Whoever changes the database's key can so seal the new one for every password and for the recovery key without knowing
one of them."""

import secrets
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE = bytes(12)
"""The nonce: every seal has a key of its own."""


class SealBroken(Exception):
    """Another secret, or other bytes than were sealed."""


def new_secret() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def public_key_of(secret: bytes) -> bytes:
    """What others need to seal for a secret of 32 bytes."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def seal(plain: bytes, public: bytes, context: bytes) -> bytes:
    """Seal for the secret behind `public`; `context` must be told again to open."""
    once = X25519PrivateKey.generate()
    own = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return own + ChaCha20Poly1305(_derive_key(shared, own + public)).encrypt(_NONCE, plain, context)


def unseal(sealed: bytes, secret: bytes, context: bytes) -> bytes:
    """What was sealed. Raises SealBroken."""
    own = sealed[:KEY_BYTES]
    try:
        shared = X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(own))
        opener = ChaCha20Poly1305(_derive_key(shared, own + public_key_of(secret)))
        return opener.decrypt(_NONCE, sealed[KEY_BYTES:], context)
    except (ValueError, InvalidTag) as broken:
        raise SealBroken from broken


def secret_from_password(password: str, salt: bytes, memory_kib: int, passes: int) -> bytes:
    """The secret behind a password: argon2id, so that guessing costs memory and time."""
    typed = unicodedata.normalize("NFC", password).encode(errors="surrogatepass")
    return hash_secret_raw(typed, salt, passes, memory_kib, 1, KEY_BYTES, Type.ID)


def secret_from_recovery(key: bytes) -> bytes:
    """The secret behind the bytes of a recovery key, which are random and need no slowness."""
    return HKDF(SHA256(), KEY_BYTES, None, b"motcua recovery key").derive(key)


def _derive_key(shared: bytes, parties: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, parties, b"motcua key slot").derive(shared)
