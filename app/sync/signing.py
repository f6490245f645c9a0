"""Ed25519: who wrote a file or a paper. Keys and signatures as raw bytes: 32, 32 and 64."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_signing_key() -> bytes:
    """A fresh private key of a desk or a receiver, 32 random bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(signing_key: bytes) -> bytes:
    """The public half, 32 bytes, which the other end enrols. Raises ValueError unless the key has 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def sign(signing_key: bytes, message: bytes) -> bytes:
    """The signature over the message, 64 bytes, always the same for the same key and message."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of the public key signed this message; a key or signature of the wrong length did not."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
