"""Ed25519 signatures of files and papers.

Private keys, public keys and signatures are raw bytes: 32, 32 and 64.
"""

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey


def new_signing_key() -> bytes:
    """Return a new private key, 32 random bytes."""
    return bytes(SigningKey.generate())


def public_key(signing_key: bytes) -> bytes:
    """Return the 32-byte public key, which the other side enrols.

    Raises ValueError unless the private key has 32 bytes.
    """
    return bytes(SigningKey(signing_key).verify_key)


def sign(signing_key: bytes, message: bytes) -> bytes:
    """Return the 64-byte signature, the same for the same key and message."""
    return SigningKey(signing_key).sign(message).signature


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the owner of the public key signed this message.

    A key or signature of the wrong length gives False.
    """
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True
