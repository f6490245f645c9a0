"""Ed25519 signatures of files and papers.

Private keys, public keys and signatures are raw bytes: 32, 32 and 64.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_signing_key() -> bytes:
    """Return a new private key, 32 random bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(signing_key: bytes) -> bytes:
    """Return the 32-byte public key, which the other side enrols.

    Raises ValueError unless the private key has 32 bytes.
    """
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def sign(signing_key: bytes, message: bytes) -> bytes:
    """Return the 64-byte signature, the same for the same key and message."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the owner of the public key signed this message.

    A key or signature of the wrong length gives False.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
