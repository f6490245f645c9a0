"""Public-key encryption of short secrets: X25519, HKDF, ChaCha20-Poly1305.

A new database key can be sealed for every password and for the recovery key without knowing any of them.
"""

import secrets
import unicodedata
from hashlib import sha256
from hmac import new as hmac

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

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
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def seal(plain: bytes, public: bytes, context: bytes) -> bytes:
    """Encrypt for the secret of `public`; `unseal` needs the same `context`."""
    ephemeral = X25519PrivateKey.generate()
    own = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    return own + ChaCha20Poly1305(_derive_key(shared, own + public)).encrypt(_NONCE, plain, context)


def unseal(sealed: bytes, secret: bytes, context: bytes) -> bytes:
    """Decrypt sealed bytes.

    Raises SealBroken.
    """
    own = sealed[:KEY_BYTES]
    try:
        shared = X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(own))
        opener = ChaCha20Poly1305(_derive_key(shared, own + public_key_of(secret)))
        return opener.decrypt(_NONCE, sealed[KEY_BYTES:], context)
    except (ValueError, InvalidTag) as error:
        raise SealBroken from error


def secret_from_password(password: str, salt: bytes, memory_kib: int, passes: int) -> bytes:
    """Derive a secret from a password with argon2id."""
    typed = unicodedata.normalize("NFC", password).encode(errors="surrogatepass")
    return hash_secret_raw(typed, salt, passes, memory_kib, 1, KEY_BYTES, Type.ID)


def secret_from_recovery(key: bytes) -> bytes:
    """Derive a secret from the bytes of a recovery key.

    No slow hash is needed because the bytes are random.
    """
    return HKDF(SHA256(), KEY_BYTES, None, b"motcua recovery key").derive(key)


def prove(secret: bytes, statement: bytes) -> bytes:
    """Return the HMAC of a statement that only a holder of `secret` can make."""
    return hmac(HKDF(SHA256(), KEY_BYTES, None, b"motcua slot proof").derive(secret), statement, sha256).digest()


def _derive_key(shared: bytes, parties: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, parties, b"motcua key slot").derive(shared)
